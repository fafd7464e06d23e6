"""Documents as LibreOffice shows them: a PDF, the text of its pages, and pictures of them."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pypdf
import pytest

SECONDS = 240
DOTS_PER_INCH = 70


def to_pdf(body: bytes, suffix: str, folder: Path) -> Path:
    """Convert a document ('docx', 'pptx', 'xlsx') to a PDF in `folder`, and return its path.

    Fails the test where LibreOffice is missing, hangs or makes nothing of the document.
    """
    stem = f"dokument_{len(list(folder.glob('dokument_*.pdf')))}"
    given = folder / f"{stem}.{suffix.removeprefix('.')}"
    given.write_bytes(body)
    command = [
        program("SOFFICE", "soffice"),
        f"-env:UserInstallation={_profile().as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(given),
    ]
    done = _run(command)
    made = given.with_suffix(".pdf")
    if not made.is_file():
        pytest.fail(f"LibreOffice made no PDF of the {suffix}: {done.stdout} {done.stderr}")
    return made


def texts(pdf: Path) -> list[str]:
    """Return the text of each page, its white space as single spaces."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(pdf).pages]


def pages(pdf: Path, folder: Path, resolution: int = DOTS_PER_INCH) -> list[Path]:
    """Draw each page as a PNG in `folder`, in their order."""
    stem = folder / f"{pdf.stem}_side"
    _run([program("PDFTOPPM", "pdftoppm"), "-r", str(resolution), "-png", str(pdf), str(stem)])
    return sorted(folder.glob(f"{stem.name}-*.png"))


def program(variable: str, name: str) -> str:
    """Return the path of a program: what the variable says, else the first on PATH."""
    found = os.environ.get(variable) or shutil.which(name)
    if found is None:
        pytest.fail(f"{name} was not found: run `python3 tests`, or set {variable}")
    return found


@cache
def _profile() -> Path:
    """Return a profile of this process's own: two LibreOffices cannot share one."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=SECONDS,
    )
