-- What the documents say: claims, who they name, and every mention.

CREATE TABLE claims (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id), metric TEXT NOT NULL,
  value_min REAL, value_max REAL, unit TEXT NOT NULL, currency TEXT, usd_min REAL, usd_max REAL, fx_date TEXT,
  qualifier TEXT NOT NULL, period TEXT, period_start TEXT, period_end TEXT, basis TEXT, scope TEXT,
  financing_kind TEXT, contract_years REAL, status TEXT,
  project_name TEXT, project_id TEXT REFERENCES projects(id),
  place_name TEXT, admin1 TEXT, country TEXT, place_id TEXT REFERENCES places(id),
  chip_name TEXT, chip_id TEXT REFERENCES chips(id),
  quote TEXT NOT NULL, quoted_from TEXT NOT NULL DEFAULT 'text', start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  origin TEXT NOT NULL, confidence REAL NOT NULL, first_seen TEXT NOT NULL, retracted_at TEXT,
  search_id INTEGER UNIQUE
) STRICT;
CREATE INDEX claims_document ON claims (document_id);
CREATE INDEX claims_metric ON claims (metric, usd_max);
CREATE INDEX claims_project ON claims (project_id, metric);
CREATE INDEX claims_place ON claims (place_id);
CREATE INDEX claims_chip ON claims (chip_id);
CREATE TABLE claim_companies (
  claim_id TEXT NOT NULL REFERENCES claims(id), position INTEGER NOT NULL, name TEXT NOT NULL,
  company_id TEXT REFERENCES companies(id), role TEXT, PRIMARY KEY (claim_id, position)
) STRICT;
CREATE INDEX claim_companies_company ON claim_companies (company_id);
CREATE TABLE claim_conversions (
  claim_id TEXT NOT NULL REFERENCES claims(id), position INTEGER NOT NULL, quote TEXT NOT NULL,
  value_min REAL, value_max REAL, unit TEXT NOT NULL, qualifier TEXT NOT NULL, PRIMARY KEY (claim_id, position)
) STRICT;
CREATE TABLE document_mentions (
  document_id TEXT NOT NULL REFERENCES documents(id), kind TEXT NOT NULL, name TEXT NOT NULL, entity_id TEXT,
  quoted_from TEXT NOT NULL DEFAULT 'text', start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (document_id, quoted_from, start, "end", kind, name)
) STRICT;
CREATE INDEX document_mentions_entity ON document_mentions (kind, entity_id);
