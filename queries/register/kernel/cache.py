"""Where compiled loops are kept: one folder per state of the code.

Numba looks only at the file a function stands in, and would go on using machine code that has an
older version of another file's function built in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import numba

from queries.warehouse.paths import ROOT, data_folder

FOLDER = Path(__file__).parent
SOURCES = (*sorted(FOLDER.glob("*.py")), FOLDER.parent / "calendar.py")


def use_cache() -> None:
    """Tell numba the folder that belongs to this code, and remove those of other states."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in SOURCES:
        digest.update(path.name.encode() + path.read_bytes())
    name = f"kernel-{digest.hexdigest()[:12]}"
    for parent in (ROOT / ".data", data_folder()):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            for old in parent.glob("kernel-*"):
                if old.name != name:
                    shutil.rmtree(old, ignore_errors=True)
            numba.config.CACHE_DIR = str(parent / name)  # type: ignore[attr-defined]
            return
    numba.config.CACHE_DIR = str(Path(tempfile.gettempdir()) / name)  # type: ignore[attr-defined]


def is_compiled() -> bool:
    """Whether an earlier run has compiled the loops for this code."""
    folder = Path(str(numba.config.CACHE_DIR))  # type: ignore[attr-defined]
    return bool(folder.name) and any(folder.rglob("passive.count_passive*.nbi"))
