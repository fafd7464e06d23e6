"""Let go of what readers gave, when they leave: nothing of it on disk, and not for longer.

Two things that Streamlit has no setting for. A part of a file that is being received would be
written to a temporary file above 1 MB. And the session of a page that was closed is kept for two
minutes in case its reader comes back, but then goes only when the next one closes; until then its
files and its state would lie in memory.
"""

from __future__ import annotations

import asyncio
import gc
from typing import Any

from starlette.formparsers import MultiPartParser
from streamlit import config, runtime

SECONDS = 30
"""How often closed sessions are looked for."""


def receive_in_memory() -> None:
    """Keep files in memory while they are received, up to the size that is refused anyway."""
    MultiPartParser.spool_max_size = (int(config.get_option("server.maxUploadSize")) + 1) * 2**20


async def forget_closed() -> None:
    """Forget closed sessions for as long as the application runs."""
    while True:
        await asyncio.sleep(SECONDS)
        if runtime.exists():
            manager: Any = runtime.get_instance()
            forget_expired(manager._session_mgr._session_storage)


def forget_expired(storage: Any) -> int:
    """Shut down the stored sessions whose time is up and empty their state; return how many."""
    cache = storage._cache
    sessions = {key: info.session for key, info in cache._data.items()}
    cache.expire()
    gone = [session for key, session in sessions.items() if key not in cache._data]
    for session in gone:
        session.shutdown()
        session.session_state.clear()
    if gone:
        gc.collect()  # what refers to itself in a circle, as a workbook's writer does
    return len(gone)
