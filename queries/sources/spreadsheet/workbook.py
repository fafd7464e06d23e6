"""XLSX and XLSM: the parts of the archive, and which sheets there are.

Formulas are never computed and macros never run: of a formula the stored value is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from queries.sources.spreadsheet import limits
from queries.sources.spreadsheet.archive import Archive, damaged
from queries.sources.spreadsheet.book import Book, Sheet
from queries.sources.spreadsheet.cell_values import LINKS, MACROS, to_be_computed
from queries.sources.spreadsheet.choosing import chosen
from queries.sources.spreadsheet.formats import Shown, shown_as
from queries.sources.spreadsheet.grid import Size
from queries.sources.spreadsheet.relations import Quiet, relations
from queries.sources.spreadsheet.tidying import tidy
from queries.sources.spreadsheet.worksheet import Formulas, read_worksheet
from queries.sources.spreadsheet.xml import Budget, read_xml, unescaped


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


def open_workbook(archive: Archive, wanted: str = "") -> Book:
    """Open the sheets of an XLSX; only the `wanted` one where it is named."""
    budget, size = Budget(), Size()
    path = _workbook_path(archive, budget)
    listed = _Workbook()
    read_xml(archive.pieces(path), listed, budget)
    targets = relations(archive, path, budget)
    sheets = [
        (entry, targets[entry.relation][1])
        for entry in listed.sheets
        if targets.get(entry.relation, ("", ""))[0].endswith("/worksheet")
    ]
    if not sheets:
        raise damaged("der er ingen ark")
    kinds = {kind.rpartition("/")[2]: target for kind, target in targets.values()}
    styles, strings = _Styles(), _Strings()
    if kinds.get("styles", "") in archive:
        read_xml(archive.pieces(kinds["styles"]), styles, budget)
    if kinds.get("sharedStrings", "") in archive:
        read_xml(archive.pieces(kinds["sharedStrings"]), strings, budget)
    formulas = Formulas()
    names = [entry.name for entry, _ in sheets]
    read: list[Sheet] = []
    for at in chosen(names, wanted):
        entry, target = sheets[at]
        read.append(
            read_worksheet(
                archive.pieces(target),
                name=entry.name,
                hidden=entry.hidden,
                strings=strings.texts,
                shown=styles.shown,
                from_1904=listed.from_1904,
                formulas=formulas,
                size=size,
                budget=budget,
            )
        )
    return Book(
        tuple(read),
        "regneark (XLSX)",
        remarks=tuple(_remarks(archive)),
        findings=to_be_computed(formulas.computed) if listed.is_uncomputed else (),
        sheet_names=tuple(names),
    )


def _remarks(archive: Archive) -> list[str]:
    names = [name.casefold() for name in archive.names]
    found = [any("vbaproject" in name for name in names)]
    found.append(any("externallinks/" in name for name in names))
    return [text for text, is_found in zip((MACROS, LINKS), found, strict=True) if is_found]


def _workbook_path(archive: Archive, budget: Budget) -> str:
    for kind, target in relations(archive, "", budget).values():
        if kind.endswith("/officeDocument") and target in archive:
            return target
    if "xl/workbook.xml" in archive:
        return "xl/workbook.xml"
    raise damaged("oversigten over ark mangler")


class _Workbook(Quiet):
    def __init__(self) -> None:
        self.sheets: list[_Entry] = []
        self.from_1904 = False
        self.is_uncomputed = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_Entry(tidy(attributes.get("name", "")), relation, hidden))
            if len(self.sheets) > limits.SHEETS:
                raise limits.too_large("ark", limits.SHEETS)
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "calcPr":
            asked = (attributes.get("fullCalcOnLoad"), attributes.get("forceFullCalc"))
            self.is_uncomputed = any(said in {"1", "true"} for said in asked)


class _Styles(Quiet):
    """How the cells of each style are shown."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self._codes: dict[str, str] = {}
        self._within = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "cellXfs":
            self._within = True
        elif name == "numFmt" and len(self._codes) < limits.ENTRIES:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self._within:
            number = attributes.get("numFmtId", "0")
            known = int(number) if number.isdecimal() and len(number) < 6 else 0
            self.shown.append(shown_as(known, self._codes.get(number, "")))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._within = False


@dataclass
class _Strings:
    """The texts that cells share; phonetic readings are left out."""

    texts: list[str] = field(default_factory=list)
    _parts: list[str] | None = None
    _phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        del attributes
        if name == "si":
            self.texts.append("")
            if len(self.texts) > limits.STRINGS:
                raise limits.too_large("fælles tekster", limits.STRINGS, " i et regneark")
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self._parts = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._phonetic = False
        elif name == "t" and self._parts is not None and self.texts:
            self.texts[-1] += "".join(self._parts)
            self._parts = None
        elif name == "si":
            self.texts[-1] = tidy(unescaped(self.texts[-1]))

    def text(self, text: str) -> None:
        """Text stands here."""
        if self._parts is not None:
            self._parts.append(text)
