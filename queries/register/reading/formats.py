"""The documented input formats, and the check that names file, column and row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from queries.errors import UserError

TEXT_OR_NUMBER = pl.String()


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it may be empty, and what stands in it (Danish)."""

    dtype: pl.DataType
    text: str
    empty: bool = False


@dataclass(frozen=True)
class Format:
    """One input: the stem of its file or folder, its columns, and what a row is (Danish)."""

    stem: str
    row: str
    columns: Mapping[str, Column]
    required: bool = True


_PERSON = Column(pl.Int64(), "borgerens løbenummer: et helt tal, samme i alle filer")
_KOMMUNE = Column(pl.Int32(), "kommunekode: 316 eller 0316", empty=True)
_FROM = Column(pl.Date(), "første dag: 2017-06-01")
_TO = Column(pl.Date(), "sidste dag; tom, hvis det løber endnu", empty=True)

BENEFITS = Format(
    "benefits",
    "et forløb på en ydelse; rækkerne helst ordnet efter person",
    {
        "person": _PERSON,
        "kommune": _KOMMUNE,
        "benefit": Column(TEXT_OR_NUMBER, "ydelseskode, som i kodelisten", empty=True),
        "first_week": Column(pl.Int32(), "første uge: ÅÅÅÅUU, fx 201701"),
        "last_week": Column(pl.Int32(), "sidste uge; tom, hvis det løber endnu", empty=True),
    },
)
OFFERS = Format(
    "offers",
    "et tilbud",
    {
        "person": _PERSON,
        "offer_type": Column(TEXT_OR_NUMBER, "tilbudstype, som i kodelisten", empty=True),
        "starts_on": _FROM,
        "ends_on": _TO,
    },
)
MENTORS = Format(
    "mentors",
    "en mentorstøtte i beskæftigelsessystemet",
    {"person": _PERSON, "starts_on": _FROM, "ends_on": _TO},
)
MEMBERS = Format(
    "flere_skal_med",
    "en borger i en gruppe i Flere skal med",
    {
        "person": _PERSON,
        "kommune": _KOMMUNE,
        "group": Column(TEXT_OR_NUMBER, "gruppe, som i kodelisten", empty=True),
        "referred_on": Column(pl.Date(), "dag for visitation til gruppen"),
        "ended_on": Column(pl.Date(), "sidste dag i gruppen; tom, hvis stadig i den", empty=True),
    },
    required=False,
)
HOURS = Format(
    "hours",
    "en borgers ordinære timer i en måned",
    {
        "person": _PERSON,
        "month": Column(pl.Int32(), "måned: ÅÅÅÅMM, fx 201812"),
        "hours": Column(pl.Float64(), "ordinære løntimer"),
    },
    required=False,
)
BENEFITS_WIDE = Format(
    "benefits_wide",
    "i stedet for benefits: en borger som i DREAM, med en kolonne Y_ÅÅUU pr. uge "
    "(Y_1701 = uge 1 i 2017; 70-99 er 1970-1999) med ugens ydelseskode eller tom",
    {"person": _PERSON, "kommune": _KOMMUNE},
    required=False,
)
KOMMUNE_WIDE = Format(
    "kommune_wide",
    "hører til benefits_wide, hvis den ikke har kolonnen kommune: samme borgere i samme orden, "
    "med ugens kommunekode i Y_ÅÅUU",
    {"person": _PERSON},
    required=False,
)
FORMATS = (BENEFITS, BENEFITS_WIDE, KOMMUNE_WIDE, OFFERS, MENTORS, MEMBERS, HOURS)
WEEK_COLUMN = r"^Y_\d{4}$"


def check_columns(schema: Mapping[str, pl.DataType], form: Format, where: str) -> None:
    """Raise UserError unless every column of the format is there and can be read as its type."""
    if missing := [name for name in form.columns if name not in schema]:
        raise UserError(
            f"{where} mangler kolonnen {', '.join(missing)}. Filen har: "
            f"{', '.join(list(schema)[:12]) or 'ingen kolonner'}. "
            f"{form.stem} skal have: {', '.join(form.columns)}."
        )
    for name, column in form.columns.items():
        found = schema[name]
        if not _readable(found, column.dtype):
            raise UserError(
                f"{where}, kolonnen {name}: typen er {found}, men der ventes "
                f"{type_name(column.dtype)} ({column.text})."
            )


def type_name(dtype: pl.DataType) -> str:
    """Return a type in Danish."""
    if dtype == pl.Date:
        return "datoer"
    if dtype.is_integer():
        return "hele tal"
    return "tal" if dtype.is_float() else "tekst eller hele tal"


