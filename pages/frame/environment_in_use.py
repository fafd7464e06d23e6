"""Tell later starts that a server runs in this environment, however it was started itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def environment_in_use(root: Path = ROOT, prefix: Path | None = None) -> Iterator[None]:
    """Share the lock that a start needs alone before it replaces the environment.

    `python3 dashboard.py` has taken it already; this is for `streamlit run dashboard.py`. Nothing
    is locked in another environment than the checkout's own, nor where the system cannot.
    """
    if (prefix or Path(sys.prefix)) != root / ".venv":
        yield
        return
    place = root / ".data" / "environment-in-use.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as file:
        with suppress(ImportError, OSError):  # Windows keeps files that are in use by itself
            import fcntl

            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
