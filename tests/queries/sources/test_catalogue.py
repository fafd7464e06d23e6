"""The catalogue is read strictly, and fits the indicators it feeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queries.indicators.definition import load_indicators
from queries.indicators.faults import DefinitionError
from queries.sources.catalogue import FOLDER, load_catalogue, parse
from queries.sources.jobindsats.section import JobindsatsSection

ENTRIES = load_catalogue()
JOBINDSATS = {k: one for k, one in ENTRIES.items() if one.source == "jobindsats"}
TEXT = (FOLDER / "jobindsats_y60j01.toml").read_text("utf-8")


def test_the_tables_of_jobindsats() -> None:
    assert {one.series: one.indicator_ids for one in JOBINDSATS.values()} == {
        "jobindsats:y11a02": (),
        "jobindsats:y60a02": ("kontanthjaelp_fuldtidspersoner",),
        "jobindsats:y60c02": (),
        "jobindsats:y60c07": ("kontanthjaelp_aktiveringsgrad",),
        "jobindsats:y60j01": ("kontanthjaelp_ordinaere_timer",),
    }
    for entry in JOBINDSATS.values():
        assert isinstance(entry.section, JobindsatsSection)
        assert (entry.section.hierarchy, entry.section.period_type) == ("_nykom", "M")


def test_what_is_not_known_is_said() -> None:
    for entry in JOBINDSATS.values():
        if entry.indicator_ids:
            assert "Den levende tjeneste er ikke prøvet" in entry.verified
        else:
            assert "Målenes navne er ikke kendt og er derfor ikke gættet." in entry.verified
        assert any("spm. 554" in text for text in entry.caveats)


def test_each_entry_feeds_an_indicator_of_its_form() -> None:
    indicators = load_indicators()
    for entry in JOBINDSATS.values():
        for roles in entry.section.indicators:
            indicator = indicators[roles.indicator_id]
            assert indicator.register is None
            assert indicator.family == "kontanthjaelp"
            assert indicator.format.share_decimals == roles.share_decimals
            assert indicator.form == ("count_and_share" if roles.numerator else "share_only")
            assert ("{count}" in indicator.sentence) == bool(roles.numerator)
            assert "{share}" in indicator.sentence
            assert "{period}" in indicator.sentence
            assert f"tabel {entry.table}" in indicator.definition
            assert any("spm. 554" in text for text in indicator.caveats)
            assert len(indicator.format.class_breaks) == 4


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "', 'titel = "', "missing ['title']"),
        ('title = "Kontanthjælp: personer med ordinære løntimer"', 'title = ""', "empty ['title']"),
        ('table = "y60j01"', 'table = "y60j01"\nfarve = "rød"', "unknown ['farve']"),
        ('table = "y60j01"', 'table = "../x"', "is no table id"),
        ('table = "y60j01"', 'table = "y60j02"', "the file must be named jobindsats_y60j02"),
        ('source = "jobindsats"', 'source = "avisen"', "source must be one of"),
        ("[jobindsats]\n", "[jobindsat]\n", "unknown ['jobindsat']"),
        ('hierarchy = "_nykom"\n', "", "missing ['hierarchy']"),
        ('period_type = "M"', 'period_type = "QMAT"', "period_type must be one of"),
        ('period_type = "M"', 'period_type = "M"\nx = 1', "unknown ['x']"),
        ("share_decimals = 1", "", "missing ['share_decimals']"),
        ("share_decimals = 1", "share_decimals = 1\nnaevner = 2", "unknown ['naevner']"),
        ('period_type = "M"', 'period_type = "M"\nnot_above = [["a"]]', "not_above holds pairs"),
    ],
)
def test_a_faulty_file_is_refused(old: str, new: str, told: str) -> None:
    faulty = TEXT.replace(old, new, 1)
    assert faulty != TEXT
    with pytest.raises(DefinitionError, match=re.escape(told)):
        parse("jobindsats_y60j01", faulty)


def test_an_entry_without_its_section_is_refused() -> None:
    with pytest.raises(DefinitionError, match=re.escape("missing section [jobindsats]")):
        parse("jobindsats_y60j01", TEXT[: TEXT.index("[jobindsats]")])


def test_an_indicator_stands_once_in_a_table() -> None:
    block = TEXT[TEXT.index("[[jobindsats.indicators]]") :]
    with pytest.raises(DefinitionError, match="an indicator twice"):
        parse("jobindsats_y60j01", f"{TEXT}\n{block}")


def test_only_toml_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "jobindsats_y60j01.toml").write_text(TEXT, "utf-8")
    (tmp_path / "læs mig.txt").write_text("hej", "utf-8")
    assert list(load_catalogue(tmp_path)) == ["jobindsats_y60j01"]
