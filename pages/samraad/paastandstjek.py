"""The page 'Påstandstjek': a draft is read, and each claim is held against the warehouse.

The draft is the reader's and stays so: it is in the session's memory and nowhere else. No model
guesses; the grammar and the rules of hedges are shown on the page.
"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from pages.frame import confidential
from pages.samraad import claims_view
from queries import HEDGES, Atlas, Claim, Report, Verdict, check_claims

LEAD = (
    "Indsæt et udkast til tale, svar, brev eller pressemeddelelse. Hver påstand om passive i "
    "ressourceforløb, Flere skal med og initiativerne holdes op mod de offentliggjorte tal."
)
PRIVACY = (
    "<strong>Udkastet gemmes ikke.</strong> Det ligger i serverens hukommelse, mens du har siden "
    "åben. Det skrives ikke på disk, ikke i logfiler og ikke i adressen. Samme udkast giver altid "
    "samme svar: Der er ingen sprogmodel, kun en grammatik og reglerne herunder."
)
FAILED = (
    "Udkastet kunne ikke tjekkes på grund af en fejl i programmet. Prøv med et mindre udsnit. Hvis "
    "fejlen bliver ved, så oplys hændelsesnummer **{}** til den, der driver løsningen. Intet af "
    "udkastet står i loggen."
)
EXAMPLE = (
    "I juni 2017 var 2.790 borgere i ressourceforløb passive, svarende til 21 pct. I Holbæk var "
    "andelen 54 pct. Godt 8.000 borgere er visiteret til gruppe 2 i Flere skal med. 24 kommuner "
    "deltager i Flere skal med. I Dragør er 3 borgere passive i ressourceforløb."
)
MOST_CHARACTERS = 100_000
MOST_SHOWN = 6
"""Readings that are shown at once; of more, such as all kommuner, one is searched for."""
TEXT, _CHECKED, _CHOICES = "paastand_udkast", "paastand_tjekket", "paastand_valg"
_REPORT = "paastand_rapport"


def give(text: str) -> None:
    """Put a draft into the field, and let it be checked when the page is drawn."""
    st.session_state[TEXT] = text[:MOST_CHARACTERS]
    _check()


def show(atlas: Atlas) -> None:
    """Draw the field of the draft, the verdicts, and the rules they follow."""
    st.title("Påstandstjek", anchor=False)
    st.html(f'<p class="manchet">{LEAD}</p>')
    st.text_area(
        "Udkast",
        key=TEXT,
        height=240,
        max_chars=MOST_CHARACTERS,
        placeholder="Indsæt teksten her",
    )
    with st.container(horizontal=True, key="paastand_knapper"):
        st.button("Tjek udkastet", type="primary", on_click=_check, key="paastand_tjek")
        st.button("Prøv et eksempel", on_click=give, args=(EXAMPLE,), key="paastand_eksempel")
        st.button("Ryd", on_click=_clear, key="paastand_ryd")
    text = st.session_state.get(_CHECKED)
    if text:
        confidential.guarded(lambda: _draw(atlas, text), FAILED, "a draft was checked")
    _rules()
    st.html(f'<p class="note fortroligt">{PRIVACY}</p>')


def _check() -> None:
    st.session_state[_CHECKED] = st.session_state.get(TEXT, "").strip("\ufeff")
    st.session_state[_CHOICES] = {}


def _clear() -> None:
    for key in [key for key in st.session_state if str(key).startswith("paastand_")]:
        del st.session_state[key]
    st.session_state[TEXT] = ""


def _draw(atlas: Atlas, text: str) -> None:
    choices: dict[str, str] = st.session_state.setdefault(_CHOICES, {})
    report = _report(atlas, text, choices)
    st.html(claims_view.summary(report))
    if not report.claims:
        return
    if st.session_state[TEXT].strip("\ufeff") != text:
        st.info("Udkastet er ændret, siden det blev tjekket. Tryk »Tjek udkastet« igen.")
    _questions(report)
    st.html(
        '<h2 class="overskrift">Udkastet</h2>'
        f"{claims_view.marked_draft(text, report)}{claims_view.told(report)}"
    )
    _corrected(text, report)
    st.html(f'<p class="note">Tjekket mod dataversion {escape(report.version)}.</p>')


def _report(atlas: Atlas, text: str, choices: dict[str, str]) -> Report:
    """Return the report, made anew where draft, choices or data are others than before."""
    asked = (atlas.version, text, dict(choices))
    kept = st.session_state.get(_REPORT)
    if kept is not None and kept[0] == asked:
        found: Report = kept[1]
        return found
    with st.spinner("Udkastet læses …"):
        report = check_claims(atlas, text, choices=choices)
    st.session_state[_REPORT] = (asked, report)
    return report


def _questions(report: Report) -> None:
    """Draw a choice of readings for each claim that has several, and a way back from a choice."""
    asked = report.of(Verdict.AMBIGUOUS)
    settled = [one for one in report.claims if one.chosen and one not in asked]
    if not asked and not settled:
        return
    with st.container(border=True, key="paastand_spoergsmaal"):
        if asked:
            st.html(
                '<h2 class="overskrift">Skal afklares</h2><p>Sætningerne kan læses på flere måder. '
                "Vælg den, du mener, så tjekkes den.</p>"
            )
        for claim in asked:
            _question(claim)
        for claim in settled:
            st.button(
                f"Læs »{claim.text}« på en anden måde",
                key=f"paastand_igen_{claim.claim_id}",
                on_click=_again,
                args=(claim.claim_id,),
            )


def _question(claim: Claim) -> None:
    """Draw one question; a second one about the same claim is another field."""
    names = {one.reading_id: one.text for one in claim.readings}
    key = f"paastand_laest_{claim.claim_id}_{claim.chosen}"
    label = f"»{claim.text}«: {claim.question}"
    look: dict[str, Any] = {"format_func": names.__getitem__, "index": None, "key": key}
    answered: dict[str, Any] = {"on_change": _chosen, "args": (claim.claim_id, key)}
    if len(names) <= MOST_SHOWN:
        st.radio(label, list(names), **look, **answered)
    else:
        st.selectbox(label, list(names), **look, **answered, placeholder="Vælg")


def _chosen(claim_id: str, key: str) -> None:
    if chosen := st.session_state.get(key):
        st.session_state[_CHOICES] = st.session_state.get(_CHOICES, {}) | {claim_id: chosen}


def _again(claim_id: str) -> None:
    left = {k: v for k, v in st.session_state.get(_CHOICES, {}).items() if k != claim_id}
    st.session_state[_CHOICES] = left
    for key in [k for k in st.session_state if str(k).startswith(f"paastand_laest_{claim_id}_")]:
        del st.session_state[key]


def _corrected(text: str, report: Report) -> None:
    """Draw the whole draft with its wrong sentences mended, to be copied."""
    mended = claims_view.corrected(text, report.claims)
    if mended == text:
        return
    left = claims_view.left_alone(report.claims)
    rest = f" {left} forkerte påstande er ikke rettet her; se dem hver for sig." if left else ""
    st.html(
        '<h2 class="overskrift">Udkastet med rettelser</h2>'
        f'<p class="note">Kun det forkerte er skiftet ud. Læs det igennem.{rest}</p>'
        f'<div class="udkast rettet"><span>{escape(mended)}</span>'
        '<button type="button" data-kopier aria-label="Kopiér hele det rettede udkast">Kopiér'
        "</button></div>"
    )


def _rules() -> None:
    with st.expander("Regler: hvornår holder »ca.«, »godt«, »knap« og de andre?"):
        rows = "".join(
            f'<tr><th scope="row">{escape(one.title)}</th><td>{escape(", ".join(one.words))}</td>'
            f"<td>{escape(one.rule)}</td><td>{escape(one.example)}</td></tr>"
            for one in HEDGES
        )
        st.html(
            '<div class="rulletabel"><table class="regler"><caption>Sådan tjekkes forbehold'
            '</caption><thead><tr><th scope="col">Forbehold</th><th scope="col">Ord</th>'
            '<th scope="col">Påstanden holder, når det offentliggjorte tal er</th>'
            f'<th scope="col">Eksempel</th></tr></thead><tbody>{rows}</tbody></table></div>'
        )
