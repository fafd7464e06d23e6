"""Draw what a reader has given without letting anything of it into a log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from queries import UserError

T = TypeVar("T")
LOG = logging.getLogger(__name__)


def guarded(make: Callable[[], T], failed: str, doing: str) -> T | None:
    """Return what `make` makes; tell of a fault without anything of what was given in it.

    The usual handling logs the exception, and an exception may quote what it met. `failed` is what
    the reader is told (Danish, `{}` for the incident's number), `doing` stands in the log.
    """
    try:
        return make()
    except UserError as error:
        st.error(str(error))
    except Exception as error:  # whatever it is, its message stays unread
        number = secrets.token_hex(4)
        LOG.error("incident %s: %s while %s", number, type(error).__name__, doing)
        st.error(failed.format(number))
    return None
