-- State of the scrapers: what a run must know of the runs before it. Moments are ISO 8601 in UTC, days ISO dates in UTC.
CREATE TABLE validator (
    url TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL
) WITHOUT ROWID;
-- crawl: number of the last crawl begun; done: of the last that walked everything, begun at done_at, back to done_since ("" all).
CREATE TABLE source (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, region_code TEXT NOT NULL,
    crawl INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, done_since TEXT NOT NULL DEFAULT '',
    done_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
-- via: key of the address whose page gave the newest revision; asked: whether a page that listings lack was looked at.
CREATE TABLE article (
    id TEXT PRIMARY KEY, source_id TEXT NOT NULL, url TEXT NOT NULL, via TEXT NOT NULL, revisions INTEGER NOT NULL,
    checked_at TEXT NOT NULL, removed_at TEXT, asked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX article_source ON article (source_id);
-- Every address under which an article was named, with the version that the listing gave and the crawl that read it.
CREATE TABLE address (
    source_id TEXT NOT NULL, key TEXT NOT NULL, article_id TEXT NOT NULL, version TEXT NOT NULL, crawl INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
CREATE INDEX address_article ON address (article_id);
CREATE TABLE revision (
    article_id TEXT NOT NULL, number INTEGER NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    published TEXT NOT NULL, modified TEXT NOT NULL, author TEXT NOT NULL, categories TEXT NOT NULL, captions TEXT NOT NULL,
    language TEXT NOT NULL, content_hash TEXT NOT NULL, fetched_at TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (article_id, number)
);
-- Articles that a listing named and that could not be read yet.
CREATE TABLE pending (
    source_id TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, version TEXT NOT NULL, outcome TEXT NOT NULL,
    attempts INTEGER NOT NULL, tried_at TEXT NOT NULL, PRIMARY KEY (source_id, key)
) WITHOUT ROWID;
-- Articles that stood in a listing and were left out, because of --since or --limit.
CREATE TABLE passed (source_id TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (source_id, key)) WITHOUT ROWID;
-- Coverage: how often something happened to a source on a day; last success of the day.
CREATE TABLE ledger (
    source_id TEXT NOT NULL, day TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (source_id, day, name)
) WITHOUT ROWID;
CREATE TABLE success (
    source_id TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (source_id, day)
) WITHOUT ROWID;
-- Republication: MinHash of an article's newest revision, and pairs of articles (one < other) that are nearly the same.
CREATE TABLE signature (
    article_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, minhash BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE pair (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX pair_other ON pair (other);
