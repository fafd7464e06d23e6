"""An attacker who has only what can be had by address: files, drawings, pages.

The numbers are read as a stranger's program reads them, put together from the list of kommuner
alone, and attacked: every hidden number must be hidden everywhere, and keep the values that the
criterion asks for, whatever is added up with whatever else is published. What decides what to hide
(`together`, `suppression`, the warehouse's own audit) has no part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from pages.frame import data, data_routes, map_months, routes
from queries import Atlas
from queries.disclosure import attack
from queries.disclosure.publication import Cell, Publication, Relation, total
from tests.oracles.page_numbers import Truth
from tests.pages.attack import assembly, collecting, pictures, reading, table_554
from tests.pages.attack.assembly import LAND
from tests.pages.attack.collecting import LEVELS, Collected
from tests.pages.attack.judging import attacked, judge, pairs, planted, told_too_little
from tests.pages.attack.outputs import Outputs
from tests.pages.attack.reading import Key, Told
from tests.pages.frame.asgi import ask
from tests.pages.numbers import views
from tests.pages.numbers.accounting import Ledger, View
from tests.pages.numbers.checks import Audit as PageAudit
from tests.pages.numbers.reading import seen
from tests.pages.running import run

THE_SIX = {"0155", "0201", "0563", "0730", "0740", "0825"}
UNITED = "gruppe_2_over_9_maaneder"


@pytest.fixture(scope="module")
def outputs(warehouse_file: Path) -> Iterator[Outputs]:
    """The application over the shipped warehouse, and every number of every series."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INDSATSATLAS_DATA", str(warehouse_file.parent))
        data.atlas.cache_clear()
        atlas = Atlas(warehouse_file)
        for module in (routes, data_routes, map_months):
            patch.setattr(module, "atlas", lambda: atlas)
        outputs = Outputs(Starlette(routes=routes.ROUTES), atlas)
        outputs.collect_series()
        yield outputs
    data.atlas.cache_clear()


# Hidden in one is hidden in all


def test_series_give_every_cell_of_the_warehouse_and_no_number_for_a_hidden_one(
    outputs: Outputs,
) -> None:
    found = outputs.collected
    assert found.clashes == []
    expected = 0
    for entry in outputs.listed:
        for breakdown in ("alle", *entry["opdelinger"]):
            areas = outputs.atlas.areas()["area_id"].to_list()
            expected += outputs.atlas.series(entry["id"], areas, breakdown=breakdown).height
    assert len(found.first) == expected
    assert len(outputs.hidden) > 40_000
    printed = {key.area for key in outputs.hidden if not key.made_up and key.area.isdigit()}
    assert printed == THE_SIX


def test_files_of_a_month_agree_with_the_series(outputs: Outputs) -> None:
    """CSV, JSON and workbooks by turns; levels and breakdowns all, months from all of the time."""
    found = outputs.collected
    turn = 0
    kinds: Counter[str] = Counter()
    for entry in outputs.listed:
        periods = entry["perioder"]
        for breakdown in ("alle", *entry["opdelinger"]):
            for level in LEVELS:
                turn += 1
                extension = ("csv", "json", "csv", "xlsx")[turn % 4]
                for period in {periods[turn % len(periods)], periods[-1 - 3 * turn % len(periods)]}:
                    query = f"periode={period}&niveau={level}&opdeling={breakdown}"
                    address = f"{entry['id']}.{extension}?{query}"
                    known = {"indicator": entry["id"], "breakdown": breakdown}
                    for key, told in collecting.rows(outputs.app, address, **known):
                        assert key in found.first
                        found.add(key, told, extension)
                        kinds[extension] += told.hidden
    assert found.clashes == []
    assert min(kinds[extension] for extension in ("csv", "json", "xlsx")) > 100


