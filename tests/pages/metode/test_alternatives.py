"""How much is told instead of hidden numbers: the section and the file."""

from __future__ import annotations

import re

import polars as pl
import pytest

from pages.exports.alternatives import of_alternatives
from pages.metode.alternatives import NONE, told_instead
from queries import Atlas, UserError


def test_the_section_counts_what_the_facade_gives(atlas: Atlas) -> None:
    html = told_instead(atlas)
    for indicator_id, indicator in atlas.indicators.items():
        rows = atlas.alternatives(indicator_id)
        if rows.is_empty():
            continue
        counts = [rows.filter(told=kind).height for kind in ("combined", "coarser", "rounded")]
        shown = re.findall(rf">{re.escape(indicator.title)}<.*?</tr>", html)
        numbers = [int(one.replace(".", "")) for one in re.findall(r">([\d.]+)</td>", shown[0])]
        assert numbers == [rows["period"].n_unique(), *counts], indicator_id
    assert "SYNTETISKE TAL" in html


def test_the_file_has_every_row_with_its_label(atlas: Atlas) -> None:
    whole = of_alternatives(atlas).rows
    assert whole.height == sum(atlas.alternatives(one).height for one in atlas.indicators) > 20_000
    assert set(whole["syntetisk"]) == {"ja"}
    one = of_alternatives(atlas, "passive_ressourceforloeb").rows
    dragoer = one.filter(periode="2018M05", omraader="0155+0185").row(0, named=True)
    assert dragoer["vist"] == "Dragør og Tårnby tilsammen"
    assert dragoer["antal_mindst"] == dragoer["antal_hoejst"]
    share = 100 * dragoer["antal_mindst"] / dragoer["naevner"]
    assert dragoer["andel_pct"] == round(share)
    rounded = whole.filter(slags="afrundet")
    assert rounded["naevner"].null_count() == rounded.height
    assert set(rounded["antal_hoejst"] - rounded["antal_mindst"]) == {4, 9}


def test_a_jobcenter_of_one_kommune_is_told_by_it_and_a_shared_one_by_itself(atlas: Atlas) -> None:
    rows = atlas.alternatives("passive_sygedagpenge", "2018M05")
    kommune = rows.explode("area_ids").filter(told="rounded")["area_ids"][0]
    own = atlas.alternatives("passive_sygedagpenge", "2018M05", kommune)
    assert own.height > 0
    assert all(kommune in areas for areas in own["area_ids"])
    if len(kommune) == 4:
        assert atlas.alternatives("passive_sygedagpenge", "2018M05", f"J{kommune}").equals(own)


def test_an_unknown_indicator_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="Ukendt indikator: 'x'"):
        of_alternatives(atlas, "x")


def test_without_anything_told_the_section_says_so(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atlas.alternatives
    monkeypatch.setattr(Atlas, "alternatives", lambda _, one: real(one).clear())
    assert told_instead(atlas).endswith(NONE)
    assert isinstance(of_alternatives(atlas).rows, pl.DataFrame)
