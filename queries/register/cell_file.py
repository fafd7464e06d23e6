"""A file of disclosed cells from a register run: small, sorted, and with its source inside.

Parquet with the source as metadata. Shares are not stored: they are computed from what is shown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import polars as pl

from queries.cells import CELL_SCHEMA, exact_share, is_instead
from queries.disclosure.primary import hide_small
from queries.disclosure.publication import Criterion
from queries.errors import UserError
from queries.indicators.definition import Indicator, load_indicators
from queries.register import instead_checks
from queries.register.cell_checks import fault
from queries.sources import facts

KINDS = ("register", "synthetic", "file")
FILE_SCHEMA = pl.Schema(
    {
        "indicator_id": pl.String,
        "breakdown": pl.String,
        "area_id": pl.String,
        "period": pl.String,
        "status": pl.String,
        "numerator": pl.Int32,
        "denominator": pl.Int32,
        "share_decimals": pl.Int8,
        "origin": pl.String,
        "note": pl.String,
    }
)
ORDER = ["indicator_id", "breakdown", "area_id", "period", "status"]
METADATA_KEY = "indsatsatlas_source"
SYNTHETIC_TITLE = "Syntetisk register: opdigtede personer, kun til afprøvning"


@dataclass(frozen=True)
class RunSource:
    """Whose numbers a file holds: `kind` is one of KINDS; texts are Danish.

    Of kind file are exact numbers of kommuner that a data owner was given as a file and nobody has
    published. `document_id` names the run (for synthetic ones the seed), `choices` how it counted.
    `criterion` says how well hidden numbers are kept, see `disclosure.publication.Criterion`.
    """

    source_id: str
    kind: str
    title: str
    document_id: str
    recorded_at: dt.date
    choices: Mapping[str, object]
    criterion: str = Criterion.STRICT.value

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as `write_cells` wants them."""
        return asdict(self)


def synthetic_source(
    *,
    seed: int,
    recorded_at: dt.date,
    choices: Mapping[str, object],
    criterion: str = Criterion.STRICT.value,
) -> dict[str, Any]:
    """Return the source of the synthetic register's cells, ready for `write_cells`."""
    return asdict(
        RunSource(
            source_id="syntetisk-register",
            kind="synthetic",
            title=SYNTHETIC_TITLE,
            document_id=f"Syntetisk register, frø {seed}",
            recorded_at=recorded_at,
            choices=choices,
            criterion=criterion,
        )
    )


def write_cells(frame: pl.DataFrame, path: Path, *, source: Mapping[str, Any]) -> None:
    """Write disclosed cells of CELL_SCHEMA and their source (the fields of RunSource) to `path`.

    The same cells and source give the same bytes. Raises UserError as `read_cells` does, before
    anything is written.
    """
    about = _source(source, path.name)
    if wrong := frame.filter(
        (pl.col("source_id") != about.source_id) | (pl.col("recorded_at") != about.recorded_at)
    ).height:
        raise ValueError(f"{wrong} cells are of another source or day than {about.source_id}")
    _check(frame, path.name)
    compact = frame.rename({"denominator_low": "denominator"}).sort(ORDER)
    compact.select(pl.col(name).cast(kind) for name, kind in FILE_SCHEMA.items()).write_parquet(
        path,
        compression="zstd",
        compression_level=19,
        statistics=False,
        row_group_size=1 << 20,
        metadata={METADATA_KEY: json.dumps(asdict(about), ensure_ascii=False, default=str)},
    )


def read_cells(path: Path) -> tuple[pl.DataFrame, RunSource]:
    """Return a file's cells, of CELL_SCHEMA, and their source.

    Raises UserError for a file of another form, for cells of unknown indicators or areas, for one
    that is not whole (see `cell_checks`), and for cells that the indicators' primary rule would
    hide: such a file is not disclosed.
    """
    try:
        about = json.loads(pl.read_parquet_metadata(path)[METADATA_KEY])
        stored = pl.read_parquet(path)
    except (OSError, KeyError, ValueError, pl.exceptions.PolarsError) as error:
        raise _refusal(path.name, "den er ikke skrevet af atlassets egen optælling") from error
    source = _source(about, path.name)
    if stored.schema != FILE_SCHEMA:
        raise _refusal(path.name, f"kolonnerne er {', '.join(stored.columns)}")
    frame = stored.with_columns(
        denominator_low="denominator",
        denominator_high="denominator",
        source_id=pl.lit(source.source_id),
        recorded_at=pl.lit(source.recorded_at),
        source_row=None,
        source_line=None,
    ).with_columns(share_pct=exact_share())
    frame = frame.select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())
    _check(frame, path.name)
    return frame, source


