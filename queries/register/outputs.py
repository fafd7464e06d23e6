"""What a run leaves behind: disclosed cells and a report, each whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import polars as pl

from queries.disclosure.publication import Criterion
from queries.errors import UserError
from queries.indicators.definition import load_indicators
from queries.register.cell_file import RunSource, read_cells, synthetic_source, write_cells
from queries.register.plan import Plan
from queries.register.publish import disclosed_cells
from queries.register.reading.files import checksum
from queries.register.report import number
from queries.register.run import Outcome
from queries.sources import facts
from queries.warehouse.content import published_cells

RESTRICTED_MARK = "UDISKRETIONERET"


def cells_of(
    outcome: Outcome, source: RunSource, earlier: Sequence[pl.DataFrame] = ()
) -> pl.DataFrame:
    """Return what may be shown of a run, as cells of CELL_SCHEMA, kept to the source's criterion.

    `earlier` are cells of earlier versions, oldest first, which readers have kept. Raises
    UserError where the run was made with other parameters than an indicator is defined by.
    """
    used = outcome.report.plan.choices.as_dict()
    for indicator in load_indicators().values():
        for name, value in indicator.register.settled.items() if indicator.register else ():
            if used[name] != value:
                raise UserError(
                    f"{indicator.title!r} er defineret ved {name}={value}, men kørslen brugte "
                    f"{used[name]}. Sådan et tal kan ikke vises under det navn; se effekten med: "
                    "register choices."
                )
    return disclosed_cells(
        outcome.counts,
        source_id=source.source_id,
        recorded_at=source.recorded_at,
        published_elsewhere=published_cells(facts.areas(), facts.area_parents()),
        choices=source.choices,
        criterion=Criterion(source.criterion),
        earlier=earlier,
    )


def source_of(plan: Plan, name: str, criterion: str = Criterion.STRICT.value) -> RunSource:
    """Return whose numbers a run makes: made-up ones say so, all others are the data owner's."""
    choices = plan.choices.as_dict()
    if plan.code_list.synthetic:
        return RunSource(
            **synthetic_source(
                seed=plan.code_list.seed or 0,
                recorded_at=plan.code_list.made_on or plan.as_of,
                choices=choices,
                criterion=criterion,
            )
        )
    return RunSource(
        source_id=f"register-{name}",
        kind="register",
        title=f"Registerkørsel {name}",
        document_id=f"dataejerens egen kørsel »{name}«",
        recorded_at=plan.code_list.made_on or dt.date.today(),
        choices=choices,
        criterion=criterion,
    )


def write_outputs(  # noqa: PLR0917  # one call, in order
    outcome: Outcome,
    folder: Path,
    name: str,
    source: RunSource,
    restricted: Path | None,
    inputs: Iterable[Path] = (),
    earlier: Sequence[Path] = (),
) -> list[Path]:
    """Write cells and report to `folder`, exact counts to `restricted` where it is given.

    Everything is made first, then written beside its name and renamed, the cells last: an
    interruption leaves old files or new ones, and never a part of one. `earlier` are files of cells
    that readers have already, oldest first.
    """
    report = outcome.report
    path = folder / f"{name}.parquet"
    targets = [folder / f"{name}.{ending}" for ending in ("parquet", "json", "txt")]
    targets += [restricted] if restricted else []
    known = {file.resolve() for file in inputs}
    if len({target.resolve() for target in targets} - known) < len(targets):
        raise UserError(
            "Resultatet ville overskrive en af registrets egne filer eller sig selv. "
            "Vælg et andet sted med --to, --name eller --restricted."
        )
    report.disclosure = {
        "criterion": source.criterion,
        "earlier": [{"file": str(file), "sha256": checksum(file)} for file in earlier],
    }
    cells = cells_of(outcome, source, [read_cells(file)[0] for file in earlier])
    aside: list[tuple[Path, Path]] = []

    def write(target: Path, what: str, make: Callable[[Path], object]) -> None:
        new = target.with_name(f"{target.name}.new")
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.append((new, target))
        make(new)
        report.written.append({"file": str(target), "what": what, "sha256": checksum(new)})

    try:
        folder.mkdir(parents=True, exist_ok=True)
        shown = cells.filter(pl.col("status") == "shown").height
        if restricted:
            write(
                restricted,
                f"{number(outcome.counts.height)} præcise antal, {RESTRICTED_MARK}: må ikke "
                "forlade dataejerens maskine",
                lambda new: _restricted(outcome.counts, new, synthetic=report.synthetic),
            )
        if cells.is_empty():
            report.notes.append(
                "Intet kan vises: i ingen måned er landets eget antal stort nok. "
                "Der er ikke skrevet celler."
            )
        else:
            write(
                path,
                f"{number(cells.height)} celler, heraf {number(shown)} med tal og "
                f"{number(cells.filter(pl.col('status') == 'suppressed').height)} skjult",
                lambda new: write_cells(cells, new, source=source.as_dict()),
            )
        report.written.append({"file": str(folder / f"{name}.json"), "what": "denne rapport"})
        report.written.append({"file": str(folder / f"{name}.txt"), "what": "denne rapport"})
        for ending, text in (("json", report.as_json()), ("txt", report.as_text())):
            new = folder / f"{name}.{ending}.new"
            new.write_text(text, "utf-8")
            aside.insert(0, (new, folder / f"{name}.{ending}"))
        for new, target in aside:
            new.replace(target)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise UserError(
            f"Resultatet kunne ikke skrives i {folder}: {reason}. "
            "Kontrollér plads og rettigheder, og kør igen."
        ) from error
    finally:
        for new, _ in aside:
            new.unlink(missing_ok=True)
    return [target for _, target in aside]


def _restricted(counts: pl.DataFrame, path: Path, *, synthetic: bool) -> None:
    mark = RESTRICTED_MARK + (" SYNTETISK" if synthetic else "")
    path.touch(mode=0o600)
    counts.with_columns(pl.lit(mark).alias("status")).write_csv(path, separator=";")
