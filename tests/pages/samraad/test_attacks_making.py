"""Many readers who want documents at once: a few wait, the others are told, and none hangs."""

from __future__ import annotations

import threading

import pytest

from pages.samraad import making
from pages.samraad.making import FULL, MOST_WAITING, Job, Question, begin


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """The turn to make a document, which someone else has until it is released."""
    taken = threading.Semaphore(0)
    monkeypatch.setattr(making, "_ONE_AT_A_TIME", taken)
    monkeypatch.setattr(making, "_under_way", [])
    return taken


def ended(jobs: list[Job], turn: threading.Semaphore) -> None:
    for job in jobs:
        job.stop()
    turn.release()
    for job in jobs:
        job.wait()


def test_those_beyond_the_queue_are_told_at_once(turn: threading.Semaphore) -> None:
    waiting = [begin(Question("note", codes=("0101",))) for _ in range(MOST_WAITING)]
    beyond = begin(Question("word", "{}"))
    assert {job.state for job in waiting} == {"waits"}
    assert (beyond.state, beyond.error, beyond.over) == ("failed", FULL, True)
    beyond.stop()
    beyond.wait()
    ended(waiting, turn)
    assert {job.state for job in waiting} == {"stopped"}


def test_one_who_gives_up_leaves_room_at_once(turn: threading.Semaphore) -> None:
    waiting = [begin(Question("note", codes=("0101",))) for _ in range(MOST_WAITING)]
    waiting[3].stop()
    again = begin(Question("note", codes=("0101",)))
    assert (again.state, again.error) == ("waits", "")
    assert begin(Question("note", codes=("0101",))).error == FULL
    ended([*waiting, again], turn)


def test_a_question_shows_nothing_of_the_folder() -> None:
    question = Question("word", '{"titel": "FORTROLIGT"}', b"SKABELON")
    assert repr(question) == "Question(what='word', codes=())"
    assert "FORTROLIGT" not in repr(Job(question))
