"""The sentences, word by word, on the document's numbers."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pages.language import sentences
from queries import Atlas

PASSIVE = "passive_ressourceforloeb"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def cells(atlas: Atlas, level: str = "kommune") -> pl.DataFrame:
    return atlas.cells(PASSIVE, "2017M06", level)  # type: ignore[arg-type]  # a known word


def row(frame: pl.DataFrame, area_id: str) -> dict[str, Any]:
    return frame.filter(pl.col("area_id") == area_id).row(0, named=True)


def test_national(atlas: Atlas) -> None:
    national = atlas.national(PASSIVE, "2017M06")
    assert plain(sentences.national(atlas.indicator(PASSIVE), national)) == (
        "I juni 2017 havde 2.790 borgere i ressourceforløb med mindst 1 års anciennitet hverken "
        "haft et aktivt tilbud eller en mentor det seneste år. Det var 21 pct. af alle i "
        "ressourceforløb med mindst 1 års anciennitet."
    )


@pytest.mark.parametrize(
    ("level", "area_id", "text"),
    [
        (
            "kommune",
            "0316",
            "Holbæk: 117 af ca. 225 borgere, 52 pct. Det er ca. 31 procentpoint over hele landet "
            "(21 pct.) og delt nr. 2–4 af 92 kommuner regnet fra højeste andel.",
        ),
        (
            "kommune",
            "0376",
            "Guldborgsund: 67 af ca. 102 borgere, 66 pct. Det er ca. 45 procentpoint over hele "
            "landet (21 pct.) og nr. 1 af 92 kommuner regnet fra højeste andel.",
        ),
        (
            "kommune",
            "0400",
            "Bornholm: 17 af ca. 81 borgere, 21 pct. Det er på niveau med hele landet (21 pct.) "
            "og delt nr. 49–53 af 92 kommuner regnet fra højeste andel.",
        ),
        (
            "kommune",
            "0741",
            "Samsø: 5 af 15 borgere, 33 pct. Det er ca. 12 procentpoint over hele landet "
            "(21 pct.) og delt nr. 17–19 af 92 kommuner regnet fra højeste andel. Tallet bygger "
            "på få borgere, så det svinger meget ved tilfældigheder.",
        ),
        (
            "kommune",
            "0155",
            "Dragør: skjult. Færre end 3 borgere: antallet er skjult i kilden. Andelen er "
            "offentliggjort som 17 pct.",
        ),
        (
            "kommune",
            "0563",
            "Fanø: udeladt. Kommunen er ikke med i kildens tabel: færre end 3 borgere ifølge "
            "anmærkningen.",
        ),
        (
            "jobcenter",
            "J0185",
            "Jobcenter Tårnby/Dragør: skjult. Dragør er ikke vist i kilden, og en sum for "
            "jobcentret ville afsløre tallet.",
        ),
        (
            "jobcenter",
            "J0187",
            "Jobcenter Vallensbæk/Ishøj: 19 af ca. 87 borgere, 22 pct. Det er ca. 1 procentpoint "
            "over hele landet (21 pct.) og delt nr. 43–45 af 88 jobcentre regnet fra højeste "
            "andel.",
        ),
    ],
)
def test_area(atlas: Atlas, level: str, area_id: str, text: str) -> None:
    frame = cells(atlas, level)
    national = atlas.national(PASSIVE, "2017M06")
    indicator = atlas.indicator(PASSIVE)
    assert plain(sentences.area(row(frame, area_id), national, indicator, frame)) == text


@pytest.mark.parametrize(
    ("area_id", "text"),
    [
        ("0316", "52 pct. (117 af ca. 225)"),
        ("0155", "17 pct., antal skjult"),
        ("0730", "0 pct., antal skjult"),  # Randers: not a zero, a hidden count
        ("0563", "udeladt af kilden"),
    ],
)
def test_value(atlas: Atlas, area_id: str, text: str) -> None:
    assert plain(sentences.value(row(cells(atlas), area_id))) == text


@pytest.mark.parametrize(
    ("level", "area_id", "text"),
    [
        (
            "kommune",
            "0316",
            "Kilde: X, række 3 i tabellen. Nævneren (223–227) er ikke offentliggjort; den er "
            "regnet af andelen.",
        ),
        ("kommune", "0155", "Kilde: X, række 60 i tabellen."),  # hidden: no denominator
        ("kommune", "0563", "Kilde: X."),
        (
            "jobcenter",
            "J0187",
            "Jobcentret dækker flere kommuner og står ikke selv i kilden, X. Nævneren (86–88) er "
            "ikke offentliggjort; den er regnet af andelen.",
        ),
    ],
)
def test_trace(atlas: Atlas, level: str, area_id: str, text: str) -> None:
    assert sentences.trace(row(cells(atlas, level), area_id), "X") == text


def test_few_people_is_said_where_they_may_be_few_or_must(atlas: Atlas) -> None:
    indicator, national = atlas.indicator(PASSIVE), atlas.national(PASSIVE, "2017M06")
    frame = cells(atlas)
    base = row(frame, "0316")
    for low, high, said in ((49, 50, False), (48, 49, True), (50, 50, False)):
        cell = base | {"denominator_low": low, "denominator_high": high}
        assert ("få borgere" in sentences.area(cell, national, indicator, frame)) == said


def test_spread_is_a_sentence(atlas: Atlas) -> None:
    national = atlas.national(PASSIVE, "2017M06")
    assert plain(sentences.spread(cells(atlas), national, "Hele landet")) == (
        "Hele landet: 48 kommuner ligger over landets 21 pct. og 43 under. 5 ligger på niveau."
    )
    bornholm = atlas.cells(PASSIVE, "2017M06", "kommune", "DK014")
    assert plain(sentences.spread(bornholm, national, "Bornholm")).startswith(
        "Bornholm: 0 kommuner ligger over"
    )


def test_hidden_zero_and_absent_read_differently(atlas: Atlas) -> None:
    base = row(cells(atlas), "0730")
    zero = base | {
        "status": "shown",
        "numerator": 0,
        "denominator_low": 40,
        "denominator_high": 40,
    }
    absent = base | {"status": "not_collected", "share_pct": None}
    bare = base | {"share_pct": None}
    texts = [plain(sentences.value(cell)) for cell in (base, zero, absent, bare)]
    assert texts == ["0 pct., antal skjult", "0 pct. (0 af 40)", "ikke opgjort", "skjult"]


def test_above_and_below_add_up_to_all(atlas: Atlas) -> None:
    counts = sentences.above_and_below(cells(atlas), atlas.national(PASSIVE, "2017M06"))
    assert counts == {"above": 48, "below": 43, "level": 5, "without": 2}
    assert sum(counts.values()) == 98


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Skjult: tallet er på 1 eller 2 borgere", "Tallet er på 1 eller 2 borgere"),
        ("Færre end 3 borgere: antallet er skjult", "Færre end 3 borgere: antallet er skjult"),
        ("Fanø er ikke vist i kilden.", "Fanø er ikke vist i kilden"),
        ("", ""),
    ],
)
def test_the_reason_does_not_say_the_word_for_the_status_again(note: str, told: str) -> None:
    assert sentences.reason(note) == told


def test_a_hidden_number_is_said_to_be_hidden_once(atlas: Atlas) -> None:
    name = "gruppe_2_over_9_maaneder"
    frame = atlas.cells(name, "2018M12", "jobcenter")
    hidden = frame.filter(pl.col("status") == "suppressed").row(0, named=True)
    told = sentences.area(hidden, atlas.national(name, "2018M12"), atlas.indicator(name), frame)
    assert told == (
        f"{hidden['name']}: skjult. Tallet er på 1 eller 2 borgere eller kunne afsløre et andet, "
        "der er det. Også nul kan være skjult her."
    )
