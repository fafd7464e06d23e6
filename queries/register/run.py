"""One run: from a register's folder to exact counts, resumable, with a report."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.errors import UserError
from queries.register.counting import BadWeekError, Counts
from queries.register.in_memory import empty
from queries.register.mapping import ACTIVE_OFFERS
from queries.register.ordered import BATCH_ROWS, count_ordered
from queries.register.plan import Plan
from queries.register.project import (
    HOURS_SCHEMA,
    MEMBER_SCHEMA,
    Project,
    count_members,
    project,
)
from queries.register.reading.files import Folder, checksum, fingerprint
from queries.register.reading.formats import (
    BENEFITS,
    BENEFITS_WIDE,
    HOURS,
    MEMBERS,
    MENTORS,
    OFFERS,
    Format,
)
from queries.register.reading.stream import Stream, UnorderedError
from queries.register.report import Report, applied_rules
from queries.register.result import counts_frame
from queries.register.state import NOT_THROWN, State, load, run_key, save
from queries.register.unordered import count_unordered
from queries.warehouse.build import only_one

SAVE_SECONDS = 10.0
KEPT_SECONDS = 7 * 24 * 3600
Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The exact counts of a run (restricted), and its report, not yet told what is written.

    `place` holds the run's state: until it is forgotten, the same run asked again is done at once.
    """

    counts: pl.DataFrame
    report: Report
    place: Path

    def forget(self) -> None:
        """Remove the state: what the run was for is written."""
        shutil.rmtree(self.place, ignore_errors=True)


def run(
    folder: Folder,
    plan: Plan,
    work: Path,
    progress: Progress = lambda _done, _total: None,
    *,
    batch_rows: int = BATCH_ROWS,
    save_seconds: float = SAVE_SECONDS,
) -> Outcome:
    """Count a register.

    `work` is a folder for what is needed on the way. A run leaves its state there, and goes on from
    it when the same question is asked of the same files; a second run of it at the same time waits.
    Raises UserError for anything in the files that no rule covers.
    """
    began = time.monotonic()
    report = Report(
        started_at=dt.datetime.now().astimezone(),
        folder=str(folder.path),
        synthetic=plan.code_list.synthetic,
        plan=plan,
        inputs=[],
        rules={},
        ordered=True,
        resumed=False,
    )
    files = fingerprint(folder)
    place = work / run_key(plan, files)
    try:
        work.mkdir(parents=True, exist_ok=True)
        with only_one(work / "run"):  # one at a time: they would share memory and disk
            _forget_old(work)
            place.mkdir(mode=0o700, exist_ok=True)
            state = _counted(folder, plan, place, progress, batch_rows, save_seconds, report)
    except BadWeekError as error:
        raise UserError(f"{_leading(folder)}: {error}") from error
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise UserError(
            f"Registret kunne ikke læses til ende, eller der kunne ikke skrives i {work}: "
            f"{reason}. Intet resultat er ændret. Kontrollér plads og rettigheder, og kør igen."
        ) from error
    report.seconds["tælle"] = time.monotonic() - began
    report.rules = applied_rules(state.counts, state.project)
    members = count_members(state.project, plan) if folder.has(MEMBERS) else None
    if members is None:
        report.notes.append(
            "Registret har ikke flere_skal_med: kun passive i forløb på ydelser er opgjort."
        )
    report.notes += _notes(plan, state.counts, _rows(folder))
    counts = counts_frame(state.counts, members, plan)
    began = time.monotonic()
    report.inputs = [_input(folder, path) for path in folder.files()]
    report.seconds["kontrolsummer"] = time.monotonic() - began
    if fingerprint(folder) != files:
        raise UserError(
            f"En fil i {folder.path} blev ændret, mens den blev læst. Intet er skrevet. "
            "Kør igen, når filerne ligger stille."
        )
    return Outcome(counts, report, place)


def _forget_old(work: Path) -> None:
    """Remove what interrupted runs left long ago: it holds persons."""
    for place in work.iterdir():
        if place.is_dir() and time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)


