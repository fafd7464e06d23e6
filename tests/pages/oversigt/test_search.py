"""What readers write in the search box, and where it takes them. Written before the search was."""

from __future__ import annotations

import pytest

from pages.flere_skal_med import gruppe_2, virksomhedspraktik
from pages.oversigt.search import direct, search, why_nothing
from pages.oversigt.search_index import Index, make_index
from pages.ressourceforloeb import passive
from queries import Atlas

HOLBAEK, AARHUS = "/kommune?kommune=0316", "/kommune?kommune=0751"
SPM_554, SPM_601 = "/kilder#kilde-beu-spm-554-berigtigelse", "/kilder#kilde-beu-spm-601"
LETTER = "/kilder#kilde-fsm-borgmesterbrev-2019"
ISHOEJ = "niveau=jobcenter&kommune=0183"

FIRST_HITS = {
    # kommuner: official, other and misspelt names, codes
    "holbæk": HOLBAEK,
    "HOLBÆK": HOLBAEK,
    "Holbaek": HOLBAEK,
    "holbak": HOLBAEK,
    "holbek": HOLBAEK,
    "hobæk": HOLBAEK,
    "holbæks": HOLBAEK,
    "holb": HOLBAEK,
    "Holbæk Kommune": HOLBAEK,
    "kommune holbæk": HOLBAEK,
    "0316": HOLBAEK,
    "Aarhus Kommune": AARHUS,
    "århus": AARHUS,
    "arhus": AARHUS,
    "Aahrus": AARHUS,
    "Samso": "/kommune?kommune=0741",
    "samsoe": "/kommune?kommune=0741",
    "kobenhavn": "/kommune?kommune=0101",
    "Københavns Kommune": "/kommune?kommune=0101",
    "koebenhavns kommune": "/kommune?kommune=0101",
    "kbh": "/kommune?kommune=0101",
    "aero": "/kommune?kommune=0492",
    "Ærø": "/kommune?kommune=0492",
    "nordfyn": "/kommune?kommune=0480",
    "Høje Tåstrup": "/kommune?kommune=0169",
    "hoje-tastrup": "/kommune?kommune=0169",
    "lyngby": "/kommune?kommune=0173",
    "mors": "/kommune?kommune=0773",
    "fåborg midtfyn": "/kommune?kommune=0430",
    "Brönderslev": "/kommune?kommune=0810",
    "rinsted": "/kommune?kommune=0329",
    "odnese": "/kommune?kommune=0461",
    "bornholm": "/kommune?kommune=0400",
    # jobcentre, regions, landsdele
    "jobcenter ishøj": f"/passive?{ISHOEJ}",
    "Ishøj jobcenter": f"/passive?{ISHOEJ}",
    "jobcenter ishoj": f"/passive?{ISHOEJ}",
    "Jobcenter Vallensbæk/Ishøj": "/passive?niveau=jobcenter&kommune=0187",
    "jobcenter holbæk": "/passive?niveau=jobcenter&kommune=0316",
    "Region Sjælland": "/passive?omraade=1085",
    "region sjaelland": "/passive?omraade=1085",
    "sjælland": "/passive?omraade=1085",
    "hovedstaden": "/passive?omraade=1084",
    "nordjylland": "/passive?omraade=1081",
    "landsdel nordjylland": "/passive?omraade=DK050",
    "østjylland": "/passive?omraade=DK042",
    "fyn": "/passive?omraade=DK031",
    "vest- og sydsjælland": "/passive?omraade=DK022",
    "byen københavn": "/passive?omraade=DK011",
    # documents and question numbers
    "spm 554": SPM_554,
    "spm. 554": SPM_554,
    "spm554": SPM_554,
    "spørgsmål 554": SPM_554,
    "Spoergsmaal 554": SPM_554,
    "554": SPM_554,
    "BEU alm. del, svar på spm. 554": SPM_554,
    "beu 601": SPM_601,
    "svaret på spørgsmål 601": SPM_601,
    "brev 7. maj 2019": LETTER,
    "borgmesterbrevet": LETTER,
    "17/12907": SPM_601,
    # indicators, in their own words and in others': what is published of the country comes first
    "passive": "/passive",
    "passive i ressourceforløb": "/passive",
    "hvor mange er passive?": "/passive",
    "ressourceforløb": "/passive",
    "gruppe 2": LETTER,
    "gruppe 2 over 9": LETTER,
    "mere end 9 måneder i gruppe 2": LETTER,
    "gruppe 2 uden tilbud": LETTER,
    "skiftet ydelse": LETTER,
    "virksomhedspraktik": LETTER,
    "praktik": LETTER,
    "lontilskud": LETTER,
    "ordinære timer": LETTER,
    "helt i job": LETTER,
    # indicator, area and time together, in any order
    "passive holbæk": "/passive?kommune=0316",
    "holbæk passive": "/passive?kommune=0316",
    "Hvor mange passive er der i Holbæk Kommune?": "/passive?kommune=0316",
    "passive arhus": "/passive?kommune=0751",
    "passive holbæk juni 2017": "/passive?kommune=0316",
    "passive holbæk 2017": "/passive?kommune=0316",
    "passive holbæk marts 2018": "/passive?periode=2018M03&kommune=0316",
    "passive 2018M03": "/passive?periode=2018M03",
    "passive 03/2018": "/passive?periode=2018M03",
    "passive Region Sjælland": "/passive?omraade=1085",
    "passive i jobcenter ishøj": f"/passive?{ISHOEJ}",
    "passive hele landet": "/passive",
    "gruppe 2 ishøj": "/gruppe-2?kommune=0183",
    "gruppe 2 ishøj kommune": "/gruppe-2?niveau=kommune&kommune=0183",
    "uden tilbud aarhus nov 2018": "/gruppe-2?maal=uden_tilbud&periode=2018M11&kommune=0751",
    "praktik odense": "/virksomhedspraktik?kommune=0461",
    "sammenlign holbæk og odense": "/sammenlign?sammenlign=0316,0461",
    "holbæk mod aarhus": "/sammenlign?sammenlign=0316,0751",
    "sammenlign holbæk": "/sammenlign?sammenlign=0316",
    # words, initiatives, pages, published numbers
    "mentor": "/kilder#ord-mentor",
    "DREAM": "/kilder#ord-dream",
    "samrad": "/samraad",
    "tragtdiagram": "/kilder#ord-tragtdiagram",
    "flere skal med": "/initiativer?initiativ=flere_skal_med",
    "bedre ressourceforløb": "/initiativer?initiativ=bedre_ressourceforloeb",
    "initiativpakken": "/initiativer?initiativ=initiativpakke_2017",
    "kilder": "/kilder",
    "sammenlign": "/sammenlign",
    "tilgængelighed": "/tilgaengelighed",
    "rundvisning": "/?rundvisning=vis",
    "hent data": "/data/",
    "2.790": SPM_554,
    "262,5 mio. kr.": LETTER,
    "1468": LETTER,
}
PUBLISHED = {
    # what a newcomer asked, and the figure that the documents give
    "hvor mange venter over 9 måneder": "Flere end ni ud af ti: ",
    "23 pct praktik": "23 pct.: ",
    "praktik": "23 pct.: ",
    "løntilskud": "23 pct.: ",
    "60 pct uden tilbud": "60 pct.: ",
    "60 % uden tilbud": "60 pct.: ",
    "kontanthjælp gruppe 2": "Syv ud af ti: ",
    "flere end ni ud af ti": "Flere end ni ud af ti: ",
    "syv ud af ti": "Syv ud af ti: ",
    "mindst 20 personer": "Mindst 20 personer: ",
    "21 pct": "21 pct.: ",
    "21 procent": "21 pct.: ",
    "24 kommuner": "24 kommuner: ",
    "88 kommuner": "88 kommuner: ",
    "262,5 mio. kr.": "262,5 mio. kr.: ",
    "over 24.000 borgere": "Mere end 24.000 personer: ",
    "skiftet ydelse": "Syv ud af ti: ",
    "ordinære timer": "11 pct.: ",
    "helt i job": "6 pct.: ",
    "gruppe 2 over 9 måneder december 2018": "Flere end ni ud af ti: ",
}
NOTHING = ("", "   ", "!!!", "xyzzy", "atlantis", "spm 999", "spm 12 a", "q", "20", "%&/")


