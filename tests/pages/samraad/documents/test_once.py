"""A table that several entries share is printed once, where it is asked for as a table."""

from __future__ import annotations

from dataclasses import replace

from pages.samraad.documents.once import SEE, tables_once
from pages.samraad.model import Briefing, Chapter
from tests.pages.samraad.documents import briefings


def chapter(*, drawn: bool, heading: str, version: str = "") -> Chapter:
    """An entry with the first table of the sample briefing."""
    one = next(c for c in briefings.real().chapters if c.content.table is not None)
    content = replace(
        one.content,
        svg="<svg/>" if drawn else None,
        notes=(),
        version=version or one.content.version,
    )
    return replace(one, entry=replace(one.entry, heading=heading), content=content)


def printed(*chapters: Chapter) -> list[tuple[bool, tuple[str, ...]]]:
    """Whether each has its table, and its notes."""
    made = tables_once(Briefing(briefings.real().folder, chapters, "0"))
    return [(c.content.table is not None, c.content.notes) for c in made.chapters]


def test_the_second_figure_of_the_same_numbers_refers_to_the_first() -> None:
    map_, bars = chapter(drawn=True, heading="Kort"), chapter(drawn=True, heading="Søjler")
    assert printed(map_, bars) == [(True, ()), (False, (SEE.format("Kort"),))]


def test_a_table_that_was_asked_for_as_one_stays_and_the_figures_refer_to_it() -> None:
    map_, table = chapter(drawn=True, heading="Kort"), chapter(drawn=False, heading="Tabel")
    assert printed(map_, table) == [(False, (SEE.format("Tabel"),)), (True, ())]
    assert printed(table, table) == [(True, ()), (True, ())]


def test_rows_in_another_order_are_the_same_numbers_and_another_version_is_not() -> None:
    map_ = chapter(drawn=True, heading="Kort")
    table = map_.content.table
    assert table is not None
    turned = replace(table, rows=table.rows[::-1])
    again = replace(map_, content=replace(map_.content, table=turned))
    assert [there for there, _ in printed(map_, again)] == [True, False]
    older = chapter(drawn=True, heading="Før", version="en anden")
    assert [there for there, _ in printed(map_, older)] == [True, True]
    fewer = replace(map_, content=replace(map_.content, table=replace(table, rows=table.rows[1:])))
    assert [there for there, _ in printed(map_, fewer)] == [True, True]
