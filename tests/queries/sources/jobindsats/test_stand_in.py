"""Every fault of the stand-in ends in the right rows or in exactly one Danish message."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from queries.errors import UserError
from queries.sources.catalogue import KnownSeries, load_catalogue
from queries.sources.http import Client, KeyRefusedError, SourceUnavailableError
from queries.sources.incoming import Batch
from queries.sources.jobindsats.describe import describe_table
from queries.sources.jobindsats.fetch import fetch_table
from queries.sources.jobindsats.settings import KEY_HELP
from tests.queries.sources.jobindsats.conftest import KEY, Rows, Start

CATALOGUE = load_catalogue()
FEW = "Ikke offentliggjort af Jobindsats: 0, 1 eller 2."
TABLES = ("y60a02", "y60c07", "y60j01")
LABELS = {
    "y60a02": (
        "kontanthjaelp_fuldtidspersoner",
        "Fuldtidspersoner",
        "Fuldtidspersoner i pct. af befolkningen 16-66 år",
    ),
    "y60c07": ("kontanthjaelp_aktiveringsgrad", "", "Aktiveringsgrad (pct.)"),
    "y60j01": (
        "kontanthjaelp_ordinaere_timer",
        "Antal personer med ordinære løntimer",
        "Andel personer med ordinære løntimer (pct.)",
    ),
}


def client(base: str, key: str = KEY, read: float = 20) -> Client:
    return Client(
        base,
        token=key,
        service="Jobindsats",
        key_help=KEY_HELP,
        timeout=(5, read),
        tries=6,
        pause=0,
        sleep=lambda _seconds: None,
    )


def fetched(base: str, table: str, folder: Path, form: str = "json", read: float = 20) -> Batch:
    batch = fetch_table(
        CATALOGUE[f"jobindsats_{table}"],
        client(base, read=read),
        form=form,
        folder=folder,
        today=dt.date(2026, 11, 27),
    )
    assert batch
    return batch


def expected_denominators(table: str, count: str, share: str) -> tuple[int | None, int | None]:
    """The whole numbers that fit, found by trying them."""
    if not count or not share or not float(share):
        return None, None
    slack = Fraction(1, 2) if table == "y60a02" else Fraction(0)
    low, high = Fraction(share) - Fraction(1, 20), Fraction(share) + Fraction(1, 20)
    first = math.ceil((int(count) - slack) * 100 / high)
    last = math.floor((int(count) + slack) * 100 / low)
    return max(first, int(count)), last


def check(batch: Batch, table: str, printed: Rows) -> None:
    """Compare every cell with the file, read by plain code."""
    indicator, numerator, share = LABELS[table]
    cells = {(row["period"], row["area_id"]): row for row in batch.cells.to_dicts()}
    assert len(cells) == batch.cells.height
    assert set(cells) == set(printed)
    for key, row in printed.items():
        cell = cells[key]
        assert cell["indicator_id"] == indicator
        assert cell["breakdown"] == "alle"
        count = row[numerator] if numerator else ""
        assert cell["numerator"] == (int(count) if count else None)
        assert cell["share_pct"] == (float(row[share]) if row[share] else None)
        assert cell["share_decimals"] == (1 if row[share] else None)
        shown = bool(count) if numerator else bool(row[share])
        assert cell["status"] == ("shown" if shown else "suppressed")
        assert cell["note"] == ("" if shown else FEW)
        low, high = expected_denominators(table, count, row[share])
        assert (cell["denominator_low"], cell["denominator_high"]) == (low, high), key


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("table", TABLES)
def test_the_rows_are_those_of_the_file(
    table: str, form: str, start: Start, printed: Callable[[str], Rows], tmp_path: Path
) -> None:
    batch = fetched(start(), table, tmp_path, form)
    check(batch, table, printed(table))
    assert batch.is_published
    assert batch.recorded_at == dt.date(2026, 8, 22)
    about = batch.provenance
    assert (about.kind, about.series, about.document_id) == ("api", f"jobindsats:{table}", table)
    assert about.retrieved_on == dt.date(2026, 11, 27)
    assert (about.updated_on, about.next_on) == (dt.date(2026, 8, 22), dt.date(2026, 9, 20))
    assert about.sha256
    assert len(about.sha256) == 64
    first, last = min(printed(table))[0], max(printed(table))[0]
    assert f"/v3/data/{table}: " in about.note
    assert about.note.endswith(f", {first} til {last}.")
    assert all(f"»{label}«" in about.note for label in LABELS[table][1:] if label)
    assert list(tmp_path.rglob("*.answer")) == []


def test_the_hidden_are_told(start: Start, printed: Callable[[str], Rows], tmp_path: Path) -> None:
    batch = fetched(start(), "y60j01", tmp_path)
    told = [one.text for one in batch.findings]
    assert told == ["Tabel y60j01: 94 af 4158 celler er ikke offentliggjort."]
    rows = printed("y60j01").values()
    only_share = [row for row in rows if not row[LABELS["y60j01"][1]] and row[LABELS["y60j01"][2]]]
    beside = batch.cells.filter(status="suppressed").drop_nulls("share_pct")
    assert beside.height == len(only_share) == 70


GOOD = [
    ",".join(combination)
    for size in (1, 2, 3)
    for combination in itertools.combinations(("busy", "broken", "renamed"), size)
]


@pytest.mark.parametrize("faults", GOOD)
def test_faults_that_can_be_mended_end_in_the_right_rows(
    faults: str, start: Start, printed: Callable[[str], Rows], tmp_path: Path
) -> None:
    base = start(faults)
    for table, form in zip(TABLES, ("json", "csv", "json"), strict=True):
        check(fetched(base, table, tmp_path, form), table, printed(table))


def test_a_slow_service_is_waited_for(
    start: Start, printed: Callable[[str], Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.sources.jobindsats.fetch.AT_A_TIME", 100)
    check(fetched(start("slow,renamed"), "y60c07", tmp_path), "y60c07", printed("y60c07"))


BAD = [
    ("truncate", "svaret blev afbrudt 6 gange, før det var helt."),
    ("truncate,busy", "svaret blev afbrudt 6 gange, før det var helt."),
    ("truncate,renamed,broken", "tjenesten fejlede 6 gange (HTTP 500)."),
    ("unauthorized", "nøglen blev afvist (HTTP 401). Sæt nøglen i miljøvariablen"),
    ("unauthorized,busy,broken,truncate,renamed", "nøglen blev afvist (HTTP 401)."),
    ("slow,busy", "der kom intet svar i tide (6 forsøg)."),
]


@pytest.mark.parametrize(("faults", "told"), BAD)
def test_other_faults_end_in_one_message_and_nothing_else(
    faults: str,
    told: str,
    start: Start,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    base = start(faults)
    with pytest.raises(UserError) as caught:
        fetched(base, "y60a02", tmp_path, read=0.15 if "slow" in faults else 20)
    expected = KeyRefusedError if "unauthorized" in faults else SourceUnavailableError
    assert type(caught.value) is expected
    text = str(caught.value)
    assert text.startswith("Jobindsats, tabel y60a02")
    assert told in text
    assert "\n" not in text
    assert list(tmp_path.rglob("*.answer")) == []
    assert KEY not in caplog.text + text + repr(caught.value.__dict__)


def test_a_wrong_key_is_told_with_how_to_set_it(start: Start, tmp_path: Path) -> None:
    base = start()
    with pytest.raises(KeyRefusedError) as caught:
        fetch_table(CATALOGUE["jobindsats_y60a02"], client(base, "forkert"), folder=tmp_path)
    assert str(caught.value) == (
        "Jobindsats, tabel y60a02, opdateringer: nøglen blev afvist (HTTP 401). Sæt nøglen i "
        "miljøvariablen INDSATSATLAS_JOBINDSATS_NOEGLE, eller skriv den i "
        '.streamlit/secrets.toml under [jobindsats] som noegle = "…". Nøglen fås pr. mail fra STAR.'
    )


def test_what_is_known_is_not_asked_for_again(
    start: Start, printed: Callable[[str], Rows], tmp_path: Path
) -> None:
    base, entry = start(), CATALOGUE["jobindsats_y60a02"]
    periods = sorted({period for period, _ in printed("y60a02")})
    current = KnownSeries(dt.date(2026, 8, 22), frozenset(periods))
    assert fetch_table(entry, client(base), current, folder=tmp_path) is None
    newer = KnownSeries(dt.date(2026, 9, 1), frozenset(periods[:1]))
    assert fetch_table(entry, client(base), newer, folder=tmp_path) is None
    added = KnownSeries(dt.date(2026, 8, 22), frozenset())
    everything = fetch_table(entry, client(base), added, folder=tmp_path)
    assert everything
    assert everything.cells.height == len(periods) * 99
    older = KnownSeries(dt.date(2026, 7, 22), frozenset(periods[3:-1]) | {"2019M01"})
    batch = fetch_table(entry, client(base), older, folder=tmp_path)
    assert batch
    assert batch.cells["period"].unique().sort().to_list() == periods[:3] + periods[-14:]
    assert batch.cells.height == 17 * 99
    assert [one.text for one in batch.findings] == [
        "Tabel y60a02: 1 perioder, atlasset har, findes ikke mere der. De bliver stående."
    ]


def test_a_table_is_described_for_who_writes_the_catalogue(start: Start) -> None:
    assert describe_table(CATALOGUE["jobindsats_y60j01"], client(start())) == (
        "Personer med ordinære løntimer (y60j01)\n"
        "Opdateret 22.08.2026, næste 20.09.2026. Måned\n"
        "Perioder: 42, 2021M07 til 2024M12\n"
        "Områder: 99 i _nykom\n"
        "Mål:\n"
        "  * Antal personer med ordinære løntimer\n"
        "  * Andel personer med ordinære løntimer (pct.)"
    )


def test_a_table_without_known_labels_is_not_fetched(start: Start, tmp_path: Path) -> None:
    base = start()
    with pytest.raises(UserError, match="mål er ikke tilknyttet en indikator i kataloget"):
        fetch_table(CATALOGUE["jobindsats_y11a02"], client(base), folder=tmp_path)
    with pytest.raises(UserError, match="y11a02: tabellen findes ikke i tjenestens liste"):
        describe_table(CATALOGUE["jobindsats_y11a02"], client(base))
