"""A dataset as bytes: CSV for a Danish spreadsheet, JSON for a program, XLSX with typed cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import xlsxwriter

from pages.exports.dataset import PERCENT_COLUMNS, Dataset

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)  # same data, same bytes


def as_csv(data: Dataset) -> bytes:
    """Return `;`-separated UTF-8 with byte-order mark and decimal comma, as Danish Excel wants."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(data.rows.columns)
    for row in data.rows.iter_rows():
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    text = str(value)
    # A spreadsheet runs a cell that begins like a formula.
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_json(data: Dataset) -> bytes:
    """Return an object with title, period, definition, sources, data version and `raekker`."""
    body = {
        "titel": data.title,
        "indikator": data.indicator.indicator_id,
        "opdeling": data.breakdown,
        "periode": data.period,
        "niveau": data.level,
        "omraade": data.within,
        "dataversion": data.version,
        "syntetisk": data.synthetic,
        "enhed": {"antal": "personer", "naevner": "personer", "andel_pct": "pct."},
        "definition": {
            "taeller": data.numerator,
            "naevner": data.indicator.denominator,
            "tekst": data.indicator.definition,
            "forbehold": list(data.indicator.caveats),
            "diskretion": data.indicator.disclosure.rule,
        },
        "kilder": [
            {
                "id": source.source_id,
                "udgiver": source.publisher,
                "titel": source.title,
                "dokument": source.document_id,
                "berigtiget": source.is_correction,
                "offentliggjort": _iso(source.published_on) or source.published_note,
                "aflaest": _iso(source.retrieved_on),
                "sha256": source.sha256,
                "slags": source.kind,
            }
            for source in data.sources
        ],
        "raekker": data.rows.to_dicts(),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _iso(day: object) -> str | None:
    return day.isoformat() if isinstance(day, dt.date) else None


def as_xlsx(data: Dataset) -> bytes:
    """Return a workbook: typed numbers on the first sheet, source and definition on the second."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": data.title, "created": EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    count = book.add_format({"num_format": "#,##0"})
    share = book.add_format({"num_format": '0.####" pct."'})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})

    sheet = book.add_worksheet("Syntetiske tal" if data.synthetic else "Tal")
    names = data.rows.columns
    sheet.write_row(0, 0, names, bold)
    for number, row in enumerate(data.rows.iter_rows(), start=1):
        for column, (name, value) in enumerate(zip(names, row, strict=True)):
            if isinstance(value, int | float):
                sheet.write_number(
                    number, column, value, share if name in PERCENT_COLUMNS else count
                )
            elif value is not None:
                sheet.write_string(number, column, str(value))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, data.rows.height, len(names) - 1)
    sheet.autofit()

    about = book.add_worksheet("Kilde og definition")
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 100)
    for number, (label, text) in enumerate(data.about()):
        about.write_string(number, 0, label, bold)
        about.write_string(number, 1, text, wrap)
    book.close()
    return buffer.getvalue()