@pytest.fixture(scope="module")
def index(atlas: Atlas) -> Index:
    return make_index(atlas, (passive.PAGE, gruppe_2.PAGE, virksomhedspraktik.PAGE))


@pytest.mark.parametrize(("text", "address"), FIRST_HITS.items())
def test_takes_the_reader_there(index: Index, text: str, address: str) -> None:
    hits = search(index, text)
    assert hits, why_nothing(index, text)
    assert hits[0].address == address


@pytest.mark.parametrize(
    "text",
    ["skjulte tal", "diskretionering", "anonymisering", "GDPR", "kan tallene regnes ud"],
)
def test_what_is_asked_of_hidden_numbers_leads_to_both_pages(index: Index, text: str) -> None:
    assert {hit.address for hit in search(index, text)} >= {"/fortrolighed", "/tabeltjek"}


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing_and_says_why(index: Index, text: str) -> None:
    assert search(index, text) == []
    assert why_nothing(index, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("spm 999", "Spørgsmål 999 er ikke blandt atlassets dokumenter"),
        ("", "Skriv et navn"),
        ("xyzzy", "»xyzzy«"),
    ],
)
def test_the_reason_names_what_was_not_understood(index: Index, text: str, told: str) -> None:
    assert told in why_nothing(index, text)


