"""References to what is shown: a citation in Danish, BibTeX and RIS.

A reference names publisher, document, its status, the period, the numbers, the day of retrieval and
the data version. Made-up numbers have none.
"""

from __future__ import annotations

import datetime as dt
import re

from pages.exports.dataset import STATUS_OF_KIND
from pages.language import danish
from pages.samraad.model import Content
from queries import Source, UserError

NO_CITATION = "Tallene er syntetiske: opdigtede, kun til afprøvning. De må ikke citeres."
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPACE = re.compile(r"\s+")


def status(source: Source) -> str:
    """Return what a source is, in a few words: 'berigtiget svar', 'hentet fra en åben kilde'."""
    if source.kind in STATUS_OF_KIND:
        return STATUS_OF_KIND[source.kind].lower()
    if source.corrected_by:
        return "erstattet af en berigtigelse"
    return "berigtiget svar" if source.is_correction else "ikke berigtiget"


def published(source: Source) -> str:
    """Return when a source was published: 'offentliggjort 27. september 2017', or its own words.

    They stand within a sentence: 'udateret berigtigelse'.
    """
    if source.published_on:
        return f"offentliggjort {danish.date(source.published_on)}"
    return source.published_note[:1].lower() + source.published_note[1:]


def document(source: Source, rows: str = "") -> str:
    """Return publisher, document, status and day of one source; `rows` is where to look in it."""
    told = "; ".join(part for part in (status(source), published(source)) if part)
    place = f", {rows}" if rows else ""
    return f"{source.publisher}: {source.document_id}{place} ({told})"


def citation(
    sources: tuple[Source, ...],
    *,
    period: str,
    sentence: str,
    version: str,
    address: str,
    retrieved: dt.date | None = None,
    made_up: bool = False,
    rows: str = "",
) -> str:
    """Return a reference in Danish, or `NO_CITATION` where any number is made up.

    `retrieved` is the day that the numbers were taken from the atlas; without one none is named.
    """
    if made_up or any(source.is_synthetic for source in sources):
        return NO_CITATION
    documents = "; ".join(document(one, rows) for one in sources)
    when = f" {period[:1].upper()}{period[1:]}." if period else ""
    day = f" {danish.date(retrieved)}" if retrieved else ""
    said = _SPACE.sub(" ", sentence).strip().rstrip(".")
    return (
        f"{documents}.{when} {said}. Hentet{day} fra Indsatsatlas, dataversion {version}: {address}"
    )


def of_content(content: Content, host: str = "", retrieved: dt.date | None = None) -> str:
    """Return the citation of an item that was looked up."""
    return citation(
        content.sources,
        period=content.period,
        sentence=content.sentence,
        version=content.version,
        address=f"{host}{content.address}",
        retrieved=retrieved,
        made_up=content.made_up,
    )


def bibtex(content: Content, host: str, retrieved: dt.date) -> str:
    """Return one BibTeX entry in UTF-8, for biblatex and BibTeX.

    Raises UserError where any number is made up.
    """
    _refuse(content)
    first = content.sources[0]
    fields = {
        "author": f"{{{_latex(first.publisher)}}}",
        "title": f"{{{_latex(content.title)}}}",
        "howpublished": _latex("; ".join(one.document_id for one in content.sources)),
        "year": _year(content),
        "note": _latex(_note(content, retrieved)),
        "version": content.version,
        "url": _url(f"{host}{content.address}"),
        "urldate": retrieved.isoformat(),
        "language": "danish",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key(content)},\n{body}\n}}\n"


def key(content: Content) -> str:
    """Return the key of an entry: letters of A to Z, digits and '-', the same every time."""
    item = content.item
    said = "-".join((item.kind, *(value for _, value in item.parameters)))
    return f"indsatsatlas-{re.sub('[^A-Za-z0-9]+', '-', said)[:60].strip('-')}-{content.version}"


def ris(content: Content, host: str, retrieved: dt.date) -> str:
    """Return one RIS record in UTF-8 with CRLF; raises UserError where any number is made up."""
    _refuse(content)
    lines = [
        ("TY", "DATA"),
        *(("AU", publisher) for publisher in _publishers(content)),
        ("TI", content.title),
        *(("PY", year) for year in (_year(content),) if year),
        *(("C1", one.document_id) for one in content.sources),
        ("ET", content.version),
        ("N1", _note(content, retrieved)),
        ("UR", f"{host}{content.address}"),
        ("Y2", f"{retrieved:%Y/%m/%d}"),
        ("DB", "Indsatsatlas"),
        ("LA", "da"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines)


def _refuse(content: Content) -> None:
    if content.made_up or any(source.is_synthetic for source in content.sources):
        raise UserError(NO_CITATION)


def _publishers(content: Content) -> list[str]:
    return list(dict.fromkeys(one.publisher for one in content.sources))


def _year(content: Content) -> str:
    """Return the year of the newest document, '' where none of them has a day."""
    days = [source.published_on for source in content.sources if source.published_on]
    return str(max(days).year) if days else ""


def _note(content: Content, retrieved: dt.date) -> str:
    documents = "; ".join(map(document, content.sources))
    return (
        f"{_line(content.sentence)} Kilde: {documents}. Hentet {danish.date(retrieved)} fra "
        f"Indsatsatlas, dataversion {content.version}."
    )


def _line(value: str) -> str:
    """Return a text on one line: a line break would begin another field."""
    return _SPACE.sub(" ", value).strip()


def _latex(value: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _line(value))


def _url(value: str) -> str:
    """Return an address without what ends a BibTeX field; `url` is read verbatim."""
    return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
