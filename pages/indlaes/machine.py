"""What the page shows of this machine, asked once per session, data version, job and day."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.indlaes import progress
from pages.indlaes.dates import today
from queries import Atlas, importing

KEY = "indlaes_maskine"


def overview(atlas: Atlas) -> dict[str, Any]:
    """Return `importing.overview()`, from memory where nothing can have changed it."""
    asked = (atlas.version, st.session_state.get(progress.JOB), today())
    kept = st.session_state.get(KEY)
    if kept is not None and kept[0] == asked:
        known: dict[str, Any] = kept[1]
        return known
    found = importing.overview()
    st.session_state[KEY] = (asked, found)
    return found
