"""Does a freshly written warehouse hold what it should? Asked of the file, not of memory."""

from __future__ import annotations

from pathlib import Path

import duckdb

from queries.errors import UserError
from queries.warehouse.content import Content

EXPECTED_AREAS = {"land": 1, "region": 5, "landsdel": 11, "kommune": 98, "jobcenter": 94}

OTHERS = "import_id IS NOT NULL AND choices IS NULL"
"""A source that a data owner has imported and others have published: shown as it is."""
ROUNDED = 0.5
"""The most that a rounded number is wrong by."""
COUNTED_TWICE = 0.02
"""The most of a country's people that may count in two kommuner (0,06 pct. on jobindsats.dk)."""

# Each returns the ids of what breaks a rule of the published zone; no rows is right.
RULES = {
    "historikken ender ikke i denne version": """
        SELECT version FROM build ANTI JOIN (SELECT version FROM version ORDER BY step DESC LIMIT 1)
          USING (version)""",
    "en indikator har ingen tal": """
        SELECT indicator_id FROM indicator ANTI JOIN observation USING (indicator_id)""",
    "en celle er der to gange": """
        SELECT indicator_id || ' ' || period || ' ' || area_id FROM observation
        GROUP BY indicator_id, period, breakdown, area_id, source_id HAVING count(*) > 1""",
    "en celle er fra en kilde, der ikke er der": """
        SELECT source_id FROM observation ANTI JOIN source USING (source_id)""",
    "en celle er for et område, der ikke er der": """
        SELECT area_id FROM observation ANTI JOIN area USING (area_id)""",
    "en celle er af en indikator, der ikke er der": """
        SELECT indicator_id FROM observation ANTI JOIN indicator USING (indicator_id)""",
    "en kommune eller et jobcenter mangler en celle": """
        WITH series AS (
          SELECT indicator_id, period, breakdown, source_id
          FROM observation JOIN area USING (area_id)
          GROUP BY ALL  -- a breakdown may be limited to the levels above
          HAVING breakdown = 'alle' OR bool_or(level NOT IN ('land', 'region')))
        SELECT area_id FROM area CROSS JOIN series
        WHERE level IN ('kommune', 'jobcenter')
        EXCEPT SELECT area_id FROM observation JOIN series
          USING (indicator_id, period, breakdown, source_id)""",
    "et område hænger ikke sammen med landet": """
        WITH RECURSIVE up AS (
          SELECT area_id, area_id AS top FROM area
          UNION SELECT up.area_id, p.parent_id FROM up JOIN area_parent p ON p.area_id = up.top)
        SELECT area_id FROM area
        WHERE area_id NOT IN (SELECT area_id FROM up WHERE top = '000')""",
    "antal og andel passer ikke sammen": """
        SELECT area_id FROM observation
        WHERE share_pct IS NOT NULL AND denominator_low IS NOT NULL AND origin <> 'sum_of_kommuner'
          AND NOT (100.0 * numerator / denominator_low
              >= share_pct - 0.5 * 10.0 ** -share_decimals - 1e-9
            AND 100.0 * numerator / denominator_high
              <= share_pct + 0.5 * 10.0 ** -share_decimals + 1e-9)
        """,
    # Others round each number, and count people in every kommune they have lived in that month.
    "de viste kommuner overstiger landets tal": f"""
        SELECT indicator_id || ' ' || period FROM observation JOIN area USING (area_id)
        JOIN source USING (source_id)
        GROUP BY indicator_id, period, breakdown, source_id, import_id, choices
        HAVING sum(numerator) FILTER (level = 'kommune') > max(numerator) FILTER (level = 'land')
          * (CASE WHEN {OTHERS} THEN 1 + {COUNTED_TWICE} ELSE 1 END)
          + (CASE WHEN {OTHERS} THEN {ROUNDED} * count(*) FILTER (level = 'kommune') ELSE 0 END)
        """,  # noqa: S608  # our own words
    "en vist celle har ikke det tal, indikatoren er": """
        SELECT indicator_id || ' ' || area_id FROM observation JOIN indicator USING (indicator_id)
        WHERE status = 'shown' AND CASE form
          WHEN 'share_only' THEN share_pct IS NULL OR numerator IS NOT NULL
          WHEN 'count_only' THEN numerator IS NULL OR share_pct IS NOT NULL
          ELSE numerator IS NULL END""",
    "en celle er fra en anden dag end sin import": """
        SELECT o.indicator_id || ' ' || o.period FROM observation o JOIN import i USING (source_id)
        WHERE o.recorded_at <> i.recorded_at""",
    "en kilde og dens import hører ikke sammen": """
        SELECT s.source_id FROM source s FULL JOIN import i USING (source_id)
        WHERE s.import_id IS DISTINCT FROM i.import_id OR s.series <> coalesce(i.series, '')
          OR i.form <> (CASE WHEN s.choices IS NULL THEN 'document' ELSE 'run' END)""",
    "et jobcenter, der er én kommune, afviger fra kommunen": """
        SELECT o.area_id FROM observation o
        JOIN area_parent p ON p.parent_id = o.area_id
        JOIN observation k ON k.area_id = p.area_id AND k.indicator_id = o.indicator_id
          AND k.period = o.period AND k.breakdown = o.breakdown AND k.source_id = o.source_id
        WHERE o.origin = 'same_area' AND (o.numerator IS DISTINCT FROM k.numerator
          OR o.share_pct IS DISTINCT FROM k.share_pct OR o.status <> k.status)""",
    # The country may hold people without a known kommune, so nothing is left over by itself there.
    # What others have published with its own sums is as it is, and the audit says so.
    "ét skjult tal kan regnes ud ved at trække de viste fra summen": f"""
        SELECT total.area_id FROM observation total
        JOIN source ON source.source_id = total.source_id
          AND (NOT ({OTHERS}) OR total.origin = 'sum_of_kommuner')
        JOIN indicator ON indicator.indicator_id = total.indicator_id AND form <> 'share_only'
        JOIN area ON area.area_id = total.area_id AND area.level <> 'land'
        JOIN area_parent p ON p.parent_id = total.area_id
        JOIN area child ON child.area_id = p.area_id AND child.level <> 'jobcenter'
        JOIN observation part ON part.area_id = p.area_id
          AND part.indicator_id = total.indicator_id AND part.period = total.period
          AND part.breakdown = total.breakdown AND part.source_id = total.source_id
        GROUP BY total.indicator_id, total.period, total.breakdown, total.source_id,
          total.area_id, total.status
        HAVING count(*) FILTER (part.status IN ('suppressed', 'left_out'))
          + (total.status IN ('suppressed', 'left_out'))::INT = 1
        """,  # noqa: S608  # our own words
}


