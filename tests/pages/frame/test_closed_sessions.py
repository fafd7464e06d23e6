"""What readers gave is let go of: these hold on to names inside the pinned Streamlit."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.formparsers import MultiPartParser
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.frame import closed_sessions


class Session:
    def __init__(self, name: str) -> None:
        self.id = name
        self.session_state = {"tabeltjek_givet": "Holbæk;2"}
        self.shut_down = False

    def shutdown(self) -> None:
        self.shut_down = True


def stored(storage: MemorySessionStorage, *sessions: Session) -> None:
    for session in sessions:
        info: Any = SimpleNamespace(session=session)
        storage.save(info)


def test_a_session_whose_time_is_up_is_emptied() -> None:
    session = Session("a")
    storage = MemorySessionStorage(ttl_seconds=0)
    stored(storage, session)
    assert closed_sessions.forget_expired(storage) == 1
    assert (session.shut_down, session.session_state) == (True, {})
    assert closed_sessions.forget_expired(storage) == 0


def test_a_session_that_may_be_resumed_is_kept() -> None:
    session = Session("a")
    storage = MemorySessionStorage(ttl_seconds=60)
    stored(storage, session)
    assert closed_sessions.forget_expired(storage) == 0
    assert not session.shut_down
    assert storage.get("a") is not None


def test_the_names_inside_streamlit_are_there() -> None:
    assert "self._session_mgr" in inspect.getsource(Runtime.__init__)
    assert "self._session_storage" in inspect.getsource(WebsocketSessionManager.__init__)
    assert callable(AppSession.shutdown)
    assert isinstance(AppSession.session_state, property)


def test_no_file_is_written_while_it_is_received(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 2**20)
    closed_sessions.receive_in_memory()
    assert MultiPartParser.spool_max_size == 51 * 2**20
