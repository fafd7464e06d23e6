"""Which import is it? The same numbers of the same document are the same import."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from queries.imports.files import as_json
from queries.sources.incoming import Batch

ID_DIGITS = 12
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})
_SLUG_LENGTH = 48


def content_hash(cells: pl.DataFrame, about: object, key: bytes = b"") -> str:
    """Return a SHA-256 of sorted cells and of `about`, what they are of; not of the day.

    `source_row` and `note` count too: they are shown beside the numbers. Ids are published, and a
    hash of exact numbers tells them to one who tries all: they are hashed with a secret `key`.
    """
    digest = hmac.new(key, as_json(about), "sha256")
    digest.update(repr(cells.schema).encode())
    for name in cells.columns:
        digest.update(name.encode() + b"\0")
        column = cells[name]
        if column.dtype == pl.String:
            lengths = column.str.len_bytes().fill_null(2**32 - 1).cast(pl.UInt32)
            digest.update(lengths.to_numpy().tobytes())
            digest.update("".join(column.fill_null("").to_list()).encode())
        else:
            digest.update(column.is_null().to_numpy().tobytes())
            digest.update(column.fill_null(0).to_numpy().tobytes())
    return digest.hexdigest()


def identity(batch: Batch) -> dict[str, object]:
    """Return what a batch is of, beside its cells: the day it was read is no part of it."""
    about = batch.provenance
    return {
        "document": about.series or f"{about.publisher}|{about.title}|{about.document_id}",
        "corrects": about.corrects,
        "is_published": batch.is_published,
        "kind": about.kind,
    }


class Told(Protocol):
    """An import, stored or about to be."""

    @property
    def import_id(self) -> str:
        """Its id."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What it is, see `store.Imported`."""


def same_as(content: str, series: str, recorded: str, active: Sequence[Told]) -> str | None:
    """Return the id of the import that already says this; None where there is something new in it.

    Of a series, numbers that come back after others are new: they are compared with the vintage
    that was known at the time (`recorded`, an ISO date), not with all of them.
    """
    if series:
        vintages = [
            one
            for one in active
            if one.manifest["provenance"]["series"] == series
            and one.manifest["recorded_at"] <= recorded
        ]
        # The last of equal days: sorting keeps the order they were imported in.
        active = sorted(vintages, key=lambda one: str(one.manifest["recorded_at"]))[-1:]
    return next((one.import_id for one in active if one.manifest["content"] == content), None)


def import_id(content: str, taken: Collection[str]) -> str:
    """Return an id of twelve hex digits for numbers with this hash, that is not taken.

    It is taken where the numbers of a series come back after others; both then stand.
    """
    found, again = content[:ID_DIGITS], 1
    while found in taken:
        again += 1
        found = hashlib.sha256(f"{content} {again}".encode()).hexdigest()[:ID_DIGITS]
    return found


def source_id(name: str, imported: str) -> str:
    """Return the source's id in the warehouse: readable, and never that of another import."""
    return f"{slug(name) or 'kilde'}-{imported}"


def slug(text: str) -> str:
    """Return text as lower-case letters a-z, digits and '-'."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())
    return kept.strip("-")[:_SLUG_LENGTH].strip("-")
