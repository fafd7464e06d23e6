"""The plain page's server: Streamlit as it comes, and the geometry by address."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.benchmark.plain_app.geometry import geojson


async def _geometry(request: Request) -> Response:
    body = geojson(request.path_params["level"])
    headers = {"Cache-Control": "public, max-age=31536000"}
    return Response(body, media_type="application/geo+json", headers=headers)


app = st.App(Path(__file__).with_name("page.py"), routes=[Route("/geo/{level}.json", _geometry)])
