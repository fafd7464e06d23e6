"""Indsatsatlas: the application. `python3 dashboard.py` sets it up and serves it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent / ".setup"))
    from serve import main

    raise SystemExit(main(sys.argv[1:]))

import streamlit as st

from pages.frame import closed_sessions, part_runs, socket_window
from pages.frame.environment_in_use import environment_in_use
from pages.frame.errors import on_script_error
from pages.frame.middleware import MIDDLEWARE
from pages.frame.routes import ROUTES
from pages.frame.warm_up import warm_up


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, bool]]:
    """Draw the pages before `/healthz` says yes; from then on forget those who left."""
    socket_window.widen()
    part_runs.keep_whole()
    closed_sessions.receive_in_memory()
    with environment_in_use():
        await warm_up()
        forgetting = asyncio.create_task(closed_sessions.forget_closed())
        yield {"ready": True}
        forgetting.cancel()


app = st.App(
    Path(__file__).parent / "pages" / "frame" / "frame.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=on_script_error,
    lifespan=lifespan,
)
