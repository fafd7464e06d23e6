"""From kommuner to their notes: one PDF for each, all in a zip, and all in one PDF."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pages.language import danish, synthetic
from pages.language.folding import tokens
from pages.sammenligning.place import in_order
from pages.samraad.documents.note import drawings
from pages.samraad.documents.note.contents import Data, note
from pages.samraad.documents.packing import EPOCH
from pages.samraad.documents.pdf.letters import Letters
from pages.samraad.documents.pdf.typeset import typeset
from queries import Atlas, UserError

TEMPLATE = "note/note.typ"
BATCH = 14
"""How many notes are typeset at a time while the next are looked up."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Notes(Mapping[str, bytes]):
    """The notes of some kommuner by file name; `zipped` and `joined` are all of them in one."""

    files: Mapping[str, bytes]
    zipped: bytes
    zip_name: str
    joined: bytes
    joined_name: str
    version: str

    def __getitem__(self, name: str) -> bytes:
        """Return the note with this file name."""
        return self.files[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the file names, in Danish order of the kommuner."""
        return iter(self.files)

    def __len__(self) -> int:
        """Return how many notes there are."""
        return len(self.files)


def write(
    atlas: Atlas, codes: Sequence[str], progress: Progress = lambda _done, _of: None
) -> Notes:
    """Return the notes of the kommuner with these codes, each on one A4 page, in Danish order.

    All are of one data version. The same codes and data version give the same bytes. `progress`
    is told how many steps are done of how many. Raises UserError for a code that is not a
    kommune's, for none at all, and where they cannot be set in time.
    """
    while True:
        version = atlas.version
        chosen = _chosen(atlas, codes)
        made = _written(atlas, chosen, progress)
        if atlas.version == version:
            return made


def _chosen(atlas: Atlas, codes: Sequence[str]) -> list[tuple[str, str]]:
    every = in_order(atlas, atlas.version)
    unknown = sorted(set(codes) - {code for code, _ in every})
    if unknown:
        raise UserError(
            f"Der kan ikke skrives et kommunenotat for {danish.listing(unknown[:5])}: koden findes "
            "ikke. En kommunekode har fire cifre, fx 0316."
        )
    if not codes:
        raise UserError("Vælg mindst én kommune at skrive et kommunenotat for.")
    return [(code, name) for code, name in every if code in set(codes)]


def _written(atlas: Atlas, chosen: Sequence[tuple[str, str]], progress: Progress) -> Notes:
    steps = 2 * len(chosen) + 1
    letters = Letters()
    notes: list[Data] = []
    waiting: list[Future[list[bytes]]] = []
    date = _day(atlas)
    # Two threads, so that notes are typeset, each batch in its process, while others are read.
    with ThreadPoolExecutor(1) as pool:
        for number, (code, _) in enumerate(chosen, 1):
            notes.append(_settable(note(atlas, code), letters))
            progress(number, steps)
            if number % BATCH == 0 or number == len(chosen):
                batch = [_document([one]) for one in notes[len(waiting) * BATCH :]]
                waiting.append(pool.submit(typeset, TEMPLATE, batch, date))
        joined = pool.submit(typeset, TEMPLATE, [_document(notes)], date)
        made: list[bytes] = []
        for batch_made in waiting:
            made += batch_made.result()
            progress(len(chosen) + len(made), steps)
        (whole,) = joined.result()
    progress(steps, steps)
    files = {
        _file_name(code, name, made_up=one["warned"]): content
        for (code, name), one, content in zip(chosen, notes, made, strict=True)
    }
    label = synthetic.FILE_LABEL if any(one["warned"] for one in notes) else ""
    return Notes(
        files=files,
        zipped=_zipped(files),
        zip_name=f"kommunenotater{label}.zip",
        joined=whole,
        joined_name=f"kommunenotater{label}.pdf",
        version=atlas.version,
    )


def _document(notes: Sequence[Data]) -> Data:
    names = [one["name"] for one in notes]
    what = names[0] if len(names) == 1 else f"{len(names)} kommuner"
    title = f"Kommunenotat: {what}" if len(names) == 1 else f"Kommunenotater: {what}"
    return {
        "title": title,
        "ground": drawings.ground(),
        "ratio": drawings.map_ratio(),
        "notes": list(notes),
        "version": notes[0]["version"],
        "warning": synthetic.WARNING,
    }


def _settable(given: Any, letters: Letters) -> Any:
    """Return the data with all texts but drawings in letters that the font has."""
    if isinstance(given, str):
        return given if given.startswith("<svg") else letters.set(given)
    if isinstance(given, Mapping):
        return {key: _settable(value, letters) for key, value in given.items()}
    if isinstance(given, Sequence):
        return [_settable(value, letters) for value in given]
    return given


def _day(atlas: Atlas) -> dt.date:
    """Return the day the notes are from: when the newest source was read."""
    days = [source.retrieved_on for source in atlas.sources().values() if source.retrieved_on]
    return max(days, default=EPOCH.date())


def _file_name(code: str, name: str, *, made_up: bool) -> str:
    label = synthetic.FILE_LABEL if made_up else ""
    return f"kommunenotat_{code}_{'_'.join(tokens(name))}{label}.pdf"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # a PDF is compressed already
        for name, content in files.items():
            member = zipfile.ZipInfo(name)
            member.create_system = 0
            archive.writestr(member, content)
    return out.getvalue()
