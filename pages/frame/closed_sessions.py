"""Let go of what readers gave, when they leave: nothing of it on disk, and not for longer.

Three things that Streamlit has no setting for. A part of a file that is being received would be
written to a temporary file above 1 MB. The session of a page that was closed is kept for two
minutes in case its reader comes back, but then goes only when the next one closes; until then its
files and its state would lie in memory. And work that was begun for it would go on to its end.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from starlette.formparsers import MultiPartParser
from streamlit import config, runtime

SECONDS = 30
"""How often closed sessions are looked for."""


@runtime_checkable
class EndsWithSession(Protocol):
    """What lies in a session's state and is to be told when the session is forgotten."""

    def end_with_session(self) -> None:
        """Let go of what is done for the session; called once or more, from another thread."""


def receive_in_memory() -> None:
    """Keep files in memory while they are received, up to the size that is refused anyway."""
    MultiPartParser.spool_max_size = (int(config.get_option("server.maxUploadSize")) + 1) * 2**20


async def forget_closed() -> None:
    """Forget closed sessions for as long as the application runs."""
    before: dict[str, Any] = {}
    while True:
        await asyncio.sleep(SECONDS)
        if runtime.exists():
            manager: Any = runtime.get_instance()
            storage = manager._session_mgr._session_storage
            forget_expired(storage, before, manager.is_active_session)


def forget_expired(
    storage: Any,
    before: dict[str, Any] | None = None,
    is_active: Callable[[str], bool] = lambda _key: False,
) -> int:
    """Shut down the stored sessions whose time is up and empty their state; return how many.

    `before` holds those that were stored the last time, by id, and is brought up to date: the
    storage may have dropped one by itself, which has not ended then. One that is active again is
    left alone.
    """
    cache = storage._cache
    sessions = {**(before or {}), **{key: info.session for key, info in cache._data.items()}}
    cache.expire()
    stored = {key: session for key, session in sessions.items() if key in cache._data}
    gone = [one for key, one in sessions.items() if key not in stored and not is_active(key)]
    if before is not None:
        before.clear()
        before.update(stored)
    for session in gone:
        state = session.session_state
        try:
            for value in list(getattr(state, "filtered_state", state).values()):
                if isinstance(value, EndsWithSession):
                    value.end_with_session()
        finally:
            session.shutdown()
            state.clear()
    if gone:
        gc.collect()  # what refers to itself in a circle, as a workbook's writer does
    return len(gone)
