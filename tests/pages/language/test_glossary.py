"""Words are marked once, in plain text only, and every word is in the list."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pages.language.glossary import address, explain, glossary_section, glossary_words
from pages.language.terms import TERMS


def plain(html: str) -> str:
    """The text without buttons: what stood there before."""
    return re.sub(r"</?button[^>]*>", "", html)


def marked(html: str) -> list[str]:
    return re.findall(r'<button type="button" class="ord"[^>]*>([^<]*)</button>', html)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Passive i ressourceforløb</p>", ["Passive", "ressourceforløb"]),
        ("<p>passive og passive</p>", ["passive"]),
        ("<p>Nævner og nævneren er ét ord</p>", ["Nævner"]),
        ("<p>gruppe 2 i Flere skal med</p>", ["gruppe 2", "Flere skal med"]),
        ("<p>gruppe 25 og gruppe 2-sager</p>", []),
        ("<p>STAR tæller; tælleren</p>", ["STAR", "tælleren"]),
        ("<p>en star</p>", []),
        ("<h2>Nævner</h2><p>nævner</p>", ["nævner"]),
        ('<p><a href="/passive">passive</a> og passive</p>', ["passive"]),
        ("<details><summary>Nævner <b>mentor</b></summary>nævner</details>", ["nævner"]),
        ('<p title="nævner">intet</p>', []),
        ("<p>jobcentrenes antal, mentorordning</p>", []),
        ("<p>virksomhedspraktik eller løntilskud</p>", ["virksomhedspraktik", "løntilskud"]),
        ("<!-- nævner --><p>R&amp;D: samråd</p>", ["samråd"]),
        ("<p>fx »passive Holbæk«</p>", []),
        ("", []),
        ("nævner", ["nævner"]),
    ],
)
def test_marks_the_first_of_each_word_in_plain_text(html: str, words: list[str]) -> None:
    told = explain(html)
    assert marked(told) == words
    assert plain(told) == html
    assert told.count("aria-describedby") == len(words)


def test_each_button_names_the_explanation_of_its_word() -> None:
    told = explain("<p>En berigtigelse af tælleren</p>")
    slugs = re.findall(r'data-ord="([^"]+)" aria-describedby="ord-tekst-([^"]+)"', told)
    assert slugs == [("berigtigelse", "berigtigelse"), ("taeller", "taeller")]
    assert glossary_words()["berigtigelse"][1].startswith("Offentliggjort rettelse")
    assert set(glossary_words()) == {term.slug for term in TERMS}


def test_what_was_explained_is_left_alone() -> None:
    once = explain("<p>En nævner</p>")
    assert explain(once) == once


def test_no_two_words_share_a_form_or_an_address() -> None:
    forms = [form.casefold() for term in TERMS for form in term.all_forms]
    assert len(forms) == len(set(forms))
    assert len({term.slug for term in TERMS}) == len(TERMS)
    assert all(re.fullmatch(r"[a-z0-9-]+", term.slug) for term in TERMS)


def test_the_list_holds_every_word_in_danish_order() -> None:
    section = glossary_section()
    for term in TERMS:
        assert f'id="{address(term).partition("#")[2]}"' in section
        assert term.text in unescape(section)
    words = re.findall("<dt>([^<]+)</dt>", section)
    assert words[0] == "Aktivt tilbud"
    assert words.index("Ressourceforløb") < words.index("Samråd") < words.index("Udeladt")


def test_explanations_end_as_sentences() -> None:
    assert [term.slug for term in TERMS if not term.text.endswith((".", ").", "«."))] == []
