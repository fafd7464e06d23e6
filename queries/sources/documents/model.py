"""What a document's text is, and the limits it is read within."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from queries.errors import UserError
from queries.sources.incoming import Finding

MOST_BYTES = 50_000_000
"""The largest file that is read."""
MOST_UNPACKED = 100_000_000
"""The most bytes that what is packed in a file may unpack to."""
MOST_PAGES = 1_000
MOST_LINES = 100_000
MOST_CHARACTERS = 5_000_000
LONGEST_LINE = 20_000


class DocumentError(UserError):
    """A document whose text cannot be had; nothing of it is returned."""


@dataclass(frozen=True)
class DocumentText:
    """The lines of a document in reading order, each with its place.

    lines: without line breaks; a line that begins a new page begins with a form feed. places:
    one per line, Danish ('side 2, linje 14', 'tabel 1, række 5', 'linje 84'). form: 'PDF', 'Word',
    'webside' or 'tekst'. remarks: what was not read, or may be misread.
    """

    lines: tuple[str, ...]
    places: tuple[str, ...]
    form: str
    remarks: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if len(self.lines) != len(self.places):
            raise ValueError("every line has a place")

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    def as_dict(self) -> dict[str, Any]:
        """Return the text as JSON can hold it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> DocumentText:
        """Read what `as_dict` gave."""
        remarks = tuple(Finding(**remark) for remark in fields["remarks"])
        return cls(tuple(fields["lines"]), tuple(fields["places"]), fields["form"], remarks)


def document_text(
    lines: Iterable[tuple[str, str]], form: str, remarks: Iterable[Finding] = ()
) -> DocumentText:
    """Return lines and places as a `DocumentText`.

    Raises DocumentError for a text over the limits. Counts lines on the way, so that an endless
    `lines` is left in time.
    """
    texts: list[str] = []
    places: list[str] = []
    size = 0
    for text, place in lines:
        texts.append(text)
        places.append(place)
        size += len(text)
        if len(texts) > MOST_LINES or size > MOST_CHARACTERS or len(text) > LONGEST_LINE:
            raise DocumentError(
                f"Dokumentets tekst er for stor ({place}): der læses højst 100.000 linjer, "
                "5 millioner tegn i alt og 20.000 tegn i én linje. Gem siderne med tabellerne som "
                "et dokument for sig, og prøv igen."
            )
    return DocumentText(tuple(texts), tuple(places), form, tuple(remarks))
