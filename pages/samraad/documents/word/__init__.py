"""The Word document of a samrådsmappe, on a template that a ministry can replace."""

from __future__ import annotations

from pages.samraad.documents.word.default import default_template
from pages.samraad.documents.word.write import write

__all__ = ["default_template", "write"]
