"""What Påstandstjek shows of a checked draft, as HTML: the marked draft, and each claim in turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pages.frame import evidence, mappe
from pages.language import danish
from queries import Claim, Report, Verdict

MARKS = {
    Verdict.HOLDS: ("✓", "holder"),
    Verdict.HOLDS_WITH_CAVEAT: ("≈", "forbehold"),
    Verdict.DOES_NOT_HOLD: ("✗", "holder-ikke"),
    Verdict.CANNOT_BE_CHECKED: ("–", "ukendt"),
    Verdict.AMBIGUOUS: ("?", "afklares"),
}
"""A sign and a class of each verdict: colour is never alone."""
ORDER = (
    Verdict.DOES_NOT_HOLD,
    Verdict.AMBIGUOUS,
    Verdict.HOLDS_WITH_CAVEAT,
    Verdict.CANNOT_BE_CHECKED,
    Verdict.HOLDS,
)
"""What a writer must look at first stands first in the summary."""
PARTS = (
    ("Handler om", "subject"),
    ("Måler", "measure"),
    ("Område", "area"),
    ("Periode", "period"),
    ("Tal", "figure"),
    ("Forbehold", "hedge"),
    ("Sammenligning", "relation"),
)
UNREAD_ONE = (
    "1 sætning har tal, som atlasset ikke kender: Den er understreget med prikker, og der er intet "
    "sagt om den."
)
UNREAD = (
    "{} sætninger har tal, som atlasset ikke kender: De er understreget med prikker, og der er "
    "intet sagt om dem."
)
NOTHING = (
    "Der er ingen påstande, som atlasset kan tjekke. Det kender tal for passive i "
    "ressourceforløb, Flere skal med og initiativerne; se hvilke på siden Kilder og metode."
)


def summary(report: Report) -> str:
    """Return the number of claims by verdict, worst first."""
    if not report.claims:
        return f'<p class="manchet" role="status">{escape(NOTHING)}</p>'
    items = "".join(
        f'<div class="{MARKS[one][1]}"><dt>{escape(one.title)}</dt>'
        f'<dd><span aria-hidden="true">{MARKS[one][0]}</span> {report.count(one)}</dd></div>'
        for one in ORDER
        if report.count(one)
    )
    claims = "påstand" if len(report.claims) == 1 else "påstande"
    told = (
        f"{len(report.claims)} {claims} i {danish.number(report.sentences)} sætninger er tjekket."
    )
    if not report.sentences or report.sentences == 1:
        told = f"{len(report.claims)} {claims} er tjekket."
    if report.unread:
        told += f" {UNREAD_ONE if len(report.unread) == 1 else UNREAD.format(len(report.unread))}"
    return (
        f'<div class="domme" role="status"><p class="manchet">{escape(told)}</p>'
        f'<dl class="noegletal">{items}</dl></div>'
    )


def marked_draft(text: str, report: Report) -> str:
    """Return the draft with each claim marked as a link to what was found of it."""
    pieces, at = [], 0
    for start, end, opening, closing in _spans(report):
        if start < at:  # a claim within another is told in the list alone
            continue
        pieces += [escape(text[at:start]), opening, escape(text[start:end]), closing]
        at = end
    pieces.append(escape(text[at:]))
    return f'<div class="udkast" lang="da">{"".join(pieces)}</div>'


def _spans(report: Report) -> list[tuple[int, int, str, str]]:
    spans = []
    for number, claim in enumerate(report.claims, 1):
        sign, kind = MARKS[claim.verdict]
        spans.append(
            (
                claim.start,
                claim.end,
                f'<a class="paastand {kind}" href="#{anchor(claim)}">',
                f'<sup><span class="kun-laest">påstand {number}, {escape(claim.verdict.title)}'
                f'</span><span aria-hidden="true">{number}{sign}</span></sup></a>',
            )
        )
    claimed = [(claim.start, claim.end) for claim in report.claims]
    for start, end in report.unread:
        if not any(start < last and first < end for first, last in claimed):
            spans.append((start, end, '<span class="paastand uspurgt">', "</span>"))
    return sorted(spans)


def anchor(claim: Claim) -> str:
    """Return the id of what is told of a claim."""
    return f"paastand-{claim.claim_id}"


def told(report: Report) -> str:
    """Return all that was found of every claim, in the order of the draft."""
    items = "".join(
        one_claim(number, claim, report.version) for number, claim in enumerate(report.claims, 1)
    )
    return f'<section class="paastande" aria-label="Påstandene en for en">{items}</section>'


def one_claim(number: int, claim: Claim, version: str) -> str:
    """Return what was found of one claim: verdict, number, source, arithmetic and suggestion."""
    sign, kind = MARKS[claim.verdict]
    found = claim.finding
    lines = [
        ("Tallet i datalageret", found.number),
        ("Regnestykket", found.arithmetic),
        ("Forslag", found.suggestion),
    ]
    body = "".join(f"<dt>{title}</dt><dd>{escape(text)}</dd>" for title, text in lines if text)
    for title, text in (("Rettet sætning", found.corrected), ("Med nyere tal", found.newer)):
        if text:
            body += (
                f"<dt>{title}</dt><dd><span>{escape(text)}</span> "
                '<button type="button" data-kopier aria-label="Kopiér sætningen">Kopiér</button>'
                "</dd>"
            )
    if found.sources:
        named = "; ".join(dict.fromkeys(evidence.reference(one) for one in found.sources))
        body += f"<dt>Kilde</dt><dd>{escape(named)}{_into_folder(claim, version)}</dd>"
    return (
        f'<article class="paastandsfund {kind}" id="{anchor(claim)}" tabindex="-1">'
        f'<h3><span aria-hidden="true">{sign}</span> {number}: {escape(claim.verdict.title)}</h3>'
        f"<blockquote>{_quoted(claim)}</blockquote>"
        f"<p>{escape(claim.question or found.explanation)}</p>"
        f"<dl>{body}</dl>{_read_as(claim)}</article>"
    )


def _into_folder(claim: Claim, version: str) -> str:
    """Return the button that puts the published statement into the samrådsmappe, if it is one."""
    if not claim.finding.statement_id:
        return ""
    item = {"id": claim.finding.statement_id}
    return f" {mappe.button('udsagn', item, version, 'det offentliggjorte tal')}"


def _quoted(claim: Claim) -> str:
    """Return the claim's sentence, the claim itself marked."""
    start = claim.start - claim.sentence_start
    end = claim.end - claim.sentence_start
    if not 0 <= start < end <= len(claim.sentence):
        return escape(claim.sentence)
    return (
        f"{escape(claim.sentence[:start])}<mark>{escape(claim.sentence[start:end])}</mark>"
        f"{escape(claim.sentence[end:])}"
    )