@pytest.mark.parametrize(("text", "figure"), PUBLISHED.items())
def test_what_is_published_comes_before_what_is_made_up(
    index: Index, text: str, figure: str
) -> None:
    hits = search(index, text)
    assert hits[0].title.replace("\N{NO-BREAK SPACE}", " ").startswith(figure)
    assert hits[0].kind == "Offentliggjort tal"
    assert hits[0].why.startswith("Står i ")
    assert direct(hits) is None
    made_up = ["(syntetisk)" in hit.title for hit in hits]
    assert made_up == sorted(made_up)


@pytest.mark.parametrize("text", ["hvad er gruppe 2", "hvad betyder gruppe 2?"])
def test_what_a_word_means_is_answered_with_the_word(index: Index, text: str) -> None:
    kinds = list(dict.fromkeys(hit.kind for hit in search(index, text)))
    assert kinds == ["Ord", "Offentliggjort tal", "Tal"]


def test_every_figure_is_found_as_it_is_written(index: Index) -> None:
    for statement in index.statements:
        if statement.figures:
            found = search(index, statement.title.split(": ")[0])
            assert statement.title in [hit.title for hit in found], statement.title


@pytest.mark.parametrize("text", ["20", "9", "mere end", "pct", "7 pct", "89 kommuner"])
def test_a_figure_that_no_document_has_finds_no_statement(index: Index, text: str) -> None:
    assert "Offentliggjort tal" not in {hit.kind for hit in search(index, text)}


def test_nothing_published_of_the_country_stands_among_a_kommunes_numbers(index: Index) -> None:
    hits = search(index, "gruppe 2 holbæk")
    assert "Offentliggjort tal" not in {hit.kind for hit in hits}


def test_a_word_of_a_caveat_leads_to_it(index: Index) -> None:
    caveat, *_ = search(index, "jobindsats")
    assert caveat.kind == "Forbehold"
    assert caveat.address == "/kilder#indikator-passive_ressourceforloeb"
    assert caveat.why.startswith("Passivandelen på jobindsats.dk")


def test_words_are_told_as_the_reader_wrote_them(index: Index) -> None:
    assert "»Arbejdsløshed«" in why_nothing(index, "Arbejdsløshed")
    assert "»Hølbek«" in search(index, "passive Hølbek")[0].why
    assert "»Øresund« er ikke brugt" in search(index, "passive holbæk Øresund")[0].why


def test_high_is_no_kommune(index: Index) -> None:
    hits = search(index, "høj passivandel")
    assert hits[0].address == "/passive"
    assert all("Taastrup" not in hit.title for hit in hits)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bedre ressourceforløb holbæk", "Holbæk deltog."),
        ("bedre ressourceforløb odense", "Odense er ikke blandt dem, dokumentet nævner."),
    ],
)
def test_an_initiative_tells_whether_a_kommune_took_part(
    index: Index, text: str, told: str
) -> None:
    assert search(index, text)[0].why.endswith(told)


def test_what_is_not_understood_beside_something_else_is_told(index: Index) -> None:
    hits = search(index, "passive holbæk atlantis")
    assert hits[0].address == "/passive?kommune=0316"
    assert "»atlantis« er ikke brugt" in hits[0].why
    assert direct(hits) is None


def test_a_misspelt_name_is_told_and_not_gone_to_directly(index: Index) -> None:
    hits = search(index, "passive holbek")
    assert "»holbek«" in hits[0].why
    assert direct(hits) is None


