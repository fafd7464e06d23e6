"""Security headers: what the page may load, and who may look inside it.

The policy names no other host: everything comes from the server itself. Measured in Chromium
on a page with select boxes, a data frame, a Plotly chart, a component and downloads.

- `blob:` scripts: Streamlit imports the inline JavaScript of a component (v2) from a blob.
- `'unsafe-inline'` styles: Streamlit's styling library writes style elements at run time.
- `data:` and `blob:` images: icons in style sheets, Plotly's export, media made in the page.
No `'unsafe-eval'` and no inline script: a fragment of text that became HTML cannot run.
"""

from __future__ import annotations

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


def security_headers(frame_ancestors: str = "'self'") -> dict[str, str]:
    """Headers of every response. `frame_ancestors` says who may embed a page (`?embed=true`).

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

    def __init__(self, app: ASGIApp, frame_ancestors: str = "'self'") -> None:
        self.app = app
        self._headers = security_headers(frame_ancestors)
        # Without TLS browsers ignore this one, and say so as an error in the console.
        self._secure_headers = {**self._headers, "cross-origin-opener-policy": "same-origin"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to HTTP responses; WebSocket and lifespan pass untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        fixed = self._secure_headers if is_secure(scope) else self._headers

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
