-- The passive share as one would first write it: by the definition, with the default choices, with
-- a row per spell and month. Slow, plain, and independent of the compiled loops.
--
-- Given: the variables benefits, offers, mentors (files) and as_of; the tables code_list (code,
-- benefit, place: numbers in the order of the list), active_offer (offer_type), kommune (code: a
-- number) and month (number, first_day, last_day).

-- Weeks by number: week 0 is the ISO week of 1 January 1970.
CREATE TEMP TABLE week AS
SELECT number::SMALLINT AS number, isoyear(monday) * 100 + week(monday) AS code
FROM (
    SELECT number, DATE '1969-12-29' + 7 * number::INTEGER AS monday
    FROM range(6800) AS numbers (number)
);

CREATE TEMP TABLE calendar AS
SELECT
    number,
    last_day,
    date_diff('day', DATE '1969-12-29', first_day) // 7 AS first_week,
    date_diff('day', DATE '1969-12-29', last_day) // 7 AS last_week,
    last_day(last_day - INTERVAL 1 YEAR) AS year_before  -- the same month's last day
FROM month;

-- 1. Rows cleaned; 9999, an unknown kommune, is the highest.
CREATE TEMP TABLE spell AS
WITH now AS (SELECT date_diff('day', DATE '1969-12-29', getvariable('as_of')) // 7 AS week)
SELECT
    person,
    code_list.benefit,
    code_list.place AS code,
    coalesce(kommune.code, 9999)::SMALLINT AS kommune,
    begins.number AS first,
    least(coalesce(ends.number, now.week), now.week)::SMALLINT AS last
FROM read_parquet(getvariable('benefits')) AS row
CROSS JOIN now
JOIN code_list ON code_list.code = row.benefit::VARCHAR
JOIN week AS begins ON begins.code = row.first_week
LEFT JOIN week AS ends ON ends.code = row.last_week
LEFT JOIN kommune ON kommune.code = row.kommune
WHERE begins.number <= now.week AND (row.last_week IS NULL OR ends.number >= begins.number);

-- 2. Spells of the same benefit, code and kommune that overlap or touch are one.
CREATE TEMP TABLE merged AS
WITH reached AS (
    SELECT *, max(last) OVER (
        PARTITION BY person, benefit, code, kommune ORDER BY first, last
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
    FROM (SELECT DISTINCT * FROM spell)  -- equal rows have no order, and two windows may differ
),
numbered AS (
    SELECT *, count(*) FILTER (before IS NULL OR first > before + 1) OVER (
        PARTITION BY person, benefit, code, kommune ORDER BY first, last ROWS UNBOUNDED PRECEDING
    ) AS part
    FROM reached
)
SELECT person, benefit, code, kommune, min(first) AS first, max(last) AS last
FROM numbered
GROUP BY person, benefit, code, kommune, part;

-- 3. Runs: the weeks of a benefit without a break, whatever the kommune and the code.
CREATE TEMP TABLE run AS
WITH reached AS (
    SELECT *, max(last) OVER (
        PARTITION BY person, benefit ORDER BY first, last
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
    FROM (SELECT DISTINCT person, benefit, first, last FROM merged)
),
numbered AS (
    SELECT *, count(*) FILTER (before IS NULL OR first > before + 1) OVER (
        PARTITION BY person, benefit ORDER BY first, last ROWS UNBOUNDED PRECEDING
    ) AS part
    FROM reached
)
SELECT person, benefit, min(first) AS first, max(last) AS last
FROM numbered
GROUP BY person, benefit, part;

-- 4. Courses: runs with breaks of at most 4 weeks. A run's week has the seniority when it is the
-- 52nd week of the course, or a later one; weeks of a break are not counted.
CREATE TEMP TABLE course AS
WITH apart AS (
    SELECT *, first - lag(last) OVER (PARTITION BY person, benefit ORDER BY first) - 1 AS gap
    FROM run
),
numbered AS (
    SELECT *, count(*) FILTER (gap IS NULL OR gap > 4) OVER (
        PARTITION BY person, benefit ORDER BY first ROWS UNBOUNDED PRECEDING
    ) AS course
    FROM apart
),
counted AS (
    SELECT *, coalesce(sum(last - first + 1) OVER (
        PARTITION BY person, benefit, course ORDER BY first
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS weeks_before
    FROM numbered
)
SELECT person, benefit, first, last, first + 52 - weeks_before - 1 AS senior_from FROM counted;

-- 5. Of every month with the benefit its last week with it, and the spell that owns this week: the
-- latest to begin, then the latest to end, the lowest kommune, the first code.
CREATE TEMP TABLE senior AS
SELECT
    merged.person,
    merged.benefit,
    merged.kommune,
    calendar.number AS month,
    least(merged.last, calendar.last_week)::SMALLINT AS week
FROM merged
JOIN course
    ON course.person = merged.person
    AND course.benefit = merged.benefit
    AND merged.first BETWEEN course.first AND course.last
JOIN calendar ON merged.first <= calendar.last_week AND merged.last >= calendar.first_week
QUALIFY week >= course.senior_from AND row_number() OVER (
    PARTITION BY merged.person, merged.benefit, calendar.number
    ORDER BY week DESC, merged.first DESC, merged.last DESC, merged.kommune, merged.code
) = 1;

-- 6. Months of which an active offer or a mentor touches the last year.
CREATE TEMP TABLE active AS
WITH activity AS (
    SELECT person, starts_on, ends_on
    FROM read_parquet(getvariable('offers'))
    SEMI JOIN active_offer USING (offer_type)
    UNION ALL
    SELECT person, starts_on, ends_on FROM read_parquet(getvariable('mentors'))
),
bounded AS (
    SELECT
        person,
        starts_on,
        least(coalesce(ends_on, getvariable('as_of')), getvariable('as_of')) AS ends_on
    FROM activity
    WHERE starts_on <= getvariable('as_of') AND (ends_on IS NULL OR ends_on >= starts_on)
)
SELECT DISTINCT bounded.person, calendar.number AS month
FROM bounded
JOIN calendar
    ON bounded.starts_on <= calendar.last_day AND bounded.ends_on > calendar.year_before;

-- 7. Everybody with the seniority, and of them those without activity.
CREATE TEMP TABLE counted AS
WITH everybody AS (
    SELECT benefit, month, kommune, count(*) AS persons FROM senior GROUP BY ALL
),
passive AS (
    SELECT benefit, month, kommune, count(*) AS persons
    FROM senior ANTI JOIN active USING (person, month)
    GROUP BY ALL
)
SELECT
    everybody.*,
    coalesce(passive.persons, 0) AS numerator,
    everybody.persons AS denominator
FROM everybody
LEFT JOIN passive USING (benefit, month, kommune);
