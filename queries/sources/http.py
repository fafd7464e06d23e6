"""Ask a service politely, and take its answer whole or not at all.

One request at a time with a pause between, timeouts, bounded tries with exponential backoff and
jitter, Retry-After honoured. The key is sent in one header to one host and is nowhere else: no
error, log line, address or file holds it. Environment proxies and cookies are not used.
"""

from __future__ import annotations

import hashlib
import http.cookiejar
import json
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from queries.sources import http_faults as faults
from queries.sources.http_faults import BrokenBodyError, KeyRefusedError, SourceUnavailableError
from queries.sources.http_parts import (
    Bearer,
    charset_of,
    check_address,
    origin,
    query,
    retry_after,
    unzip,
)

__all__ = ["Body", "Client", "KeyRefusedError", "SourceUnavailableError", "check_address"]

TRIES_UNREACHED = 3
"""How often a service that cannot be reached at all is tried: a machine without a network is told
so within seconds."""
TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 1 << 16
BELOW = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


@dataclass(frozen=True)
class Body:
    """A whole answer: its bytes, decompressed, and where it came from (an address without key)."""

    content: bytes = field(repr=False)
    address: str
    content_type: str
    at: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def text(self) -> str:
        """Return the body as text (UTF-8 unless told otherwise), without a byte-order mark."""
        charset = charset_of(self.content_type)
        try:
            return self.content.decode("utf-8-sig" if charset in ("", "utf-8") else charset)
        except (UnicodeDecodeError, LookupError):
            raise faults.not_data(self.at, "er ikke tekst i den tegnkodning, det opgiver") from None

    def json(self) -> Any:
        """Return the body as JSON (no NaN); raises SourceUnavailableError when it is not."""
        try:
            return json.loads(self.text(), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            pass
        raise faults.not_data(self.at, "er ikke gyldig JSON")


class Client:
    """One service at `base` (https, or http on the loopback address), asked one call at a time.

    `service` is its Danish name, `key_help` the Danish sentence on how to set the key. `timeout`
    is (connect, read) in seconds, `longest` bounds one whole body, `most_bytes` its size after
    decompression. `waiting` is told in Danish when a call is tried again. Every fault is one
    SourceUnavailableError (KeyRefusedError for 401 and 403): a UserError without the key.
    """

    def __init__(
        self,
        base: str,
        *,
        token: str | None = None,
        service: str = "Tjenesten",
        key_help: str = "",
        timeout: tuple[float, float] = (10, 60),
        longest: float = 600,
        most_bytes: int = 200_000_000,
        tries: int = 5,
        pause: float = 0.2,
        longest_wait: float = 120,
        waiting: Callable[[str], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = check_address(base, service).rstrip("/")
        self.service = service
        self.waiting = waiting
        self._key_help = key_help
        self._timeout, self._longest, self._most_bytes = timeout, longest, most_bytes
        self._tries, self._pause, self._longest_wait = tries, pause, longest_wait
        self._sleep = sleep
        self._auth = Bearer(token, service, key_help) if token is not None else None
        self._lock = threading.Lock()
        self._last = 0.0
        self._session = requests.Session()
        self._session.trust_env = False
        nobody = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
        self._session.cookies.set_policy(nobody)
        self._session.headers.update({"User-Agent": "indsatsatlas", "Accept-Encoding": "gzip"})

    def __repr__(self) -> str:
        return f"Client({self.base!r})"

    def get(self, path: str, params: Mapping[str, str] | None = None, *, what: str = "") -> Body:
        """Return the body of a GET; `what` names in Danish what is asked for ('tabel y60a02')."""
        return self._ask("GET", path, {"params": query(params or {})}, what)

    def post(self, path: str, payload: Any, *, what: str = "") -> Body:
        """Return the body of a POST of JSON that only asks (it may be sent more than once)."""
        return self._ask("POST", path, {"json": payload}, what)

    def _ask(self, method: str, path: str, more: dict[str, Any], what: str) -> Body:
        at = f"{self.service}, {what}" if what else self.service
        address = f"{self.base}/{path.lstrip('/')}"
        with self._lock:
            for attempt in range(1, self._tries + 1):
                outcome = self._once(method, address, more, at, attempt)
                if isinstance(outcome, Body):
                    return outcome
                error, wait = outcome
                most = TRIES_UNREACHED if error.unreached else self._tries
                if attempt >= min(most, self._tries):
                    raise error
                self._wait(at, error, wait, attempt)
        raise AssertionError("unreachable")

    def _once(
        self, method: str, address: str, more: dict[str, Any], at: str, attempt: int
    ) -> Body | tuple[SourceUnavailableError, float | None]:
        """One try: the body, or what went wrong and how long the service asks us to wait.

        Raises what another try cannot mend. Errors are raised outside the handlers, so that they
        carry no context: a request in there would hold the key.
        """
        fault: Exception | None = None
        try:
            with self._send(method, address, more, at) as response:
                status, headers = response.status_code, response.headers
                content = self._read(response, at) if status == 200 else _error_page(response)
                address = response.url
        except (*BELOW, BrokenBodyError) as caught:
            fault = caught
        finally:
            self._last = time.monotonic()
        if fault is not None:
            return faults.failed(at, fault, attempt), None
        if status == 200:
            self._check(content, headers, at)
            return Body(content, address, headers.get("Content-Type", ""), at)
        if status in (401, 403):
            raise faults.refused(at, status, self._key_help)
        error = faults.answered(at, status, self._said(content), attempt)
        if status not in TRY_AGAIN:
            raise error
        wait = retry_after(headers.get("Retry-After"))
        if wait is not None and wait > self._longest_wait:
            raise faults.too_long(at, wait, self._longest_wait)
        return error, wait

    def _send(self, method: str, address: str, more: dict[str, Any], at: str) -> requests.Response:
        """Send one request and follow at most three redirects within the same host."""
        for _ in range(4):
            rest = self._pause - (time.monotonic() - self._last)
            if rest > 0 and self._last:
                self._sleep(rest)
            response = self._session.request(
                method,
                address,
                auth=self._auth,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **more,
            )
            if response.status_code not in REDIRECTS:
                return response
            self._last = time.monotonic()
            response.close()
            target = urljoin(response.url, response.headers.get("Location", ""))
            if origin(target) != origin(self.base):
                raise faults.elsewhere(at, urlsplit(target).netloc[:100])
            address, more = target, {k: v for k, v in more.items() if k != "params"}
        raise faults.not_data(at, "viser videre i ring")

    def _read(self, response: requests.Response, at: str) -> bytes:
        """Read the whole body as sent and decompress it, both within size and time."""
        until = time.monotonic() + self._longest
        parts: list[bytes] = []
        size = 0
        while part := response.raw.read(_CHUNK, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > self._most_bytes:
                raise faults.too_big(at, self._most_bytes)
            if time.monotonic() > until:
                raise requests.ReadTimeout("the whole body took too long")
        sent = b"".join(parts)
        # A length or chunks that are not whole make urllib3 raise; without, JSON tells its own end.
        marks = {"content-length", "transfer-encoding"}
        is_marked = any(name.lower() in marks for name in response.headers)
        if not is_marked and not sent.strip().endswith((b"}", b"]")):
            raise BrokenBodyError("the end is not marked")
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding in ("gzip", "x-gzip"):
            return unzip(sent, self._most_bytes, at)
        if coding not in ("", "identity"):
            raise faults.not_data(at, f"er pakket på en måde, der ikke kan læses ({coding[:20]})")
        return sent

    def _check(self, content: bytes, headers: Mapping[str, str], at: str) -> None:
        kind = headers.get("Content-Type", "").split(";")[0].strip().lower()
        start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if "html" in kind or start.startswith((b"<!doctype html", b"<html")):
            raise faults.not_data(at, "er en webside (HTML) og ikke data")
        if kind.startswith(("image/", "audio/", "video/")) or kind == "application/pdf":
            raise faults.not_data(at, f"er af typen {kind[:40]}")
        if not content.strip():
            raise faults.not_data(at, "er tomt")
        if self._auth and self._auth.stands_in(content):
            raise faults.not_data(at, "gentager nøglen og bruges derfor ikke")

    def _said(self, content: bytes) -> str:
        """The service's own words on an error: its JSON `message`, short and without the key."""
        try:
            found = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return ""
        words = found.get("message") if isinstance(found, dict) else None
        if not isinstance(words, str) or (self._auth and self._auth.stands_in(words.encode())):
            return ""
        return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:300]

    def _wait(
        self, at: str, error: SourceUnavailableError, asked: float | None, attempt: int
    ) -> None:
        """Wait as long as asked, else a random part of a span that doubles (half to whole)."""
        backoff = min(30.0, 0.5 * 2**attempt) * (0.5 + random.random() / 2)
        seconds = backoff if asked is None else asked + random.random() / 2
        if self.waiting:
            status = f" (HTTP {error.status})" if error.status else ""
            self.waiting(
                f"{at}: forsøg {attempt} lykkedes ikke{status}; prøver igen om {seconds:.0f} sek."
            )
        self._sleep(seconds)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _error_page(response: requests.Response) -> bytes:
    """What arrives of an error page, at most `_CHUNK` bytes; its status says what is wrong."""
    try:
        return bytes(response.raw.read(_CHUNK, decode_content=False))
    except BELOW:
        return b""
