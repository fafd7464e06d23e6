"""Indicator files: complete, known keys only, and meant."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from queries.indicators.definition import DefinitionError, files, load_indicators, parse
from queries.register.choices import CHOICES, Choices
from queries.register.synthetic.codes import BENEFITS

TEXT = next(path for path in files() if path.stem == "passive_ressourceforloeb").read_text("utf-8")
ROOT = Path(__file__).parents[3]
MEASURES = (
    "passive",
    "gruppe_2_tid",
    "gruppe_2_uden_tilbud",
    "gruppe_2_skiftet_ydelse",
    "virksomhedspraktik",
    "ordinaere_timer",
    "fuld_afgang",
)


def test_every_file_is_an_indicator() -> None:
    assert list(load_indicators()) == [path.stem for path in files()]


def test_the_published_measure_is_defined_as_its_note_says() -> None:
    indicator = load_indicators()["passive_ressourceforloeb"]
    assert indicator.disclosure.threshold == 3
    assert not indicator.disclosure.zeros_are_shown
    assert "52 sammenhængende ydelsesuger" in indicator.numerator
    assert "op til 4 uger" in indicator.definition
    assert indicator.format.class_breaks == (10, 20, 30, 40)


@pytest.mark.parametrize(
    ("pattern", "replacement", "told"),
    [
        (r"^unit = .*$", "", r"x: missing \['unit'\]"),
        (r"^unit = .*$", 'unit = ""', r"x: empty \['unit'\]"),
        (r"^unit = .*$", 'unit = "pct."\nfarve = "rød"', r"x: unknown \['farve'\]"),
        (r"^polarity = .*$", 'polarity = "god"', "x: polarity must be one of"),
        (r"^unit = .*$", 'unit = "pct."\nform = "andel"', "x: form must be one of"),
        (
            r"^unit = .*$",
            'unit = "pct."\nform = "share_only"',
            "x: what is counted from a register",
        ),
        (r"^threshold = .*$", "", r"x.disclosure: missing \['threshold'\]"),
        (r"^class_breaks = .*$", "class_breaks = [20, 10]", "x: class_breaks must rise"),
        (r"^class_breaks = .*$", "class_breaks = []", r"x.format: empty \['class_breaks'\]"),
        (r"^measure = .*$", "", r"x.register: missing \['measure'\]"),
        (r'^  "overlap",$', '  "overlaps",', r"x.register: unknown choices \['overlaps'\]"),
        (r'^  "seniority_weeks",$', "", "parameters: seniority_weeks is not among its choices"),
        (r"^seniority_weeks = 52$", "seniority_weeks = 53", "is 53, but the default is 52"),
        (r"^participation = .*$", 'participation = "x"', "participation must be one of"),
        (r"\Z", '[register.breakdowns.a]\ntitle = "A"', r"breakdowns.a: missing \['counted_as'\]"),
    ],
)
def test_a_faulty_file_is_refused(pattern: str, replacement: str, told: str) -> None:
    faulty, count = re.subn(pattern, lambda _: replacement, TEXT, flags=re.MULTILINE)
    assert count == 1
    with pytest.raises(DefinitionError, match=told):
        parse("x", faulty)


def test_an_indicator_may_hold_one_number_alone() -> None:
    known = load_indicators()
    assert known["passive_ressourceforloeb"].form == "count_and_share"
    shares = {name for name, one in known.items() if one.form == "share_only"}
    counts = {name for name, one in known.items() if one.form == "count_only"}
    assert "kontanthjaelp_aktiveringsgrad" in shares
    assert not any(known[name].register for name in shares | counts)


def test_each_measure_of_the_register_has_its_indicator() -> None:
    counted = [(one, one.register) for one in load_indicators().values() if one.register]
    assert {register.measure for _, register in counted} == set(MEASURES)
    published = [(register.measure, register.breakdown) for _, register in counted]
    assert len(set(published)) == len(published)
    for indicator, _ in counted:
        for word in ("{period}", "{count}", "{share}"):
            assert word in indicator.sentence, (indicator.indicator_id, word)
        assert len(indicator.format.class_breaks) == 4  # as many as the palette has


def test_passive_is_published_for_each_benefit_that_offers_are_meant_for() -> None:
    passive = [one for one in load_indicators().values() if one.family == "passive"]
    benefits = {one.register.breakdown for one in passive if one.register}
    assert benefits == set(BENEFITS) - {"foertidspension", "fleksjob"}
    assert len({one.title for one in passive}) == len(passive)
    for one in passive:
        assert one.register
        assert one.register.optional == (one.indicator_id != "passive_ressourceforloeb")
        rules = [(each.disclosure.threshold, each.disclosure.rule) for each in (one, passive[0])]
        assert rules[0] == rules[1]
        assert not one.disclosure.zeros_are_shown
    assert {one.family for one in load_indicators().values() if one.register} == {
        "passive",
        "gruppe_2",
        "virksomhedspraktik",
    }


def test_breakdowns_may_be_limited_to_upper_levels() -> None:
    placed = load_indicators()["virksomhedspraktik"]
    assert placed.breakdowns == {"praktik": "Virksomhedspraktik", "loentilskud": "Løntilskud"}
    assert placed.limited == dict.fromkeys(placed.breakdowns, ("land", "region"))
    text = next(path for path in files() if path.stem == "virksomhedspraktik").read_text("utf-8")
    for faulty in (
        text.replace('levels = ["land", "region"]', 'levels = ["land"]', 1),
        text.replace('levels = ["land", "region"]', "", 1),
        text.replace('["land", "region"]', '["region", "land"]'),
        text.replace('["land", "region"]', '["land", "kommune"]'),
        text.replace("[register.parameters]", "breakdowns_add_up = true\n[register.parameters]"),
    ):
        assert faulty != text
        with pytest.raises(DefinitionError, match="breakdowns with levels are two that overlap"):
            parse("x", faulty)


def test_every_choice_belongs_to_an_indicator_and_open_ones_say_their_answer() -> None:
    indicators = load_indicators().values()
    assert {name for one in indicators if one.register for name in one.register.choices} == set(
        CHOICES
    )
    passive = load_indicators()["passive_ressourceforloeb"].open_choices
    assert (
        "Bryder en afbrydelse på præcis det antal uger forløbet? Her: nej: kun en længere "
        in (passive[1])
    )
    assert not any("Hvor mange ugers" in text for text in passive)  # 52 is in the note
    group_2 = load_indicators()["gruppe_2_over_9_maaneder"].open_choices
    assert any(text.endswith("Kun 9 er nævnt i brevet. Her: 3, 6, 9") for text in group_2)


def test_parameters_are_the_defaults_the_documents_attest() -> None:
    register = load_indicators()["passive_ressourceforloeb"].register
    assert register
    assert dict(register.parameters) == {
        "seniority_weeks": 52,
        "interruption_weeks": 4,
        "snapshot": "any_week",
        "year_back": "12_months",
    }
    assert Choices().as_dict().items() >= dict(register.parameters).items()


def test_reading_the_definitions_stays_light() -> None:
    code = "import sys, queries; queries.Atlas; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
