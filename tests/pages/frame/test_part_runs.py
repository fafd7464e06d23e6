"""Runs of a part leave the page whole: these hold on to names inside the pinned Streamlit."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.run_descriptor import RunDescriptor

from pages.frame import part_runs

PART = "part"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ClientState | None]:
    """What reaches Streamlit's own way to ask for a run."""
    passed: list[ClientState | None] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda _, state: passed.append(state))
    monkeypatch.setattr(AppSession, "_create_new_session_message", lambda *_: ForwardMsg())
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    part_runs.keep_whole()
    return passed


@pytest.fixture
def session() -> AppSession:
    bare = object.__new__(AppSession)
    bare._state = AppSessionState.SHUTDOWN_REQUESTED  # nothing is to be shut down
    pages: Any = SimpleNamespace(main_script_hash="script")
    bare._pages_manager = pages
    return bare


def wish(page: str, part: str = "") -> ClientState:
    return ClientState(page_script_hash=page, fragment_id=part)


def test_a_part_of_a_page_that_was_left_is_not_run(
    asked: list[ClientState], session: AppSession
) -> None:
    wanted = [wish("folder"), wish("folder", PART), wish("overview")]
    for one in wanted:
        session.request_rerun(one)
    session.request_rerun(wish("folder", PART))
    assert asked == wanted
    session.request_rerun(wish("overview", PART))
    session.request_rerun(None)
    assert asked == [*wanted, wish("overview", PART), None]


def test_the_first_page_has_no_hash_until_it_is_drawn(
    asked: list[ClientState], session: AppSession
) -> None:
    session.request_rerun(wish(""))
    session.request_rerun(wish("overview", PART))
    session._create_new_session_message("script", RunDescriptor.create(), {})
    session.request_rerun(wish("overview", PART))
    assert asked == [wish(""), wish("overview", PART), wish("overview", PART)]
    session.request_rerun(wish("folder"))
    session.request_rerun(wish("overview", PART))
    assert asked[3:] == [wish("folder")]


def test_a_page_that_the_server_went_to_is_the_page(
    asked: list[ClientState], session: AppSession
) -> None:
    session.request_rerun(wish("folder"))
    session._create_new_session_message("folder", RunDescriptor.create([PART]), None)
    session._create_new_session_message("claims", RunDescriptor.create(), None)
    session._create_new_session_message("folder", RunDescriptor.create([PART]), None)
    session.request_rerun(wish("claims", PART))
    session.request_rerun(wish("folder", PART))
    assert asked == [wish("folder"), wish("claims", PART)]


def block(*path: int, part: str = PART) -> ForwardMsg:
    message = element(*path, part=part)
    message.delta.add_block.SetInParent()
    return message


def element(*path: int, part: str = PART) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = part
    message.delta.new_element.html.body = "x"
    return message


def reference(*path: int) -> ForwardMsg:
    message = ForwardMsg(ref_hash="a")
    message.metadata.delta_path.extend(path)
    return message


def left_of(*messages: ForwardMsg, run: list[str] | None) -> list[list[int]]:
    """The places of what the queue still holds when a run of those parts begins."""
    queue = ForwardMsgQueue()
    for one in messages:
        queue.enqueue(one)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=run)
    return [list(message.metadata.delta_path) for message in queue._queue]


SENT = (
    element(0, 1, part=""),
    block(0, 2),
    reference(0, 2, 0),
    block(0, 2, 1),
    block(0, 2, 1, 0, part="inner"),
    element(0, 2, 1, 0, 0, part="inner"),
    reference(0, 20),
)


def test_with_a_block_goes_what_it_holds(asked: object) -> None:
    """Without the mending a reference and an inner part stay behind and have no block to be in."""
    assert left_of(*SENT, run=[PART]) == [[0, 1], [0, 20]]
    assert left_of(*SENT, run=["inner"]) == [[0, 1], [0, 2], [0, 2, 0], [0, 2, 1], [0, 20]]
    assert left_of(*SENT, run=["another"]) == [list(one.metadata.delta_path) for one in SENT]
    # The block itself is with the browser already: what is to be in it may come.
    assert left_of(reference(0, 2, 0), run=[PART]) == [[0, 2, 0]]
    assert left_of(*SENT, run=None) == []


def test_what_tells_of_the_run_stays(asked: object) -> None:
    finished = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    queue = ForwardMsgQueue()
    for one in (*SENT, finished):
        queue.enqueue(one)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    assert queue._queue[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    queue.clear()
    assert queue.is_empty()


def test_the_names_inside_streamlit_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    takes: dict[Any, list[str]] = {
        AppSession.request_rerun: ["self", "client_state"],
        AppSession._create_new_session_message: [
            "self",
            "page_script_hash",
            "run_descriptor",
            "pages",
        ],
        ForwardMsgQueue.clear: ["self", "retain_lifecycle_msgs", "fragment_ids_this_run"],
    }
    for method, names in takes.items():
        assert list(inspect.signature(method).parameters) == names
    for owner, name in (
        (AppSession, "request_rerun"),
        (AppSession, "_create_new_session_message"),
        (ForwardMsgQueue, "clear"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    part_runs.keep_whole()
    once = (AppSession.request_rerun, ForwardMsgQueue.clear)
    part_runs.keep_whole()
    assert (AppSession.request_rerun, ForwardMsgQueue.clear) == once
    assert {method.__module__ for method in once} == {part_runs.__name__}
