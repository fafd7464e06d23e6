-- The published zone. Long and narrow: one row per indicator, area, period, breakdown and source.
-- Everything in this file may be shown to anyone: a cell that may not be shown has no numbers here.

CREATE TYPE area_level AS ENUM ('land', 'region', 'landsdel', 'kommune', 'jobcenter');
CREATE TYPE source_kind AS ENUM ('published', 'api', 'file', 'register', 'synthetic');
CREATE TYPE cell_status AS ENUM ('shown', 'suppressed', 'left_out', 'not_collected');
CREATE TYPE cell_origin AS ENUM ('source', 'same_area', 'sum_of_kommuner');
CREATE TYPE alternative_kind AS ENUM ('combined', 'coarser', 'rounded');
CREATE TYPE hedge AS ENUM ('exact', 'rounded', 'about', 'a_little_over', 'more_than', 'at_least');

CREATE TABLE build (
    version      VARCHAR PRIMARY KEY,
    inputs_hash  VARCHAR NOT NULL,
    built_at     TIMESTAMPTZ NOT NULL,
    observations INTEGER NOT NULL CHECK (observations >= 0)
);
COMMENT ON TABLE build IS 'One row: which build this file is';
COMMENT ON COLUMN build.version IS 'Twelve hex digits of the hash of everything published here; the cache key';
COMMENT ON COLUMN build.inputs_hash IS 'SHA-256 over facts, indicator files and code the build read';

CREATE TABLE area (
    area_id    VARCHAR PRIMARY KEY,
    level      area_level NOT NULL,
    name       VARCHAR NOT NULL,
    aliases    VARCHAR[] NOT NULL,
    valid_from DATE NOT NULL,
    valid_to   DATE,
    basis      VARCHAR NOT NULL,
    CHECK (valid_to IS NULL OR valid_to > valid_from),
    CHECK (CASE level
        WHEN 'land' THEN area_id = '000'
        WHEN 'region' THEN regexp_full_match(area_id, '10[0-9]{2}')
        WHEN 'landsdel' THEN regexp_full_match(area_id, 'DK0[0-9]{2}')
        WHEN 'kommune' THEN regexp_full_match(area_id, '0[0-9]{3}')
        ELSE regexp_full_match(area_id, 'J0[0-9]{3}') END),
    UNIQUE (level, name)
);
COMMENT ON TABLE area IS 'Land, regions, landsdele, kommuner and jobcentre, with the dates they are valid';
COMMENT ON COLUMN area.area_id IS '000 | region code | NUTS 3 | four-digit kommunekode | J + kommunekode of the kommune the jobcenter is named after first';
COMMENT ON COLUMN area.basis IS 'How well the area is known, in Danish (shared jobcentres are partly unconfirmed)';

CREATE TABLE area_parent (
    area_id   VARCHAR NOT NULL REFERENCES area (area_id),
    parent_id VARCHAR NOT NULL REFERENCES area (area_id),
    PRIMARY KEY (area_id, parent_id),
    CHECK (area_id <> parent_id)
);
COMMENT ON TABLE area_parent IS 'kommune -> landsdel -> region -> land, and kommune -> jobcenter -> landsdel';

CREATE TABLE source (
    source_id      VARCHAR PRIMARY KEY,
    kind           source_kind NOT NULL,
    publisher      VARCHAR NOT NULL,
    title          VARCHAR NOT NULL,
    document_id    VARCHAR NOT NULL,
    published_on   DATE,
    published_note VARCHAR NOT NULL,
    retrieved_on   DATE,
    sha256         VARCHAR CHECK (sha256 IS NULL OR length(sha256) = 64),
    licence        VARCHAR NOT NULL,
    corrects       VARCHAR REFERENCES source (source_id),
    note           VARCHAR NOT NULL,
    choices        VARCHAR,
    series         VARCHAR NOT NULL DEFAULT '',
    import_id      VARCHAR,
    CHECK (published_on IS NOT NULL OR published_note <> ''),
    CHECK (choices IS NULL OR kind IN ('register', 'synthetic', 'file'))
);
COMMENT ON TABLE source IS 'Where numbers come from; synthetic series are sources too, of kind synthetic';
COMMENT ON COLUMN source.corrects IS 'The source that this one corrects (berigtigelse)';
COMMENT ON COLUMN source.sha256 IS 'Of the document or file as it was read; NULL where the document is known only by mention';
COMMENT ON COLUMN source.retrieved_on IS 'The day the document was read, or a register counted';
COMMENT ON COLUMN source.choices IS 'JSON: the choices a register was counted with; empty for a file of exact numbers that nobody has published; NULL for documents, which others have published';
COMMENT ON COLUMN source.series IS 'Sources of one series are vintages of the same numbers; empty for one that stands alone';
COMMENT ON COLUMN source.import_id IS 'The import that it came with; NULL for what the repository ships and for files in the folder of register results';