def _notes(plan: Plan, counts: Counts, rows: dict[str, int]) -> list[str]:
    """Return what a reader should know though no rule was broken."""
    lists = plan.code_list
    unlisted = {line["name"]: line["count"] for line in counts.spells.lines()}.get("unlisted_code")
    found = []
    if isinstance(unlisted, int) and 2 * unlisted > next(iter(rows.values())):
        found.append(
            "Over halvdelen af ydelserne har koder, der ikke står i kodelisten. Er det den rigtige?"
        )
    if not any(lists.offers.get(name) for name in ACTIVE_OFFERS):
        found.append("Kodelisten har ingen aktive tilbud under [offers]: ingen tilbud tæller.")
    if not lists.groups:
        found.append("Kodelisten har intet afsnit [groups]: ingen er i Flere skal med.")
    if plan.as_of < plan.last.last_day:
        found.append(
            f"{plan.last} er kun kendt til {plan.as_of}: forløb og grupper kan se kortere ud."
        )
    return found


def _counted(  # noqa: PLR0917  # private, called once
    folder: Folder,
    plan: Plan,
    place: Path,
    progress: Progress,
    batch_rows: int,
    save_seconds: float,
    report: Report,
) -> State:
    total = sum(_rows(folder).values())
    saved = place / "state.npz"
    people = _project(folder, plan)
    kept = load(saved, people)
    report.resumed = kept is not None
    state = kept or State.begin(plan, people)
    last_save = time.monotonic()

    def save_at_times() -> None:
        nonlocal last_save
        if time.monotonic() - last_save >= save_seconds:
            save(state, saved)
            last_save = time.monotonic()

    def counted(state: State) -> None:
        place = state.position
        progress(place.spells + place.offers + place.mentors, total)
        save_at_times()

    if state.position.part == NOT_THROWN:
        try:
            count_ordered(folder, plan, state, counted, batch_rows)
        except KeyboardInterrupt:
            if state.whole:
                save(state, saved)
            raise
        except UnorderedError:
            report.ordered, report.resumed = False, False
            state = State.begin(plan, _project(folder, plan))
    if not report.ordered or state.position.part != NOT_THROWN:
        report.ordered = False
        done = 0 if state.position.part == NOT_THROWN else total

        def worked(rows: int, *, saveable: bool) -> None:
            nonlocal done
            done += rows
            if saveable:
                save_at_times()
            progress(done, 2 * total)  # every row is thrown, then counted

        count_unordered(
            folder, plan, state, place,
            rows=_rows(folder)[_leading(folder)], advanced=worked, batch_rows=batch_rows,
        )  # fmt: skip
    save(state, saved)
    progress(total, total)
    return state


def _leading(folder: Folder) -> str:
    return (BENEFITS_WIDE if folder.has(BENEFITS_WIDE) else BENEFITS).stem


def _rows(folder: Folder) -> dict[str, int]:
    return {stem: folder[stem].rows() for stem in (_leading(folder), OFFERS.stem, MENTORS.stem)}


def _project(folder: Folder, plan: Plan) -> Project:
    members = _whole(folder, MEMBERS, MEMBER_SCHEMA)
    hours = _whole(folder, HOURS, HOURS_SCHEMA)
    month = pl.col("month") % 100
    if (bad := hours.with_row_index().filter(~month.is_between(1, 12))).height:
        row, value = bad.select("index", "month").row(0)
        raise UserError(
            f"hours, kolonnen month, række {row + 1}: {value} er ikke en måned (ÅÅÅÅMM, fx 201812)."
        )
    if (bad := hours.with_row_index().filter(~pl.col("hours").is_finite())).height:
        raise UserError(
            f"hours, kolonnen hours, række {bad['index'][0] + 1} (uden overskriften): "
            "der skal stå et tal."
        )
    return project(members, hours, plan)


def _whole(folder: Folder, form: Format, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    if not folder.has(form):
        return empty(schema)
    stream = Stream(folder[form.stem], 0, BATCH_ROWS, ordered=False)
    parts = [empty(schema)]
    while (rows := stream.batch()) is not None:
        parts.append(rows.frame.cast(dict(schema)))  # type: ignore[arg-type]
    return pl.concat(parts)


def _input(folder: Folder, path: Path) -> dict[str, object]:
    rows = None
    for source in folder.sources.values():
        if path in source.files:
            one = type(source)(source.form, (path,))
            rows = one.rows()
    name = str(path.relative_to(folder.path))
    return {"file": name, "rows": rows, "bytes": path.stat().st_size, "sha256": checksum(path)}
