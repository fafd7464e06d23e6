"""What all documents share: archives that tell nothing of their making, and texts XML can hold."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""When every document says it was made: the same briefing, the same bytes."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("[ \t\n]+")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")


def repacked(archive: bytes) -> bytes:
    """Return a zip archive with the same members in the same order, without clock or system.

    Office files come out the same whenever and wherever they are written.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            member.external_attr = 0
            new.writestr(member, old.read(name))
    return out.getvalue()


def plain(text: str) -> str:
    """Return a text without letters that XML cannot hold or that turn what follows them around.

    Line ends become '\\n'.
    """
    return _TURNED.sub("", _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """Return a text on one line; spaces that do not break are kept."""
    return _BREAKS.sub(" ", plain(text)).strip(" ")
