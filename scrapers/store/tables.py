"""The tables that `arahan scrape` writes beside articles/: every revision, and what was looked at."""

from __future__ import annotations

import pyarrow as pa

from arahan.tables import ARTICLES, BOOL, DATE, INT32, MOMENT, STRING, STRINGS, Column, Table, filled

REVISIONS = Table(
    "revisions",
    "revision of a scraped article",
    (
        Column("article_id", STRING, "the article's id in articles/", rule=filled),
        Column("revision", INT32, "from 1; the last one is in articles/"),
        Column("url", STRING, "canonical URL"),
        Column("title", STRING, "headline"),
        Column("text", STRING, "plain text, paragraphs separated by a newline", rule=filled),
        Column("published", DATE, "local day of publication, null when the page does not say", nullable=True),
        Column("published_at", MOMENT, "the moment, null when only the day is known", nullable=True),
        Column("modified_at", MOMENT, "when the site says it was changed, null when it does not", nullable=True),
        Column("author", STRING, "author or sign-off"),
        Column("categories", STRINGS, "categories and tags of the site"),
        Column("captions", STRINGS, "captions of its images"),
        Column("language", STRING, "ISO 639 code that the page declares, empty when none"),
        Column("source_id", STRING, "the registered source"),
        Column("outlet", STRING, "its name"),
        Column("region_code", STRING, "Kemendagri code of its region, empty for none"),
        Column("content_hash", STRING, "the first 32 hexadecimal digits of SHA-256 over the text"),
        Column("fetched_at", MOMENT, "when this revision was first seen"),
        Column("warc_file", STRING, "file in archive/ with the response it was read from"),
        Column("warc_offset", pa.int64(), "offset of the record there, in bytes"),
        Column("removed_at", MOMENT, "when the article's page was found gone (404, 410), null while it is there", nullable=True),
        Column("cluster_id", STRING, "articles that republish each other share it"),
        Column("cluster_lead", BOOL, "leads its cluster: the official site, else the earliest"),
    ),
    sort=("article_id", "revision"),
)

COVERAGE = Table(
    "coverage",
    "source and day (UTC) on which the source was looked at; no row: not looked at",
    (
        Column("source_id", STRING, "the registered source", rule=filled),
        Column("day", DATE, "day in UTC"),
        Column("tried", INT32, "requests for listings and articles"),
        Column("fetched", INT32, "of them answered and read"),
        Column("unchanged", INT32, "of them answered with: nothing has changed (304)"),
        Column("failed", INT32, "of them failed; `failures` says how"),
        Column("failures", pa.map_(STRING, INT32), "failed requests by class (docs/scraping.md)"),
        Column("listings", INT32, "listing pages read: 0 means that what the source has published is unknown"),
        Column("found", INT32, "articles that those pages name: 0 with listings above 0 means that there is nothing"),
        Column("new", INT32, "articles read for the first time"),
        Column("edited", INT32, "articles read with another text than before"),
        Column("removed", INT32, "articles whose page is gone"),
        Column("last_success", MOMENT, "last request of this day or before that was answered, null when none", nullable=True),
    ),
    sort=("source_id", "day"),
)

__all__ = ["ARTICLES", "COVERAGE", "REVISIONS"]
