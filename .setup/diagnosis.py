"""What a failed installation means and what its user can do about it, in Danish."""

from __future__ import annotations

import re
import sys

_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectionError|ConnectTimeout|ReadTimeout"
    r"|Connection (?:refused|reset|aborted|broken|timed out)|Max retries exceeded|ProxyError"
    r"|Temporary failure in name resolution|Could not fetch URL|not a trusted or secure host"
    r"|SSLError|HTTP error 5\d\d",
    re.IGNORECASE,
)


def diagnose(output: str) -> str:
    """Turn pip's output after a failure into what a user can do about it."""
    if "No space left on device" in output or "Errno 28" in output:
        return (
            "Disken blev fuld, mens pakkerne blev hentet. "
            "Frigør mindst 2 GB, og kør kommandoen igen."
        )
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "En hentet pakke er ikke den, som låsefilen kræver (forkert kontrolsum); "
            "intet er taget i brug. "
            "Kør kommandoen igen. Sker det igen, er pakkekilden eller en proxy ændret undervejs: "
            "spørg den, der driver netværket."
        )
    if _NETWORK.search(output):
        return (
            "Pakkerne kunne ikke hentes, fordi pakkekilden ikke svarer. "
            "Kontrollér netværk og proxy (miljøvariablen HTTPS_PROXY eller pip's indstillinger), "
            "og kør kommandoen igen."
        )
    if missing := re.search(r"No matching distribution found for (\S+)", output):
        return (
            f"Pakken {missing[1]} findes ikke færdigbygget til denne maskine "
            f"(Python {sys.version_info[0]}.{sys.version_info[1]}, {sys.platform}). "
            "Brug en 64-bit Python 3.11, 3.12 eller 3.13 på Linux, macOS eller Windows."
        )
    return "Pakkerne kunne ikke lægges ind. Kør kommandoen igen."


def no_pip() -> str:
    """Say that the machine's Python has no pip to work with, and how to get one."""
    remedies = {
        "win32": "Kør installationsprogrammet fra python.org igen, og sæt flueben ved »pip«",
        "darwin": "Installér Python fra python.org eller med: brew install python",
    }
    linux = "Installér pip, fx på Debian og Ubuntu med: sudo apt-get install python3-pip"
    return (
        f"{sys.executable} mangler pip (version 22.3 eller nyere). "
        f"{remedies.get(sys.platform, linux)} - og kør kommandoen igen."
    )
