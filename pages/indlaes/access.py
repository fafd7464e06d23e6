"""Who may see the page 'Data': the data owner, and nobody else.

The environment variable INDSATSATLAS_INDLAES says how that is known:

- `lokal` (also where it is not set): the one who sits at the machine. The server must listen on a
  loopback address only, and the browser must have come there itself: nothing in the request may
  speak of a proxy, and both the name it asked for and the page it came from must be this machine.
- `login`: the one who is logged in by `st.login` (OIDC, set up in `.streamlit/secrets.toml`), and
  whose e-mail is in INDSATSATLAS_DATAEJERE (separated by commas) where that is set.
- `fra`, and anything else: nobody.

Everything here fails closed: what is not known counts as no.
"""

from __future__ import annotations

import functools
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

SETTING = "INDSATSATLAS_INDLAES"
OWNERS = "INDSATSATLAS_DATAEJERE"
PROXY_HEADERS = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-forwarded-port",
    "x-real-ip",
    "x-original-host",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
)
LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}

WAYS = (
    "Den, der driver løsningen, bestemmer med miljøvariablen INDSATSATLAS_INDLAES, hvem der er "
    "dataejer: »lokal« (den, der sidder ved maskinen), »login« (den, der er logget ind) eller "
    "»fra« (ingen). Kommandoen »python -m queries indlaes« kan det samme som siden."
)
NOT_LOCAL = (
    "Siden er kun for dataejeren, og den er sat til »lokal«: den vises kun i en browser på den "
    "maskine, atlasset kører på, og kun når atlasset alene svares på dér. Åbn "
    "http://localhost:8501/indlaes på maskinen selv, uden om en proxy."
)
OFF = "Siden er slået fra. Tal kan kun indlæses med kommandoen »python -m queries indlaes«."
LOGIN = "Siden er kun for dataejeren. Log ind for at fortsætte."
NO_LOGIN = (
    "Siden er sat til »login«, men der er ikke sat log-ind op på serveren (afsnittet [auth] i "
    "secrets.toml). Indtil da kan ingen bruge den."
)
NOT_OWNER = (
    "Du er logget ind, men din e-mailadresse står ikke på listen over dataejere. Bed den, der "
    "driver løsningen, om at føje den til INDSATSATLAS_DATAEJERE."
)


@dataclass(frozen=True)
class Refusal:
    """Why somebody may not see the page, in Danish; `can_log_in` where that would help."""

    text: str
    can_log_in: bool = False


@dataclass(frozen=True)
class Request:
    """What is known of a browser's request: the peer's address, its headers in lower case."""

    peer: str
    headers: Mapping[str, str]


def refusal() -> Refusal | None:
    """Return why the one who asks may not see the page; None for the data owner."""
    chosen = os.environ.get(SETTING, "lokal").strip().lower()
    if chosen == "lokal":
        return None if is_local(_request(), _server_address()) else Refusal(NOT_LOCAL)
    if chosen == "login":
        return _log_in_refusal(_user())
    return Refusal(OFF)


def is_owner() -> bool:
    """Whether the one who asks may see the page."""
    return refusal() is None


def only_owner(action: Callable[..., None]) -> Callable[..., None]:
    """Return `action` as something that does nothing for anybody but the data owner."""

    @functools.wraps(action)
    def guarded(*given: Any, **named: Any) -> None:
        if is_owner():
            action(*given, **named)

    return guarded


def is_local(request: Request | None, server_address: str) -> bool:
    """Whether a request came from this machine itself to a server for this machine alone."""
    if request is None or not _is_loopback(server_address) or not _is_loopback(request.peer):
        return False
    if any(name in request.headers for name in PROXY_HEADERS):
        return False
    host = request.headers.get("host", "")
    origin = request.headers.get("origin", "")
    return _name(f"//{host}") in LOCAL_NAMES and _name(origin) in LOCAL_NAMES


def _log_in_refusal(user: Mapping[str, Any] | None) -> Refusal | None:
    if user is None:
        return Refusal(NO_LOGIN)
    if user.get("is_logged_in") is not True:
        return Refusal(LOGIN, can_log_in=True)
    given = os.environ.get(OWNERS)
    if given is None:
        return None
    owners = {one.strip().casefold() for one in given.split(",")} - {""}
    # An address that its provider has not confirmed may be anybody's.
    confirmed = user.get("email_verified") is not False
    mail = str(user.get("email") or "").strip().casefold()
    return None if confirmed and mail in owners else Refusal(NOT_OWNER)


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _server_address() -> str:
    return str(config.get_option("server.address") or "")


def _request() -> Request | None:
    """Return the request that opened this session; None where that is not known."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return None
    # `st.context.ip_address` gives None for this machine and for an unknown one alike.
    found = runtime.get_instance().get_client(context.session_id)
    client: Any = getattr(found, "client_context", None)
    if client is None or not client.remote_ip:
        return None
    headers = {str(name).lower(): str(value) for name, value in client.headers}
    return Request(str(client.remote_ip), headers)


def _user() -> Mapping[str, Any] | None:
    """Return what is known of the one who is logged in; None where log-in is not set up."""
    try:
        if "auth" not in st.secrets:
            return None
        return dict(st.user)
    except Exception:  # no secrets, or broken ones: nobody is let in
        return None