def test_the_table_that_was_published_agrees_in_every_form(outputs: Outputs) -> None:
    found = outputs.collected
    for level in ("land", "kommune", "jobcenter"):
        for extension in ("csv", "json", "xlsx"):
            for kind in ("offentliggjort", "syntetisk"):
                query = f"periode={table_554.PERIOD}&niveau={level}&kilde={kind}"
                address = f"{table_554.INDICATOR}.{extension}?{query}"
                for key, told in collecting.rows(
                    outputs.app, address, indicator=table_554.INDICATOR, breakdown="alle"
                ):
                    assert key.made_up == (kind == "syntetisk")
                    found.add(key, told, "published")
    assert found.clashes == []
    assert found.read["published"] > 3 * (1 + 98 + 94)


def test_files_across_indicators_agree_with_the_series(outputs: Outputs) -> None:
    found = outputs.collected
    kommuner = sorted(area for area in _areas(outputs) if area.isdigit() and len(area) == 4)
    kommuner = [area for area in kommuner if area not in assembly.parts()]
    every = f"sammenlign.csv?sammenlign={','.join(kommuner)}"
    some = [
        f"kommune.{kind}?kommune={area}"
        for kind, area in zip(("json", "xlsx"), THE_SIX, strict=False)
    ]
    for address in (every, *some):
        for key, told in collecting.rows(outputs.app, address):
            assert key in found.first
            found.add(key, told, "across")
    assert found.clashes == []
    assert found.read["across"] > 14 * (98 + 94)


def test_all_months_of_a_map_agree_with_the_series(outputs: Outputs) -> None:
    hidden = 0
    for entry in outputs.listed:
        for level in ("kommune", "jobcenter"):
            address = f"/maaneder/{entry['id']}/{level}.json?v={outputs.atlas.version}"
            answer = ask(outputs.app, address)
            assert answer.status == 200
            for area, period, text, numbers in reading.months(answer.body):
                keys = [
                    Key(entry["id"], "alle", period, area, made_up) for made_up in (False, True)
                ]
                told = next(
                    outputs.collected.first[key] for key in keys if key in outputs.collected.first
                )
                same = {name: told.numbers[name] for name in numbers if name in told.numbers}
                assert numbers == same, f"{area} {period} in {address}"
                if told.hidden:
                    hidden += 1
                    assert text.replace("\N{NO-BREAK SPACE}", " ") in _hidden_texts(told)
    assert hidden > 10_000


def _hidden_texts(told: Told) -> set[str]:
    if "andel_pct" in told.numbers:  # a share that the document prints beside a dot
        return {f"{told.numbers['andel_pct']:g} pct., antal skjult"}
    return {"skjult", "udeladt af kilden"}


def _areas(outputs: Outputs) -> set[str]:
    return {key.area for key in outputs.collected.first}


def test_drawings_say_nothing_of_a_hidden_number(outputs: Outputs) -> None:
    """Maps name a hidden area and say 'skjult'; bars leave its number out; others leave it out."""
    met: Counter[str] = Counter()
    for entry in outputs.listed:
        usual = entry["standardperiode"]
        drawings = {
            name: one["svg"]
            for name, one in entry.items()
            if isinstance(one, dict) and "svg" in one
        }
        for level in ("kommune", "jobcenter"):
            hidden = {
                outputs.collected.first[key].words["omraade"]: told
                for key, told in outputs.hidden.items()
                if (key.indicator, key.breakdown, key.period) == (entry["id"], "alle", usual)
                and told.words["niveau"] == level
                and key.made_up == (usual in entry["kun_syntetiske_perioder"])
            }
            for name in ("adresser", "soejler", "tragt", "intervaller", "fordeling"):
                svg = ask(outputs.app, f"{drawings[name]}?niveau={level}").body
                found = list(pictures.texts(svg))
                if name == "soejler":
                    endings = ("skjult", "udeladt af kilden")
                    assert sum(text.endswith(endings) for text in found) >= len(hidden)
                for area, told in hidden.items():
                    for text in pictures.named(iter(found), area):
                        met[name] += 1
                        said = text.replace("\N{NO-BREAK SPACE}", " ").removeprefix(f"{area}: ")
                        allowed = _hidden_texts(told) | {area}
                        assert said in allowed, f"{drawings[name]} {level}: {text}"
    assert met["adresser"] > 500
    assert met["soejler"] > 500
    assert set(met) == {"adresser", "soejler"}


# What pages say


