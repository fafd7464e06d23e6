"""Sentences with the place of every letter in the writer's own text."""

from __future__ import annotations

import pytest

from queries.claims.text import LONGEST, plain, sentences


def split(text: str) -> list[str]:
    return [one.text for one in sentences(plain(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det er ca. 2.700 borgere. Det er nok.", ["Det er ca. 2.700 borgere.", "Det er nok."]),
        ("Der er 21 pct. Holbæk har 52.", ["Der er 21 pct.", "Holbæk har 52."]),
        ("Pr. 1. juni 2017 er der 21 pct. af alle.", ["Pr. 1. juni 2017 er der 21 pct. af alle."]),
        ("Svar på spm. 554 jf. BEU alm. del.", ["Svar på spm. 554 jf. BEU alm. del."]),
        ("I 2. kvartal 2018 var der 40 mio. kr. Nu "
            "ikke.", ["I 2. kvartal 2018 var der 40 mio. kr.", "Nu ikke."]),
        ("Planen skal ud-\narbejdes nu.", ["Planen skal udarbejdes nu."]),
        ("For kontant- \nog uddannelseshjælp.", ["For kontant- og uddannelseshjælp."]),
        ("Faaborg-\nMidtfyn er med.", ["Faaborg-Midtfyn er med."]),
        ("Tre tiltag:\n\n- Et brev\n- Et forsøg", ["Tre tiltag:", "- Et brev", "- Et forsøg"]),
        ("En lang linje, der er brudt midt i sætningen før tallet\n2.790 "
            "borgere.", ["En lang linje, der er brudt midt i sætningen før tallet 2.790 borgere."]),
        ("Passive i \u00adressource\u00adforløb: 2\u00a0790", ["Passive i ressourceforløb: 2 790"]),
        ("*Flere skal med* og **Bedre**", ["Flere skal med og Bedre"]),
        ("Gik det? Ja! Godt.", ["Gik det?", "Ja!", "Godt."]),
        ("", []),
        (" \n\n\t…", []),
    ],
)  # fmt: skip
def test_a_text_is_split_where_a_dane_would(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_each_letter_is_found_again_in_the_writers_text() -> None:
    text = "Først.\n\nDer er be-\nskæftigede, og 2\u00a0790\u00ad er »passive«."
    draft = plain(text)
    last = list(sentences(draft))[-1]
    at = last.text.index("2 790")
    start, end = draft.span(last.start + at, last.start + at + 5)
    assert text[start:end] == "2\u00a0790"
    at = last.text.index("beskæftigede")
    start, end = draft.span(last.start + at, last.start + at + len("beskæftigede"))
    assert text[start:end] == "be-\nskæftigede"


def test_no_sentence_is_so_long_that_it_takes_its_time() -> None:
    long = "ord " * 5000
    assert max(len(one.text) for one in sentences(plain(long))) <= LONGEST
    assert "".join(split(long)).replace(" ", "") == "ord" * 5000


def test_small_letters_are_as_many_as_the_letters() -> None:
    one = next(iter(sentences(plain("İstanbul har 2 borgere"))))
    assert len(one.lower) == len(one.text)
