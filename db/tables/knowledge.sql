-- What is made of the claims: every row can be made again from the tables of the other files.

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
