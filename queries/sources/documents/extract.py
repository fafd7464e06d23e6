"""A document's text, read in this process; see `queries.sources.documents.document_lines`."""

from __future__ import annotations

from queries.sources.documents.model import DocumentText
from queries.sources.documents.plain import decoded, read_plain
from queries.sources.documents.sniff import Form, form_of
from queries.sources.documents.web import read_web
from queries.sources.documents.word import read_word


def extract(content: bytes) -> DocumentText:
    """Return the text of a document by what its content is; DocumentError when it cannot be had."""
    return extract_form(content, form_of(content))


def extract_form(content: bytes, form: Form) -> DocumentText:
    """Return the text of a document of a form that is known."""
    if form == "pdf":
        from queries.sources.documents.pdf.read import read_pdf

        return read_pdf(content)
    if form == "word":
        return read_word(content)
    text = decoded(content)
    return read_web(text) if form == "web" else read_plain(text)