CREATE TABLE import (
    import_id        VARCHAR PRIMARY KEY,
    source_id        VARCHAR NOT NULL REFERENCES source (source_id),
    imported_at      TIMESTAMPTZ NOT NULL,
    form             VARCHAR NOT NULL CHECK (form IN ('document', 'run')),
    title            VARCHAR NOT NULL CHECK (title <> ''),
    series           VARCHAR NOT NULL,
    recorded_at      DATE NOT NULL,
    cells            INTEGER NOT NULL CHECK (cells >= 0),
    new_cells        INTEGER NOT NULL CHECK (new_cells >= 0),
    updated_on       DATE,
    next_expected_on DATE,
    note             VARCHAR NOT NULL
);
COMMENT ON TABLE import IS 'What a data owner has brought in and not undone, in the order it was done; empty in what the repository ships';
COMMENT ON COLUMN import.form IS 'document: numbers that others have published, shown as printed; run: exact numbers that nobody has published, of which only what may be shown was kept';
COMMENT ON COLUMN import.series IS 'As in table source';
COMMENT ON COLUMN import.recorded_at IS 'The day from which its numbers were known';
COMMENT ON COLUMN import.cells IS 'Cells as they were imported, those without a number too';
COMMENT ON COLUMN import.new_cells IS 'Cells of table observation that are from it: months that are as in the vintage before are not repeated, and areas that the source has no row of are added';
COMMENT ON COLUMN import.updated_on IS 'The day the publisher says the numbers are from';
COMMENT ON COLUMN import.next_expected_on IS 'The day the publisher expects to renew them';
COMMENT ON COLUMN import.note IS 'Danish: what a data owner should know of it; often empty';

CREATE TABLE indicator (
    indicator_id VARCHAR PRIMARY KEY,
    title        VARCHAR NOT NULL,
    unit         VARCHAR NOT NULL,
    form         VARCHAR NOT NULL DEFAULT 'count_and_share' CHECK (form IN ('count_and_share', 'share_only', 'count_only')),
    sha256       VARCHAR NOT NULL CHECK (length(sha256) = 64)
);
COMMENT ON COLUMN indicator.form IS 'What its cells hold: a number of people and its share, or one of the two alone';
COMMENT ON COLUMN indicator.sha256 IS 'Of the indicator file: a changed definition is a new data version';
COMMENT ON TABLE indicator IS 'The indicators that there are numbers for; their meaning is in queries/indicators/<id>.toml';

