"""The Danish dictionary against the installed bundle, and the replacement itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.frame import bundle


def test_every_fragment_is_in_the_installed_streamlit() -> None:
    assert bundle.check_bundle() == []


def test_every_fragment_changes_something() -> None:
    assert len(bundle.fragments()) > 250
    for fragment in bundle.fragments():
        assert fragment.count >= 1, fragment
        assert fragment.english != fragment.danish, fragment


def test_a_fragment_is_code_not_a_bare_word() -> None:
    """A bare word could also be data or a key; every fragment has a quote or a backtick in it."""
    for fragment in bundle.fragments():
        assert set("`\"'") & set(fragment.english) or ":" in fragment.english, fragment


@pytest.fixture
def small_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A bundle of two files and a dictionary of two rows for one of them."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "Selectbox.aB-3_x.js").write_text("a=`No results`;b=`No results`;l=`en-US`")
    (tmp_path / "js" / "Other.cd.js").write_text("a=`No results`")
    dictionary = tmp_path / "danish.toml"
    dictionary.write_text(
        "Selectbox = [['=`No results`', '=`Ingen resultater`', 2], ['`en-US`', '`da-DK`']]",
        encoding="utf-8",
    )
    monkeypatch.setattr(bundle, "DICTIONARY_PATH", dictionary)
    bundle.fragments.cache_clear()
    bundle._by_stem.cache_clear()
    yield tmp_path
    bundle.fragments.cache_clear()
    bundle._by_stem.cache_clear()


def test_translate_replaces_in_the_named_file_only(small_bundle: Path) -> None:
    content = (small_bundle / "js" / "Selectbox.aB-3_x.js").read_bytes()
    assert bundle.translate("Selectbox.aB-3_x.js", content).decode() == (
        "a=`Ingen resultater`;b=`Ingen resultater`;l=`da-DK`"
    )
    assert bundle.translate("Other.cd.js", b"a=`No results`") == b"a=`No results`"
    assert bundle.translate("Selectbox.aB-3_x.css", content) == content


def test_check_names_what_is_gone_or_has_another_count(
    small_bundle: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert bundle.check_bundle(small_bundle) == []
    script = small_bundle / "js" / "Selectbox.aB-3_x.js"
    script.write_text("a=`No results`;l=`en-GB`")
    assert bundle.check_bundle(small_bundle) == [
        "Selectbox.*.js: '=`No results`' found 1 times, expected 2",
        "Selectbox.*.js: '`en-US`' found 0 times, expected 1",
    ]
    bundle.log_problems(small_bundle)
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert "'=`No results`' found 1 times" in caplog.text
    script.unlink()
    assert bundle.check_bundle(small_bundle) == ["Selectbox.*.js: no such file in the bundle"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Selectbox.7rsxE6LC.js", "Selectbox"),
        ("index.esm.CnlgfcEa.js", "index.esm"),  # not a hashed `index`
        ("DataFrame.-f9-1zS0.js", "DataFrame"),  # a hash may begin with a hyphen
    ],
)
def test_stem(name: str, stem: str) -> None:
    assert bundle.stem_of(name) == stem
