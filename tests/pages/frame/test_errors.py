"""What is shown and what is logged when a page fails."""

from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def _show_user_error() -> None:
    from pages.frame.errors import on_script_error
    from queries.errors import UserError

    assert on_script_error(UserError("Filen mangler kolonnen »kommune«.")) is True


def _show_fault() -> None:
    from pages.frame.errors import on_script_error

    assert on_script_error(ZeroDivisionError("secret detail")) is True


def test_a_user_error_is_shown_as_it_reads(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_show_user_error).run()
    assert [box.value for box in app.error] == ["Filen mangler kolonnen »kommune«."]
    assert not app.exception
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_a_fault_is_shown_by_number_and_logged_with_its_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = AppTest.from_function(_show_fault).run()
    [shown] = [box.value for box in app.error]
    assert shown.startswith("Siden kunne ikke vises på grund af en fejl i programmet.")
    assert "secret detail" not in shown
    [record] = [r for r in caplog.records if r.name == "pages.frame.errors"]
    [number] = re.findall(r"\*\*([0-9a-f]{8})\*\*", shown)
    assert (record.levelno, record.getMessage()) == (logging.ERROR, f"incident {number}")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ZeroDivisionError)


def _show_unavailable() -> None:
    from pages.frame.errors import on_script_error
    from queries import WarehouseUnavailableError

    assert on_script_error(WarehouseUnavailableError("Der er intet i /et/sted")) is True


def test_a_missing_warehouse_gives_no_path_away(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(_show_unavailable).run()
    assert [box.value for box in app.error] == [
        "Tallene kan ikke vises lige nu. Prøv igen om lidt."
    ]
    assert "/et/sted" in caplog.text
