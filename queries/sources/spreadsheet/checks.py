"""What must hold between the numbers of a sheet, and what is worth a question."""

from __future__ import annotations

import re

import polars as pl

from queries.sources.spreadsheet.about import About
from queries.sources.spreadsheet.area_column import official
from queries.sources.spreadsheet.book import Sheet
from queries.sources.spreadsheet.cells import NOBODY_NOTE
from queries.sources.spreadsheet.findings import Findings, thousands
from queries.sources.spreadsheet.mapping import SheetMapping
from queries.sources.spreadsheet.periods import in_words, month_of
from queries.sources.spreadsheet.totals import against, check_missing, check_totals, most_of

_THOUSANDS = re.compile(
    r"\b1[. ]?000 (?:personer|borgere|pers\.|stk)|\bi (?:1[. ]?000|tusind\w*)\b|\btusind(?:e|er)?\b"
    r"|\(1[. ]?000\)|\bi hundreder\b",
    re.IGNORECASE,
)
KEYS = ["area_id", "period", "breakdown"]
_JUMP = 3.0
_FEW = 30
_NEAR, _NEAR_YEARS = 13, 24
"""How many months back a number is held against: a year, of yearly numbers two."""
_MOST_JUMPS = 5


def check_all(
    table: pl.DataFrame,
    cells: pl.DataFrame,
    mapping: SheetMapping,
    about: About,
    findings: Findings,
    *,
    threshold: int,
) -> None:
    """Check rows by themselves, beside each other, against totals, and against what is known.

    `table` says how large hidden numbers can be (`with_largest`), by the same `threshold`.
    """
    _check_rows(table, findings)
    _check_duplicates(table, mapping.of_role("area")[0].at, findings)
    _note_subtotals(table, threshold, findings)
    check_missing(cells, findings)
    check_totals(table, threshold, findings)
    if not about.is_published:
        _check_unpublished(cells, findings)


def check_units(around: str, mapping: SheetMapping, findings: Findings) -> None:
    """Warn where the sheet says that its numbers are thousands."""
    if match := _THOUSANDS.search(around):
        column = next(iter(mapping.of_role("numerator", "value")), None)
        findings.add(
            "warning",
            "units_of_thousands",
            f"Arket siger »{match.group()}«: tallene ligner tusinder og ikke personer. De er læst, "
            "som de står; kontrollér enheden.",
            at=column.at if column else None,
            value=match.group(),
        )


def check_hidden_rows(sheet: Sheet, mapping: SheetMapping, findings: Findings) -> None:
    """Warn of rows and columns that are read and that a reader of the sheet does not see."""
    rows = [
        row + sheet.first_row
        for low, high in sheet.hidden_rows
        for row in range(low, min(high, sheet.height - 1) + 1)
        if mapping.first_row <= row + sheet.first_row <= mapping.last_row
    ]
    if rows:
        findings.add(
            "warning",
            "hidden_rows",
            f"{len(rows)} rækker er skjult i arket (den første er række {rows[0]}) og er læst med. "
            "Vis dem, og kontrollér, at de skal med.",
            row=rows[0],
        )
    for column in mapping.columns:
        if column.role != "ignore" and any(a <= column.at <= b for a, b in sheet.hidden_columns):
            findings.add(
                "warning",
                "hidden_column",
                f"Kolonne {column.letter} er skjult i arket og er læst. Vis og kontrollér den.",
                at=column.at,
            )


