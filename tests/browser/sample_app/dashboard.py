"""A small application with every widget the frame has to make Danish; served by browser tests."""

import sys
from pathlib import Path

import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from pages.components.browser_modules import component_routes
from pages.frame.errors import on_script_error
from pages.frame.middleware import MIDDLEWARE


def _healthz(_request: object) -> PlainTextResponse:
    return PlainTextResponse("ok")


app = st.App(
    "sample/main.py",
    middleware=MIDDLEWARE,
    routes=[Route("/healthz", _healthz), *component_routes()],
    on_script_error=on_script_error,
)
