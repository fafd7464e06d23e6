"""The key comes from the environment or from Streamlit's secrets, and is kept by nobody."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from queries.errors import UserError
from queries.sources.catalogue import load_catalogue
from queries.sources.http import KeyRefusedError
from queries.sources.incoming import ImportRefusedError
from queries.sources.jobindsats.fetch import fetch_table
from queries.sources.jobindsats.settings import ADDRESS, KEY, has_key, jobindsats_client
from tests.queries.sources.jobindsats import made
from tests.queries.sources.services import Asked, Reply, serving

SECRET = "vises-ALDRIG-91ab"
Y60J01 = load_catalogue()["jobindsats_y60j01"]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (KEY, ADDRESS):
        monkeypatch.delenv(name, raising=False)


def secrets(folder: Path, text: str) -> Path:
    path = folder / "secrets.toml"
    path.write_text(text, "utf-8")
    return path


def sent_key(monkeypatch: pytest.MonkeyPatch, path: Path) -> str:
    with serving(lambda _asked, _number: Reply()) as service:
        monkeypatch.setenv(ADDRESS, service.base)
        jobindsats_client(secrets=path, pause=0).get("tables")
    return service.asked[0].headers["Authorization"]


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = secrets(tmp_path, '[jobindsats]\nnoegle = "fra-fil"\n')
    assert sent_key(monkeypatch, path) == "Bearer fra-fil"
    monkeypatch.setenv(KEY, f" {SECRET}\n")
    assert sent_key(monkeypatch, path) == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[jobindsats]",
        '[jobindsats]\nnoegle = " "',
        "[jobindsats]\nnoegle = 17",
        "jobindsats = 1",
    ],
)
def test_without_a_key_it_is_told_how_to_set_one(text: str, tmp_path: Path) -> None:
    path = secrets(tmp_path, text)
    assert not has_key(path)
    with pytest.raises(KeyRefusedError) as caught:
        jobindsats_client(secrets=path)
    assert str(caught.value) == (
        "Jobindsats: der mangler en nøgle. Sæt nøglen i miljøvariablen "
        "INDSATSATLAS_JOBINDSATS_NOEGLE, eller skriv den i .streamlit/secrets.toml under "
        '[jobindsats] som noegle = "…". Nøglen fås pr. mail fra STAR.'
    )
    with pytest.raises(KeyRefusedError):
        jobindsats_client(secrets=tmp_path / "findes-ikke.toml")


def test_spoilt_secrets_are_not_repeated(tmp_path: Path) -> None:
    path = secrets(tmp_path, f"[jobindsats]\nnoegle = {SECRET}\n")
    with pytest.raises(UserError, match=r"secrets\.toml kan ikke læses") as caught:
        jobindsats_client(secrets=path)
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None
    assert not has_key(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match=r"secrets\.toml kan ikke læses"):
        jobindsats_client(secrets=path)


@pytest.mark.parametrize("base", ["http://api.jobindsats.dk/v3", "https://a:b@c.dk", "file:///x"])
def test_the_key_is_only_sent_where_nobody_listens(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY, SECRET)
    monkeypatch.setenv(ADDRESS, base)
    with pytest.raises(UserError, match="Jobindsats: adressen kan ikke bruges"):
        jobindsats_client(secrets=tmp_path / "x")


def test_the_official_address_is_used_unless_another_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(KEY, SECRET)
    client = jobindsats_client(secrets=tmp_path / "x")
    assert client.base == "https://api.jobindsats.dk/v3"
    assert SECRET not in repr(client) + str(vars(client))


def test_no_file_holds_the_key_while_a_table_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All files are read while answers lie aside, and all that is told."""
    import json

    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("INDSATSATLAS_DATA", str(tmp_path))
    monkeypatch.setattr("queries.sources.jobindsats.fetch.AT_A_TIME", 1)
    table = made.made()
    files: list[bytes] = []

    def answer(asked: Asked, number: int) -> Reply:
        files.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        if "/tables" in asked.path:
            return Reply(json.dumps(table.tables).encode())
        if "/table/" in asked.path:
            return Reply(json.dumps(table.metadata).encode())
        rows = [row for row in table.rows if row[0] in asked.path]
        return Reply(json.dumps({"columns": table.columns, "rows": rows}).encode())

    monkeypatch.setenv(KEY, SECRET)
    told: list[str] = []
    with serving(answer) as service:
        monkeypatch.setenv(ADDRESS, service.base)
        client = jobindsats_client(secrets=tmp_path / "x", pause=0, waiting=told.append)
        batch = fetch_table(made.ENTRY, client, progress=lambda text, _share: told.append(text))
    assert batch
    assert batch.cells.height == 297
    assert len(files) == 1 + 2 + 3  # one, two and then three answers lay aside
    assert all(got.headers["Authorization"] == f"Bearer {SECRET}" for got in service.asked)
    texts = [*(one.decode() for one in files), *told, repr(batch.provenance), caplog.text]
    texts += [str(batch.findings), str(batch.cells.to_dicts())]
    assert [text for text in texts if SECRET in text] == []
    assert list(tmp_path.rglob("*.answer")) == []


def test_a_hostile_service_never_gives_rows(tmp_path: Path) -> None:
    """Over the wire: the catalogue's own table, and an answer for another question."""
    replies = [
        Reply(b'[{"table_id": "y60j01", "update_latest": "2026-08-22"}]'),
        Reply(b'{"table_id": "y60j01"}'),
    ]
    with serving(lambda _asked, number: replies[number - 1]) as service:
        from queries.sources.http import Client

        client = Client(service.base, token=SECRET, service="Jobindsats", pause=0)
        with pytest.raises(ImportRefusedError, match="områdeinddelingen »_nykom« findes ikke"):
            fetch_table(Y60J01, client, folder=tmp_path)
