"""The parts of a request and its answer that are checked one by one."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import zlib
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import requests
import requests.auth

from queries.errors import UserError
from queries.sources import http_faults as faults
from queries.sources.http_faults import BrokenBodyError, KeyRefusedError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Bearer(requests.auth.AuthBase):
    """Puts the key on a request; shows it to nobody."""

    def __init__(self, token: str, service: str, key_help: str) -> None:
        key = token.strip()
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise KeyRefusedError(f"{service}: nøglen mangler eller har ugyldige tegn. {key_help}")
        self.__key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the key on `request`."""
        request.headers["Authorization"] = f"Bearer {self.__key}"
        return request

    def __repr__(self) -> str:
        return "Bearer(…)"

    def stands_in(self, content: bytes) -> bool:
        """Tell whether the key stands in the bytes."""
        return self.__key.encode() in content


def check_address(base: str, service: str) -> str:
    """Return `base` when a key may be sent there: https, or http on the loopback address."""
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not safe or not host or "@" in parts.netloc or parts.query or parts.fragment:
        raise UserError(
            f"{service}: adressen kan ikke bruges. Den skal begynde med https:// og må ikke "
            "indeholde brugernavn, »?« eller »#« (http:// kun på denne maskine, 127.0.0.1)."
        )
    return base


def retry_after(value: str | None, now: dt.datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header (seconds or a date) asks for, None if none."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - (now or dt.datetime.now(dt.UTC))).total_seconds())


def query(params: Mapping[str, str]) -> str:
    """Write a query with '*', ':', ',' and '/' as they are, as the services' examples do."""
    return urlencode(dict(params), safe="*:,/")


def origin(address: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    ports = {"https": 443, "http": 80}
    return parts.scheme, parts.hostname, parts.port or ports.get(parts.scheme)


def charset_of(content_type: str) -> str:
    """Return the charset that a Content-Type names, lower case, or ''."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()
    return ""


def unzip(sent: bytes, most: int, at: str) -> bytes:
    """Decompress gzip to at most `most` bytes; BrokenBodyError when it is not whole."""
    unpack = zlib.decompressobj(wbits=31)
    content = b""
    with contextlib.suppress(zlib.error):
        content = unpack.decompress(sent, most + 1)
    if len(content) > most:
        raise faults.too_big(at, most)
    if not unpack.eof or unpack.unused_data:
        raise BrokenBodyError("gzip")
    return content
