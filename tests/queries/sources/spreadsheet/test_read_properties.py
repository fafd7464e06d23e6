"""Random tables in random layouts are read back as they were, whatever the order."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.errors import UserError
from queries.sources.incoming import ImportRefusedError
from queries.sources.rounding import denominator_interval
from queries.sources.spreadsheet.cells import with_intervals
from queries.sources.spreadsheet.opening import open_book
from tests.oracles.spreadsheets import HIDDEN, NAMES, Key, random_table, read_long, render
from tests.queries.sources.spreadsheet.layouts import asked, book_of, read, told, understood

SEEDS = st.integers(0, 2**32)


def _read_back(cells: pl.DataFrame) -> dict[Key, tuple[object, ...]]:
    return {
        (row["area_id"], row["period"]): (
            row["status"],
            row["numerator"],
            row["denominator_low"],
            row["denominator_high"],
            row["share_pct"],
            row["share_decimals"],
        )
        for row in cells.iter_rows(named=True)
    }


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_random_table_is_read_back_from_a_random_layout(seed: int) -> None:
    random = Random(seed)
    rendered = render(random_table(random), random)
    book = open_book(rendered.content)

    batch = read(book, _answers(rendered.content, rendered.answers))

    expected = {key: cell.told() for key, cell in rendered.cells.items()}
    assert _read_back(batch.cells) == expected, rendered.how


def _answers(content: bytes, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that are asked for: '1712' cannot be a month where '1713' is."""
    keys = {each.key for each in understood(open_book(content)).questions}
    return {key: value for key, value in wanted.items() if key in keys}


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_a_long_file_is_read_as_row_by_row(seed: int) -> None:
    random = Random(seed)
    rows = [["Kommune", "Periode", "Tæller", "Nævner"]]
    for code in random.sample(NAMES.codes, random.randint(2, 60)):
        for month in range(1, random.randint(2, 13)):
            whole = random.randint(10, 20000)
            count = random.randint(0, whole)
            hidden = random.random() < 0.2
            rows.append(
                [
                    random.choice([NAMES.name(code), code, str(int(code))]),
                    f"2017M{month:02d}",
                    random.choice(HIDDEN) if hidden else f"{count:,}".replace(",", "."),
                    f"{whole:,}".replace(",", "."),
                ]
            )
    text = "\n".join(";".join(row) for row in rows)

    batch = read(book_of(text), {"indicator": "passive_ressourceforloeb"})

    assert _read_back(batch.cells) == read_long(text)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_rows_and_columns_does_not_matter(seed: int) -> None:
    random = Random(seed)
    header = ["Kommune", "Måned", "Tæller", "Nævner", "Andel"]
    body = []
    for code in random.sample(NAMES.codes, 12):
        for month in ("2018M01", "2018M02"):
            whole = random.randint(20, 400)
            count = random.randint(0, whole)
            body.append(
                [NAMES.name(code), month, str(count), str(whole), f"{100 * count / whole:.0f}"]
            )
    order = list(range(5))
    shuffled = body[:]
    random.shuffle(order)
    random.shuffle(shuffled)
    texts = [
        "\n".join(["Passive i ressourceforløb", *(";".join(row) for row in [header, *body])]),
        "\n".join(
            ["Passive i ressourceforløb"]
            + [";".join(row[at] for at in order) for row in [header, *shuffled]]
        ),
    ]
    first, second = (understood(book_of(text)) for text in texts)

    assert told(read(book_of(texts[0])).cells) == told(read(book_of(texts[1])).cells)
    assert first.mapping.fingerprint == second.mapping.fingerprint
    assert asked(first) == asked(second) == set()


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 10000), st.integers(0, 2)),
        min_size=1,
        max_size=200,
    )
)
def test_intervals_are_those_of_exact_arithmetic(rows: list[tuple[int, int, int]]) -> None:
    shares = [min(digits / 10**decimals, 100.0) for _, digits, decimals in rows]
    shares = [round(s, d) for s, (_, _, d) in zip(shares, rows, strict=True)]
    frame = pl.DataFrame(
        {
            "numerator": [count for count, _, _ in rows],
            "d": pl.Series([None] * len(rows), dtype=pl.Int64),
            "share_pct": shares,
            "share_decimals": pl.Series([decimals for *_, decimals in rows], dtype=pl.Int8),
            "note": [""] * len(rows),
        }
    )
    found = with_intervals(frame).select("denominator_low", "denominator_high").rows()

    for share, (count, _, decimals), interval in zip(shares, rows, found, strict=True):
        try:
            expected = denominator_interval(count, f"{share:.{decimals}f}")
        except ValueError:
            expected = None
        assert interval == (expected or (None, None))


@settings(max_examples=30, deadline=None)
@given(
    text=st.lists(
        st.lists(st.sampled_from(["Holbæk", "Roskilde", "0316", "12", "-", "25 pct.", "", "2017M06",
                                  "Antal", "Andel", "I alt", "x", "1.234", "12,5", "juni 2017",
                                  "Region Sjælland", "-5", "Kommune", "<3", "2017", "\u00a0"]),
                 min_size=1, max_size=6),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_any_sheet_is_read_or_refused_in_danish(text: list[list[str]]) -> None:
    content = "\n".join(";".join(row) for row in text) + "\n"

    cells, said, levels = _outcome(content)

    assert cells > 0 or said.endswith((".", "?", "tegn"))
    assert cells > 0 or not levels or "error" in levels


def _outcome(content: str) -> tuple[int, str, set[str]]:
    """Return how many cells were read, what was said instead, and of which levels it was."""
    try:
        return read(book_of(content), {"indicator": "virksomhedspraktik"}).cells.height, "", set()
    except ImportRefusedError as refused:
        return 0, str(refused), {each.level for each in refused.findings}
    except UserError as wrong:
        return 0, str(wrong), set()


def test_the_renderer_reaches_every_layout() -> None:
    hows = set()
    for seed in range(300):
        random = Random(seed)
        hows.add(render(random_table(random), random).how.split(",")[0])

    assert hows == {"long", "wide", "measures first", "joined", "fixed"}


@pytest.mark.parametrize("seed", [3, 11])
def test_a_changed_number_is_seen(seed: int) -> None:
    random = Random(seed)
    rendered = render(random_table(random), random)
    key, cell = next((k, c) for k, c in rendered.cells.items() if c.count is not None)
    batch = read(open_book(rendered.content), _answers(rendered.content, rendered.answers))

    assert _read_back(batch.cells)[key] == cell.told()
    assert _read_back(batch.cells)[key][1] != (cell.count or 0) + 1
