"""A kommune's profile in words: what the sheet on the page and the kommunenotat both say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pages.figures.area_cells import table_row
from pages.language import comparing, danish, instead, sentences, synthetic
from pages.sammenligning import peers
from pages.sammenligning.place import around
from pages.sammenligning.profile_rows import ProfileRow
from queries import Atlas

ALIKE = "kan ikke skelnes"
REASONS = {"suppressed": "skjult", "left_out": "udeladt", "not_collected": "ikke opgjort"}
CERTAIN = (
    "»Kan ikke skelnes« og spændet i plads er 95 pct. sikkerhed; af tyve kommuner helt som landet "
    "vil omkring én alligevel stå over eller under. Et spænd i borgere kommer af afrundede andele."
)


@dataclass(frozen=True)
class RowWords:
    """One indicator of a kommune in words; `against` and `peers` have a second, smaller line.

    `status` is that of the kommune's cell; a number that is not shown is a word in its place.
    """

    title: str
    month: str
    share: str
    people: str
    country: str
    against: tuple[str, str]
    place: str
    peers: tuple[str, str]
    trend: str
    status: str


def row_words(row: ProfileRow) -> RowWords:
    """Return a row of the profile in words."""
    one, cell = row.one, row.cell
    count, share, base = table_row(cell)
    return RowWords(
        title=one.subject.label,
        month=synthetic.period(one.subject.period, made_up=one.made_up),
        share=share,
        people=count if base == "–" else f"{count} af {base}",
        country=danish.pct(one.national["share_pct"], one.national["share_decimals"]),
        against=_against(row),
        place=comparing.rank_range(cell["rank_low"], cell["rank_high"], row.areas),
        peers=_peers(row),
        trend=comparing.trend(row.trend) if row.line else "Ingen serie af samme slags",
        status=str(cell["status"]),
    )


def facts(atlas: Atlas, code: str) -> list[tuple[str, str]]:
    """Return where a kommune belongs, as label and text."""
    place = around(atlas, code)
    shared = f", fælles med {danish.listing(list(place.shared_with))}" if place.shared_with else ""
    return [
        ("Kommune", f"{place.name} (kode {code})"),
        ("Region og landsdel", f"{place.region}, {place.landsdel}"),
        ("Jobcenter", f"{place.jobcenter}{shared}. Grundlag: {place.basis}"),
    ]


def kinds(rows: Sequence[ProfileRow]) -> str:
    """Return the heading of rows that are not made up."""
    counted = any(row.one.kind != "published" for row in rows)
    return "Offentliggjorte og optalte tal" if counted else "Offentliggjorte tal"


def without(rows: Sequence[ProfileRow]) -> list[str]:
    """Return what has no number and why; many with the same reason are a number of them."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for row in rows:
        if row.cell["status"] in REASONS:
            reason = (
                REASONS[row.cell["status"]],
                sentences.reason(row.cell["note"]),
                row.one.made_up,
            )
            found.setdefault(reason, []).append(row.one.subject.label)
    return [
        synthetic.marked(f"{_named(labels)}: {word}. {note}.", made_up=made_up)
        for (word, note, made_up), labels in found.items()
    ]


def told_instead(atlas: Atlas, code: str, rows: Sequence[ProfileRow]) -> list[str]:
    """Return what is told instead of the kommune's hidden numbers."""
    found = []
    for row in rows:
        subject, cell = row.one.subject, row.cell
        told = atlas.alternatives(subject.indicator.indicator_id, subject.period, code)
        words = instead.listed(told.filter(kind=cell["kind"]))
        if cell["status"] in REASONS and words:
            found.append(synthetic.marked(f"{subject.label}: {words}", made_up=row.one.made_up))
    return found


def method(atlas: Atlas, rule: str) -> str:
    """Return how peers by `rule` were chosen, and how sure the words of a row are."""
    words = peers.described(peers.read_peers(rule)[0], peers.characteristics(atlas, atlas.version))
    return (
        f"Sammenlignelige kommuner: {words}; deres andel er regnet af summerne for dem med vist "
        f"tal. {CERTAIN}"
    )


def _against(row: ProfileRow) -> tuple[str, str]:
    gap, cell = row.row.country.gap, row.cell
    if gap is None:
        return "–", ""
    words = ALIKE if cell["verdict"] == "alike" else comparing.verdict(cell["verdict"], "landet")
    points = comparing.points(gap.points, cell["share_decimals"] or 0)
    people = comparing.people_apart(gap.people_low, gap.people_high)
    return words, points if cell["verdict"] == "alike" else f"{points} · {people}"


def _peers(row: ProfileRow) -> tuple[str, str]:
    if row.peers is None:
        return "–", row.row.peers.why_not
    share = comparing.total_share(row.peers, row.one.national["share_decimals"])
    found = row.row.peers.verdict
    words = ALIKE if found == "alike" else comparing.verdict(found, "dem") if found else ""
    shown = f"{row.peers.areas} af {len(row.row.peer_ids)} viste"
    return share, f"{shown} · {words}" if words else shown


def _named(labels: list[str]) -> str:
    return danish.listing(labels) if len(labels) <= 3 else f"{len(labels)} mål i tabellen"
