"""The synthetic registers that are measured: whole copies of one, kept for the next time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from queries.register.reading.files import Folder, checksum, open_folder
from queries.register.reading.formats import BENEFITS
from queries.register.synthetic import write

TINY_PERSONS = 2_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A register of so many copies of the first one, and its benefit rows."""

    folder: Folder
    copies: int
    spells: int


class Registers:
    """The registers in a folder. One that is there already is used if it comes of the same code."""

    def __init__(self, work: Path, say: Say) -> None:
        self._work, self._say = work, say
        self.first = self._made("en-kopi", 1, lambda folder: write(folder, copies=1), fresh=True)
        digest = hashlib.sha256()
        for path in sorted(self.first.folder.files()):
            digest.update(checksum(path).encode())
        self._version = digest.hexdigest()[:10]
        self.tiny = self._made("opvarmning", 0, self._write_tiny, fresh=True)

    def of(self, millions: float) -> Made:
        """Return the register of whole copies nearest to so many million spells."""
        copies = max(1, round(millions * 1_000_000 / self.first.spells))
        if copies == 1:
            return self.first
        name = f"kopier-{copies}-{self._version}"
        return self._made(name, copies, lambda folder: write(folder, copies=copies))

    def shuffled(self, made: Made) -> Made:
        """Return the same register with the rows of every file in an order of chance."""

        def write_shuffled(folder: Path) -> None:
            folder.mkdir()
            for path in made.folder.files():
                if path.suffix == ".parquet":
                    rows = pl.read_parquet(path).sample(fraction=1.0, shuffle=True, seed=1)
                    rows.write_parquet(folder / path.name)
                else:
                    shutil.copy(path, folder)

        return self._made(f"blandet-{made.copies}-{self._version}", made.copies, write_shuffled)

    def _write_tiny(self, folder: Path) -> None:
        folder.mkdir()
        for path in self.first.folder.files():
            if path.suffix == ".parquet":
                few = pl.scan_parquet(path).filter(pl.col("person") <= TINY_PERSONS)
                few.collect().write_parquet(folder / path.name)
            else:
                shutil.copy(path, folder)

    def _made(
        self, name: str, copies: int, make: Callable[[Path], object], *, fresh: bool = False
    ) -> Made:
        path = self._work / name
        if fresh:
            shutil.rmtree(path, ignore_errors=True)
        if not path.is_dir():
            self._say(f"Laver {path.name} …")
            aside = path.with_name(f"{name}.ufaerdig")
            shutil.rmtree(aside, ignore_errors=True)
            make(aside)
            aside.rename(path)
        folder = open_folder(path)
        return Made(folder, copies, folder[BENEFITS.stem].rows())