@pytest.fixture(scope="module")
def ledger(outputs: Outputs) -> Ledger:
    return Ledger(Truth(outputs.atlas))


def hidden_views(outputs: Outputs, truth: Truth) -> Iterator[View]:
    """Pages on which a hidden area is chosen, in months that no other test looks at."""
    for page, month in (
        ("passive", "2016M03"),
        ("gruppe-2", "2018M07"),
        ("virksomhedspraktik", "2018M03"),
    ):
        for number, (name, indicator, _) in enumerate(views.measures(page)):
            hidden = sorted(
                key.area
                for key in outputs.hidden
                if (key.indicator, key.breakdown, key.period) == (indicator, "alle", month)
                and outputs.hidden[key].words["niveau"] == "kommune"
            )
            if not hidden or number % 2:
                continue
            area = hidden[7 * number % len(hidden)]
            address = {"maal": name, "niveau": "kommune", "periode": month, "kommune": area}
            address |= dict.fromkeys(("usikkerhed", "potentiale"), "vis")
            yield views.view(page, "kommune", {indicator: month}, (area,), **address)


def test_pages_of_hidden_areas_say_what_is_shown_and_nothing_more(
    outputs: Outputs, ledger: Ledger
) -> None:
    faults: list[str] = []
    asked = 0
    for view in hidden_views(outputs, ledger.truth):
        asked += 1
        page = PageAudit(ledger, view, seen(run(views.MODULES[view.page], **dict(view.address))))
        faults += [f"{view}: {fault}" for fault in page.everything()]
    assert faults == []
    assert asked >= 5


# The attack


def test_no_hidden_number_can_be_worked_out_of_all_that_is_given(outputs: Outputs) -> None:
    cells = 0
    expected = 0
    for month in filter(attacked, outputs.months):
        made = assembly.publication(month, outputs.zeros)
        judged = judge(made)
        assert judged.findings == (), f"{made.title}: {[one.name for one in judged.findings[:5]]}"
        assert told_too_little(made) == [], made.title
        cells += judged.hidden
        expected += 2 * sum(told.hidden for one in month.series.values() for told in one.values())
    assert cells == expected
    assert cells > 40_000


def test_what_is_told_instead_is_attacked_too_and_could_give_numbers_away(
    outputs: Outputs,
) -> None:
    """Of two kommuner told together, the number of one would be that of the other."""
    assert sum(len(month.learned) for month in outputs.months) > 20_000
    month, sum_of_two = next(
        (month, one)
        for month in filter(attacked, outputs.months)
        for one in month.learned
        if len(one.terms) == 2 and one.low == one.high and one.terms[0][0].startswith("n/")
    )
    made = assembly.publication(month, outputs.zeros)
    first, second = (name for name, _ in sum_of_two.terms)
    low, _ = attack.intervals(made, cells=[first])[first]
    told = replace(made, relations=(*made.relations, Relation(((first, 1),), low, low)))
    assert {first, second} <= {finding.name for finding in judge(told).findings}


def test_indicators_over_the_same_people_are_attacked_together(outputs: Outputs) -> None:
    """The attacker finds out by the denominators which these are."""
    most = [month.series.keys() for month in outputs.months if month.period == "2018M12"]
    together = {frozenset(key.split("|")[0] for key in keys) for keys in most}
    several = {keys for keys in together if len(keys) > 1}
    assert several == {
        frozenset({"virksomhedspraktik", "ordinaere_timer", "fuld_afgang"}),
        frozenset({UNITED, "gruppe_2_uden_tilbud"}),
    }
    assert len(together) == 2 + 1 + 8


# The published table


def solutions(publication: Publication) -> int | None:
    return attack.solutions(publication, at_most=1000)


def test_the_published_table_leaks_as_reported_and_nothing_else_narrows_it(
    outputs: Outputs,
) -> None:
    told = table_554.told_of(outputs.collected.first, made_up=False)
    table = table_554.printed(told)
    assert table.hidden == THE_SIX
    assert solutions(table) == 40
    made_up = table_554.told_of(outputs.collected.first, made_up=True)
    whole = table_554.with_all_else(table, told, made_up)
    assert len(whole.cells) > 2 * len(table.cells)
    assert solutions(whole) == 40