def formats_text() -> str:
    """Return the documentation of all inputs in Danish."""
    lines = [
        "Et register er en mappe med disse filer, hver som .parquet eller .csv (UTF-8, ; eller ,),",
        "eller som en mappe af samme navn med dele, der læses i navneorden. Rækker ordnet efter",
        "person læses hurtigst; i enhver anden orden bliver de delt op og sorteret først.",
        "",
        "mapping.toml: kodelisten. [benefits] ydelse = [koder], i rækkefølge efter hvilken der",
        "  gælder, når to overlapper (ressourceforloeb, kontanthjaelp, uddannelseshjaelp og",
        "  integrationsydelse har en rolle; resten navngives frit). [offers] virksomhedspraktik,",
        "  loentilskud, nytteindsats, vejledning_og_opkvalificering (aktive) og ikke_aktivt.",
        "  [groups] indsatsgruppe og gruppe_2. Øverst kan stå as_of = ÅÅÅÅ-MM-DD (dagen, registret",
        "  er kendt til) og synthetic = true (opdigtede borgere). Eksempel:",
        "    as_of = 2019-12-31",
        "    [benefits]",
        '    ressourceforloeb = ["1001"]',
        '    kontanthjaelp = ["1002", "1003"]',
        "    [offers]",
        '    virksomhedspraktik = ["praktik"]',
        "    [groups]",
        '    gruppe_2 = ["2"]',
        "  En række i benefits.csv kunne så være: 17;0316;1001;201601;201726",
    ]
    for form in FORMATS:
        need = "" if form.required else " (kan undværes)"
        lines += ["", f"{form.stem}{need}: {form.row}"]
        lines += [
            f"  {name}: {column.text} [{type_name(column.dtype)}{', kan være tom' * column.empty}]"
            for name, column in form.columns.items()
        ]
    return "\n".join(lines) + "\n"


def _readable(found: pl.DataType, wanted: pl.DataType) -> bool:
    if isinstance(found, pl.String | pl.Categorical | pl.Enum | pl.Null):
        return True
    if wanted == pl.Date:
        return isinstance(found, pl.Date | pl.Datetime)
    if wanted.is_integer():
        return found.is_integer()
    return found.is_integer() or (wanted.is_float() and found.is_numeric())


def typed(frame: pl.DataFrame, form: Format, where: str, first_row: int = 0) -> pl.DataFrame:
    """Return the format's columns with its types.

    Text that reads as the type is taken. Raises UserError with column and row (from 1, without a
    header line) for a value that does not, and for an empty one where there must be one.
    """
    return pl.DataFrame(
        [
            _typed(frame[name], name, column, where, first_row)
            for name, column in form.columns.items()
        ]
    )


def _typed(values: pl.Series, name: str, column: Column, where: str, first_row: int) -> pl.Series:
    read = values
    if column.dtype == pl.String:
        # Whole numbers stay what they are: they are looked up as they stand.
        if not values.dtype.is_integer() and values.dtype != pl.String:
            read = values.cast(pl.String)
    elif values.dtype != column.dtype:
        if values.dtype == pl.Categorical or isinstance(values.dtype, pl.Enum):
            values = values.cast(pl.String)
        if values.dtype == pl.String:
            values = values.str.strip_chars().replace("", None)
        if isinstance(values.dtype, pl.Datetime):
            read = values.dt.replace_time_zone(None).dt.date()  # the day as it is written
        elif values.dtype == pl.String and column.dtype == pl.Date:
            read = values.str.to_date("%Y-%m-%d", strict=False)
        elif values.dtype == pl.String and column.dtype.is_float():
            read = values.str.replace(",", ".", literal=True).cast(column.dtype, strict=False)
        else:
            read = values.cast(column.dtype, strict=False)
        if read.null_count() > values.null_count():
            at = (read.is_null() & values.is_not_null()).arg_max() or 0
            raise UserError(
                f"{where}, kolonnen {name}, række {first_row + at + 1} (uden overskriften): "
                f"{values[at]!r} kan ikke "
                f"læses som {type_name(column.dtype)} ({column.text})."
            )
    if read.null_count() and not column.empty:
        at = read.is_null().arg_max() or 0
        raise UserError(
            f"{where}, kolonnen {name}, række {first_row + at + 1} (uden overskriften): "
            f"feltet er tomt, men der ventes {type_name(column.dtype)} ({column.text})."
        )
    return read.alias(name)
