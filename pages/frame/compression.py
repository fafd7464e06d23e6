"""Streamlit's static files, translated and compressed once, and cached by browsers for good.

Streamlit serves its JavaScript uncompressed (its own middleware leaves `/static/` out). A file
is read, translated and compressed in a worker thread when it is first asked for (brotli
quality 6: 0.2 s for the largest, 0.6 s for all of them) and kept in memory, so there is no
cache on disk that could go stale.

Streamlit's file names hold a hash of the *English* content. The shell therefore asks for
`/static/<version>/js/…`, where the version covers the names of all bundle files, the Danish
dictionary and our own files: such an address may be cached for good, and a new dictionary has
new addresses. Imports between the files are relative and stay within the version. The plain
`/static/js/…` answers too, but is revalidated by ETag, as is an outdated version.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
import threading
from dataclasses import dataclass
from pathlib import Path

import brotli
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.frame import bundle

OWN_DIR = Path(__file__).with_name("assets")
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
BROTLI_QUALITY = 6
GZIP_LEVEL = 6

_ADDRESS = re.compile(
    r"/static/(?:(?P<version>[0-9a-f]{16})/)?(?P<folder>js|css|media|frame)/(?P<name>[\w.-]+)"
)
_COMPRESSIBLE = {".css", ".html", ".js", ".svg"}
# Not left to the operating system's table, which may lack or twist these.
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """One static file as served; `bodies` maps a content coding (or `identity`) to bytes."""

    media_type: str
    digest: str
    bodies: dict[str, bytes]


def accepted_codings(header: str) -> list[str]:
    """Codings of an Accept-Encoding header that we have, best first, `identity` last.

    `*` stands for every coding the header does not name.

    >>> accepted_codings("gzip, deflate, br;q=0")
    ['gzip', 'identity']
    """
    zero = {"0", "0.0", "0.00", "0.000"}
    wanted: dict[str, bool] = {}
    for item in header.lower().split(","):
        coding, _, parameter = item.partition(";")
        wanted[coding.strip()] = parameter.replace(" ", "").removeprefix("q=") not in zero
    others = wanted.get("*", False)
    return [coding for coding in ("br", "gzip") if wanted.get(coding, others)] + ["identity"]


def etag_matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names `etag` (weak comparison, as RFC 9110 asks)."""
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags


def make_asset(content: bytes, suffix: str) -> Asset:
    """Compress `content` where its kind (`suffix`, as `.js`) gains from it."""
    bodies = {"identity": content}
    if suffix in _COMPRESSIBLE:
        bodies["br"] = brotli.compress(content, quality=BROTLI_QUALITY)
        bodies["gzip"] = gzip.compress(content, GZIP_LEVEL, mtime=0)
    media_type = _MEDIA_TYPES.get(suffix) or mimetypes.types_map.get(suffix)
    digest = hashlib.sha256(content).hexdigest()[:32]
    return Asset(media_type or "application/octet-stream", digest, bodies)


class AssetStore:
    """The files that may be served: Streamlit's bundle and our own `frame` folder.

    The set of names is read once at start; a request can only pick from it, so no path is ever
    made from what a request says.
    """

    def __init__(self, bundle_dir: Path, own_dir: Path) -> None:
        folders = {name: bundle_dir / name for name in ("js", "css", "media")}
        self._paths = {
            (folder, path.name): path
            for folder, directory in ({**folders, "frame": own_dir}).items()
            for path in sorted(directory.iterdir())
            if path.is_file()
        }
        self._assets: dict[tuple[str, str], Asset] = {}
        self._lock = threading.Lock()
        self.version = self._version(own_dir)

    def _version(self, own_dir: Path) -> str:
        """Hash of all that decides what is served; bundle names stand for their content."""
        digest = hashlib.sha256(bundle.DICTIONARY_PATH.read_bytes())
        for folder, name in sorted(self._paths):
            digest.update(f"\n{folder}/{name}".encode())
            if folder == "frame":
                digest.update((own_dir / name).read_bytes())
        return digest.hexdigest()[:16]

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._paths

    def ready(self, key: tuple[str, str]) -> Asset | None:
        """Return the asset if it is in memory already."""
        return self._assets.get(key)

    def load(self, key: tuple[str, str]) -> Asset:
        """Read, translate and compress a file; blocking, at most once per file."""
        with self._lock:
            if key not in self._assets:
                path = self._paths[key]
                content = path.read_bytes()
                if key[0] == "js":
                    content = bundle.translate(path.name, content)
                self._assets[key] = make_asset(content, path.suffix)
            return self._assets[key]


def answer(asset: Asset, request: Headers, *, cache_control: str) -> Response:
    """Negotiate coding and validators for one asset: 200 with the best body, or 304."""
    accepted = accepted_codings(request.get("accept-encoding", ""))
    coding = next(coding for coding in accepted if coding in asset.bodies)
    etag = f'"{asset.digest}-{coding}"'
    headers = {"etag": etag, "cache-control": cache_control, "vary": "Accept-Encoding"}
    if etag_matches(request.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if coding != "identity":
        headers["content-encoding"] = coding
    return Response(asset.bodies[coding], headers=headers, media_type=asset.media_type)


async def send_head_aware(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send `response`; for HEAD without its body, while Content-Length tells the GET size."""
    if scope["method"] == "HEAD":
        response.body = b""
    await response(scope, receive, send)


class StaticAssets:
    """ASGI middleware that answers everything below `/static/`; all else passes untouched."""

    def __init__(self, app: ASGIApp, store: AssetStore) -> None:
        self.app = app
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a static file, or hand the request on."""
        if scope["type"] != "http" or not scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        response = await self._respond(scope)
        await send_head_aware(response, scope, receive, send)

    async def _respond(self, scope: Scope) -> Response:
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("Kun GET og HEAD.", 405, {"allow": "GET, HEAD"})
        match = _ADDRESS.fullmatch(scope["path"])
        key = (match["folder"], match["name"]) if match else ("", "")
        if match is None or key not in self.store:
            return PlainTextResponse("Filen findes ikke.", 404, {"cache-control": REVALIDATE})
        asset = self.store.ready(key)
        if asset is None:
            asset = await to_thread.run_sync(self.store.load, key)
        current = match["version"] == self.store.version or match["folder"] in {"css", "media"}
        return answer(asset, Headers(scope=scope), cache_control=FOREVER if current else REVALIDATE)