def _read_as(claim: Claim) -> str:
    """Return how the claim was read, part by part, folded away."""
    if claim.verdict is Verdict.AMBIGUOUS:
        return ""
    reading = claim.reading
    parts = "".join(
        f"<dt>{title}</dt><dd>{escape(getattr(reading, name))}</dd>"
        for title, name in PARTS
        if getattr(reading, name)
    )
    return f"<details><summary>Sådan er den læst</summary><dl>{parts}</dl></details>"


def corrected(text: str, claims: Sequence[Claim]) -> str:
    """Return the whole draft with every sentence that does not hold replaced by its correction.

    A sentence with two wrong claims is left as it is: the corrections are each of the whole
    sentence, and one would undo the other.
    """
    changes: dict[tuple[int, int], list[str]] = {}
    for claim in claims:
        if claim.verdict is Verdict.DOES_NOT_HOLD and claim.finding.corrected:
            place = (claim.sentence_start, claim.sentence_end)
            changes.setdefault(place, []).append(claim.finding.corrected)
    for (start, end), sentences in sorted(changes.items(), reverse=True):
        if len(set(sentences)) == 1:
            text = text[:start] + sentences[0] + text[end:]
    return text


def left_alone(claims: Iterable[Claim]) -> int:
    """Return how many wrong claims `corrected` does not mend."""
    wrong: dict[tuple[int, int], set[str]] = {}
    count = 0
    for claim in claims:
        if claim.verdict is Verdict.DOES_NOT_HOLD:
            count += 1
            place = (claim.sentence_start, claim.sentence_end)
            wrong.setdefault(place, set()).add(claim.finding.corrected)
    return count - sum(1 for texts in wrong.values() if len(texts) == 1 and "" not in texts)
