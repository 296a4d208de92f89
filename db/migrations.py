"""
The tables, as migrations.

In: nothing. Out: `migrations`, which `db.schema` applies. Never writes a row of data.
A released migration is never edited: a change of a table is a new migration at the end.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("gigawatch")

EVIDENCE = """
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
"""

REFERENCE = """
CREATE TABLE companies (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, country TEXT, parent_id TEXT REFERENCES companies(id),
  ticker TEXT, cik TEXT, wikidata TEXT, roles TEXT, origin TEXT NOT NULL DEFAULT 'reference'
) STRICT;
CREATE TABLE chips (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, vendor TEXT, family TEXT, kind TEXT, generation TEXT, year INTEGER,
  power_w REAL, chips_per_system INTEGER, origin TEXT NOT NULL DEFAULT 'reference'
) STRICT;
CREATE TABLE places (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, admin1 TEXT, country TEXT,
  parent_id TEXT REFERENCES places(id), latitude REAL, longitude REAL, population INTEGER, geonames_id TEXT
) STRICT;
CREATE TABLE projects (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT, parent_id TEXT REFERENCES projects(id),
  place_id TEXT REFERENCES places(id), codenames TEXT, origin TEXT NOT NULL DEFAULT 'reference', evidence TEXT
) STRICT;
CREATE TABLE project_companies (
  project_id TEXT NOT NULL REFERENCES projects(id), company_id TEXT NOT NULL REFERENCES companies(id),
  role TEXT NOT NULL, PRIMARY KEY (project_id, company_id, role)
) STRICT;
CREATE TABLE aliases (
  kind TEXT NOT NULL, alias TEXT NOT NULL, entity_id TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
  PRIMARY KEY (kind, alias)
) STRICT;
"""

CLAIMS = """
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
"""

KNOWLEDGE = """
CREATE TABLE claim_links (
  claim_id TEXT PRIMARY KEY REFERENCES claims(id), linked_to TEXT NOT NULL, project_id TEXT REFERENCES projects(id),
  reason TEXT NOT NULL, correction_id TEXT
) STRICT;
CREATE INDEX claim_links_project ON claim_links (project_id);
CREATE TABLE document_signatures (
  document_id TEXT PRIMARY KEY REFERENCES documents(id), text_sha256 TEXT NOT NULL, method TEXT NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TABLE document_copies (
  document_id TEXT PRIMARY KEY REFERENCES documents(id), original_id TEXT NOT NULL REFERENCES documents(id),
  method TEXT NOT NULL, similarity REAL NOT NULL
) STRICT;
CREATE TABLE announcements (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, announced_on TEXT, kind TEXT,
  primary_document_id TEXT NOT NULL REFERENCES documents(id), project_id TEXT REFERENCES projects(id),
  document_count INTEGER NOT NULL, publisher_count INTEGER NOT NULL, first_seen TEXT NOT NULL
) STRICT;
CREATE INDEX announcements_project ON announcements (project_id);
CREATE TABLE announcement_documents (
  announcement_id TEXT NOT NULL REFERENCES announcements(id), document_id TEXT NOT NULL REFERENCES documents(id),
  role TEXT NOT NULL, reason TEXT NOT NULL, former_id TEXT NOT NULL, PRIMARY KEY (announcement_id, document_id)
) STRICT;
CREATE INDEX announcement_documents_document ON announcement_documents (document_id);
CREATE INDEX announcement_documents_former ON announcement_documents (former_id);
CREATE TABLE figures (
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects(id), metric TEXT NOT NULL,
  stage TEXT NOT NULL, facet TEXT NOT NULL DEFAULT '', headline INTEGER NOT NULL,
  value_min REAL, value_max REAL, unit TEXT NOT NULL, usd_min REAL, usd_max REAL, qualifier TEXT NOT NULL,
  period_start TEXT, period_end TEXT, basis TEXT, scope TEXT, status TEXT,
  claim_id TEXT NOT NULL REFERENCES claims(id), said_on TEXT, first_said_on TEXT, publisher TEXT, tier TEXT,
  rule TEXT NOT NULL, agreeing INTEGER NOT NULL, disagreeing INTEGER NOT NULL, corrected TEXT,
  UNIQUE (project_id, metric, stage, facet)
) STRICT;
CREATE INDEX figures_metric ON figures (metric, stage, headline);
CREATE TABLE figure_history (
  project_id TEXT NOT NULL REFERENCES projects(id), metric TEXT NOT NULL, said_on TEXT,
  claim_id TEXT NOT NULL REFERENCES claims(id), value_min REAL, value_max REAL, unit TEXT NOT NULL,
  usd_min REAL, usd_max REAL, qualifier TEXT NOT NULL, period_start TEXT, period_end TEXT, status TEXT,
  stage TEXT NOT NULL, facet TEXT NOT NULL DEFAULT '', scope TEXT, publisher TEXT, tier TEXT,
  standing TEXT NOT NULL, retracted_at TEXT, corrected TEXT,
  PRIMARY KEY (project_id, metric, claim_id)
) STRICT;
CREATE TABLE figure_versions (
  figure_id TEXT NOT NULL, project_id TEXT NOT NULL REFERENCES projects(id), metric TEXT NOT NULL,
  stage TEXT NOT NULL, facet TEXT NOT NULL, clock TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT,
  claim_id TEXT NOT NULL REFERENCES claims(id), value_min REAL, value_max REAL, unit TEXT NOT NULL,
  usd_min REAL, usd_max REAL, qualifier TEXT NOT NULL, period_start TEXT, period_end TEXT,
  PRIMARY KEY (figure_id, clock, valid_from)
) STRICT;
CREATE INDEX figure_versions_project ON figure_versions (project_id, metric);
CREATE TABLE disagreements (
  figure_id TEXT NOT NULL REFERENCES figures(id), claim_id TEXT NOT NULL REFERENCES claims(id),
  chosen_claim_id TEXT NOT NULL REFERENCES claims(id), ratio REAL, publishers INTEGER NOT NULL, said_on TEXT,
  note TEXT NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (figure_id, claim_id)
) STRICT;
CREATE TABLE plausibility (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, project_id TEXT REFERENCES projects(id),
  claim_id TEXT NOT NULL REFERENCES claims(id), other_claim_id TEXT REFERENCES claims(id),
  value REAL NOT NULL, band_low REAL NOT NULL, band_high REAL NOT NULL, band_from TEXT NOT NULL, message TEXT NOT NULL
) STRICT;
CREATE TABLE project_status (
  project_id TEXT NOT NULL REFERENCES projects(id), step TEXT NOT NULL, happened_on TEXT,
  document_id TEXT NOT NULL REFERENCES documents(id), claim_id TEXT REFERENCES claims(id), reason TEXT NOT NULL,
  PRIMARY KEY (project_id, step, document_id)
) STRICT;
CREATE TABLE project_marks (
  project_id TEXT PRIMARY KEY REFERENCES projects(id), step TEXT, step_on TEXT, last_news_on TEXT, mark TEXT,
  reason TEXT NOT NULL
) STRICT;
CREATE TABLE relations (
  id TEXT PRIMARY KEY, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, relation TEXT NOT NULL,
  object_kind TEXT NOT NULL, object_id TEXT NOT NULL, reason TEXT NOT NULL, origin TEXT NOT NULL, claim_id TEXT
) STRICT;
CREATE TABLE totals (
  id TEXT PRIMARY KEY, dimension TEXT NOT NULL, member TEXT NOT NULL, metric TEXT NOT NULL, stage TEXT NOT NULL,
  unit TEXT NOT NULL, gross_low REAL, gross_high REAL, net_low REAL, net_high REAL, claim_count INTEGER NOT NULL,
  removed_count INTEGER NOT NULL DEFAULT 0, open_high INTEGER NOT NULL DEFAULT 0,
  UNIQUE (dimension, member, metric, stage)
) STRICT;
CREATE TABLE total_items (
  total_id TEXT NOT NULL REFERENCES totals(id), claim_id TEXT NOT NULL REFERENCES claims(id),
  project_id TEXT REFERENCES projects(id), gross_low REAL NOT NULL, gross_high REAL NOT NULL,
  net_low REAL NOT NULL, net_high REAL NOT NULL, PRIMARY KEY (total_id, claim_id)
) STRICT;
CREATE TABLE overlaps (
  total_id TEXT NOT NULL REFERENCES totals(id), claim_id TEXT NOT NULL REFERENCES claims(id), reason TEXT NOT NULL,
  covered_by TEXT, amount_low REAL, amount_high REAL, note TEXT, PRIMARY KEY (total_id, claim_id)
) STRICT;
CREATE TABLE guidance (
  id TEXT PRIMARY KEY, company_id TEXT NOT NULL REFERENCES companies(id), fiscal_label TEXT NOT NULL,
  period_start TEXT NOT NULL, period_end TEXT NOT NULL, kind TEXT NOT NULL,
  claim_id TEXT NOT NULL REFERENCES claims(id), said_on TEXT, usd_min REAL, usd_max REAL, qualifier TEXT NOT NULL,
  current INTEGER NOT NULL, calendar TEXT NOT NULL
) STRICT;
CREATE INDEX guidance_company ON guidance (company_id, period_end);
CREATE TABLE corrections (
  id TEXT PRIMARY KEY, action TEXT NOT NULL, target_kind TEXT NOT NULL, target_id TEXT NOT NULL, change TEXT,
  reason TEXT NOT NULL, decided_on TEXT NOT NULL, url TEXT, applied INTEGER NOT NULL, said TEXT
) STRICT;
CREATE TABLE review_items (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, claim_id TEXT,
  impact_usd REAL NOT NULL, question TEXT NOT NULL, evidence TEXT
) STRICT;
CREATE INDEX review_items_impact ON review_items (impact_usd);
CREATE TABLE epoch_imports (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, taken_on TEXT NOT NULL, rows INTEGER NOT NULL
) STRICT;
CREATE TABLE epoch_sites (
  import_id TEXT NOT NULL REFERENCES epoch_imports(id), name TEXT NOT NULL, project TEXT, country TEXT, address TEXT,
  it_power_mw REAL, h100_equivalents REAL, modelled_capital_cost_usd REAL, chip_types TEXT, sources TEXT,
  calculations_url TEXT, project_id TEXT, match_reason TEXT, PRIMARY KEY (import_id, name)
) STRICT;
CREATE TABLE epoch_names (
  import_id TEXT NOT NULL REFERENCES epoch_imports(id), site TEXT NOT NULL, role TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL, certainty TEXT, company_id TEXT, PRIMARY KEY (import_id, site, role, position)
) STRICT;
CREATE TABLE epoch_timeline (
  import_id TEXT NOT NULL REFERENCES epoch_imports(id), site TEXT NOT NULL, date TEXT NOT NULL,
  forecast INTEGER NOT NULL,
  construction_status TEXT, buildings_operational REAL, it_power_mw REAL, facility_power_mw REAL,
  h100_equivalents REAL, modelled_capital_cost_usd REAL, modelled_compute_cost_usd REAL,
  modelled_construction_cost_usd REAL, modelled_operating_cost_usd REAL, PRIMARY KEY (import_id, site, date)
) STRICT;
CREATE TABLE epoch_chips (
  import_id TEXT NOT NULL REFERENCES epoch_imports(id), site TEXT NOT NULL, date TEXT NOT NULL, chip_type TEXT NOT NULL,
  quantity REAL, forecast INTEGER NOT NULL, PRIMARY KEY (import_id, site, date, chip_type)
) STRICT;
CREATE TABLE accuracy (
  extractor TEXT NOT NULL, gold_sha256 TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  precision REAL, recall REAL, f1 REAL, right INTEGER, total INTEGER, PRIMARY KEY (extractor, gold_sha256, kind, name)
) STRICT;
"""


@migrations()
def m001_evidence(db: Database) -> None:
    """Sources, runs, issues, captures, documents."""
    db.executescript(EVIDENCE)


@migrations()
def m002_reference(db: Database) -> None:
    """Companies, chips, places, projects and their aliases."""
    db.executescript(REFERENCE)


@migrations()
def m003_claims(db: Database) -> None:
    """Claims, who they name, and every mention."""
    db.executescript(CLAIMS)


@migrations()
def m004_knowledge(db: Database) -> None:
    """What is made of the claims; every row can be made again from the tables above."""
    db.executescript(KNOWLEDGE)


@migrations()
def m005_search(db: Database) -> None:
    """Full-text search over documents and quotes, kept by triggers."""
    db.executescript(_search("documents", "title", "text"))
    db.executescript(_search("claims", "quote"))


def _search(table: str, *columns: str) -> str:
    """
    SQL that keeps `<table>_fts` over `columns`.

    The index points to `search_id`, which a trigger gives to each new row, and not to the rowid: a table with a text
    key has no rowid of its own, so VACUUM may renumber it and every hit would then point to another row.
    """
    names = ", ".join(columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    old = ", ".join(f"OLD.{column}" for column in columns)
    forget = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', OLD.search_id, {old});"
    number = f"SELECT search_id FROM {table} WHERE id = NEW.id"
    return f"""
CREATE VIRTUAL TABLE {table}_fts USING fts5 (
  {names}, content='{table}', content_rowid='search_id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
  UPDATE {table} SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM {table})
    WHERE id = NEW.id AND search_id IS NULL;
  INSERT INTO {table}_fts (rowid, {names}) SELECT ({number}), {new};
END;
CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
  {forget}
END;
CREATE TRIGGER {table}_search_update AFTER UPDATE OF {names} ON {table} BEGIN
  {forget}
  INSERT INTO {table}_fts (rowid, {names}) VALUES (NEW.search_id, {new});
END;
"""
