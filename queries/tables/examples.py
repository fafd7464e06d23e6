"""Tables to try the check with: one that is made up, and one that is published."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from queries.sources.facts import FOLDER, LAND


@dataclass(frozen=True)
class Example:
    """A table as it would be pasted. `title` and `about` are Danish."""

    key: str
    title: str
    about: str
    text: str


_HIDDEN_TOO_LITTLE = """\
Opdigtede tal: Personer i gruppe 2 fordelt på tid i gruppen
Kommune\tUnder 3 mdr.\t3-6 mdr.\t6-9 mdr.\tOver 9 mdr.\tI alt\tOver 9 mdr., pct.
Holbæk\t12\t5\t7\t20\t44\t45
Slagelse\t.\t8\t9\t11\t30\t37
Ringsted\t4\t.\t5\t8\t18\t44
Sorø\t6\t7\t.\t14\t27\t52
Odsherred\t9\t8\t7\t12\t36\t33
Hele landet\t33\t29\t28\t65\t155\t42
Opdigtede tal. '.' betyder, at tallet ikke vises.
"""

_ALL_SHOWN = """\
Opdigtede tal: Personer i gruppe 2 fordelt på tid i gruppen
Kommune;Under 3 mdr.;3-6 mdr.;6-9 mdr.;Over 9 mdr.;I alt;Over 9 mdr., pct.
Holbæk;12;5;7;20;44;45
Slagelse;2;8;9;11;30;37
Ringsted;4;1;5;8;18;44
Sorø;6;7;0;14;27;52
Dragør;1;2;1;5;9;56
Tårnby;9;8;7;12;36;33
Hele landet;34;31;29;70;164;43
Opdigtede tal
"""


def examples() -> tuple[Example, ...]:
    """Return the tables; the published one is read from what is shipped."""
    return (
        Example(
            "opdigtet",
            "En tabel, der skjuler for lidt (opdigtede tal)",
            "De små tal er skjult, men totalerne giver dem tilbage.",
            _HIDDEN_TOO_LITTLE,
        ),
        Example(
            "opdigtet-alle-tal",
            "Samme slags tabel med alle tal (opdigtede tal)",
            "Værktøjet skjuler de små tal og så få andre som muligt.",
            _ALL_SHOWN,
        ),
        Example(
            "spm-554",
            "Tabel 1 i svaret på BEU alm. del, spm. 554 (offentliggjort)",
            "Fire antal er skjult, men andelene ved siden af indsnævrer dem.",
            _published(),
        ),
    )


def _published() -> str:
    lines = ["Kommune;Antal;Andel, pct."]
    with (FOLDER / "beu_spm_554_tabel_1.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mark = {"suppressed": ".", "none": "-"}.get(row["count_status"], row["count"])
            name = "I alt" if row["kommunekode"] == LAND else row["printed_name"]
            lines.append(f"{name};{mark};{row['share_pct']}")
    lines.append("Antal under 3 personer er erstattet af '.'. Fanø og Læsø er udeladt.")
    return "\n".join(lines) + "\n"
