-- By what documents touch each other, and what was made of each document: so that the next rebuild of the knowledge
-- looks only at what a new document can reach. Kept by db.knowledge; all of it can be made again.

CREATE TABLE _document_keys (
  key TEXT NOT NULL, day TEXT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (key, day, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX _document_keys_document ON _document_keys (document_id);
CREATE TABLE _unlisted (
  claim_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, core TEXT, spot TEXT, town TEXT, candidate_id TEXT
) STRICT;
CREATE INDEX _unlisted_document ON _unlisted (document_id);
CREATE INDEX _unlisted_core ON _unlisted (core);
CREATE INDEX _unlisted_spot ON _unlisted (spot);
CREATE INDEX _unlisted_town ON _unlisted (town);
CREATE INDEX _unlisted_candidate ON _unlisted (candidate_id);
CREATE TABLE _copy_ties (
  one TEXT NOT NULL, other TEXT NOT NULL, method TEXT NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX _copy_ties_other ON _copy_ties (other);
CREATE INDEX _event_ties_other ON _event_ties (other);
CREATE INDEX document_copies_original ON document_copies (original_id);
CREATE INDEX documents_when ON documents (coalesce(substr(published_at, 1, 10), substr(first_seen, 1, 10)));
DROP TABLE _figure_items;
CREATE TABLE _figure_items (
  claim_id TEXT PRIMARY KEY, project_id TEXT NOT NULL, metric TEXT NOT NULL, stage TEXT NOT NULL, facet TEXT NOT NULL,
  day TEXT, companies TEXT NOT NULL, country TEXT, admin1 TEXT, vendor TEXT, reason TEXT, covered_by TEXT, note TEXT
) STRICT;
CREATE INDEX _figure_items_project ON _figure_items (project_id);
CREATE TABLE _candidates (id TEXT PRIMARY KEY, admin1 TEXT, country TEXT) STRICT;
CREATE INDEX overlaps_claim ON overlaps (claim_id);
