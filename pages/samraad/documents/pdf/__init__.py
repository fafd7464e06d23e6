"""A briefing as a tagged PDF, ready to print on A4."""

from pages.samraad.documents.pdf.writing import write

__all__ = ["write"]