def _check_rows(table: pl.DataFrame, findings: Findings) -> None:
    """Report counts, denominators and shares of a row that cannot all be true."""
    rows = table.filter(pl.col("kind").is_in(["own", "land", "whole"])).with_columns(
        n=pl.col("n_count").fill_null(pl.when(pl.col("n_status") == "zero").then(0)),
        d=pl.col("d_count").fill_null(pl.when(pl.col("d_status") == "zero").then(0)),
    )
    rows = rows.filter((pl.col("n") >= 0) & (pl.col("d").fill_null(0) >= 0))
    above = rows.filter(pl.col("n") > pl.col("d"))
    findings.rows(
        "error",
        "count_over_denominator",
        above,
        lambda each: (
            f"{each['name']}: tælleren {_n(each['n'])} er større end nævneren {_n(each['d'])}. Er "
            "kolonnerne byttet om?"
        ),
        at="n_at",
        value="n_count",
    )
    unit = 100 * pl.lit(10).pow(pl.col("s_decimals").cast(pl.Int64)).cast(pl.Int64)
    rows = rows.filter(pl.col("s_value").is_between(0, 100)).with_columns(
        unit=unit, digits=(pl.col("s_value") * unit / 100).round().cast(pl.Int64)
    )
    given = rows.filter((pl.col("d") > 0) & (pl.col("n") <= pl.col("d")))
    low = (2 * pl.col("digits") - 1) * pl.col("d") <= 2 * pl.col("unit") * pl.col("n")
    high = 2 * pl.col("unit") * pl.col("n") <= (2 * pl.col("digits") + 1) * pl.col("d")
    findings.rows(
        "error",
        "share_does_not_match",
        given.filter(~(low & high)),
        lambda each: (
            f"{each['name']}: andelen {_share(each)} passer ikke til {_n(each['n'])} af "
            f"{_n(each['d'])}, som er {_pct(each['n'], each['d'], each['s_decimals'])} Ret det, "
            "der er forkert."
        ),
        at="s_at",
        value="s_value",
    )
    without = rows.filter(pl.col("d").is_null())
    n, digits, unit = pl.col("n"), pl.col("digits"), pl.col("unit")
    least = pl.max_horizontal((2 * unit * n + 2 * digits) // (2 * digits + 1), n, pl.lit(1))
    most = (2 * unit * n) // (2 * digits - 1)
    none = pl.when(digits > 0).then(least > most).otherwise(pl.lit(value=False))
    findings.rows(
        "error",
        "share_does_not_fit",
        without.filter(none),
        lambda each: (
            f"{each['name']}: intet helt antal borgere i alt giver {_n(each['n'])} en andel på "
            f"{_share(each)} Et ciffer kan mangle eller være byttet om."
        ),
        at="s_at",
        value="s_value",
    )


def _n(value: object) -> str:
    return thousands(int(str(value)))


def _share(each: dict[str, object]) -> str:
    decimals = int(str(each["s_decimals"]))
    return f"{float(str(each['s_value'])):.{decimals}f}".replace(".", ",") + " pct."


def _pct(count: object, whole: object, decimals: object) -> str:
    share = 100 * int(str(count)) / int(str(whole))
    return f"{share:.{max(1, int(str(decimals)))}f}".replace(".", ",") + " pct."


def _check_duplicates(table: pl.DataFrame, at: int, findings: Findings) -> None:
    rows = table.filter(pl.col("kind") == "own")
    same = pl.struct(KEYS)
    twice = rows.filter(same.is_duplicated())
    if not twice.height:
        return
    twice = twice.with_columns(first=pl.col("row").min().over(KEYS)).filter(
        pl.col("row") != pl.col("first")
    )
    report_duplicates(twice, at, findings)


def report_duplicates(twice: pl.DataFrame, at: int, findings: Findings) -> None:
    """Report rows of areas that stand twice; `first` is the row of the first."""
    findings.rows(
        "error",
        "duplicate_area",
        twice.with_columns(column=pl.lit(at, pl.Int32)),
        lambda each: (
            f"{_official(each)} står to gange for {in_words(str(each['period']))}"
            + ("" if each["breakdown"] in {"alle", ""} else f" ({each['breakdown']})")
            + (f" (første gang i række {each['first']})" if each["first"] else "")
            + ". Slet den ene, eller vælg, hvad der skiller dem."
        ),
        at="column",
        value="name",
    )


def _official(each: dict[str, object]) -> str:
    return official(str(each["area_id"])) if each["area_id"] else str(each["name"])


def _note_subtotals(table: pl.DataFrame, threshold: int, findings: Findings) -> None:
    """Check 'I alt' between the rows against the rows above it, and say that it is not read."""
    earlier = table.filter(pl.col("kind") == "part")
    if not earlier.height:
        return
    findings.rows(
        "note",
        "row_is_total",
        earlier.unique("row", maintain_order=True),
        lambda each: (
            f"Rækken »{each['name']}« er en sum af rækkerne over den. Den er brugt til kontrol og "
            "bliver ikke vist."
        ),
        value="name",
    )
    same = ["period", "breakdown"]
    rows = table.filter(pl.col("kind").is_in(["own", "other", "part"])).sort("row")
    total = pl.col("kind") == "part"
    rows = rows.with_columns(block=total.cast(pl.Int32).cum_sum().shift(1, fill_value=0).over(same))
    blocks = rows.group_by(*same, "block").agg(
        pl.col("n_count").filter(~total).sum().alias("sum"),
        (~pl.col("n_status").is_in(["number", "zero"])).filter(~total).sum().alias("unknown"),
        *most_of("n", ~total),
        pl.col("n_count").filter(total).first().alias("total"),
        pl.col("row").filter(total).first().alias("row"),
        pl.col("name").filter(total).first().alias("name"),
        pl.col("n_at").first(),
    )
    over = (pl.col("total") > pl.col("most")).fill_null(value=False)
    wrong = blocks.filter(over | (pl.col("total") < pl.col("sum"))).sort("row")
    findings.rows(
        "warning",
        "total_mismatch",
        wrong,
        lambda each: (
            f"»{each['name']}« er {_n(each['total'])}, {against(each, 'over den', threshold)}"
        ),
        at="n_at",
        value="total",
    )


def _check_unpublished(cells: pl.DataFrame, findings: Findings) -> None:
    """Report what keeps numbers that are not published from passing the disclosure control."""
    hidden = cells.filter(pl.col("status") != "shown").sort("source_row")
    exact = cells.filter((pl.col("status") == "shown") & (pl.col("note") != NOBODY_NOTE))
    shares = exact.filter(pl.col("numerator").is_null()).sort("source_row")
    without = exact.filter(
        pl.col("numerator").is_not_null()
        & (
            pl.col("denominator_low").is_null()
            | (pl.col("denominator_low") != pl.col("denominator_high"))
            | ~pl.col("exact")
        )
    ).sort("source_row")
    pairs = cells.filter(pl.col("area_id").str.starts_with("J")).sort("source_row")
    for code, rows, text in (
        (
            "unpublished_hidden",
            hidden,
            "{n} celler har intet tal (skjult, tom eller ikke oplyst). Tal, der ikke er "
            "offentliggjort, skal være nøjagtige for hver kommune, før fortrolighedskontrollen kan "
            "afgøre, hvad der kan vises. Få dem uden skjulte tal, eller angiv, at de er "
            "offentliggjort.",
        ),
        (
            "unpublished_only_share",
            shares,
            "{n} celler har kun en andel. Tal, der ikke er offentliggjort, skal have tæller og "
            "nævner i hele personer.",
        ),
        (
            "unpublished_without_denominator",
            without,
            "{n} celler har ingen nævner. Tal, der ikke er offentliggjort, skal have tæller og "
            "nævner i hele personer for hver kommune. Tilføj nævneren, eller angiv, at tallene er "
            "offentliggjort.",
        ),
        (
            "unpublished_jobcentre",
            pairs,
            "{n} celler er for jobcentre. Tal, der ikke er offentliggjort, skal være for hver "
            "kommune: et jobcenter af to kommuner kan ikke deles.",
        ),
    ):
        if rows.height:
            findings.add(
                "error",
                code,
                text.format(n=thousands(rows.height)),
                row=rows["source_row"][0],
                at=rows["at"][0],
            )


def check_jumps(cells: pl.DataFrame, known: pl.DataFrame, findings: Findings) -> None:
    """Warn of counts that are far from the latest earlier one of the same area in the warehouse.

    Only one that is near is asked, see `_NEAR`: over years much may change. All that are found are
    one warning, which names the largest.
    """
    if not known.height or "numerator" not in known.columns:
        return
    earlier = known.filter(pl.col("numerator").is_not_null()).select(
        *KEYS, before=pl.col("numerator").cast(pl.Int64)
    )
    new = cells.filter(pl.col("numerator").is_not_null()).select(
        *KEYS, "numerator", "at", row=pl.col("source_row")
    )
    pairs = new.join(earlier, on=["area_id", "breakdown"], suffix="_before").filter(
        pl.col("period").str.len_chars() == pl.col("period_before").str.len_chars(),
        (month_of("period") - month_of("period_before")).is_between(
            0, pl.when(pl.col("period").str.len_chars() == 4).then(_NEAR_YEARS).otherwise(_NEAR)
        ),
    )
    latest = pairs.sort("period_before").group_by(*KEYS, maintain_order=True).last()
    n, b = pl.col("numerator"), pl.col("before")
    much = pl.max_horizontal(n, b) > _JUMP * pl.min_horizontal(n, b)
    jumped = latest.filter(much & ((n - b).abs() >= _FEW)).sort("row")
    if latest.height and jumped.height * 2 > latest.height and latest.height > 5:
        ratio = float(latest.select(n.sum() / b.sum()).item() or 0)
        findings.add(
            "warning",
            "other_scale",
            f"Tallene er i alt {ratio:.2g} gange dem, atlasset har for samme områder. ".replace(
                ".", ",", 1
            )
            + "Kontrollér enheden, indikatoren og kolonnerne.",
            at=jumped["at"][0],
        )
        return
    if jumped.height:
        _warn_of_jumps(jumped, findings)


def _warn_of_jumps(jumped: pl.DataFrame, findings: Findings) -> None:
    change = (pl.col("numerator") - pl.col("before")).abs()
    largest = jumped.sort(change, "row", descending=[True, False]).head(_MOST_JUMPS)
    told = [
        f"{official(str(each['area_id']))} er {_n(each['numerator'])} i "
        f"{in_words(str(each['period']))}, men var {_n(each['before'])} i "
        f"{in_words(str(each['period_before']))}"
        for each in largest.iter_rows(named=True)
    ]
    first = largest.row(0, named=True)
    text = f"{told[0]}. Kontrollér tallet."
    if jumped.height > 1:
        some = f"De {len(told)} største spring: " if jumped.height > len(told) else ""
        text = (
            f"{thousands(jumped.height)} tal er langt fra dem, atlasset har fra kort før. "
            f"{some}{'; '.join(told)}. Kontrollér dem."
        )
    findings.add(
        "warning",
        "unusual_jump",
        text,
        row=None if first["row"] is None else int(first["row"]),
        at=None if first["at"] is None else int(first["at"]),
        value=str(first["numerator"]),
    )
