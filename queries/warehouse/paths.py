"""Where the warehouse file is."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def data_folder() -> Path:
    """Return the folder for what is made on this machine: `.data`, or $INDSATSATLAS_DATA."""
    return Path(os.environ.get("INDSATSATLAS_DATA") or ROOT / ".data")


def warehouse_path() -> Path:
    """Return the path of the published warehouse."""
    return data_folder() / "atlas.duckdb"