def verify(path: Path, content: Content, map_codes: dict[str, set[str]] | None = None) -> None:
    """Check the file at `path` against what was meant; raise UserError naming what is wrong.

    Row counts and the sum of every count are compared with `content`; areas with the fixed number
    of each level and with the map's ids where given; then the rules above.
    """
    wrong: list[str] = []
    with duckdb.connect(str(path), read_only=True) as connection:

        def rows(sql: str) -> list[tuple[object, ...]]:
            return connection.execute(sql).fetchall()

        for table, frame in content.tables.items():
            (found,) = rows(f"SELECT count(*) FROM {table}")[0]  # noqa: S608  # our own names
            if found != frame.height:
                wrong.append(f"{table} har {found} rækker, ventet {frame.height}")
        (found,) = rows("SELECT coalesce(sum(numerator), 0) FROM observation")[0]
        if found != (meant := content.tables["observation"]["numerator"].sum()):
            wrong.append(f"antal i alt er {found}, ventet {meant}")
        counts = rows("SELECT level::VARCHAR, count(*) FROM area GROUP BY ALL")
        levels = {str(row[0]): row[1] for row in counts}
        if levels != EXPECTED_AREAS:
            wrong.append(f"områder er {levels}, ventet {EXPECTED_AREAS}")
        for level, codes in (map_codes or {}).items():
            sql = "SELECT area_id FROM area WHERE level::VARCHAR = ?"
            ids = {str(row[0]) for row in connection.execute(sql, [level]).fetchall()}
            if differing := sorted(ids ^ codes):
                wrong.append(f"kort og datalager har ikke samme {level}-koder: {differing[:5]}")
        for rule, sql in RULES.items():
            if broken := sorted({str(row[0]) for row in rows(sql)}):
                wrong.append(f"{rule}: {', '.join(broken[:5])}")
    if wrong:
        raise UserError(
            "Det nye datalager blev ikke taget i brug, fordi det ikke kunne bekræftes: "
            + "; ".join(wrong)
            + ". Det gamle er uændret. Ret kildefilerne, og byg igen."
        )
