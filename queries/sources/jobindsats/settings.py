"""The key to Jobindsats and its address: from the environment or Streamlit's secrets, never kept.

The key is read when it is used, and goes from here into the client's one header only.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from queries.errors import UserError
from queries.sources.http import Client, KeyRefusedError
from queries.warehouse.paths import ROOT

KEY = "INDSATSATLAS_JOBINDSATS_NOEGLE"
ADDRESS = "INDSATSATLAS_JOBINDSATS_ADRESSE"
OFFICIAL = "https://api.jobindsats.dk/v3"
SECRETS = ROOT / ".streamlit" / "secrets.toml"
SERVICE = "Jobindsats"
KEY_HELP = (
    f"Sæt nøglen i miljøvariablen {KEY}, eller skriv den i .streamlit/secrets.toml under "
    '[jobindsats] som noegle = "…". Nøglen fås pr. mail fra STAR.'
)


def jobindsats_client(
    *,
    secrets: Path = SECRETS,
    waiting: Callable[[str], None] | None = None,
    **options: Any,
) -> Client:
    """Return a client with the key and the address that are set; `options` go to `Client`.

    Raises KeyRefusedError when no key is set, UserError when the address is not safe for one.
    """
    base = os.environ.get(ADDRESS, "").strip() or OFFICIAL
    return Client(
        base,
        token=_key(secrets),
        service=SERVICE,
        key_help=KEY_HELP,
        waiting=waiting,
        **options,
    )


def has_key(secrets: Path = SECRETS) -> bool:
    """Tell whether a key is set, without giving it away."""
    try:
        return bool(_key(secrets))
    except UserError:
        return False


def _key(secrets: Path) -> str:
    if from_environment := os.environ.get(KEY, "").strip():
        return from_environment
    data: dict[str, Any] = {}
    readable = True
    if secrets.is_file():
        try:
            data = tomllib.loads(secrets.read_text("utf-8-sig"))
        except (OSError, ValueError):  # Its message could hold a piece of the file.
            readable = False
    if not readable:
        raise UserError(
            f"{SERVICE}: .streamlit/secrets.toml kan ikke læses: filen skal være gyldig TOML i "
            'UTF-8 med [jobindsats] og noegle = "…". Ret den, og prøv igen.'
        )
    section = data.get("jobindsats")
    found = section.get("noegle") if isinstance(section, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise KeyRefusedError(f"{SERVICE}: der mangler en nøgle. {KEY_HELP}")
    return found.strip()
