-- The passive share as one would write it first: by the definition, with the default choices, a row
-- per spell and month. Slow, plain and independent of the compiled loops.
--
-- Given: the variables benefits, offers, mentors (files) and as_of; the tables code_list (benefit,
-- code, place), active_offer (offer_type), kommune (code) and month (period, first_day, last_day).

-- Weeks by number: week 0 is the ISO week of 1 January 1970.
CREATE TEMP TABLE week AS
SELECT
    number,
    DATE '1969-12-29' + 7 * number::INTEGER AS monday,
    isoyear(monday) * 100 + week(monday) AS code
FROM range(0, 6800) AS numbers (number);

CREATE TEMP TABLE calendar AS
SELECT
    period,
    last_day,
    date_diff('day', DATE '1969-12-29', first_day) // 7 AS first_week,
    date_diff('day', DATE '1969-12-29', last_day) // 7 AS last_week,
    last_day(last_day - INTERVAL 1 YEAR) AS year_before  -- the same month's last day
FROM month;

CREATE TEMP TABLE spell AS
WITH as_of AS (
    SELECT date_diff('day', DATE '1969-12-29', getvariable('as_of')) // 7 AS week
)
SELECT
    person,
    code_list.benefit,
    code_list.place AS code,
    coalesce(kommune.code, 'uoplyst') AS kommune,  -- a letter: after all numbers
    begins.number AS first,
    least(coalesce(ends.number, as_of.week), as_of.week) AS last
FROM read_parquet(getvariable('benefits')) AS row
CROSS JOIN as_of
JOIN code_list ON code_list.code = row.benefit::VARCHAR
JOIN week AS begins ON begins.code = row.first_week
LEFT JOIN week AS ends ON ends.code = row.last_week
LEFT JOIN kommune ON kommune.code = lpad(row.kommune::VARCHAR, 4, '0')
WHERE begins.number <= as_of.week AND (row.last_week IS NULL OR ends.number >= begins.number);

-- 1. Spells of the same benefit, code and kommune that overlap or touch are one.
CREATE TEMP TABLE merged AS
WITH reached AS (
    SELECT *, max(last) OVER (
        PARTITION BY person, benefit, code, kommune ORDER BY first, last
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
    FROM spell
),
numbered AS (
    SELECT *, count(*) FILTER (before IS NULL OR first > before + 1) OVER (
        PARTITION BY person, benefit, code, kommune ORDER BY first, last
        ROWS UNBOUNDED PRECEDING
    ) AS part
    FROM reached
)
SELECT person, benefit, code, kommune, min(first) AS first, max(last) AS last
FROM numbered
GROUP BY person, benefit, code, kommune, part;

-- 2. Runs: the weeks of a benefit without a break, whatever the kommune and the code.
CREATE TEMP TABLE run AS
WITH reached AS (
    SELECT *, max(last) OVER (
        PARTITION BY person, benefit ORDER BY first, last
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
    FROM merged
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

-- 3. Courses: runs with breaks of at most 4 weeks; `before` is the weeks of the course before a run.
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
)
SELECT person, benefit, first, last, coalesce(sum(last - first + 1) OVER (
    PARTITION BY person, benefit, course ORDER BY first
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
), 0) AS before
FROM numbered;

-- 4. Of every month with the benefit: the last week with it, and whose spell that week is.
CREATE TEMP TABLE snapshot AS
SELECT
    merged.person,
    merged.benefit,
    merged.kommune,
    calendar.period,
    least(merged.last, calendar.last_week) AS week
FROM merged
JOIN calendar ON merged.first <= calendar.last_week AND merged.last >= calendar.first_week
QUALIFY row_number() OVER (
    PARTITION BY merged.person, merged.benefit, calendar.period
    ORDER BY week DESC, merged.first DESC, merged.last DESC, merged.kommune, merged.code
) = 1;

-- 5. With at least 52 weeks of the course up to and including that week.
CREATE TEMP TABLE senior AS
SELECT snapshot.person, snapshot.benefit, snapshot.kommune, snapshot.period
FROM snapshot
JOIN course
    ON course.person = snapshot.person
    AND course.benefit = snapshot.benefit
    AND snapshot.week BETWEEN course.first AND course.last
WHERE course.before + snapshot.week - course.first + 1 >= 52;

-- 6. Months in which a person has had an active offer or a mentor within the last year.
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
SELECT DISTINCT bounded.person, calendar.period
FROM bounded
JOIN calendar
    ON bounded.starts_on <= calendar.last_day AND bounded.ends_on > calendar.year_before;

CREATE TEMP TABLE passive AS
SELECT * FROM senior ANTI JOIN active USING (person, period);

CREATE TEMP TABLE counted AS
SELECT
    benefit AS breakdown,
    period,
    kommune,
    coalesce(passive.persons, 0) AS numerator,
    senior.persons AS denominator
FROM (SELECT benefit, period, kommune, count(*) AS persons FROM senior GROUP BY ALL) AS senior
LEFT JOIN (
    SELECT benefit, period, kommune, count(*) AS persons FROM passive GROUP BY ALL
) AS passive USING (benefit, period, kommune);
