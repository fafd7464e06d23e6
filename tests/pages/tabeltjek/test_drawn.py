"""What is drawn of a report: marks, words, links between them, proposals; and nothing as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from pages.language.disclosure import MARKS
from pages.tabeltjek import leaks, proposals, understood
from pages.tabeltjek.grid import MOST_LINES, Drawn, grid
from pages.tabeltjek.proposals import told
from pages.tabeltjek.understood import label, plain
from queries import CellVerdict, TableCell
from tests.pages.numbers.reading import Html, Table
from tests.pages.tabeltjek.reports import HIDE, MERGE, REPORT, ROUND, ROWS, SAFE, SUMMARY


def table(html: str) -> Table:
    page = Html()
    page.feed(html)
    (found,) = page.tables
    return found


def test_every_leak_is_marked_by_symbol_and_word_and_told_twice() -> None:
    marked, listed = leaks.marked_table(REPORT), leaks.told_leaks(REPORT)
    for one in REPORT.verdicts:
        mark = MARKS[one.verdict]
        cell = re.findall(rf'<td class="[^"]*" id="celle-{one.id}">(.*?)</td>', marked)
        assert len(cell) == 1
        assert mark.symbol in cell[0]
        assert mark.word in cell[0]
        told = f'href="#celle-{one.id}"' in listed
        opens = f'popovertarget="om-{one.id}"' in marked and f'id="om-{one.id}"' in marked
        assert told == opens == (one.verdict != "protected")


def test_the_printed_numbers_stand_as_they_were_read() -> None:
    found = table(leaks.marked_table(REPORT))
    assert found.heads == [cell.text for cell in ROWS[0]]
    assert [row[0] for row in found.rows] == [row[0].text for row in ROWS[1:]]
    for line, row in zip(found.rows, ROWS[1:], strict=True):
        for said, cell in zip(line[1:], row[1:], strict=True):
            assert said.split()[0] == cell.text


def test_what_a_leak_goes_through_is_said_once() -> None:
    listed = leaks.told_leaks(REPORT)
    assert f'<p class="note">{leaks.NEVER}</p>' in listed
    assert "{" not in listed
    assert "Gennem: Kolonnen Under 3 mdr. er summen af kommunerne" in listed
    assert "<ul><li>Rækken er summen af sine dele</li><li>Kolonnen Under 3 mdr." in listed
    assert "Tilbage er 2 muligheder." in listed
    said = replace(
        REPORT.verdicts[0], text="Nordby, 6-9 mdr., findes: Rækken er summen af sine dele."
    )
    once = leaks.told_leaks(replace(REPORT, verdicts=(said,)))
    assert once.count("Rækken er summen af sine dele") == 1
    assert "<p>Findes: Rækken" in once


def test_a_long_list_says_how_many_more() -> None:
    many = tuple(
        replace(REPORT.verdicts[0], id=f"D{n}", through=(f"Sum {n}",)) for n in range(1045)
    )
    html = leaks.told_leaks(replace(REPORT, verdicts=many))
    assert html.count("<li>") == 100
    assert "<summary>Vis 90 celler mere</summary>" in html
    assert "945 til er markeret i tabellen" in html


def test_the_same_finding_through_the_same_sum_is_told_once() -> None:
    def through(name: str, rest: str = "kolonnen 'I alt' er summen af 'p' og 'q'") -> CellVerdict:
        way = f"Rækken '{name}': {rest}"
        text = f"{name}, p, kan regnes ud. Det følger af: {way}."
        return CellVerdict(f"B{ord(name) - 60}", f"{name}, p", "computable", 1, (way,), text)

    other = through("C", "kolonnen 'Akk.' er den løbende sum af 'p'")
    html = leaks.told_leaks(
        replace(REPORT, verdicts=(through("A"), other, through("B"), through("D")))
    )
    first, second = re.findall(r"<li>(.*?)</li>", html)
    assert re.findall(r'href="#celle-(B\d+)"', first) == ["B5", "B6", "B8"]
    assert "A, p</a>; <a" in first
    assert first.count("kan regnes ud</span>") == 1
    assert "<p>Gælder 3 celler.</p>" in first
    assert "Det følger af: Kolonnen 'I alt' er summen af 'p' og 'q'." in unescape(first)
    assert "Rækken" not in first
    assert "Rækken 'C': kolonnen 'Akk.' er den løbende sum af 'p'." in unescape(second)
    assert "celler" not in second


def test_cells_narrowed_to_different_numbers_stand_apart() -> None:
    two, three = (
        replace(REPORT.verdicts[1], id=f"C{n}", title=f"C{n}", possibilities=n) for n in (2, 3)
    )
    html = leaks.told_leaks(replace(REPORT, verdicts=(two, three)))
    assert re.findall(r"Tilbage er (\d) muligheder", html) == ["2", "3"]
    assert html.count('href="#celle-') == html.count("<li><a") == 2


def test_a_finding_in_many_cells_folds_their_names_away() -> None:
    many = tuple(replace(REPORT.verdicts[0], id=f"D{n}") for n in range(40))
    html = leaks.told_leaks(replace(REPORT, verdicts=many))
    before, folded, _ = re.split("<details|</details>", html)
    assert [one.count('href="#celle-') for one in (before, folded)] == [12, 28]
    assert "<summary>Vis 28 mere</summary>" in folded
    assert "Gælder 40 celler." in before


def test_nothing_of_the_table_is_markup() -> None:
    nasty = "<img src=x onerror=alert(1)>"
    rows = tuple(tuple(replace(cell, text=nasty) for cell in row) for row in ROWS)
    verdicts = tuple(
        replace(one, title=nasty, text=nasty, through=(nasty,)) for one in REPORT.verdicts
    )
    report = replace(
        REPORT,
        table=replace(REPORT.table, rows=rows, above=(nasty,)),
        verdicts=verdicts,
        remarks=(nasty,),
        problems=(replace(REPORT.problems[0], text=nasty),),
        summary=replace(SUMMARY, sentence=nasty),
    )
    proposal = replace(HIDE, rows=rows, sentence=nasty, notes=(nasty,), title=nasty)
    drawn = [
        leaks.marked_table(report),
        leaks.told_leaks(report),
        leaks.verdict_box(report, nasty),
        understood.problems(report),
        told(proposal),
    ]
    assert all("<img" not in html and "&lt;img" in html for html in drawn)


@pytest.mark.parametrize("text", ["3*4_5 [x](y)", ":red[a] $x$ `c` <b> 1. a\\b", "# a | b ~~c~~"])
def test_a_label_shows_its_text_as_it_is(text: str) -> None:
    escaped = plain(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    assert not re.search(r"(?<!\\)[*_\[\]$`<>#|~:]", escaped)


def test_a_sum_that_does_not_fit_says_so() -> None:
    fits, _, broken = REPORT.understood
    assert label(fits) == "Rækken er summen af sine dele (læst af navnene, 6 linjer)"
    assert label(broken).endswith("(bruges ikke: passer ikke i 2 af 5 linjer)")


def test_the_verdict_counts_what_was_found() -> None:
    box = leaks.verdict_box(REPORT, "Læst.")
    counted = re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", box)
    assert counted == [
        ("kan regnes ud", "2"),
        ("kan indsnævres", "1"),
        ("små tal vises", "1"),
        ("skjult og beskyttet", "1"),
    ]
    assert "dom usikker" in box
    assert "2 skjulte tal ville" in box
    safe = leaks.verdict_box(replace(REPORT, summary=SAFE), "Læst.")
    assert "dom sikker" in safe
    assert "ville" not in safe


def test_what_is_not_decided_bears_no_tick_and_says_why() -> None:
    reasons = ("Kolonnen B kunne ikke læses <her>.", "Rækken I alt passer ikke.")
    summary = replace(SAFE, verdict="undecided", sentence="Ikke afgjort: noget.", reasons=reasons)
    kept = tuple(replace(one, verdict="protected") for one in REPORT.verdicts)
    report = replace(REPORT, summary=summary, verdicts=kept, remarks=(reasons[1], "Andet."))
    box = leaks.verdict_box(report, "Læst.")
    assert "dom uafgjort" in box
    assert "Ikke afgjort: Der er ikke fundet noget" in box
    assert "<li>Kolonnen B kunne ikke læses &lt;her&gt;.</li><li>Rækken I alt" in box
    assert "<dt>skjult, ikke afgjort</dt><dd>9</dd>" in box
    drawn = box + leaks.marked_table(report) + leaks.key(report)
    assert "✓" not in drawn
    assert MARKS["undecided"].meaning in drawn
    assert understood.problems(report).count("Rækken I alt passer ikke.") == 0
    assert "Andet." in understood.problems(report)


def test_what_else_is_not_understood_is_told_beside_a_leak() -> None:
    box = leaks.verdict_box(replace(REPORT, summary=replace(SUMMARY, reasons=("C2.",))), "Læst.")
    assert "dom usikker" in box
    assert "Desuden er dette ikke forstået:</strong></p><ul><li>C2.</li></ul>" in box


def test_the_criterion_that_was_used_is_named() -> None:
    assert "kravet »Streng (anbefalet)«. Et lille tal er færre end 3" in leaks.held_to(REPORT)
    told = leaks.held_to(replace(REPORT, criterion="rule"), "strict")
    assert "»Efter reglen« (ikke »Streng (anbefalet)«: tabellen siger selv" in told
    assert "ikke »" not in leaks.held_to(REPORT, "strict")


def test_a_table_is_cut_off_only_where_it_says_so() -> None:
    def drawn(lines: int) -> str:
        body = tuple((TableCell(f"A{n}", "x", "label", "label"),) for n in range(lines))
        return grid(body, 0, 1, caption="x", draw=lambda _: None)

    assert "lang" not in drawn(30)
    assert 'class="rul brugertabel lang"' in drawn(31)
    assert "Rul i tabellen for at se alle 31 linjer." in drawn(31)


def test_a_proposal_without_changes_repeats_no_table_and_tells_of_those_behind() -> None:
    same = told(replace(HIDE, differences=(), cost=0, audit=replace(SAFE, insiders=6)))
    assert "<table" not in same
    assert "Tabellen er den samme" in same
    assert "6 skjulte tal ville, hvis der kun står en eller to personer bag" in same
    assert '<details class="fold"><summary>Slå sammen: ikke muligt her</summary>' in told(MERGE)


def test_a_proposal_marks_what_differs_and_says_its_price() -> None:
    html = told(HIDE)
    changed = re.findall(r'<td class="tal aendret">(.*?)</td>', html)
    assert changed == ["<ins>·</ins> <small>før 12</small>", "<ins>·</ins> <small>før 17</small>"]
    assert "<dt>Celler, der ændres</dt><dd>2</dd>" in html
    assert "<dd>ja, det er bevist</dd>" in html
    assert SAFE.sentence in html
    assert "ikke undersøgt" in told(ROUND)
    counts = told(replace(HIDE, bound=None))
    assert "det er bevist" not in counts
    assert proposals.COUNTS_ONLY in counts
    gap = told(replace(HIDE, optimal=False, gap=0.034, cost=7))
    assert "højst 3,4\N{NO-BREAK SPACE}pct. over det mindste" in gap
    assert "<dt>Heraf skjult ud over de små tal</dt><dd>7</dd>" in gap
    assert "<table" not in told(MERGE)
    assert MERGE.sentence in told(MERGE)


def test_files_are_named_for_what_was_done_and_not_for_the_table() -> None:
    names = [file.name for file in proposals._files(HIDE, "skjul")]
    assert names == ["tabel_skjul.csv", "tabel_skjul.xlsx"]
    assert "Nordby" not in repr(proposals._files(HIDE, "skjul"))


def test_of_a_long_table_only_what_matters_is_shown() -> None:
    head = (TableCell("A1", "Sted", "label", "label"), TableCell("B1", "Antal", "label", "label"))
    lines = tuple(
        (
            TableCell(f"A{n}", f"Sted {n}", "label", "label"),
            TableCell(f"B{n}", "7", "shown", "count", 7),
        )
        for n in range(2, 502)
    )
    drawn = Drawn("7", "aendret")
    html = grid((head, *lines), 1, 1, caption="x", draw=lambda c: drawn if c.id == "B99" else None)
    assert [row[0] for row in table(html).rows] == ["Sted 99"]
    assert "Kun 1 af 500 linjer vises her" in html
    nothing = grid((head, *lines), 1, 1, caption="x", draw=lambda _: None)
    assert len(table(nothing).rows) == MOST_LINES
