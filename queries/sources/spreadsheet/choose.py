"""Which sheet of a workbook is read."""

from __future__ import annotations

from queries.errors import UserError
from queries.sources.incoming import Finding
from queries.sources.spreadsheet.book import Book, Sheet, quote
from queries.sources.spreadsheet.headers import area_columns


def choose_sheet(book: Book, wanted: str) -> tuple[Sheet, list[Finding]]:
    """Return the sheet of a name, else the visible one with the most areas in it."""
    if wanted:
        found = next((each for each in book.sheets if each.name == wanted), None)
        if found is None:
            names = ", ".join(
                quote(name) for name in book.sheet_names or [s.name for s in book.sheets]
            )
            raise UserError(f"Der er intet ark, der hedder {quote(wanted)}. Vælg et af: {names}.")
        return found, []
    filled = [each for each in book.sheets if each.height and each.width]
    if not filled:
        raise UserError("Der er intet i filen at læse: alle ark er tomme.")
    if len(filled) == 1:
        return filled[0], []
    areas = {
        each.name: len(set(each.cells.to_series(columns[0]).to_list()))
        for each in filled
        if (columns := area_columns(each.cells))
    }
    best = max(filled, key=lambda each: (not each.hidden, areas.get(each.name, 0)))
    others = [name for name in areas if name != best.name]
    if not others:
        return best, []
    text = (
        f"Der er også tabeller med kommuner i {', '.join(map(quote, others[:5]))}"
        f"{' og flere ark' if len(others) > 5 else ''}. Kun {quote(best.name)} er læst; vælg et "
        "andet ark for at læse det."
    )
    return best, [Finding("note", "other_sheets", text, sheet=best.name)]