CREATE TABLE observation (
    indicator_id     VARCHAR NOT NULL,
    area_id          VARCHAR NOT NULL,
    period           VARCHAR NOT NULL CHECK (regexp_full_match(period, '[0-9]{4}(M(0[1-9]|1[0-2])|Q[1-4]|W(0[1-9]|[1-4][0-9]|5[0-3]))?')),
    breakdown        VARCHAR NOT NULL DEFAULT 'alle',
    source_id        VARCHAR NOT NULL,
    recorded_at      DATE NOT NULL,
    status           cell_status NOT NULL,
    numerator        BIGINT CHECK (numerator >= 0),
    denominator_low  BIGINT CHECK (denominator_low > 0),
    denominator_high BIGINT,
    share_pct        DECIMAL(7, 4) CHECK (share_pct BETWEEN 0 AND 100),
    share_decimals   TINYINT CHECK (share_decimals BETWEEN 0 AND 4),
    origin           cell_origin NOT NULL,
    note             VARCHAR NOT NULL,
    source_row       INTEGER CHECK (source_row > 0),
    source_line      INTEGER CHECK (source_line > 0),
    CHECK ((denominator_low IS NULL) = (denominator_high IS NULL)),
    CHECK (denominator_low <= denominator_high),
    CHECK (numerator IS NULL OR denominator_high IS NULL OR numerator <= denominator_high),
    CHECK ((share_pct IS NULL) = (share_decimals IS NULL)),
    CHECK (CASE status
        WHEN 'shown' THEN numerator IS NOT NULL OR share_pct IS NOT NULL
        WHEN 'suppressed' THEN numerator IS NULL AND denominator_low IS NULL AND note <> ''
        ELSE numerator IS NULL AND denominator_low IS NULL AND share_pct IS NULL AND note <> '' END)
);
COMMENT ON COLUMN observation.breakdown IS 'alle, or a breakdown that the indicator file names';
COMMENT ON TABLE observation IS 'The numbers. A correction adds a row with its own source and never overwrites. Key: indicator_id, period, breakdown, area_id, source_id; of tables indicator, area and source. The build checks both: an index for them would be half the file, and half the time of a large import';
COMMENT ON COLUMN observation.period IS 'Valid time: 2017M06, 2018Q4, 2016W52, 2019';
COMMENT ON COLUMN observation.recorded_at IS 'Known time: the day the source was published, or read where it is undated';
COMMENT ON COLUMN observation.numerator IS 'People counted (taeller); NULL unless status is shown';
COMMENT ON COLUMN observation.status IS 'shown; suppressed: the number is small, or would give a small one away; left_out: the source has no row; not_collected: the matter does not concern the area';
COMMENT ON COLUMN observation.denominator_low IS 'Smallest whole denominator (naevner) that fits count and rounded share; equal to high where it is exact (counted from a register)';
COMMENT ON COLUMN observation.share_pct IS 'Percent, rounded to share_decimals as the source printed it, or as computed where origin is not source';
COMMENT ON COLUMN observation.origin IS 'source: as printed or counted; same_area: a jobcenter that is one kommune, told as that kommune, or the kommune as a jobcenter that the source tells of; sum_of_kommuner: added up';
COMMENT ON COLUMN observation.note IS 'Danish: why a cell has no number';
COMMENT ON COLUMN observation.source_row IS 'Row in the printed table, counted from 1';
COMMENT ON COLUMN observation.source_line IS 'Line in the document text, counted from 1';

CREATE TABLE statement (
    statement_id VARCHAR PRIMARY KEY,
    subject      VARCHAR,
    text         VARCHAR NOT NULL,
    value        DECIMAL(12, 2),
    unit         VARCHAR NOT NULL,
    hedge        hedge NOT NULL,
    hedge_word   VARCHAR NOT NULL,
    period       VARCHAR,
    source_id    VARCHAR NOT NULL REFERENCES source (source_id),
    count        BIGINT,
    count_hedge  hedge,
    CHECK ((count IS NULL) = (count_hedge IS NULL))
);
COMMENT ON TABLE statement IS 'Published claims that are not rows of a table, in our own words';
COMMENT ON COLUMN statement.count IS 'People behind a share, where the document gives both';

CREATE TABLE initiative (
    initiative_id VARCHAR PRIMARY KEY,
    title         VARCHAR NOT NULL,
    starts_on     DATE NOT NULL,
    ends_on       DATE CHECK (ends_on > starts_on),
    period_text   VARCHAR NOT NULL,
    amount_mio_kr DECIMAL(8, 1),
    kommuner      INTEGER,
    people        INTEGER,
    people_hedge  hedge,
    source_id     VARCHAR NOT NULL REFERENCES source (source_id)
);
COMMENT ON TABLE initiative IS 'The satspulje programmes';
COMMENT ON COLUMN initiative.period_text IS 'The period as the document words it; starts_on and ends_on are its outer days';

CREATE TABLE initiative_kommune (
    initiative_id VARCHAR NOT NULL REFERENCES initiative (initiative_id),
    area_id       VARCHAR NOT NULL REFERENCES area (area_id),
    PRIMARY KEY (initiative_id, area_id)
);
COMMENT ON TABLE initiative_kommune IS 'Who took part, only where a document names them';

