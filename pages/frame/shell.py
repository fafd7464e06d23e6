"""The HTML page every session starts from, in Danish and with our own files linked in.

Streamlit answers every address that nobody else knows with one `index.html`. It is rewritten once
at start; a page request that Streamlit answers with that file gets ours instead. The file is
recognised by its headers, not by the path, so routes beside Streamlit keep their addresses.
"""

from __future__ import annotations

import re
from email.utils import formatdate
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.components.browser_modules import module_address
from pages.frame.compression import OWN_DIR, answer, make_asset, send_head_aware

TITLE = "Indsatsatlas"
DESCRIPTION = "Et atlas over kommunernes og jobcentrenes indsats i ressourceforløb."
NO_SCRIPT = (
    "<p>Indsatsatlas skal bruge JavaScript for at vise kort og tabeller. "
    'Alle tal kan også hentes som filer uden JavaScript: <a href="/data/">se listen over data</a>.'
    "</p>"
)
SHEETS = tuple(
    sorted(path.name for path in OWN_DIR.glob("*.css") if not path.name.startswith("print"))
)
"""Style sheets of screen and paper, one per kind of content; print.css is for paper alone."""
NOT_FOUND_PATH = "/siden-findes-ikke"
# Streamlit's own API for programs has its switch off; even its description says so in English,
# and the numbers of /_stcore/metrics concern nobody outside.
_CLOSED = ("/_stcore/agent/", "/_stcore/metrics")
# Sent with a page request these would bring a compressed, partial or empty body to replace.
_DROPPED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range"}
# What Streamlit and its server framework say when they refuse a request.
_REFUSALS = {
    b"Bad Request": "Adressen er ikke gyldig.",
    b"Component not found": "Komponenten findes ikke.",
    b"File is too large": "Filen er for stor.",
    b"File not found": "Filen findes ikke.",
    b"File too large": "Filen er for stor.",
    b"Invalid range": "Den del af filen findes ikke.",
    b"Method Not Allowed": "Adressen kan ikke bruges på den måde.",
    b"Not Found": "Siden findes ikke.",
    b"XSRF token missing or invalid": "Forbindelsen er udløbet. Genindlæs siden, og prøv igen.",
    b"not found": "Filen findes ikke.",
    b"read error": "Filen kan ikke læses.",
}
_REFUSAL_LENGTHS = {str(len(english)) for english in _REFUSALS}


class ShellChangedError(RuntimeError):
    """Streamlit's index.html no longer holds what is rewritten here."""


def danish_shell(html: str, version: str) -> str:
    """Return Streamlit's index.html in Danish, with assets under `/static/<version>/`.

    Raises ShellChangedError where a replaced part is not there exactly once.
    """
    own = f"/static/{version}/frame"
    head = (
        f"<title>{escape(TITLE)}</title>\n"
        f'    <meta name="description" content="{escape(DESCRIPTION)}" />\n'
        '    <meta name="color-scheme" content="light dark" />\n'
        f'    <script src="{own}/start.js"></script>\n'
        f'    <script src="{own}/links.js" defer></script>\n'
        f'    <script src="{own}/mappe.js" defer></script>\n'
        f'    <script src="{module_address("words.js")}" type="module"></script>\n'
        + "".join(f'    <link rel="stylesheet" href="{own}/{name}" />\n' for name in SHEETS)
        + f'    <link rel="stylesheet" href="{own}/print.css" media="print" />'
    )
    icon = f'<link rel="shortcut icon" href="{own}/icon.svg" type="image/svg+xml" />'
    for pattern, replacement in (
        (r"\A<!--.*?-->\s*", ""),
        (r'<html lang="en">', '<html lang="da">'),
        (r"<title>Streamlit</title>", head),
        (r'<link rel="shortcut icon" href="[^"]*" />', icon),
        # The note and the link advertise the API for programs, which is closed.
        (r"<!--[^>]*RFC 8631.*?-->\s*", ""),
        (r'<link rel="service-desc"[^>]*>\s*', ""),
        # The only inline script; without it the Content-Security-Policy needs none.
        (r"<!-- initialize window.prerenderReady.*?</script>\s*", ""),
        (r"<noscript>.*?</noscript>", f"<noscript>{NO_SCRIPT}</noscript>"),
    ):
        found = re.findall(pattern, html, flags=re.DOTALL)
        if len(found) != 1:
            raise ShellChangedError(f"{pattern!r} found {len(found)} times in index.html")
        html = html.replace(found[0], replacement)
    if '"./static/js/index.' not in html:
        raise ShellChangedError("the main script is not linked as ./static/js/index.…")
    return html.replace('"./static/', f'"/static/{version}/')


