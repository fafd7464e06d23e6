"""Keep the run of a part (`st.fragment`) from emptying or breaking the page.

Two things that can happen in Streamlit when a part asks to be run at the wrong moment:

- The reader has gone to another page, and a part of the page that was left still asks. Streamlit
  forgets the old page's parts only when the new page has been drawn; until then the part is run
  as a part of the old page, or the old page instead of the new one, and the browser, which has
  left it, shows an empty page.
- The page is still being sent. What is not yet sent of the part is dropped, because its own run
  sends it again; but a reference to a message that the browser has kept names no part and stays,
  and so does what a part inside the part drew. Without the block that should hold them the
  browser's application stops, and the page is white.

Streamlit has no setting for either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.logger import get_logger
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_PAGE = "indsatsatlas_page"
"""The attribute of a session that says on which page its reader is, by its hash."""
_log = get_logger(__name__)

Method = Callable[..., Any]


def keep_whole() -> None:
    """Change sessions and queues for the rest of the process; a second call changes nothing."""
    _wrap(AppSession, "request_rerun", _unless_page_was_left)
    _wrap(AppSession, "_create_new_session_message", _noting_the_page)
    _wrap(ForwardMsgQueue, "clear", _with_what_it_holds)


def _wrap(owner: type, name: str, how: Callable[[Method], Method]) -> None:
    method = getattr(owner, name)
    if method.__module__ != __name__:
        setattr(owner, name, how(method))


def _unless_page_was_left(request_rerun: Method) -> Method:
    def request(self: AppSession, client_state: Any) -> None:
        """Pass on what a browser asks for, unless it is a part of a page that was left."""
        if client_state is not None:
            page, known = client_state.page_script_hash, getattr(self, _PAGE, "")
            if not client_state.fragment_id:
                setattr(self, _PAGE, page)
            elif page and known and page != known:
                _log.debug("A part of a page that was left is not run")
                return
        request_rerun(self, client_state)

    return request


def _noting_the_page(create_message: Method) -> Method:
    def create(self: AppSession, page_script_hash: str, run: Any, *rest: Any) -> Any:
        """Note the page that a run of the whole draws: the server can change it (`switch_page`).

        The first run begins under the hash of the script that holds the pages, whichever it draws.
        """
        if not run.fragment_ids:
            first = page_script_hash == self._pages_manager.main_script_hash
            setattr(self, _PAGE, "" if first else page_script_hash)
        return create_message(self, page_script_hash, run, *rest)

    return create


def _with_what_it_holds(clear: Method) -> Method:
    def clear_all(self: ForwardMsgQueue, *args: Any, **options: Any) -> None:
        """Drop, with each block that is dropped, what was to be drawn in it."""
        before = self._queue
        clear(self, *args, **options)
        kept = {id(message) for message in self._queue}
        blocks = {
            tuple(message.metadata.delta_path)
            for message in before
            if id(message) not in kept and message.delta.WhichOneof("type") == "add_block"
        }
        if blocks:
            self._queue = [message for message in self._queue if not _inside(message, blocks)]

    return clear_all


def _inside(message: Any, blocks: set[tuple[int, ...]]) -> bool:
    if message.WhichOneof("type") not in {"delta", "ref_hash"}:
        return False
    path = tuple(message.metadata.delta_path)
    return any(path[:length] in blocks for length in range(1, len(path)))
