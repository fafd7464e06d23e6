"""Errors meant for a user: Danish, complete and without a traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something a user can mend.

    The message is Danish and says what is wrong, where, what was expected and what to do.
    Commands print it and exit with 1; pages show it in an error box.
    """