def is_page_path(path: str) -> bool:
    """Whether `path` has the form of a page: at most one segment.

    Streamlit finds no page at a deeper path and stays blank there.
    """
    return "/" not in path.strip("/")


def danish_refusals(send: Send) -> Send:
    """Return a `send` that says the known English refusals in Danish; the status is kept.

    Only the start of a short plain-text 4xx answer waits, and no longer than for the next message.
    """
    held: Message | None = None

    async def translate(message: Message) -> None:
        nonlocal held
        if message["type"] == "http.response.start" and _may_be_refusal(message):
            held = message
            return
        if held is not None:
            start, held = held, None
            danish = None if message.get("more_body") else _REFUSALS.get(message.get("body", b""))
            if danish is not None:
                body = f"{danish}\n".encode()
                headers = MutableHeaders(raw=list(start["headers"]))
                headers["content-type"] = "text/plain; charset=utf-8"
                headers["content-length"] = str(len(body))
                start = {**start, "headers": headers.raw}
                message = {**message, "body": body}
            await send(start)
        await send(message)

    return translate


def _may_be_refusal(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return (
        400 <= start["status"] < 500
        and headers.get("content-type", "text/plain").startswith("text/plain")
        and "content-encoding" not in headers
        and headers.get("content-length", "") in _REFUSAL_LENGTHS
    )


class DanishShell:
    """ASGI middleware: our shell for Streamlit's, and a way back from paths that lead nowhere.

    What Streamlit refuses in English is refused in Danish.
    """

    def __init__(self, app: ASGIApp, index_path: Path, version: str) -> None:
        self.app = app
        html = index_path.read_text(encoding="utf-8")
        # What every response with Streamlit's file carries, compressed or not, GET or HEAD.
        self._last_modified = formatdate(index_path.stat().st_mtime, usegmt=True)
        self._shell = make_asset(danish_shell(html, version).encode("utf-8"), ".html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Replace Streamlit's shell in the answer; pass everything else through unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = danish_refusals(send)
        if scope["path"].startswith(_CLOSED):
            await _not_found()(scope, receive, send)
            return
        if is_page_path(scope["path"]):
            kept = [(name, value) for name, value in scope["headers"] if name not in _DROPPED]
            await self._watch({**scope, "headers": kept}, scope, receive, send)
        else:
            await self._watch(scope, scope, receive, send)

    async def _watch(self, asked: Scope, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask with the scope `asked`; if Streamlit's shell comes back, send our answer instead."""
        replaced = False

        async def watch(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and self._is_shell(message):
                replaced = True
                response = self._instead(scope)
                for value in Headers(raw=message["headers"]).getlist("set-cookie"):
                    response.headers.append("set-cookie", value)
                await send_head_aware(response, scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(asked, receive, watch)

    def _is_shell(self, start: Message) -> bool:
        headers = Headers(raw=start["headers"])
        return (
            start["status"] in {200, 206}
            and headers.get("content-type", "").startswith("text/html")
            and headers.get("last-modified") == self._last_modified
        )

    def _instead(self, scope: Scope) -> Response:
        """Our shell for a page; else a browser is led to a page, and a program told plainly."""
        request = Headers(scope=scope)
        if is_page_path(scope["path"]):
            return answer(self._shell, request, cache_control="no-cache")
        if "text/html" in request.get("accept", "") and "_stcore" not in scope["path"]:
            return RedirectResponse(NOT_FOUND_PATH, 307, {"cache-control": "no-cache"})
        return _not_found()


def _not_found() -> Response:
    return PlainTextResponse("Siden findes ikke.\n", 404, {"cache-control": "no-cache"})
