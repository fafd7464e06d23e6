"""Find a register's files in its folder, whatever their format, and scan them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.errors import UserError
from queries.register.reading import formats
from queries.register.reading.formats import Format, check_columns

CODE_LIST = "mapping.toml"
_BLOCK = 1 << 22


@dataclass(frozen=True)
class Source:
    """One input: its format and its files in the order of their rows."""

    form: Format
    files: tuple[Path, ...]

    @property
    def where(self) -> str:
        """The input as messages name it."""
        return self.files[0].name if len(self.files) == 1 else self.files[0].parent.name

    @property
    def is_csv(self) -> bool:
        """Whether the files are CSV, all columns text."""
        return self.files[0].suffix == ".csv"

    def scan(self) -> pl.LazyFrame:
        """Return the rows, unread."""
        if self.is_csv:
            return pl.scan_csv(
                list(self.files),
                separator=_separator(self.files[0]),
                infer_schema=False,
                encoding="utf8",
                glob=False,
            )
        return pl.scan_parquet(list(self.files), glob=False)

    def schema(self) -> pl.Schema:
        """Return the columns and types; raises UserError if the file cannot be read."""
        try:
            return self.scan().collect_schema()
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise UserError(f"{self.files[0]} kan ikke læses: {reason}") from error

    def rows(self) -> int:
        """Return the number of rows."""
        return int(self.scan().select(pl.len()).collect().item())


@dataclass(frozen=True)
class Folder:
    """A register's folder with its inputs by stem."""

    path: Path
    sources: dict[str, Source]

    def __getitem__(self, stem: str) -> Source:
        return self.sources[stem]

    def has(self, form: Format) -> bool:
        """Whether the register has this input."""
        return form.stem in self.sources

    def files(self) -> Iterator[Path]:
        """Yield every file of the register, the code list first."""
        yield self.path / CODE_LIST
        for source in self.sources.values():
            yield from source.files


def open_folder(path: Path) -> Folder:
    """Find the inputs and check their columns; raises UserError with what is missing."""
    if not path.is_dir():
        raise UserError(f"Mappen {path} findes ikke. Angiv mappen med registrets filer.")
    found = {form.stem: source for form in formats.FORMATS if (source := _find(path, form))}
    if formats.BENEFITS_WIDE.stem in found and formats.BENEFITS.stem in found:
        raise UserError(
            f"{path} har både benefits og benefits_wide. Fjern den ene, så det er klart, "
            "hvilken der gælder."
        )
    for form in formats.FORMATS:
        wide = form is formats.BENEFITS and formats.BENEFITS_WIDE.stem in found
        if form.required and form.stem not in found and not wide:
            raise UserError(
                f"{path} mangler {form.stem}.parquet eller {form.stem}.csv ({form.row}). "
                "Læg en fil uden rækker dér, hvis registret virkelig ingen har."
            )
    if formats.MEMBERS.stem in found and formats.HOURS.stem not in found:
        raise UserError(
            f"{path} har flere_skal_med, men mangler hours ({formats.HOURS.row}). Uden den kan "
            "ordinære timer og afgang til beskæftigelse ikke opgøres."
        )
    for source in found.values():
        _check(source, found)
    return Folder(path, found)


def _check(source: Source, found: dict[str, Source]) -> None:
    schema = source.schema()
    form = source.form
    if form is formats.BENEFITS_WIDE and formats.KOMMUNE_WIDE.stem in found:
        form = formats.KOMMUNE_WIDE  # the kommune comes from the other file
    check_columns(schema, form, source.where)


def _find(path: Path, form: Format) -> Source | None:
    choices: list[tuple[Path, ...]] = []
    for ending in ("parquet", "csv"):
        single = path / f"{form.stem}.{ending}"
        if single.is_file():
            choices.append((single,))
        parts = tuple(sorted((path / form.stem).glob(f"*.{ending}")))
        if parts:
            choices.append(parts)
    if len(choices) > 1:
        names = ", ".join(str(files[0].relative_to(path)) for files in choices)
        raise UserError(f"{path} har flere udgaver af {form.stem}: {names}. Behold kun én.")
    return Source(form, choices[0]) if choices else None


def _separator(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} kan ikke læses som tekst i UTF-8. Gem den som 'CSV UTF-8'."
        ) from error
    return ";" if head.count(";") >= head.count(",") else ","


def fingerprint(folder: Folder) -> dict[str, str]:
    """Return name, size and time of change of every file: whether they are still the same."""
    found = {}
    for path in folder.files():
        stat = path.stat()
        name = str(path.relative_to(folder.path))
        found[name] = f"{stat.st_size}-{stat.st_mtime_ns}"
    return found


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
