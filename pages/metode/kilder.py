"""The page 'Kilder og metode': all that stands behind the numbers, from the warehouse itself."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from pages.frame import mappe
from pages.language.glossary import glossary_section
from pages.metode import choices, definitions, documents, methods, places, versions
from pages.metode.sections import Section, contents, drawn
from queries import Atlas

GLOSSARY = Section("ordliste", "Ordliste", "")
TABLES = (
    mappe.Choice("kilder", "Listen over kilder"),
    mappe.Choice("udsagnstabel", "Alle offentliggjorte landstal"),
)
VERSIONS = Section("dataversioner", "Dataversioner", "")


def show(atlas: Atlas) -> None:
    """Draw contents, every section, and what differs between two data versions."""
    st.title("Kilder og metode", anchor=False)
    st.html(_page(atlas, atlas.version))
    versions.draw(atlas, VERSIONS)


@lru_cache(maxsize=4)
def _page(atlas: Atlas, _version: str) -> str:
    parts = sections(atlas)
    return (
        contents([*parts, GLOSSARY, VERSIONS])
        + mappe.row({}, atlas.version, TABLES)
        + "".join(drawn(part) for part in parts)
        + glossary_section()
    )


def sections(atlas: Atlas) -> list[Section]:
    """Return every section but the glossary and the versions, in the order of the page."""
    return [
        *documents.sections(atlas),
        *definitions.sections(atlas),
        choices.section(atlas),
        methods.section(),
        *places.sections(atlas),
    ]