def _source(given: object, name: str) -> RunSource:
    wanted = {field.name for field in fields(RunSource)}
    if not isinstance(given, Mapping) or set(given) != wanted:
        raise _refusal(name, f"kilden skal have felterne {', '.join(sorted(wanted))}")
    values = dict(given)
    try:
        values["recorded_at"] = dt.date.fromisoformat(str(values["recorded_at"]))
    except ValueError:
        raise _refusal(name, "kildens dato kan ikke læses") from None
    texts = ("source_id", "title", "document_id")
    if not all(isinstance(values[key], str) and values[key].strip() for key in texts):
        raise _refusal(name, "kilden mangler id, titel eller dokument")
    if values["kind"] not in KINDS or not isinstance(values["choices"], Mapping):
        raise _refusal(name, f"kildens art skal være {' eller '.join(KINDS)}, og valgene nævnt")
    if values["criterion"] not in {one.value for one in Criterion}:
        raise _refusal(name, "kriteriet for skjulte tal er ukendt")
    return RunSource(**values)


def _check(frame: pl.DataFrame, name: str) -> None:
    indicators = load_indicators()
    key = ["indicator_id", "period", "breakdown", "area_id"]
    whole, frame = frame, frame.filter(~is_instead())
    doubled = frame.select(key).is_duplicated().any()
    if frame.is_empty() or doubled or whole.select(*key, "status").is_duplicated().any():
        raise _refusal(name, "den er tom, eller en celle er der to gange")
    for column, known in (
        ("indicator_id", set(indicators)),
        ("area_id", set(facts.areas()["area_id"])),
        ("status", {"shown", "suppressed", "not_collected"}),
    ):
        if strange := sorted(set(frame[column]) - known, key=str):
            raise _refusal(name, f"{column} kan ikke være {strange[0]!r}")
    for (indicator_id,), part in whole.partition_by("indicator_id", as_dict=True).items():
        indicator = indicators.get(str(indicator_id))
        if indicator is None:
            raise _refusal(name, f"indicator_id kan ikke være {indicator_id!r}")
        _check_indicator(part.filter(~is_instead()), indicator, name)
        if wrong := instead_checks.fault(part, indicator):
            raise _refusal(name, wrong)


def _check_indicator(frame: pl.DataFrame, indicator: Indicator, name: str) -> None:
    known = {"alle", *indicator.breakdowns}
    if strange := sorted(set(frame["breakdown"]) - known, key=str):
        raise _refusal(name, f"{indicator.title} har ingen opdeling {strange[0]!r}")
    for breakdown, levels in indicator.limited.items():
        allowed = facts.areas().filter(pl.col("level").is_in(levels))["area_id"]
        if set(frame.filter(pl.col("breakdown") == breakdown)["area_id"]) - set(allowed):
            raise _refusal(
                name, f"{indicator.title} har {breakdown!r} under de niveauer, der må vises"
            )
    numbers = ("numerator", "denominator_low")
    kept_from = frame.filter(pl.col("status") != "shown")
    if any(kept_from[number].count() for number in numbers):
        raise _refusal(name, f"{indicator.title} har tal i celler, der ikke er vist")
    if hide_small(frame, indicator.disclosure)["status"].ne(frame["status"]).any():
        raise _refusal(name, f"{indicator.title} har viste tal, som er for små til at vises")
    if wrong := fault(frame, indicator):
        raise _refusal(name, wrong)


def _refusal(name: str, why: str) -> UserError:
    return UserError(
        f"Filen {name} kan ikke bruges som tal fra et register: {why}. "
        "Lav den igen med atlassets optælling, eller fjern den."
    )