@pytest.mark.parametrize(
    "text", ["passive holbæk", "passive holbaek", "gruppe 2 uden tilbud aarhus", "spm 601", "dream"]
)
def test_a_clear_question_is_gone_to_directly(index: Index, text: str) -> None:
    hits = search(index, text)
    assert direct(hits) == hits[0]


@pytest.mark.parametrize(
    "text", ["holbæk", "gruppe 2", "passive", "spm 554", "nordjylland", "xyzzy"]
)
def test_what_may_mean_several_things_is_listed(index: Index, text: str) -> None:
    assert direct(search(index, text)) is None


def test_a_made_up_month_is_marked(index: Index) -> None:
    (hit, *_) = search(index, "passive holbæk marts 2018")
    assert hit.title.endswith("marts 2018 (syntetisk)")
    assert "syntetisk" not in search(index, "passive holbæk juni 2017")[0].title
    assert "(syntetisk)" in search(index, "gruppe 2 ishøj")[0].title


def test_a_month_without_numbers_is_told(index: Index) -> None:
    (hit, *_) = search(index, "passive holbæk maj 1999")
    assert hit.address == "/passive?kommune=0316"
    assert "Der er ikke tal for maj 1999" in hit.why


def test_a_kommune_leads_to_its_profile_its_numbers_and_its_jobcenter(index: Index) -> None:
    hits = search(index, "ishøj")
    addresses = [hit.address for hit in hits]
    assert addresses[0] == "/kommune?kommune=0183"
    assert "/passive?kommune=0183" in addresses
    assert "/gruppe-2?kommune=0183" in addresses
    assert {"Kommune", "Jobcenter"} <= {hit.kind for hit in hits}


def test_a_corrected_document_comes_before_what_it_corrects(index: Index) -> None:
    documents = [hit for hit in search(index, "spm 554") if hit.kind == "Dokument"]
    assert [hit.address for hit in documents] == [
        SPM_554,
        "/kilder#kilde-beu-spm-554-oprindelig",
    ]
    assert "Berigtiget svar" in documents[0].why
    assert "erstattet" in documents[1].why


def test_every_kommune_is_found_by_all_its_names_with_and_without_danish_letters(
    index: Index, atlas: Atlas
) -> None:
    bare = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})
    for row in atlas.areas().filter(level="kommune").iter_rows(named=True):
        for name in (row["name"], *row["aliases"]):
            for text in (name, name.upper(), f"{name} Kommune", name.translate(bare)):
                found = search(index, text)[0].address
                assert found == f"/kommune?kommune={row['area_id']}", text


def test_every_area_indicator_word_and_document_is_found_by_its_own_title(
    index: Index, atlas: Atlas
) -> None:
    for row in atlas.areas().filter(level="jobcenter").iter_rows(named=True):
        assert search(index, row["name"])[0].kind == "Jobcenter", row["name"]
    for row in atlas.areas().filter(level="region").iter_rows(named=True):
        assert search(index, row["name"])[0].title == row["name"]
    for indicator in atlas.indicators.values():
        assert any(indicator.title in hit.title for hit in search(index, indicator.title))
    for source in atlas.sources().values():
        if source.kind == "published":
            addresses = [hit.address for hit in search(index, source.document_id)]
            assert f"/kilder#kilde-{source.source_id}" in addresses[:2], source.document_id


def test_the_same_question_has_the_same_answer(index: Index, atlas: Atlas) -> None:
    pages = (passive.PAGE, gruppe_2.PAGE, virksomhedspraktik.PAGE)
    again = make_index(atlas, pages)
    for text in FIRST_HITS:
        hits = search(index, text)
        assert hits == search(again, text)
        assert len({(hit.address, hit.title) for hit in hits}) == len(hits) <= 12


def test_hits_are_plain_text_with_addresses_of_the_atlas(index: Index) -> None:
    for text in FIRST_HITS:
        for hit in search(index, text):
            assert hit.address.startswith("/")
            assert hit.title
            assert hit.kind
            assert not set("<>") & set(hit.title + hit.why)


def test_long_and_strange_texts_are_answered_quickly(index: Index) -> None:
    for text in ("holbæk " * 400, "a" * 5_000, "<script>alert(1)</script>", "\x00\u202e passive"):
        search(index, text)
        why_nothing(index, text)
