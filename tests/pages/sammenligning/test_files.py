"""The files of both pages: all numbers, or only the published ones."""

from __future__ import annotations

import pytest

from pages.exports.charts import charted
from pages.exports.dataset import Asked
from pages.frame.data_tables import table
from pages.sammenligning.share_part import content
from queries import Atlas, UserError


@pytest.mark.parametrize("name", ["kommune", "sammenlign"])
def test_a_file_of_published_numbers_has_no_made_up_one(atlas: Atlas, name: str) -> None:
    codes = {"kommune": "0316", "sammenlign": "0316,0330"}[name]
    whole = table(atlas, name, {name: codes})
    found = table(atlas, name, {name: codes, "kilde": "offentliggjort"})
    assert whole.synthetic
    assert "SYNTETISK" in whole.file_stem
    assert not found.synthetic
    assert "SYNTETISK" not in found.file_stem
    assert "syntetisk" not in found.rows.columns
    assert set(found.rows["indikator"]) == {"passive_ressourceforloeb"}
    kommuner = found.rows.filter(omraadekode="0316")
    assert kommuner["antal"].to_list() == [117]
    assert ("Udvalg", "kun tal fra kilder af slagsen offentliggjort") in found.about()


def test_an_unknown_kind_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="Ukendt kilde: 'x'"):
        table(atlas, "kommune", {"kommune": "0316", "kilde": "x"})


def test_a_picture_of_the_chosen_has_only_their_bars(atlas: Atlas) -> None:
    asked = Asked(
        "passive_ressourceforloeb", "2017M06", sort="andel", among=("0330", "0316", "0563")
    )
    _, svg = charted(atlas, "soejler", asked, None)
    assert "udvalgte kommuner" in svg
    assert svg.index("Holbæk") < svg.index("Slagelse") < svg.index("Fanø")
    assert "Køge" not in svg


def test_the_published_numbers_can_be_cited(atlas: Atlas) -> None:
    html = content(atlas, "sammenlign", ["0316", "0330"], "kommune", {"sammenlign": "0316,0330"})
    assert f"data={atlas.version}" in html
    assert "Holbæk: 52" in html
    assert "berigtiget svar" in html
    assert "De syntetiske tal må ikke citeres." in html
    assert "/data/sammenlign.csv?sammenlign=0316,0330&amp;kilde=offentliggjort" in html
