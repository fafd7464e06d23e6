"""Tables that are wrong end in one Danish message, never in wrong or partial rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries.sources.catalogue import Entry, KnownSeries, parse
from queries.sources.incoming import Batch, ImportRefusedError
from queries.sources.jobindsats.fetch import fetch_table
from tests.queries.sources.jobindsats import made
from tests.queries.sources.jobindsats.made import ALL, COUNT, MORE, SHARE, Canned, Table

FEW = "Ikke offentliggjort af Jobindsats: 0, 1 eller 2."
NO_SHARE = "Andelen er ikke offentliggjort af Jobindsats."


def fetched(
    table: Table,
    folder: Path,
    form: str = "json",
    entry: Entry[Any] = made.ENTRY,
    known: KnownSeries | None = None,
) -> Batch:
    batch = fetch_table(entry, Canned(table, form), known, folder=folder)
    assert batch
    return batch


def check(batch: Batch) -> None:
    """Every cell of the made-up table, and nothing else."""
    found = {
        (row["period"], row["area_id"]): (row["numerator"], row["share_pct"], row["status"])
        for row in batch.cells.to_dicts()
    }
    assert len(found) == batch.cells.height
    assert found == {
        (period, code): (*made.numbers(period, code)[1:3], "shown")
        for period in made.PERIODS
        for code, _ in made.areas()
    }


def index(table: Table, period: str, name: str) -> int:
    return next(i for i, row in enumerate(table.rows) if row[0] == period and row[1] == name)


def cell(period: str, name: str, column: int, value: object) -> Callable[[Table], None]:
    """A spoiler that puts `value` in one cell."""

    def spoil(table: Table) -> None:
        table.rows[index(table, period, name)][column] = value

    return spoil


def swap_values(table: Table, one: int, other: int) -> None:
    for row in table.rows:
        row[one], row[other] = row[other], row[one]


def drop_column(table: Table, place: int) -> None:
    del table.columns[place]
    for row in table.rows:
        del row[place]


def add_column(table: Table, name: str, value: Callable[[int], object]) -> None:
    table.columns.append(name)
    for number, row in enumerate(table.rows):
        row.append(value(number))


def whole_percent(table: Table) -> None:
    for row in table.rows:
        row[4] = round(row[4])


def other_denominators(table: Table) -> None:
    for number, row in enumerate(table.rows):
        row[3], row[4] = (3, 8.7) if number % 10 == 0 else (row[3], row[4])


def rename_metadata(table: Table, old: str, new: str) -> None:
    for measure in table.metadata["mgroups"][0]["measures"]:
        measure["measure_name"] = measure["measure_name"].replace(old, new)


def levels(table: Table) -> Any:
    return table.metadata["dimensions"][0]["hierarchies"][0]["levels"]


def spoil_row(table: Table) -> None:
    rows: list[Any] = table.rows
    rows[3] = "abc"


def set_date(table: Table, date: object) -> None:
    table.tables[0]["table_groups"][0]["tables"][0]["update_latest"] = date


SPOILT: list[tuple[str, Callable[[Table], Any], str]] = [
    # rows
    (
        "row missing",
        lambda t: t.rows.pop(5),
        "1 af 297 rækker mangler: »Dragør 2023M11«.",
    ),
    (
        "country missing",
        lambda t: t.rows.pop(0),
        "1 af 297 rækker mangler: »Hele landet 2023M11«.",
    ),
    (
        "a period missing",
        lambda t: t.rows.__delitem__(slice(99, 198)),
        "99 af 297 rækker mangler: »Hele landet 2023M12«, »København 2023M12«",
    ),
    ("no rows", lambda t: t.rows.clear(), "svaret har ingen rækker."),
    (
        "row twice",
        lambda t: t.rows.append(list(t.rows[7])),
        f"række 298 er den anden for »{made.areas()[7][1]}« i 2023M11.",
    ),
    (
        "row twice, other value and spelling",
        lambda t: t.rows.append(["2024M01", "KØBENHAVNS KOMMUNE", 200, 11, 5.5, 60.5]),
        "række 298 er den anden for »KØBENHAVNS KOMMUNE« i 2024M01.",
    ),
    (
        "unknown area",
        cell("2023M12", "Ærø", 1, "Atlantis"),
        "har området »Atlantis«, som ikke kendes.",
    ),
    (
        "period not asked for",
        cell("2023M12", "Ærø", 0, "2024M02"),
        "har perioden »2024M02«, som der ikke blev spurgt om.",
    ),
    (
        "no period at all",
        cell("2023M12", "Ærø", 0, "2023M13"),
        "har perioden »2023M13«, som der ikke blev spurgt om.",
    ),
    ("period is null", cell("2023M12", "Ærø", 0, None), "har perioden »None«"),
    ("area is a number", cell("2023M12", "Ærø", 1, 492), "har området »492«, som ikke kendes."),
    ("short row", lambda t: t.rows[3].pop(), "række 4 har ikke 6 værdier"),
    ("row is no list", spoil_row, "række 4 har ikke 6 værdier"),
    # values
    ("negative count", cell("2023M12", "Ærø", 3, -4), f"har »-4« i kolonnen »{COUNT}«."),
    ("half a person", cell("2023M12", "Ærø", 3, 4.5), f"har »4.5« i kolonnen »{COUNT}«."),
    ("too many", cell("2023M12", "Ærø", 3, 10**12), "er større, end et antal her kan være."),
    ("true", cell("2023M12", "Ærø", 3, True), f"har »True« i kolonnen »{COUNT}«."),
    ("text", cell("2023M12", "Ærø", 3, "mange"), "»mange« i kolonnen"),
    ("list", cell("2023M12", "Ærø", 3, [1]), "»[1]« i kolonnen"),
    ("1.234 may be 1 or 1234", cell("2023M12", "Ærø", 3, "1.234"), "»1.234« i kolonnen"),
    ("share 140", cell("2023M12", "Ærø", 4, 140), "Det er ikke en andel fra 0 til 100 pct."),
    ("share -1", cell("2023M12", "Ærø", 4, "-1,0"), "»-1,0« i kolonnen"),
    ("share infinite", cell("2023M12", "Ærø", 4, "1e999"), "»1e999« i kolonnen"),
    (
        "shares in whole percent",
        whole_percent,
        f"alle 297 andele i »{SHARE}« er hele tal, men kataloget siger 1 decimal.",
    ),
    (
        "count and share of different people",
        other_denominators,
        "antal og andel passer ikke sammen i 30 celler (fx »000 2023M11«",
    ),
    # columns
    (
        "count under everybody's label",
        lambda t: swap_values(t, 2, 3),
        f"»{COUNT}« er i alt større end »{ALL}«: kolonnerne er byttet om.",
    ),
    (
        "share under another share's label",
        lambda t: swap_values(t, 4, 5),
        f"»{SHARE}« er i alt større end »{MORE}«: kolonnerne er byttet om.",
    ),
    ("count and share swapped", lambda t: swap_values(t, 3, 4), f"i kolonnen »{COUNT}«."),
    (
        "period and measure swapped",
        lambda t: swap_values(t, 0, 2),
        "ingen kolonne har værdier, der",
    ),
    (
        "count column gone",
        lambda t: drop_column(t, 3),
        f"kolonnen »{COUNT}« blev ikke fundet. Svaret har kolonnerne: »Periode«, »Område«, »{ALL}«,"
        f" »{SHARE}«, »{MORE}«.",
    ),
    (
        "area column gone",
        lambda t: drop_column(t, 1),
        "ingen kolonne har værdier, der er områder. Svaret har kolonnerne: »Periode«,",
    ),
    (
        "period column gone",
        lambda t: drop_column(t, 0),
        "ingen kolonne har værdier, der er perioder.",
    ),
    (
        "two area columns",
        lambda t: add_column(t, "Bopæl", lambda _n: "Aarhus"),
        "flere kolonner har værdier, der er områder.",
    ),
    (
        "two columns of one label",
        lambda t: add_column(t, COUNT.upper(), lambda _n: 3),
        f"svaret har flere kolonner, der kan være »{COUNT}«",
    ),
    (
        "a column without a name",
        lambda t: t.columns.__setitem__(2, " "),
        "en kolonne har intet navn",
    ),
    (
        "divided by sex",
        lambda t: add_column(t, "Køn", lambda n: "Mænd" if n % 2 else "Kvinder"),
        "kolonnen »Køn« deler rækkerne op på en måde, som metadata ikke kender som en total "
        "(værdier: »Kvinder«, »Mænd«).",
    ),
    (
        "only men",
        lambda t: add_column(t, "Køn", lambda _n: "Mænd"),
        "kolonnen »Køn« deler rækkerne op på en måde",
    ),
    # metadata
    (
        "measure renamed",
        lambda t: rename_metadata(t, COUNT, "Antal"),
        f"målet »{COUNT}« findes ikke i tabellens metadata. Metadata har: »{ALL}«, »Antal«,"
        f" »{SHARE}«, »{MORE}«.",
    ),
    (
        "measure ambiguous",
        lambda t: rename_metadata(t, MORE, f" {SHARE.upper()} "),
        f"metadata har flere mål, der kan være »{SHARE}«",
    ),
    (
        "97 kommuner",
        lambda t: levels(t)[1]["values"].pop(3),
        f"metadata mangler 1 kommuner: »{made.kommuner()[3][1]}«.",
    ),
    (
        "a kommune twice",
        lambda t: levels(t)[1]["values"].append({"value_id": "/9/", "value_name": "Århus"}),
        "metadata har to navne for samme område (0751).",
    ),
    (
        "no months",
        lambda t: t.metadata["periods"].pop(),
        "periodetypen »M« findes ikke. Tabellen har: »Q«.",
    ),
    (
        "months of another form",
        lambda t: t.metadata["periods"][1]["values"].append({"period_id": "2024-02"}),
        "perioderne »2024-02« er ikke af typen »M«.",
    ),
    (
        "no area hierarchy",
        lambda t: t.metadata["dimensions"][0]["hierarchies"].pop(0),
        "områdeinddelingen »_nykom« findes ikke. Tabellen har: »_region«.",
    ),
    (
        "a dimension without a total",
        lambda t: t.metadata["dimensions"].append(
            {
                "dimension_id": "_kon",
                "dimension_name": "Køn",
                "hierarchies": [{"hierarchy_id": "_kon", "levels": [{"values": []}]}],
            }
        ),
        "tabellen er delt op efter »Køn«, som ikke har en total (»/«).",
    ),
    (
        "another table's metadata",
        lambda t: t.metadata.__setitem__("table_id", "y1"),
        "tjenesten sendte metadata for en anden tabel.",
    ),
    (
        "metadata are a list",
        lambda t: setattr(t, "metadata", [1, "x", None]),
        "områdeinddelingen »_nykom« findes ikke. Tabellen har: ingen.",
    ),
    # list of tables
    ("not listed", lambda t: t.tables.clear(), "tabellen findes ikke i tjenestens liste."),
    (
        "no date",
        lambda t: set_date(t, None),
        "datoen for seneste opdatering kan ikke læses (»None«)",
    ),
    ("30 February", lambda t: set_date(t, "2024-02-30"), "kan ikke læses (»2024-02-30«)."),
    (
        "two dates",
        lambda t: t.tables.append({"table_id": "Y99X01", "update_latest": "2024-01-01"}),
        "tabellen står flere gange med hver sin dato.",
    ),
]


@pytest.mark.parametrize(("what", "spoil", "told"), SPOILT, ids=[one[0] for one in SPOILT])
def test_a_spoilt_table_is_refused_with_one_message(
    what: str, spoil: Callable[[Table], Any], told: str, tmp_path: Path
) -> None:
    table = made.made()
    spoil(table)
    with pytest.raises(ImportRefusedError) as caught:
        fetched(table, tmp_path)
    text = str(caught.value)
    assert text.startswith("Jobindsats, tabel y99x01: "), what
    assert told in text
    assert "Intet er importeret." in text
    assert "\n" not in text
    assert [one.text for one in caught.value.findings] == [text]
    assert caught.value.findings[0].level == "error"
    assert list(tmp_path.rglob("*.answer")) == []


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_table_without_faults_is_read(form: str, tmp_path: Path) -> None:
    batch = fetched(made.made(), tmp_path, form)
    check(batch)
    assert batch.findings == ()
    assert batch.recorded_at == dt.date(2024, 2, 15)


def test_signs_of_not_published_are_hidden_with_a_note(tmp_path: Path) -> None:
    for sign in ("-", "..", ".", None, "", " - ", "null", "–"):
        table = made.made()
        for column in (3, 4):
            cell("2023M12", "Ærø", column, sign)(table)
        cell("2023M12", "Fanø", 3, sign)(table)
        cell("2023M12", "Samsø", 4, sign)(table)
        cells = fetched(table, tmp_path).cells.filter(period="2023M12")
        rows = {row["area_id"]: row for row in cells.to_dicts()}
        both, count, share = rows["0492"], rows["0563"], rows["0741"]
        assert (both["status"], both["share_pct"], both["note"]) == ("suppressed", None, FEW)
        assert (count["status"], count["numerator"], count["note"]) == ("suppressed", None, FEW)
        assert count["share_pct"] == made.numbers("2023M12", "0563")[2]
        assert count["denominator_low"] is None
        assert (share["status"], share["share_pct"], share["note"]) == ("shown", None, NO_SHARE)
        assert share["numerator"] == made.numbers("2023M12", "0741")[1]
        assert cells.filter(status="suppressed").height == 2


def test_numbers_may_be_text_with_a_comma(tmp_path: Path) -> None:
    table = made.made()
    for row in table.rows:
        row[3], row[4] = str(row[3]), str(row[4]).replace(".", ",")
    check(fetched(table, tmp_path))


def test_a_share_with_more_decimals_is_rounded_and_told(tmp_path: Path) -> None:
    table = made.made()
    cell("2023M12", "Ærø", 4, 6.25)(table)
    cell("2023M12", "Ærø", 3, 15)(table)
    cell("2023M12", "Ærø", 2, 240)(table)
    batch = fetched(table, tmp_path)
    row = batch.cells.filter(period="2023M12", area_id="0492").to_dicts()[0]
    assert (row["share_pct"], row["share_decimals"]) == (6.3, 1)
    assert (row["denominator_low"], row["denominator_high"]) == (237, 240)
    assert [one.code for one in batch.findings] == ["share_rounded"]


def test_one_pair_that_does_not_fit_is_asked_about(tmp_path: Path) -> None:
    table = made.made()
    cell("2023M12", "Ærø", 3, 3)(table)
    cell("2023M12", "Ærø", 4, 8.7)(table)
    batch = fetched(table, tmp_path)
    row = batch.cells.filter(period="2023M12", area_id="0492").to_dicts()[0]
    assert (row["numerator"], row["denominator_low"], row["denominator_high"]) == (3, None, None)
    assert [(one.level, one.code) for one in batch.findings] == [("warning", "count_and_share")]
    assert "fx »0492 2023M12«" in batch.findings[0].text


def test_areas_that_are_none_of_ours_are_left_out_and_told(tmp_path: Path) -> None:
    table = made.made()
    levels(table).append(
        {"level_id": "region", "values": [{"value_id": "/x/", "value_name": "Region Sjælland"}]}
    )
    for period in made.PERIODS:
        table.rows.insert(40, [period, "Uoplyst område", 1, 1, 1.0, 1.0])
        table.rows.append([period, "Region Sjælland", 10, 5, 1.0, 1.0])
    batch = fetched(table, tmp_path)
    check(batch)
    assert [one.text for one in batch.findings] == [
        "»Region Sjælland« er ikke en kommune: 3 rækker er ikke taget med.",
        "»Uoplyst område« er ikke en kommune: 3 rækker er ikke taget med.",
    ]


def test_the_total_of_other_dimensions_is_asked_for(tmp_path: Path) -> None:
    table = made.made()
    values = [
        {"value_id": "/", "value_name": "Køn i alt"},
        {"value_id": "/1/", "value_name": "Mænd"},
    ]
    table.metadata["dimensions"].insert(
        0,
        {
            "dimension_id": "_kon",
            "hierarchies": [{"hierarchy_id": "_kon", "levels": [{"values": values}]}],
        },
    )
    add_column(table, "Køn", lambda _number: "Køn i alt ")
    client = Canned(table)
    batch = fetch_table(made.ENTRY, client, folder=tmp_path)
    assert batch
    check(batch)
    assert batch.findings == ()
    assert client.asked[2] == (
        "data/y99x01",
        {
            "mgroup.*": "*",
            "period.M": "2023M11,2023M12,2024M01",
            "hierarchy._nykom": "*",
            "hierarchy._kon": "/",
            "format": "json",
        },
    )
    for row in table.rows:
        row[-1] = "Mænd"
    with pytest.raises(ImportRefusedError, match="kolonnen »Køn« deler rækkerne op"):
        fetched(table, tmp_path)


def test_an_unknown_column_of_numbers_must_be_accepted(tmp_path: Path) -> None:
    table = made.made()
    add_column(table, "Noget nyt", lambda number: number)
    batch = fetched(table, tmp_path)
    check(batch)
    assert [(one.level, one.code, one.column) for one in batch.findings] == [
        ("warning", "column_unknown", "Noget nyt")
    ]


def test_another_id_of_the_area_hierarchy_is_found_by_its_kommuner(tmp_path: Path) -> None:
    table = made.made()
    table.metadata["dimensions"][0]["hierarchies"][0]["hierarchy_id"] = "_kom26"
    client = Canned(table)
    batch = fetch_table(made.ENTRY, client, folder=tmp_path)
    assert batch
    check(batch)
    assert client.asked[2][1]["hierarchy._kom26"] == "*"


def test_a_count_is_never_found_under_the_label_of_a_share(tmp_path: Path) -> None:
    text = made.TEXT.replace(f'numerator = "{COUNT}"', 'numerator = "Andel personer med noget"')
    entry = parse("jobindsats_y99x01", text)
    with pytest.raises(ImportRefusedError, match="målet »Andel personer med noget« findes ikke"):
        fetched(made.made(), tmp_path, entry=entry)


def test_a_label_without_its_unit_is_the_same_share(tmp_path: Path) -> None:
    table = made.made()
    rename_metadata(table, SHARE, "Andel personer med noget, pct.")
    table.columns[4] = "andel  personer med noget, PCT. "
    check(fetched(table, tmp_path))


def test_a_table_renewed_while_it_is_fetched_is_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.sources.jobindsats.fetch.AT_A_TIME", 1)
    table = made.made()
    client = Canned(table, before=lambda n: set_date(table, "2024-02-16") if n == 4 else None)
    with pytest.raises(ImportRefusedError, match=r"opdateret, mens den blev hentet\. Intet er"):
        fetch_table(made.ENTRY, client, folder=tmp_path)
    assert list(tmp_path.rglob("*.answer")) == []
    check(fetched(table, tmp_path))


def test_an_interrupted_fetch_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.sources.jobindsats.fetch.AT_A_TIME", 1)

    def interrupt(number: int) -> None:
        if number == 5:
            raise KeyboardInterrupt

    first = Canned(made.made(), before=interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch_table(made.ENTRY, first, folder=tmp_path)
    kept = sorted(tmp_path.rglob("*.answer"))
    assert len(kept) == 2
    kept[0].write_bytes(kept[0].read_bytes()[:-20])  # not whole: asked for again
    seen: list[tuple[str, float]] = []
    client = Canned(made.made())
    batch = fetch_table(
        made.ENTRY, client, progress=lambda *told: seen.append(told), folder=tmp_path
    )
    assert batch
    check(batch)
    assert [path for path, _ in client.asked] == [
        "tables",
        "table/y99x01",
        "data/y99x01",
        "data/y99x01",
        "tables",
    ]
    assert list(tmp_path.rglob("*.answer")) == []
    assert [share for _, share in seen] == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert seen[1][0] == "Henter y99x01: 2023M11 til 2023M11"


def test_answers_of_an_earlier_update_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.sources.jobindsats.fetch.AT_A_TIME", 1)

    def interrupt(number: int) -> None:
        if number == 5:
            raise KeyboardInterrupt

    old = made.made()
    for row in old.rows:
        row[3] += 1
    with pytest.raises(KeyboardInterrupt):
        fetch_table(made.ENTRY, Canned(old, before=interrupt), folder=tmp_path)
    new, left = made.made(), list[list[Path]]()
    set_date(new, "16-02-2024")
    client = Canned(new, before=lambda _number: left.append(list(tmp_path.rglob("*.answer"))))
    batch = fetch_table(made.ENTRY, client, folder=tmp_path)
    assert batch
    check(batch)
    assert [len(files) for files in left] == [2, 2, 0, 1, 2, 3]  # the old ones, then the new ones
    assert batch.recorded_at == dt.date(2024, 2, 16)


def test_only_new_periods_and_the_latest_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queries.sources.jobindsats.fetch.LATEST_AGAIN", 1)
    table, known = made.made(), KnownSeries(dt.date(2024, 1, 15), frozenset(made.PERIODS[1:]))
    client = Canned(table)
    batch = fetch_table(made.ENTRY, client, known, folder=tmp_path)
    assert batch
    assert client.asked[2][1]["period.M"] == "2023M11,2024M01"
    assert batch.cells["period"].unique().sort().to_list() == ["2023M11", "2024M01"]
    assert batch.cells.height == 2 * 99


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace(";", ","), "svaret er hverken JSON eller CSV med semikolon."),
        (lambda text: text.partition("\r\n")[0], "svaret er hverken JSON eller CSV"),
        (lambda text: text[: len(text) // 2], "mangler"),
        (lambda text: text.replace("2023M11;Ærø;", '2023M11;"Ærø;'), "CSV"),
    ],
)
def test_spoilt_csv_is_refused(
    spoil: Callable[[str], str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made.as_csv
    monkeypatch.setattr(made, "as_csv", lambda *given: spoil(whole(*given)))
    with pytest.raises(ImportRefusedError, match="Jobindsats, tabel y99x01: ") as caught:
        fetched(made.made(), tmp_path, "csv")
    assert told in str(caught.value) or "har ikke 6 værdier" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ['{"columns": [], "rows": {}}', "[]", '{"rows": []}', '{"columns": ["a"], "rows": [[NaN]]}'],
)
def test_json_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    class Odd(Canned):
        def get(self, path: str, params: Any = None, *, what: str = "") -> Any:
            if path.startswith("data/"):
                return self._body(text, what)
            return super().get(path, params, what=what)

    with pytest.raises(ImportRefusedError, match="svaret er ikke JSON med »columns« og »rows«"):
        fetch_table(made.ENTRY, Odd(made.made()), folder=tmp_path)