def test_a_total_of_a_landsdel_would_narrow_the_published_table(outputs: Outputs) -> None:
    told = table_554.told_of(outputs.collected.first, made_up=False)
    table = table_554.printed(told)
    counts = dict(table_554.shown_counts(table))
    [landsdel] = [
        area for area, below in assembly.parts().items() if "0155" in below and area[0] == "J"
    ]
    members = [area for area in assembly.parts()[landsdel] if area in table.by_name]
    number = sum(counts.get(area, 1) for area in members)
    sums = (*table.relations, total(landsdel, members))
    leaking = replace(table, cells=(*table.cells, Cell(landsdel, number)), relations=sums)
    found = solutions(leaking)
    assert found is not None
    assert found < 40
    assert attack.intervals(leaking, cells=["0155"]) == {"0155": (1, 1)}


# Planted leaks


@pytest.mark.parametrize("indicator", ["passive_kontanthjaelp", "virksomhedspraktik", UNITED])
def test_a_number_printed_beside_a_hidden_one_is_found(outputs: Outputs, indicator: str) -> None:
    """Two numbers hide each other; where one is printed in just one file, the other is known."""
    months = [month for month in outputs.months if f"{indicator}|alle" in month.series]
    for month in months:
        made = assembly.publication(month, outputs.zeros)
        for one, other in pairs(month, made, ("DK", "108", "J")):
            value = attack.intervals(made, cells=[one])[one][0]
            findings = judge(planted(made, {one: value})).findings
            assert other in {each.name for each in findings if each.verdict == "computable"}
            return
    pytest.fail("no two numbers hide each other")


def test_a_total_that_is_printed_beside_hidden_numbers_is_found(outputs: Outputs) -> None:
    """A landsdel whose number is hidden with its kommuner: printed, it narrows what is in it."""
    for month in outputs.months:
        made = assembly.publication(month, outputs.zeros)
        for key in month.series:
            landsdele = [f"n/{key}/{area}" for area in assembly.parts() if area.startswith("DK")]
            for name in made.hidden.intersection(landsdele):
                low = attack.intervals(made, cells=[name])[name][0]
                if low == 0:
                    # Nothing in the landsdel: then nothing in its parts either.
                    found = judge(planted(made, {name: low})).findings
                    parts = {f"n/{key}/{area}" for area in assembly.parts()[name.split("/")[2]]}
                    assert parts & {each.name for each in found if each.verdict == "computable"}
                    return
    pytest.fail("no landsdel is hidden")


def test_a_share_printed_beside_a_hidden_number_is_noticed(outputs: Outputs) -> None:
    """The comparison of outputs sees a number, a rank or a judgement that one of them lets slip."""
    key, told = next(
        (key, told) for key, told in outputs.hidden.items() if key.made_up and key.area.isdigit()
    )
    for numbers, words in (
        ({"andel_pct": 12.0}, {}),
        ({"placering_fra": 3.0}, {}),
        ({"naevner_hoejst": 17.0}, {}),
        ({}, {"vurdering": "over landet"}),
    ):
        mine = Collected(first={key: told})
        mine.add(key, replace(told, numbers=numbers, words={**told.words, **words}), "planted")
        assert len(mine.clashes) == 1
    mine = Collected(first={key: told})
    mine.add(key, replace(told, status=reading.SHOWN, numbers={"antal": 2.0}), "planted")
    assert len(mine.clashes) == 1


def test_the_country_is_the_sum_of_all_that_is_in_it() -> None:
    """The attacker's own list of areas: every kommune once in the country, by each way down."""

    def kommuner(area: str) -> list[str]:
        below = assembly.parts().get(area)
        return [area] if below is None else [one for part in below for one in kommuner(part)]

    assert len(kommuner(LAND)) == len(set(kommuner(LAND))) == 98
    assert len(assembly.parts()[LAND]) == 5
    assert sum(area.startswith("DK") for area in assembly.parts()) == 11
    assert sum(area.startswith("J") for area in assembly.parts()) == 94
