"""Files of every format for tests, made in memory; some are written by hand, record by record."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

Row = list[object]


def zipped(parts: dict[str, bytes | str], *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(rows: list[Row], change: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def raw_xlsx(
    sheet: str | bytes,
    *,
    strings: str | bytes = "",
    styles: str = "",
    workbook: str = "",
    more: dict[str, bytes | str] | None = None,
) -> bytes:
    """An XLSX of one sheet whose XML, inside <worksheet>, is given."""
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ]
        )
    )
    body = sheet.encode() if isinstance(sheet, str) else sheet
    texts = strings.encode() if isinstance(strings, str) else strings
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" '
            f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">{workbook}<sheets>'
            '<sheet name="Ark1" sheetId="1" r:id="rId0"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}'
            "</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">'.encode() + texts + b"</sst>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">'.encode()
            + body
            + b"</worksheet>",
            **(more or {}),
        }
    )


def xls(rows: list[Row], change: Callable[[xlwt.Worksheet], None] = lambda sheet: None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Ark1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(tables: str, styles: str = "") -> str:
    spaces = "".join(
        f' xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        f'office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def raw_ods(tables: str, styles: str = "", manifest: str = "") -> bytes:
    return zipped(
        {
            "mimetype": _ODS,
            "content.xml": ods_content(tables, styles),
            "META-INF/manifest.xml": manifest
            or f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>',
        }
    )


def ods_cell(value: object, more: str = "") -> str:
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, str):
        kind = ' office:value-type="string"'
    else:
        kind = f' office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{kind}{more}><text:p>{value}</text:p></table:table-cell>"


def ods(rows: list[Row], name: str = "Ark1") -> bytes:
    body = "".join(
        f"<table:table-row>{''.join(ods_cell(value) for value in row)}</table:table-row>"
        for row in rows
    )
    return raw_ods(f'<table:table table:name="{name}">{body}</table:table>')


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, said = len(body), b""
    while True:
        length, low = length >> 7, length & 0x7F
        said += bytes([low | (0x80 if length else 0)])
        if not length:
            return head + said + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: list[Row], *, percent: tuple[tuple[int, int], ...] = (), state: int = 0) -> bytes:
    """An XLSB of one sheet: texts are shared, numbers real, 'x!' an error and None nothing."""
    strings: list[str] = []
    size = struct.pack("<4I", 0, max(0, len(rows) - 1), 0, max(map(len, rows), default=1) - 1)
    sheet = [_record(129), _record(148, size), _record(145)]
    for r, row in enumerate(rows):
        flags = bytes([0, 0x10 if r == 2 else 0])
        sheet.append(_record(0, struct.pack("<IIH", r, 0, 300) + flags + bytes(5)))
        for c, value in enumerate(row):
            head = struct.pack("<II", c, 1 if (r, c) in percent else 0)
            if isinstance(value, bool):
                sheet.append(_record(4, head + bytes([value])))
            elif isinstance(value, float | int):
                sheet.append(_record(5, head + struct.pack("<d", value)))
            elif value == "x!":
                sheet.append(_record(3, head + bytes([42])))
            elif isinstance(value, str):
                strings.append(value)
                sheet.append(_record(7, head + struct.pack("<I", len(strings) - 1)))
    sheet += [_record(146), _record(176, struct.pack("<4I", 0, 0, 1, 2)), _record(130)]
    bundle = struct.pack("<II", state, 1) + _wide("rId1") + _wide("Ark1")
    kinds = (
        ("rId1", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "sharedStrings", "sharedStrings.bin"),
        ("rId3", "styles", "styles.bin"),
    )
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{target}"/>'
        for key, kind, target in kinds
    )
    styles = [_record(278), _record(617, struct.pack("<I", 2))]
    styles += [_record(47, struct.pack("<HH", 0xFFFF, number) + bytes(12)) for number in (0, 9)]
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.bin": b"".join(
                _record(kind, bundle if kind == 156 else b"") for kind in (131, 143, 156, 144, 132)
            ),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}'
            "</Relationships>",
            "xl/sharedStrings.bin": _record(159, struct.pack("<II", len(strings), len(strings)))
            + b"".join(_record(19, b"\0" + _wide(text)) for text in strings)
            + _record(160),
            "xl/styles.bin": b"".join([*styles, _record(618), _record(279)]),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
        }
    )
