"""Fetch a file from an address, with limits, into a folder."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from queries.errors import UserError

LARGEST_BYTES = 1_000_000_000
_TIMEOUT_S = 60
_BLOCK = 1 << 20


def is_address(text: str) -> bool:
    """Return whether the text is an http or https address."""
    return text.lower().startswith(("http://", "https://"))


def fetch(address: str, folder: Path, progress: Callable[[int], None]) -> Path:
    """Return the fetched file in ``folder``; ``progress`` is told the bytes so far.

    Raises UserError when the address does not answer with a file. What the server calls the
    file does not matter; its ending does, as it tells the format.
    """
    name = unquote(PurePosixPath(urlsplit(address).path).name) or "hentet"
    target = folder / name.replace("/", "_").replace("\\", "_")
    if not target.suffix:
        target = target.with_suffix(".geojson")
    request = urllib.request.Request(address, headers={"User-Agent": "Indsatsatlas"})
    try:
        with (
            urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer,
            target.open("wb") as stream,
        ):
            expected = answer.headers.get("Content-Length")
            while block := answer.read(_BLOCK):
                stream.write(block)
                progress(stream.tell())
                if stream.tell() > LARGEST_BYTES:
                    raise UserError(f"Filen på {address} er over 1 GB og hentes ikke.")
            if expected and stream.tell() != int(expected):
                raise UserError(f"Hentningen fra {address} blev afbrudt. Prøv igen.")
    except urllib.error.HTTPError as error:
        raise UserError(
            f"Adressen {address} svarer {error.code} {error.reason}. Hent filen i en browser, "
            "og angiv den hentede fil i stedet."
        ) from error
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        raise UserError(
            f"Adressen {address} kan ikke hentes ({error}). Kontrollér adressen og "
            "forbindelsen, eller angiv en fil, der er hentet i forvejen."
        ) from error
    return target
