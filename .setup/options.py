"""The options of `python3 dashboard.py`; argparse would explain and refuse in English."""

from __future__ import annotations

from dataclasses import dataclass

from terminal import SetupError

HELP = """\
Brug: python3 dashboard.py [--port N] [--host ADRESSE]

Gør Python-miljøet og datavarehuset klar, hvis de mangler, og viser Indsatsatlas i en browser.

  --port N         porten, der svares på (8501)
  --host ADRESSE   adressen, der svares på (localhost: kun denne maskine; 0.0.0.0: hele netværket)
  --hjælp, --help  viser denne tekst

Stop med Ctrl+C."""


@dataclass(frozen=True)
class Options:
    """Where to serve, or that only help was asked for."""

    host: str = "localhost"
    port: int = 8501
    help: bool = False

    @property
    def url(self) -> str:
        """The address to open on this machine."""
        host = self.reachable_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """The host to ask from this machine: a server that answers on all addresses has no name."""
        return {"0.0.0.0": "localhost", "::": "::1"}.get(self.host, self.host)


def parse(arguments: list[str]) -> Options:
    """Read the command line. Errors: SetupError naming the option and what was expected."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in {"-h", "--help", "--hjælp", "--hjaelp"}:
            return Options(help=True)
        if name not in {"--port", "--host"}:
            raise SetupError(f"Ukendt tilvalg: {name}\n\n{HELP}")
        if not equals:
            if not rest:
                raise SetupError(f"Der mangler en værdi efter {name}.\n\n{HELP}")
            value = rest.pop(0)
        found[name] = value
    return Options(
        host=found.get("--host", Options.host),
        port=_port(found["--port"]) if "--port" in found else Options.port,
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise SetupError(f"--port skal være et helt tal fra 1 til 65535, men var »{text}«.")
