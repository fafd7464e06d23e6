"""The kommunenotat: a kommune on one page, as a tagged PDF, for one kommune or for all."""

from pages.samraad.documents.note.writing import Notes, write

__all__ = ["Notes", "write"]
