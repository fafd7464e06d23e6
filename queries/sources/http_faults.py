"""What can go wrong when a service is asked, each as one Danish message.

No message, and no attribute of an error, holds the key.
"""

from __future__ import annotations

import datetime as dt

import requests
import urllib3.exceptions as below

from queries.errors import UserError

LATER = "Prøv igen senere. Intet er ændret."


class SourceUnavailableError(UserError):
    """A service did not answer, or not with what was asked for; `status` is its HTTP status.

    `unreached` says that nothing could be sent to it at all: then other calls will not be either.
    """

    def __init__(self, message: str, status: int | None = None, *, unreached: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.unreached = unreached


class KeyRefusedError(SourceUnavailableError):
    """The service refused the key, or none was given."""


class BrokenBodyError(Exception):
    """The body did not arrive whole: worth another try. Never shown."""


def refused(at: str, status: int, key_help: str) -> KeyRefusedError:
    """Return the error for 401 and 403."""
    told = f"{at}: nøglen blev afvist (HTTP {status}). {key_help}".strip()
    return KeyRefusedError(told, status)


def answered(at: str, status: int, said: str, tries: int) -> SourceUnavailableError:
    """Return the error for any other status than 200; `said` is the service's own words or ''."""
    words = f" Tjenesten skriver: »{said}«." if said else ""
    if status == 429:
        text = f"tjenesten afviste {tries} kald, fordi der er spurgt for ofte (HTTP 429). {LATER}"
    elif status >= 500:
        text = f"tjenesten fejlede {tries} gange (HTTP {status}).{words} {LATER}"
    elif status == 404:
        text = (
            f"det, der blev spurgt om, findes ikke (HTTP 404).{words} "
            "Se efter, om tabellen har fået et nyt id, og om adressen er rigtig."
        )
    else:
        text = (
            f"tjenesten kunne ikke besvare kaldet (HTTP {status}).{words} "
            "Se efter, om tabellen er lavet om, og meld fejlen, hvis den bliver ved."
        )
    return SourceUnavailableError(f"{at}: {text}", status)


def too_long(at: str, seconds: float, most: float) -> SourceUnavailableError:
    """Return the error for a Retry-After that is longer than we wait."""
    until = dt.datetime.now().astimezone() + dt.timedelta(seconds=min(seconds, 10**8))
    return SourceUnavailableError(
        f"{at}: tjenesten beder os vente til {until:%d.%m.%Y kl. %H.%M}, og der ventes højst "
        f"{most:.0f} sekunder. Prøv igen efter det tidspunkt. Intet er ændret.",
        429,
    )


def elsewhere(at: str, host: str) -> SourceUnavailableError:
    """Return the error for a redirect to another host, which would get the key."""
    return SourceUnavailableError(
        f"{at}: tjenesten viser videre til »{host}«, som ikke er den adresse, der blev spurgt. "
        "Nøglen sendes ikke dertil. Er tjenesten flyttet, så sæt den nye adresse."
    )


def too_big(at: str, most: int) -> SourceUnavailableError:
    """Return the error for a body over the limit."""
    return SourceUnavailableError(
        f"{at}: svaret er større end de {most // 1_000_000} MB, der modtages. Intet er læst. "
        "Meld fejlen, hvis tabellen virkelig er så stor."
    )


def not_data(at: str, what: str) -> SourceUnavailableError:
    """Return the error for a body that is not what was asked for; `what` completes 'Svaret …'."""
    return SourceUnavailableError(
        f"{at}: svaret {what}. Der blev ventet data. Se, om adressen er rigtig. Intet er ændret."
    )


def failed(at: str, fault: Exception, tries: int) -> SourceUnavailableError:
    """Return the error for a connection that failed `tries` times."""
    reasons = _chain(fault)

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in reasons)

    text = f"der er ingen forbindelse ({tries} forsøg). Se, om maskinen er på nettet. {LATER}"
    if has(BrokenBodyError, below.ProtocolError):
        text = (
            f"svaret blev afbrudt {tries} gange, før det var helt. Intet af det er brugt. {LATER}"
        )
    elif has(below.NameResolutionError):
        text = "navnet kan ikke slås op. Se, om maskinen er på nettet, og om adressen er rigtig."
    elif has(requests.exceptions.SSLError, below.SSLError):
        text = "der kunne ikke laves en sikker forbindelse. Spørg it-afdelingen om certifikatet."
    elif has(requests.Timeout, below.TimeoutError, TimeoutError) and not has(
        below.NewConnectionError  # a kind of timeout in urllib3, and none to anybody else
    ):
        text = f"der kom intet svar i tide ({tries} forsøg). {LATER}"
    unreached = has(below.NameResolutionError, below.NewConnectionError, below.ConnectTimeoutError)
    return SourceUnavailableError(f"{at}: {text}", unreached=unreached)


def _chain(fault: BaseException | None) -> list[object]:
    """The fault and all that it was made of."""
    found: list[object] = []
    waiting: list[object] = [fault]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or one in found:
            continue
        found.append(one)
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
