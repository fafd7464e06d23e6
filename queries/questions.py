"""What the façade asks the warehouse, as SQL; values are bound to `?`."""

from __future__ import annotations

_COLUMNS = """
    period, breakdown, numerator, denominator_low, denominator_high,
    share_pct::DOUBLE AS share_pct, share_decimals, status::VARCHAR AS status
"""

_WITH_ORIGIN = f"""
    SELECT area_id, {_COLUMNS},
           origin::VARCHAR AS origin, note, source_id, source_row, source_line, recorded_at
    FROM observation"""  # noqa: S608  # our own columns

CELLS = f"{_WITH_ORIGIN} WHERE indicator_id = ? AND period = ? AND breakdown = ?"

MONTHS = f"""{_WITH_ORIGIN}
    WHERE indicator_id = ? AND breakdown = ?
      AND area_id IN (SELECT area_id FROM area WHERE level::VARCHAR = ?)
"""  # noqa: S608  # our own columns

SERIES = f"""
    SELECT area_id, {_COLUMNS}, source_id, note, recorded_at
    FROM observation
    WHERE indicator_id = ? AND breakdown = ? AND area_id IN (SELECT unnest(?))
"""  # noqa: S608  # our own columns

ALTERNATIVES = """
    SELECT a.indicator_id, a.period, a.source_id, s.kind::VARCHAR AS kind,
           a.status::VARCHAR AS told, a.breakdown, a.area_id, a.numerator, a.denominator,
           a.share_pct::DOUBLE AS share_pct, a.share_decimals
    FROM alternative a JOIN source s USING (source_id)
    WHERE a.indicator_id = $1 AND a.period = coalesce($2, a.period)
"""

PERIODS = """
    SELECT period, source_id, recorded_at,
           bool_or(area_id = '000' AND status = 'shown' AND share_pct IS NOT NULL) AS with_country
    FROM observation WHERE indicator_id = ? AND breakdown = ? GROUP BY ALL
"""
"""Names are joined outside: they are remembered, and the database would join them anew."""

VOICES = """
    SELECT s.source_id, s.kind::VARCHAR AS kind, s.corrects, s.series,
           coalesce(i.rowid + 1, 0) AS sequence, s.choices IS NULL AS of_others,
           s.choices IS NOT NULL OR s.published_on IS NOT NULL OR i.updated_on IS NOT NULL AS dated
    FROM source s LEFT JOIN import i USING (source_id)
"""

IMPORTS = """
    SELECT i.*, s.kind::VARCHAR AS kind, s.publisher
    FROM import i JOIN source s USING (source_id) ORDER BY i.rowid DESC
"""

DISPUTED = f"""
    SELECT indicator_id, area_id, {_COLUMNS}, source_id, recorded_at
    FROM observation JOIN source USING (source_id)
    WHERE kind <> 'synthetic' AND origin = 'source'
      AND indicator_id = coalesce($1, indicator_id)
    QUALIFY count(*) OVER (PARTITION BY indicator_id, period, breakdown, area_id) > 1
"""  # noqa: S608  # our own columns

AREAS = """
    SELECT area_id, level::VARCHAR AS level, name, aliases, valid_from, valid_to, basis
    FROM area ORDER BY area.level, area_id
"""

PARENTS = "SELECT area_id, parent_id FROM area_parent"

SOURCES = """
    SELECT s.* REPLACE (s.kind::VARCHAR AS kind),
           (SELECT max(c.source_id) FROM source c WHERE c.corrects = s.source_id) AS corrected_by
    FROM source s
    ORDER BY s.published_on DESC NULLS FIRST, s.source_id
"""

STATEMENTS = """
    SELECT * REPLACE (hedge::VARCHAR AS hedge, value::DOUBLE AS value,
                      count_hedge::VARCHAR AS count_hedge)
    FROM statement ORDER BY rowid
"""

_MEMBERS = "coalesce(list(k.area_id ORDER BY k.area_id) FILTER (k.area_id IS NOT NULL), [])"

INITIATIVES = f"""
    SELECT i.* REPLACE (people_hedge::VARCHAR AS people_hedge,
                        amount_mio_kr::DOUBLE AS amount_mio_kr), {_MEMBERS} AS members
    FROM initiative i LEFT JOIN initiative_kommune k USING (initiative_id)
    GROUP BY ALL ORDER BY starts_on
"""  # noqa: S608  # our own columns

ANNOTATIONS = f"""
    SELECT a.* EXCLUDE (initiative_id), {_MEMBERS} AS area_ids
    FROM annotation a LEFT JOIN initiative_kommune k USING (initiative_id)
    GROUP BY ALL ORDER BY starts_on, ends_on NULLS LAST, annotation_id DESC
"""  # noqa: S608  # our own columns

CHARACTERISTICS = """
    SELECT area_id, characteristic_id, c.title, c.unit, c.definition, value, low, high, source_id,
           kind::VARCHAR AS kind
    FROM area_characteristic JOIN characteristic c USING (characteristic_id)
    JOIN source USING (source_id) ORDER BY c.rowid, area_id
"""

PROTECTION = """
    SELECT p.source_id, s.kind::VARCHAR AS kind, p.indicator_id, i.title, p.* EXCLUDE (source_id,
      indicator_id)
    FROM protection p JOIN source s USING (source_id) JOIN indicator i USING (indicator_id)
    ORDER BY kind, p.indicator_id, p.period DESC, p.breakdown, p.source_id
"""

VERSIONS = "SELECT * FROM version ORDER BY step DESC"

CHANGES = """
    WITH touched AS (
      SELECT * EXCLUDE (added, changed, withdrawn), unnest(added) AS area_id, 'added' AS what
      FROM change
      UNION ALL BY NAME SELECT * EXCLUDE (added, changed, withdrawn), unnest(changed) AS area_id,
        'changed' AS what FROM change
      UNION ALL BY NAME SELECT * EXCLUDE (added, changed, withdrawn), unnest(withdrawn) AS area_id,
        'withdrawn' AS what FROM change),
    chained AS (
      SELECT indicator_id, source_id, period, breakdown, area_id, arg_max(kind, step) AS kind,
        arg_min(what, step) = 'added' AS new, arg_max(what, step) = 'withdrawn' AS gone
      FROM touched WHERE step > ? AND step <= ? GROUP BY ALL)
    SELECT indicator_id, source_id, any_value(kind)::VARCHAR AS kind,
      list_sort(list(DISTINCT period)) AS periods, count(*) FILTER (new) AS added,
      count(*) FILTER (NOT new AND NOT gone) AS changed, count(*) FILTER (gone) AS withdrawn
    FROM chained WHERE NOT (new AND gone)
    GROUP BY indicator_id, source_id ORDER BY indicator_id, source_id
"""
