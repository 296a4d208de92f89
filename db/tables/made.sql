-- What the last rebuild of the knowledge left, so that the next one makes again only what a new document touches. Kept
-- by db.knowledge: none of it is data, all of it can be made again.

CREATE TABLE _touched (document_id TEXT PRIMARY KEY) STRICT;
CREATE TABLE _made_with (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE _claim_readings (claim_id TEXT PRIMARY KEY, project_name TEXT, scope TEXT) STRICT;
CREATE TABLE _figure_items (
  claim_id TEXT PRIMARY KEY, project_id TEXT NOT NULL, metric TEXT NOT NULL, stage TEXT NOT NULL, facet TEXT NOT NULL,
  day TEXT, companies TEXT NOT NULL, reason TEXT, covered_by TEXT, note TEXT
) STRICT;
CREATE INDEX _figure_items_project ON _figure_items (project_id);
CREATE TABLE _event_ties (
  one TEXT NOT NULL, other TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (one, other)
) STRICT;
CREATE TABLE _event_marks (document_id TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT;

CREATE TRIGGER touched_document_insert AFTER INSERT ON documents BEGIN
  INSERT OR IGNORE INTO _touched VALUES (NEW.id);
END;
CREATE TRIGGER touched_document_update AFTER UPDATE OF url, canonical_url, source, publisher, tier, title, published_at,
    language, country, kind, relevant, text, text_sha256, origin, original_url, first_seen ON documents BEGIN
  INSERT OR IGNORE INTO _touched VALUES (NEW.id);
END;
CREATE TRIGGER touched_document_delete AFTER DELETE ON documents BEGIN
  INSERT OR IGNORE INTO _touched VALUES (OLD.id);
END;
CREATE TRIGGER touched_claim_insert AFTER INSERT ON claims BEGIN
  INSERT OR IGNORE INTO _touched VALUES (NEW.document_id);
END;
CREATE TRIGGER touched_claim_update AFTER UPDATE OF document_id, metric, value_min, value_max, unit, currency, usd_min,
    usd_max, qualifier, period, period_start, period_end, basis, scope, financing_kind, status, project_name, place_name,
    admin1, country, chip_name, quote, quoted_from, start, "end", confidence, first_seen, retracted_at ON claims BEGIN
  INSERT OR IGNORE INTO _touched VALUES (NEW.document_id);
END;
CREATE TRIGGER touched_claim_delete AFTER DELETE ON claims BEGIN
  INSERT OR IGNORE INTO _touched VALUES (OLD.document_id);
END;
CREATE TRIGGER touched_company_insert AFTER INSERT ON claim_companies BEGIN
  INSERT OR IGNORE INTO _touched SELECT document_id FROM claims WHERE id = NEW.claim_id;
END;
CREATE TRIGGER touched_company_update AFTER UPDATE OF position, name, role ON claim_companies BEGIN
  INSERT OR IGNORE INTO _touched SELECT document_id FROM claims WHERE id = NEW.claim_id;
END;
CREATE TRIGGER touched_company_delete AFTER DELETE ON claim_companies BEGIN
  INSERT OR IGNORE INTO _touched SELECT document_id FROM claims WHERE id = OLD.claim_id;
END;
CREATE TRIGGER touched_mention_insert AFTER INSERT ON document_mentions BEGIN
  INSERT OR IGNORE INTO _touched VALUES (NEW.document_id);
END;
CREATE TRIGGER touched_mention_delete AFTER DELETE ON document_mentions BEGIN
  INSERT OR IGNORE INTO _touched VALUES (OLD.document_id);
END;
