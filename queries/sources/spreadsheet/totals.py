"""Which kommuner are missing, and whether the totals of a sheet are the sums of its rows."""

from __future__ import annotations

import polars as pl

from queries.sources.spreadsheet.area_column import level_in_atlas, members, official, parts_of
from queries.sources.spreadsheet.findings import Findings, listed, thousands
from queries.sources.spreadsheet.periods import in_words
from queries.tables.areas import LAND

_SAME = ["period", "breakdown"]
_MOST_GROUPS = 12
_EVERY = pl.lit(value=True)


def check_missing(cells: pl.DataFrame, findings: Findings) -> None:
    """Warn of kommuner (or jobcentre) without a row, in all periods or in some of them."""
    own = cells.filter(pl.col("area_id") != LAND)
    present = own["area_id"].unique().to_list()
    if not present:
        return
    level = "jobcenter" if 2 * sum(a.startswith("J") for a in present) > len(present) else "kommune"
    all_of_them = members(level)
    covers = pl.DataFrame(
        [(area, part) for area in present for part in _covered(area, level)],
        schema={"area_id": pl.String, "part": pl.String},
        orient="row",
    )
    word = "jobcentre" if level == "jobcenter" else "kommuner"
    there = set(covers["part"])
    if never := sorted(official(area) for area in all_of_them - there):
        findings.add(
            "warning",
            "missing_areas",
            f"Arket har {len(there)} af {len(all_of_them)} {word}. Der mangler "
            f"{listed(never)}. Tilføj dem, eller bekræft, at kilden ikke har dem.",
        )
    counts = own.group_by(_SAME).agg(pl.col("area_id").n_unique().alias("n"))
    uneven = counts.filter(pl.col("n") < len(present)).select(_SAME)
    if not uneven.height:
        return
    told = uneven.sort(_SAME).head(_MOST_GROUPS)
    counted = own.join(told, on=_SAME, how="semi").join(covers, on="area_id")
    full = told.join(covers.select("part").unique(), how="cross")
    gone = full.join(counted, on=["part", *_SAME], how="anti").sort(*_SAME, "part")
    groups = gone.group_by(*_SAME, maintain_order=True).agg("part")
    for period, breakdown, parts in groups.iter_rows():
        when = in_words(period)
        where = when if breakdown == "alle" else f"{when} ({breakdown})"
        findings.add(
            "warning",
            "missing_areas",
            f"For {where} mangler {listed(sorted(map(official, parts)))}, som arket har for andre "
            "perioder eller opdelinger. Tilføj dem, eller bekræft, at kilden ikke har dem.",
        )
    if uneven.height > told.height:
        findings.add(
            "warning",
            "missing_areas",
            f"Der mangler {word} i {uneven.height - told.height} perioder eller opdelinger mere.",
        )


def _covered(area: str, level: str) -> list[str]:
    if level == "jobcenter":
        return [area] if area.startswith("J") else []
    return sorted(parts_of(area))


def check_totals(table: pl.DataFrame, threshold: int, findings: Findings) -> None:
    """Warn of a total that is not the sum of its rows, with how much it is off.

    Where numbers are hidden below it, it is only wrong if no hidden numbers explain it: it is under
    the sum of what is shown, or over what `with_largest` leaves. Where numbers are missing only the
    former is.
    """
    wholes = table.filter(pl.col("kind").is_in(["land", "whole"]))
    if not wholes.height:
        return
    units = _units(table)
    links = pl.DataFrame(
        [
            (whole, area, len(parts_of(area)), len(parts_of(whole)))
            for whole in wholes["area_id"].unique()
            for area in units
            if parts_of(area) <= parts_of(whole)
        ],
        schema={"whole": pl.String, "area_id": pl.String, "covers": pl.Int64, "needs": pl.Int64},
        orient="row",
    )
    below = table.filter(pl.col("kind") == "own").join(links, on="area_id")
    other = table.filter(pl.col("kind") == "other")
    for key in ("n", "d"):
        if (table[f"{key}_status"] == "absent").all():
            continue
        _check_measure(key, wholes, below, other, findings, threshold=threshold)


def ends_in_total(table: pl.DataFrame) -> bool:
    """Whether every period and breakdown ends in the country, which is the sum of the rows above.

    Hidden rows may make up what a sum lacks.
    """
    place = table.with_columns(last=pl.col("row") == pl.col("row").max().over(_SAME))
    below = place.filter(pl.col("kind").is_in(["own", "other"]))
    groups = place.select(_SAME).unique()
    land = place.filter("last", kind="land")
    if land.height != groups.height or not land.height:
        return False
    fits, compared = True, False
    for key in ("n", "d"):
        count, known = pl.col(f"{key}_count"), pl.col(f"{key}_status").is_in(["number", "zero"])
        sums = below.group_by(_SAME).agg(sum=count.sum(), hidden=(~known).any())
        pairs = land.filter(known).join(sums, on=_SAME)
        compared |= pairs.height > 0
        short = pl.col("hidden") & (pl.col("sum") <= count)
        fits &= bool(pairs.select(((pl.col("sum") == count) | short).all()).item())
    return compared and fits


