"""References: a citation, BibTeX and RIS that other programs can read, whatever the texts hold."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from pages.samraad import references
from pages.samraad.content import look_up, made
from pages.samraad.model import Content
from queries import Atlas, UserError

TODAY = dt.date(2026, 11, 27)
HOST = "https://atlas.example"
HOLBAEK = {"indikator": "passive_ressourceforloeb", "periode": "2017M06", "kommune": "0316"}


@pytest.fixture
def cited(atlas: Atlas) -> Content:
    return look_up(atlas, made("saetning", HOLBAEK, atlas.version))


def nasty(cited: Content) -> Content:
    source = replace(
        cited.sources[0], publisher="Æ & Ø_Å {A/S}", document_id="50 % #1\nER  - \\slut$"
    )
    return replace(cited, title="Ål~ & {ø}\n", sources=(source,))


def fields(entry: str) -> dict[str, str]:
    """The fields of an entry of BibTeX, read by counting braces."""
    head, _, rest = entry.partition(",\n")
    assert re.fullmatch(r"@misc\{[A-Za-z0-9-]+", head)
    found: dict[str, str] = {}
    while match := re.match(r"\s*,?\s*([a-z]+) = \{", rest):
        depth, end = 1, match.end()
        while depth:
            letter = rest[end]
            escaped = rest[end - 1] == "\\"
            depth += 0 if escaped else (letter == "{") - (letter == "}")
            end += 1
        found[match[1]] = rest[match.end() : end - 1]
        rest = rest[end:]
    assert rest == "\n}\n"
    return found


def test_a_citation_has_all_that_is_needed_to_find_the_number_again(cited: Content) -> None:
    said = references.of_content(cited, HOST, TODAY).replace("\N{NO-BREAK SPACE}", " ")
    for part in (
        "BEU alm. del, berigtigelse af svar på spm. 554 (berigtiget svar;",
        "(berigtiget svar; udateret berigtigelse; det oprindelige svar",
        "Juni 2017. Holbæk: 117 af ca. 225 borgere, 52 pct.",
        f"Hentet 27. november 2026 fra Indsatsatlas, dataversion {cited.version}: "
        f"{HOST}/henvisning?slags=saetning&",
    ):
        assert part in said
    assert cited.citation.endswith(cited.address)


def test_bibtex_has_every_field(cited: Content) -> None:
    found = fields(references.bibtex(cited, HOST, TODAY))
    assert found["author"] == "{Beskæftigelsesministeren}"
    assert found["title"] == "{Passive i ressourceforløb, Holbæk, juni 2017}"
    assert found["version"] == cited.version
    assert found["url"] == f"{HOST}{cited.address}"
    assert found["urldate"] == "2026-11-27"
    # The correction has no day: its year is not known.
    assert "year" not in found


def test_what_means_something_to_tex_is_escaped(cited: Content) -> None:
    found = fields(references.bibtex(nasty(cited), HOST, TODAY))
    assert found["author"] == r"{Æ \& Ø\_Å \{A/S\}}"
    assert found["title"] == r"{Ål\textasciitilde{} \& \{ø\}}"
    assert found["howpublished"] == r"50 \% \#1 ER - \textbackslash{}slut\$"


def test_ris_is_one_record_of_known_lines(cited: Content) -> None:
    for one in (cited, nasty(cited)):
        lines = references.ris(one, HOST, TODAY).split("\r\n")
        assert lines[0] == "TY  - DATA"
        assert lines[-2:] == ["ER  - ", ""]
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
        assert sum(line.startswith("ER") for line in lines) == 1
    lines = references.ris(cited, HOST, TODAY).split("\r\n")
    assert "AU  - Beskæftigelsesministeren" in lines
    assert "C1  - BEU alm. del, berigtigelse af svar på spm. 554" in lines
    assert "Y2  - 2026/11/27" in lines
    assert f"UR  - {HOST}{cited.address}" in lines


def test_a_dated_document_gives_the_year(atlas: Atlas) -> None:
    rows = atlas.statements().filter(source_id="fsm-borgmesterbrev-2019").row(0, named=True)
    cited = look_up(atlas, made("udsagn", {"id": rows["statement_id"]}, atlas.version))
    assert fields(references.bibtex(cited, HOST, TODAY))["year"] == "2019"
    assert "PY  - 2019" in references.ris(cited, HOST, TODAY).split("\r\n")


def test_made_up_numbers_are_refused_a_reference(atlas: Atlas, cited: Content) -> None:
    made_up = look_up(
        atlas, made("saetning", {"indikator": "gruppe_2_over_9_maaneder"}, atlas.version)
    )
    for write in (references.bibtex, references.ris):
        with pytest.raises(UserError, match="De må ikke citeres"):
            write(made_up, HOST, TODAY)
        # Even were the label lost on the way.
        with pytest.raises(UserError, match="De må ikke citeres"):
            write(replace(made_up, made_up=False, label=""), HOST, TODAY)
    assert references.of_content(made_up, HOST, TODAY) == references.NO_CITATION


def test_keys_are_the_same_every_time_and_plain(cited: Content) -> None:
    assert references.key(cited) == (
        f"indsatsatlas-saetning-passive-ressourceforloeb-0316-2017M06-{cited.version}"
    )
