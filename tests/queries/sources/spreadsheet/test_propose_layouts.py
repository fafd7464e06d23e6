from __future__ import annotations

import pytest

from tests.queries.sources.spreadsheet.layouts import (
    LAYOUTS,
    PUBLISHED,
    Layout,
    asked,
    book_of,
    lines,
    read,
    told,
    understood,
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.name for layout in LAYOUTS])
def test_a_layout_gives_the_cells_it_holds(layout: Layout) -> None:
    book = book_of(layout.text)
    proposal = understood(book, layout.answers)
    batch = read(book, layout.answers, PUBLISHED)

    assert told(batch.cells) == lines(layout.cells)
    assert asked(proposal) == {key for key in layout.asked.split(", ") if key}
    codes = sorted(f.code for f in batch.findings if f.code != "missing_areas")
    assert codes == sorted(layout.codes.split())
