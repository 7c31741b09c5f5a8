-- The index of `arahan index`. Written aside and put in place whole; readers open it read-only.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    row_hash BLOB NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published TEXT,
    event_date TEXT,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    source_id TEXT NOT NULL,
    region_code TEXT NOT NULL,
    fetched_at TEXT,
    archived TEXT NOT NULL, -- FILE:OFFSET in OUTPUT/archive, empty when unknown
    removed_at TEXT -- when the source no longer showed it
);

-- Lists are JSON. Columns as in docs/schema.md, and the issuer's office.
CREATE TABLE directives (
    id INTEGER PRIMARY KEY,
    directive_id TEXT NOT NULL UNIQUE,
    row_hash BLOB NOT NULL,
    text_id INTEGER NOT NULL, -- texts.id: the row's meaning
    article_id TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published TEXT,
    event_date TEXT,
    kind TEXT NOT NULL,
    issuer_name TEXT NOT NULL,
    issuer_role TEXT NOT NULL,
    official_id TEXT NOT NULL,
    office TEXT NOT NULL,
    addressees TEXT NOT NULL,
    addressee_groups TEXT NOT NULL,
    action TEXT NOT NULL,
    action_start INTEGER NOT NULL,
    action_end INTEGER NOT NULL,
    cue TEXT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    direct_quote INTEGER NOT NULL,
    sectors TEXT NOT NULL,
    quantities TEXT NOT NULL,
    deadline TEXT,
    deadline_text TEXT,
    deadline_date TEXT,
    region_code TEXT NOT NULL,
    region_name TEXT NOT NULL,
    confidence REAL NOT NULL,
    cluster_id TEXT NOT NULL,
    extractor TEXT NOT NULL,
    year INTEGER NOT NULL
);

-- Stems (search/stem.py), not text; the text is in `directives`.
CREATE VIRTUAL TABLE stems USING fts5(
    evidence, action, addressees, issuer, title, content='', tokenize='unicode61 remove_diacritics 0'
);

-- The rows of frequent stems: places (as in arrays) and their BM25, little-endian int32 and float16.
CREATE TABLE postings (stem TEXT PRIMARY KEY, places BLOB NOT NULL, scores BLOB NOT NULL);

-- Each distinct text once: its hash and its vector in int8 (NULL: not embedded).
CREATE TABLE texts (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, vector BLOB);

-- Columns of the facets as numpy arrays, a row's place being its rank by date and id (search/columns.py).
CREATE TABLE arrays (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE facet_values (
    facet TEXT NOT NULL, code INTEGER NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (facet, code)
) WITHOUT ROWID;

CREATE TABLE officials (
    official_id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, office TEXT NOT NULL, region_code TEXT NOT NULL,
    articles INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE coverage (
    source_id TEXT NOT NULL, day TEXT NOT NULL, tried INTEGER, fetched INTEGER, unchanged INTEGER, failed INTEGER,
    listings INTEGER, found INTEGER, new INTEGER, edited INTEGER, removed INTEGER, last_success TEXT,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;

-- What decisions on reports changed in this index.
CREATE TABLE corrections (
    report_id INTEGER NOT NULL, directive_id TEXT NOT NULL, action TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT
);
