"""What can be told of an answer as a whole, and what makes it one that cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from queries.sources.incoming import Finding
from queries.sources.jobindsats.answer import Answer
from queries.sources.jobindsats.asked import Asked
from queries.sources.jobindsats.faults import listed, refuse
from queries.sources.jobindsats.found import Found
from queries.sources.jobindsats.labels import read_value

_ENOUGH = 50


def check_order(answer: Answer, places: Mapping[str, int], asked: Asked) -> None:
    """Refuse values that stand under each other's labels, as far as the catalogue can tell.

    `places` are the columns of the measures by label.
    """
    for small, large in asked.section.not_above:
        if small not in places or large not in places:
            continue
        pairs = [(read_value(r[places[small]]), read_value(r[places[large]])) for r in answer.rows]
        both = [(a.number, b.number) for a, b in pairs if a.kind == b.kind == "number"]
        if sum(a for a, _ in both) > sum(b for _, b in both):
            text = f"»{small}« er i alt større end »{large}«: kolonnerne er byttet om."
            raise refuse(asked.table, "columns_swapped", text, column=small)


def findings(found: Found, asked: Asked) -> list[Finding]:
    """Tell what was met; ImportRefusedError when the numbers as a whole cannot be right."""
    table = asked.table
    told = [_left_out(name, count) for name, count in sorted(found.left_out.items())]
    for roles in asked.section.indicators:
        shares = [
            Decimal(str(row["share_pct"]))
            for row in found.rows
            if row["indicator_id"] == roles.indicator_id and row["share_pct"] is not None
        ]
        whole = all(share == share.to_integral_value() for share in shares)
        if roles.share_decimals and len(shares) >= _ENOUGH and whole:
            text = (
                f"alle {len(shares)} andele i »{roles.share}« er hele tal, men kataloget siger "
                f"{roles.share_decimals} decimal."
            )
            raise refuse(table, "share_decimals", text, column=roles.share)
    if bad := found.without_denominator:
        text = f"antal og andel passer ikke sammen i {len(bad)} celler (fx {listed(bad, 3)})."
        if len(bad) * 20 > len(found.rows):
            raise refuse(table, "count_and_share", text)
        told.append(
            Finding(
                "warning",
                "count_and_share",
                f"Jobindsats, tabel {table}: {text} De vises uden grundlag. Se tallene efter.",
            )
        )
    told += [
        Finding(
            "note",
            "share_rounded",
            f"Tabel {table}: {count} andele i »{label}« er afrundet som kataloget siger.",
            column=label,
        )
        for label, count in sorted(found.rounded.items())
    ]
    told += [
        Finding(
            "warning",
            "column_unknown",
            f"Tabel {table}: kolonnen »{name}« kendes hverken fra kataloget eller tabellens "
            "metadata og er ikke brugt. Se efter, om tabellen er lavet om.",
            column=name,
        )
        for name in sorted(found.unknown_columns)
    ]
    if hidden := sum(row["status"] == "suppressed" for row in found.rows):
        told.append(
            Finding(
                "note",
                "not_published",
                f"Tabel {table}: {hidden} af {len(found.rows)} celler er ikke offentliggjort.",
            )
        )
    return told


def _left_out(name: str, count: int) -> Finding:
    return Finding(
        "note",
        "area_left_out",
        f"»{name}« er ikke en kommune: {count} rækker er ikke taget med.",
        value=name,
    )
