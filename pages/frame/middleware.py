"""The middleware of the application, outermost first, as `st.App(middleware=…)` takes it."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from streamlit import file_util

from pages.frame.bundle import bundle_dir
from pages.frame.compression import OWN_DIR, AssetStore, StaticAssets
from pages.frame.headers import SecurityHeaders
from pages.frame.shell import DanishShell

_STORE = AssetStore(bundle_dir(), OWN_DIR)

MIDDLEWARE = [
    Middleware(SecurityHeaders, frame_ancestors="'self'"),
    Middleware(StaticAssets, store=_STORE),
    Middleware(
        DanishShell,
        index_path=Path(file_util.get_static_dir()) / "index.html",
        version=_STORE.version,
    ),
]