def _check_measure(
    key: str,
    wholes: pl.DataFrame,
    below: pl.DataFrame,
    other: pl.DataFrame,
    findings: Findings,
    *,
    threshold: int,
) -> None:
    known = pl.col(f"{key}_status").is_in(["number", "zero"])
    sums = below.group_by("whole", *_SAME).agg(
        pl.col(f"{key}_count").sum().alias("sum"),
        (~known).sum().alias("unknown"),
        *most_of(key),
        (pl.col("covers").sum() >= pl.col("needs").first()).alias("whole_of_it"),
    )
    outside = other.group_by(_SAME).agg(
        pl.col(f"{key}_count").sum().alias("outside"),
        (~known).sum().alias("outside_unknown"),
        *(each.name.prefix("outside_") for each in most_of(key)),
    )
    land = (pl.col("area_id") == LAND) & pl.col("outside").is_not_null()
    checked = (
        wholes.filter(pl.col(f"{key}_count").is_not_null())
        .join(sums, left_on=["area_id", *_SAME], right_on=["whole", *_SAME])
        .join(outside, on=_SAME, how="left")
        .with_columns(total=pl.col(f"{key}_count"))
        .with_columns(
            sum=pl.col("sum") + pl.when(land).then("outside").otherwise(0),
            most=pl.col("most") + pl.when(land).then("outside_most").otherwise(0),
            assumed=pl.col("assumed") | (land & pl.col("outside_assumed")).fill_null(value=False),
            unknown=pl.col("unknown") + pl.when(land).then("outside_unknown").otherwise(0),
        )
    )
    over = pl.col("whole_of_it") & (pl.col("total") > pl.col("most"))
    wrong = checked.filter(over.fill_null(value=False) | (pl.col("sum") > pl.col("total"))).sort(
        "row"
    )
    what = "nævner" if key == "d" else "antal"
    findings.rows(
        "warning",
        "total_mismatch",
        wrong,
        lambda each: (
            f"»{each['name']}« har for {in_words(str(each['period']))} {what} {_n(each['total'])}, "
            f"{against(each, 'under', threshold)} Kontrollér summen, eller bekræft, at kilden "
            "skriver den sådan."
        ),
        at=f"{key}_at",
        value="total",
    )


def most_of(key: str, of: pl.Expr = _EVERY) -> tuple[pl.Expr, pl.Expr]:
    """Return the largest that a group's rows give together, and whether that is assumed."""
    most = pl.col(f"{key}_most").filter(of)
    together = pl.when(most.is_not_null().all()).then(most.sum())
    return together.alias("most"), pl.col(f"{key}_assumed").filter(of).any().alias("assumed")


def against(each: dict[str, object], where: str, threshold: int) -> str:
    """Return how a total (`total`) is off from its rows (`sum`, `most`, `unknown`, `assumed`).

    Of what is hidden it tells nothing: only how far the total lies outside all that is possible.
    """
    total, shown = int(str(each["total"])), int(str(each["sum"]))
    if not each["unknown"] or shown > total:
        some = " alene i det, der vises" if each["unknown"] else ""
        least = "mindst " if each["unknown"] else ""
        off = f"{thousands(abs(shown - total))} {'for mange' if shown > total else 'for få'}"
        return f"men rækkerne {where} giver {_n(shown)}{some}: {least}{off}."
    more = thousands(total - int(str(each["most"])))
    text = (
        f"og det er mindst {more} mere, end de viste og de skjulte tal i rækkerne {where} kan give "
        "tilsammen."
    )
    if each["assumed"]:
        text += (
            f" Arket siger ikke, hvor store de skjulte tal kan være; her er de regnet for at være "
            f"under {threshold}."
        )
    return text


def _n(value: object) -> str:
    return thousands(int(str(value)))


def _units(table: pl.DataFrame) -> list[str]:
    """Return the areas that make up totals: kommuner, and jobcentre that are not made of them."""
    own = table.filter(pl.col("kind") == "own")["area_id"].unique().to_list()
    kommuner = {area for area in own if level_in_atlas(area) == "kommune"}
    jobcentres = [area for area in own if level_in_atlas(area) == "jobcenter"]
    if len(jobcentres) > len(kommuner):
        return jobcentres + sorted(
            area for area in kommuner if not any(area in parts_of(each) for each in jobcentres)
        )
    return sorted(kommuner) + [area for area in jobcentres if not parts_of(area) & kommuner]
