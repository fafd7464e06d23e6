"""The published answer in every form gives exactly the cells that are shipped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from queries.sources import facts
from queries.sources.documents import Chosen, answer_batches, answer_tables, boundary
from queries.sources.incoming import Batch
from queries.sources.published_table import table_cells
from queries.sources.transcribe import read_table_csv
from queries.warehouse.content import ANSWER_TABLE, SPM_554
from tests.queries.sources.documents import render
from tests.queries.sources.documents.render import Print

SHEET = render.spm_554()
PDF_FORMS = {
    "plain": Print(),
    "framed, heading again on every page": Print(lines=True),
    "framed, no heading again": Print(lines=True, heading_again=False, leading=1.7),
    "two blocks side by side": Print(blocks=2, size=9),
    "two blocks on one page": Print(blocks=2, size=8, leading=1.2, running=False),
    "three blocks, landscape": Print(blocks=3, size=9, landscape=True),
    "letter by letter": Print(letters=True, font="times"),
    "padded with spaces": Print(padded=True, font="courier", size=9),
    "landscape": Print(landscape=True, font="times", size=12),
    "turned pages": Print(turned=True, right=False),
    "small and close": Print(size=6, leading=1.1, right=False),
    "large": Print(size=16, leading=1.8),
    "uncompressed, without page numbers": Print(compress=False, running=False),
}


@pytest.fixture(scope="module")
def shipped() -> pl.DataFrame:
    kommuner = facts.areas().filter(pl.col("level") == "kommune")["area_id"].to_list()
    return table_cells(read_table_csv(ANSWER_TABLE), SPM_554, kommuner)


def batch(content: bytes, name: str = "svar") -> Batch:
    (made,) = answer_batches(
        content,
        name,
        about=[Chosen(1, "passive_ressourceforloeb")],
        publisher="Beskæftigelsesministeren",
        title="Berigtiget svar",
        document_id="beu-spm-554",
        published_on=None,
        retrieved_on=dt.date(2026, 11, 22),
        corrects="beu-spm-554-oprindelig",
        known_from=SPM_554.recorded_at,
    )
    return made


def assert_shipped(made: Batch, shipped: pl.DataFrame) -> None:
    expected = shipped.select(made.cells.columns)
    keys = ["indicator_id", "period", "breakdown", "area_id"]
    assert_frame_equal(made.cells, expected.sort(keys))
    kommuner = made.cells.filter(pl.col("area_id") != "000")
    counts = kommuner["status"].value_counts().sort("status").rows()
    assert counts == [("left_out", 2), ("shown", 92), ("suppressed", 4)]
    assert kommuner["numerator"].sum() == 2781
    land = made.cells.filter(pl.col("area_id") == "000").row(0, named=True)
    assert (land["numerator"], land["share_pct"]) == (2790, 21.0)
    assert (land["denominator_low"], land["denominator_high"]) == (12977, 13609)
    assert made.is_published
    assert made.provenance.kind == "published"
    assert made.recorded_at == dt.date(2017, 9, 27)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: a process of its own for every form would take long."""
    monkeypatch.setattr(boundary, "_ask", _here)


def _here(content: bytes) -> dict[str, object]:
    from queries.sources.documents.worker import answer

    return answer(content)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("form", PDF_FORMS.values(), ids=PDF_FORMS)
def test_pdf(form: Print, shipped: pl.DataFrame) -> None:
    assert_shipped(batch(render.pdf([SHEET], form, intro="Svaret følger her.")), shipped)


def test_pdf_through_the_process(shipped: pl.DataFrame) -> None:
    made = batch(render.pdf([SHEET], Print(blocks=2, size=9)))
    assert_shipped(made, shipped)
    assert made.findings == ()


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_word(blocks: int, shipped: pl.DataFrame) -> None:
    assert_shipped(batch(render.word([SHEET], blocks=blocks)), shipped)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("blocks", [1, 2])
@pytest.mark.parametrize("inside", [False, True])
def test_web(blocks: int, inside: bool, shipped: pl.DataFrame) -> None:
    assert_shipped(batch(render.web([SHEET], blocks=blocks, caption_inside=inside)), shipped)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32", "cp865", "mac_roman"],
)
def test_text(encoding: str, shipped: pl.DataFrame) -> None:
    assert_shipped(batch(render.text([SHEET]).encode(encoding)), shipped)


def test_the_published_text(shared: Path, shipped: pl.DataFrame) -> None:
    raw = (shared / "seeds" / "002_98f7a85d99b85152.txt").read_bytes()
    made = batch(raw)
    assert_shipped(made, shipped)
    assert made.provenance.sha256 is not None
    assert made.provenance.sha256.startswith("94add9dfa66e275d")
    assert made.provenance.note == "Kilde i dokumentet: DREAM samt mentordata"


def test_the_published_text_as_the_table_it_is(shared: Path) -> None:
    raw = (shared / "seeds" / "002_98f7a85d99b85152.txt").read_bytes()
    found = answer_tables(raw, "svar.txt")
    (table,) = found.tables
    assert (table.number, table.place, table.table.period) == (1, "linje 78", "2017M06")
    assert (table.proposed, table.question) == ("passive_ressourceforloeb", "")
    assert table.table.columns == ("count", "share")
    assert table.threshold == 3
    assert table.missing == ()
    assert found.says_it_corrects
