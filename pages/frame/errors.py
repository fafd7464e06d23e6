"""What a reader sees when a page fails: a Danish sentence, never a traceback."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from queries import UserError, WarehouseUnavailableError

_LOG = logging.getLogger(__name__)


def incident(error: BaseException) -> str:
    """Log `error` with its traceback under a new number, and return the number for the reader."""
    number = secrets.token_hex(4)
    _LOG.error("incident %s", number, exc_info=error)
    return number


def on_script_error(error: Exception) -> bool:
    """Show `error` in Danish and return True, so that Streamlit shows nothing of its own.

    A UserError is shown as it reads. Anything else is a fault of ours: it goes to the log with
    its traceback under a short incident number, and the reader gets only that number.
    """
    if isinstance(error, WarehouseUnavailableError):
        _LOG.error("%s", error)  # where it should be, and how to make it, is not for visitors
        st.error(error.PUBLIC, icon=":material/error:")
        return True
    if isinstance(error, UserError):
        st.error(str(error), icon=":material/error:")
        return True
    st.error(
        "Siden kunne ikke vises på grund af en fejl i programmet. Prøv at genindlæse siden. "
        f"Hvis fejlen bliver ved, så oplys hændelsesnummer **{incident(error)}** til den, der "
        "driver løsningen.",
        icon=":material/error:",
    )
    return True
