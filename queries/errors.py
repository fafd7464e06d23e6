"""Errors meant for a user: Danish, complete and without a traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something a user can mend.

    The message is Danish and says what is wrong, where, what was expected and what to do.
    Commands print it and exit with 1; pages show it in an error box.
    """


class WarehouseUnavailableError(UserError):
    """The warehouse is missing or cannot be read: not the asker's fault.

    The message names the file and the command that mends it, for the one who runs the atlas; a
    page or an address tells a visitor only `PUBLIC`.
    """

    PUBLIC = "Tallene kan ikke vises lige nu. Prøv igen om lidt."
