-- What was read: sources, runs, issues, fetched bodies, documents.

CREATE TABLE _views (name TEXT PRIMARY KEY) STRICT;
CREATE TABLE sources (
  slug TEXT PRIMARY KEY, publisher TEXT NOT NULL, country TEXT, url TEXT NOT NULL, reader TEXT NOT NULL,
  tier TEXT NOT NULL, language TEXT NOT NULL, cadence_hours INTEGER NOT NULL,
  min_links INTEGER NOT NULL, max_links INTEGER NOT NULL, retired_at TEXT
) STRICT;
CREATE TABLE runs (
  id TEXT PRIMARY KEY, command TEXT NOT NULL, version TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
  exit_code INTEGER, documents_new INTEGER NOT NULL DEFAULT 0, documents_changed INTEGER NOT NULL DEFAULT 0,
  claims_new INTEGER NOT NULL DEFAULT 0, claims_retracted INTEGER NOT NULL DEFAULT 0, error TEXT
) STRICT;
CREATE TABLE source_runs (
  run_id TEXT NOT NULL REFERENCES runs(id), source TEXT NOT NULL REFERENCES sources(slug),
  started_at TEXT NOT NULL, seconds REAL, links_seen INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0, error TEXT,
  PRIMARY KEY (run_id, source)
) STRICT;
CREATE TABLE captures (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, final_url TEXT NOT NULL, document_id TEXT, source TEXT,
  fetched_at TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT, sha256 TEXT, bytes INTEGER NOT NULL,
  etag TEXT, last_modified TEXT, warc_file TEXT, warc_offset INTEGER
) STRICT;
CREATE INDEX captures_url ON captures (url, fetched_at);
CREATE TABLE documents (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, canonical_url TEXT NOT NULL, source TEXT REFERENCES sources(slug),
  publisher TEXT, tier TEXT, title TEXT NOT NULL, author TEXT, published_at TEXT, published_evidence TEXT,
  language TEXT, country TEXT, kind TEXT, relevant INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL, origin TEXT NOT NULL, original_url TEXT, capture_id TEXT REFERENCES captures(id),
  extractor TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, search_id INTEGER UNIQUE
) STRICT;
CREATE INDEX documents_url ON documents (url);
CREATE INDEX documents_canonical ON documents (canonical_url);
CREATE INDEX documents_published ON documents (published_at);
CREATE INDEX documents_source ON documents (source);
CREATE TABLE issues (
  id TEXT PRIMARY KEY, run_id TEXT, source TEXT, document_id TEXT, url TEXT, level TEXT NOT NULL, kind TEXT NOT NULL,
  message TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX issues_source ON issues (source, last_seen);