CREATE TABLE annotation (
    annotation_id VARCHAR PRIMARY KEY,
    starts_on     DATE NOT NULL,
    ends_on       DATE CHECK (ends_on > starts_on),
    date_note     VARCHAR NOT NULL,
    title         VARCHAR NOT NULL CHECK (title <> ''),
    text          VARCHAR NOT NULL CHECK (text <> ''),
    subjects      VARCHAR[] NOT NULL CHECK (len(subjects) > 0),
    initiative_id VARCHAR REFERENCES initiative (initiative_id),
    source_id     VARCHAR NOT NULL REFERENCES source (source_id)
);
COMMENT ON TABLE annotation IS 'Known events to be drawn on time series, each from a document: a reform, a project, a corrected answer';
COMMENT ON COLUMN annotation.ends_on IS 'Last day of a period; NULL for a moment';
COMMENT ON COLUMN annotation.date_note IS 'Danish: why the day is not exact; empty where the document gives the day';
COMMENT ON COLUMN annotation.subjects IS 'Indicator ids and families of indicators that the event concerns';
COMMENT ON COLUMN annotation.initiative_id IS 'The programme whose named kommuner it concerns; without named ones it concerns all';

CREATE TABLE characteristic (
    characteristic_id VARCHAR PRIMARY KEY,
    title             VARCHAR NOT NULL,
    unit              VARCHAR NOT NULL,
    definition        VARCHAR NOT NULL
);
COMMENT ON TABLE characteristic IS 'What kommuner are likened by when peers are found; Danish texts';

CREATE TABLE area_characteristic (
    area_id           VARCHAR NOT NULL REFERENCES area (area_id),
    characteristic_id VARCHAR NOT NULL REFERENCES characteristic (characteristic_id),
    value             DOUBLE NOT NULL,
    low               DOUBLE NOT NULL,
    high              DOUBLE NOT NULL,
    source_id         VARCHAR NOT NULL REFERENCES source (source_id),
    PRIMARY KEY (area_id, characteristic_id),
    CHECK (low <= value AND value <= high)
);
COMMENT ON TABLE area_characteristic IS 'One row per kommune and characteristic; no row where it would rest on a hidden number';
COMMENT ON COLUMN area_characteristic.value IS 'In the unit of the characteristic; the middle of low and high where only an interval is known';

CREATE TABLE alternative (
    indicator_id VARCHAR NOT NULL REFERENCES indicator (indicator_id),
    area_id      VARCHAR NOT NULL CHECK (regexp_full_match(area_id, '[0-9A-Z]+([+][0-9]{4})*')),
    period       VARCHAR NOT NULL,
    breakdown    VARCHAR NOT NULL,
    source_id    VARCHAR NOT NULL REFERENCES source (source_id),
    recorded_at  DATE NOT NULL,
    status       alternative_kind NOT NULL,
    numerator    BIGINT NOT NULL CHECK (numerator >= 0),
    denominator  BIGINT CHECK (denominator >= numerator),
    share_pct    DECIMAL(7, 4) CHECK (share_pct BETWEEN 0 AND 100),
    share_decimals TINYINT CHECK (share_decimals BETWEEN 0 AND 4),
    CHECK ((denominator IS NULL) = (status = 'rounded')),
    CHECK ((denominator IS NULL) = (share_pct IS NULL)),
    CHECK ((share_pct IS NULL) = (share_decimals IS NULL))
);
COMMENT ON TABLE alternative IS 'What is told instead of numbers that are hidden, where the indicator file allows it and every hidden number is kept all the same. No cell of an area: never part of a sum, a rank or a map';
COMMENT ON COLUMN alternative.area_id IS 'An area, or the codes of kommuner that are told together with + between';
COMMENT ON COLUMN alternative.breakdown IS 'alle, or a coarser group that the indicator file names';
COMMENT ON COLUMN alternative.status IS 'combined: hidden neighbours together; coarser: hidden breakdowns of an area together; rounded: a hidden number to the nearest base that the indicator file names';
COMMENT ON COLUMN alternative.numerator IS 'People; rounded: the printed multiple, the true number is nearer to it than to any other';

