"""Spreadsheets and tables in text: opened here, read by a mapping that the data owner confirms."""

from queries.sources.spreadsheet.book import Book, Fault, Sheet
from queries.sources.spreadsheet.opening import open_book

__all__ = ["Book", "Fault", "Sheet", "open_book"]
