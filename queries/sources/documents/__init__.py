"""Answers as they are published: PDF, Word, web page or text, read to cells or refused."""

from __future__ import annotations

from queries.sources.documents.batches import Chosen, answer_batches
from queries.sources.documents.boundary import document_lines
from queries.sources.documents.model import DocumentError, DocumentText
from queries.sources.documents.suggest import Suggestion
from queries.sources.documents.tables import FoundTable, FoundTables, answer_tables

__all__ = [
    "Chosen",
    "DocumentError",
    "DocumentText",
    "FoundTable",
    "FoundTables",
    "Suggestion",
    "answer_batches",
    "answer_tables",
    "document_lines",
]
