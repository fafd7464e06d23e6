"""The application of the component tests: page, modules, map asset and the real headers."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from geodata import MAP_PATH
from pages.components.browser_modules import component_routes
from pages.frame.middleware import MIDDLEWARE

REPOSITORY = Path(__file__).parents[3]
KOMMUNER = REPOSITORY / "queries" / "facts" / "kommuner.csv"
ASSET_ADDRESS = "/kortgrundlag.json"


async def _asset(_: Request) -> Response:
    return FileResponse(MAP_PATH, media_type="application/json")


app = st.App(
    Path(__file__).with_name("main.py"),
    routes=[*component_routes(), Route(ASSET_ADDRESS, _asset)],
    middleware=MIDDLEWARE,  # the components must work under the real policy
)