CREATE TABLE protection (
    source_id    VARCHAR NOT NULL REFERENCES source (source_id),
    indicator_id VARCHAR NOT NULL REFERENCES indicator (indicator_id),
    period       VARCHAR NOT NULL,
    breakdown    VARCHAR NOT NULL,
    together     VARCHAR NOT NULL CHECK (together <> ''),
    criterion    VARCHAR NOT NULL CHECK (criterion IN ('exact', 'rule', 'strict')),
    cells        INTEGER NOT NULL CHECK (cells >= hidden),
    hidden       INTEGER NOT NULL CHECK (hidden >= exposed),
    exposed      INTEGER NOT NULL CHECK (exposed >= 0),
    fewest       INTEGER CHECK (fewest > 0),
    insiders     INTEGER CHECK (insiders >= 0),
    solutions    INTEGER CHECK (solutions > 0),
    status       VARCHAR NOT NULL CHECK (status IN ('protected', 'as_published')),
    note         VARCHAR NOT NULL CHECK (note <> ''),
    PRIMARY KEY (source_id, indicator_id, period, breakdown),
    CHECK (exposed = 0 OR status = 'as_published')
);
COMMENT ON TABLE protection IS 'What the audit of the build found: one row per source, indicator, period and breakdown. It says that hidden numbers can be narrowed and to how many possibilities, never to which';
COMMENT ON COLUMN protection.together IS 'Danish: what is published together with it and was audited as one';
COMMENT ON COLUMN protection.criterion IS 'How well hidden numbers must be kept: exact, rule or strict, see queries/disclosure/publication.py';
COMMENT ON COLUMN protection.cells IS 'Areas with a cell, shown or hidden; not those that the matter does not concern';
COMMENT ON COLUMN protection.exposed IS 'Hidden cells that the criterion does not hold for; more than 0 only where others have published';
COMMENT ON COLUMN protection.fewest IS 'Smallest number of possibilities that a hidden cell of all that is published together has, counted up to a cap; NULL where nothing is hidden';
COMMENT ON COLUMN protection.insiders IS 'Hidden cells of all that is published together that would tell the one or two persons behind them another hidden number; NULL where it was not measured';
COMMENT ON COLUMN protection.solutions IS 'Ways in which all hidden numbers together can be filled in; NULL where there are many or it was not counted';
COMMENT ON COLUMN protection.status IS 'protected: our own numbers, kept to the criterion; as_published: a document that others have published, as it is';
COMMENT ON COLUMN protection.note IS 'Danish: what the audit found, without any hidden number';

CREATE TABLE version (
    step         INTEGER PRIMARY KEY,
    version      VARCHAR NOT NULL,
    built_at     TIMESTAMPTZ NOT NULL,
    observations INTEGER NOT NULL CHECK (observations >= 0),
    touched      VARCHAR[] NOT NULL,
    note         VARCHAR NOT NULL
);
COMMENT ON TABLE version IS 'The versions known here, from the oldest; the last one is this file. A version that came back stands twice';
COMMENT ON COLUMN version.built_at IS 'When the version was first built after the one before it';
COMMENT ON COLUMN version.touched IS 'The tables that differ from the version before in anything at all';
COMMENT ON COLUMN version.note IS 'Danish: why the history begins here; empty otherwise';

CREATE TABLE change (
    step         INTEGER NOT NULL REFERENCES version (step),
    indicator_id VARCHAR NOT NULL,
    source_id    VARCHAR NOT NULL,
    kind         source_kind NOT NULL,
    period       VARCHAR NOT NULL,
    breakdown    VARCHAR NOT NULL,
    added        VARCHAR[] NOT NULL,
    changed      VARCHAR[] NOT NULL,
    withdrawn    VARCHAR[] NOT NULL,
    PRIMARY KEY (step, indicator_id, source_id, period, breakdown)
);
COMMENT ON TABLE change IS 'The areas whose cells differ from the version before; never what a number was';
COMMENT ON COLUMN change.source_id IS 'May be gone from table source';
COMMENT ON COLUMN change.changed IS 'Areas with another number, denominator, share or status than before';
