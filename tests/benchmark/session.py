"""A reader without a browser: Streamlit's own protocol over a WebSocket, against this machine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmark.servers import MeasureError, Server

RUN_SECONDS = 60.0
_SUBPROTOCOL = "streamlit"


@dataclass
class Session:
    """One open page. Like a browser it keeps the address, the widgets' values and, for as many runs
    as the server says, large messages, which the server then only refers to.

    Compression is asked for as browsers do, so that the server does the same work. `query` is the
    address after its question mark, as it was opened and then as the server has changed it.
    """

    server: Server
    query: str = ""
    _page_hash: str = ""
    _boxes: dict[str, Selectbox] = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, tuple[int, ForwardMsg]] = field(default_factory=dict)
    _run_number: int = 0
    _kept_runs: int = 0
    _connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        """Open the map page and wait until it has been drawn."""
        host = f"127.0.0.1:{self.server.port}"
        self._connection = await connect(
            f"ws://{host}/_stcore/stream",
            origin=f"http://{host}",  # type: ignore[arg-type]  # a text, named Origin there
            subprotocols=[_SUBPROTOCOL],  # type: ignore[list-item]  # the same for Subprotocol
            max_size=None,
            proxy=None,
        )
        await self._run()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the page."""
        if self._connection is not None:
            await self._connection.close()

    def options(self, label: str) -> list[str]:
        """What the filter of that label offers."""
        return list(self._box(label).options)

    async def choose(self, label: str, option: str) -> None:
        """Choose `option` in the filter `label`, and wait until the page has been drawn."""
        self._values[self._box(label).id] = option
        await self._run()

    async def go(self, query: str) -> None:
        """Go to another address of the page, as Back and Forward do; wait until it is drawn."""
        self.query = query
        await self._run()

    def _box(self, label: str) -> Selectbox:
        if label not in self._boxes:
            raise MeasureError(f"Siden har ikke filteret »{label}«.")
        return self._boxes[label]

    async def _run(self) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._page_hash
        state.page_name = "" if self._page_hash else self.server.page.strip("/")
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone = "Europe/Copenhagen"
        state.context_info.locale = "da-DK"
        state.context_info.color_scheme = "light"
        state.context_info.url = f"http://127.0.0.1:{self.server.port}{self.server.page}"
        for widget, value in self._values.items():
            state.widget_states.widgets.add(id=widget, string_value=value)
        assert self._connection is not None
        await self._connection.send(message.SerializeToString())
        self._run_number += 1
        await asyncio.wait_for(self._until_finished(), RUN_SECONDS)

    async def _until_finished(self) -> None:
        assert self._connection is not None
        finished = False
        while not finished:
            data = await self._connection.recv()
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message)
            elif kind == "ref_hash":
                self._take(self._kept[message.ref_hash][1])
            elif kind == "new_session":
                self._kept_runs = message.new_session.config.max_cached_message_age
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise MeasureError("Siden blev ikke tegnet færdig.")
                finished = True
        oldest = self._run_number - self._kept_runs
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > oldest}

    def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._run_number, message)
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise MeasureError(f"Siden viser en fejl: {element.exception.message}")
        if element.WhichOneof("type") == "selectbox":
            self._keep_value(element.selectbox)

    def _keep_value(self, box: Selectbox) -> None:
        self._boxes[box.label] = box
        if box.set_value:
            self._values.pop(box.id, None)
            if box.HasField("raw_value"):
                self._values[box.id] = box.raw_value
        elif box.id not in self._values and box.HasField("default"):
            self._values[box.id] = box.options[box.default]
