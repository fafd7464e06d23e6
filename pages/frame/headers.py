"""Security headers: what the page may load, and who may look inside it.

The policy names no other host: everything comes from the server itself. Measured in Chromium
on a page with select boxes, a data frame, a Plotly chart, a component and downloads.

- `blob:` scripts: Streamlit imports the inline JavaScript of a component (v2) from a blob.
- `'unsafe-inline'` styles: Streamlit's styling library writes style elements at run time.
- `data:` and `blob:` images: icons in style sheets, Plotly's export, media made in the page.
No `'unsafe-eval'` and no inline script: a fragment of text that became HTML cannot run.

Who may frame a page. A site that frames another can lie over it and steal clicks. What can be
clicked here is only which area is shown: nothing that a click could change on the server. Only
`/tabeltjek`, `/samraad` and the data owner's `/indlaes` take something from a reader, and only the
latter changes something; they are never framed. So a page that asks to be embedded
(`?embed=1`, at most one path segment) may be framed by anyone, and all else, files and the same
page without the word, only by ourselves: links from an embedded page open in a window of their
own. The policy of what may be loaded and run is the same in both. The WebSocket still comes from
our own origin, for a frame has the origin of its own address, so no rule there is relaxed.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.frame.errors import incident

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}


NEVER_FRAMED = {"tabeltjek", "samraad", "indlaes"}
"""Pages that take what a reader gives: never inside somebody else's page."""

OPENER = {"cross-origin-opener-policy": "same-origin"}


def security_headers(frame_ancestors: str = "'self'") -> dict[str, str]:
    """Headers of every response. `frame_ancestors` says who may frame what is answered.

    It is CSP source-list syntax: `'none'`, `'self'`, or `'self' https://intranet.example.dk`.
    """
    policy = {**_POLICY, "frame-ancestors": frame_ancestors}
    headers = {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": (
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
        ),
        "cross-origin-resource-policy": "same-origin",
    }
    if frame_ancestors == "'none'":
        headers["x-frame-options"] = "DENY"
    elif frame_ancestors == "'self'":
        headers["x-frame-options"] = "SAMEORIGIN"
    return headers


def asks_to_be_embedded(scope: Scope) -> bool:
    """Whether a request is for a page with `embed=1` (or `true`, as Streamlit has it)."""
    path = scope["path"].strip("/")
    if "/" in path or path in NEVER_FRAMED:
        return False
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return query.get("embed") in (["1"], ["true"])


def is_secure(scope: Scope) -> bool:
    """Whether the browser came by TLS, to this server or to the proxy in front of it."""
    forwarded = Headers(scope=scope).get("x-forwarded-proto", "")
    return scope.get("scheme") == "https" or forwarded == "https"


class SecurityHeaders:
    """ASGI middleware that sets fixed headers on every HTTP response, errors included.

    The values are constants: nothing of the request is reflected. The outermost middleware, so
    that what other middleware answers itself carries them too. An exception that nobody inside
    caught is answered here, because the server's own answer is English and has no such headers.
    """

    def __init__(
        self, app: ASGIApp, frame_ancestors: str = "'self'", embed_ancestors: str = "*"
    ) -> None:
        """Let `frame_ancestors` frame everything, and `embed_ancestors` what asks for it."""
        self.app = app
        self._headers = security_headers(frame_ancestors)
        # Without TLS browsers ignore this one, and say so as an error in the console.
        self._secure_headers = {**self._headers, **OPENER}
        self._embedded = security_headers(embed_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to HTTP responses; WebSocket and lifespan pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        fixed = self._secure_headers if is_secure(scope) else self._headers
        if asks_to_be_embedded(scope):
            fixed = self._embedded | (OPENER if is_secure(scope) else {})

        begun = False

        async def add(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in fixed.items():
                    headers[name] = value
            await send(message)

        try:
            await self.app(scope, receive, add)
        except Exception as error:  # whatever it is, the reader gets an answer and a number
            if begun:
                raise
            await _failure(incident(error))(scope, receive, add)


def _failure(number: str) -> PlainTextResponse:
    return PlainTextResponse(
        "Siden kunne ikke vises på grund af en fejl i programmet. Prøv igen om lidt. "
        f"Hvis fejlen bliver ved, så oplys hændelsesnummer {number} til den, der driver "
        "løsningen.\n",
        500,
        {"cache-control": "no-store"},
    )
