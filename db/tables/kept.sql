-- Kept by db.kept: each table says what the view live_ with its name says. Then the indexes that the site needs.

CREATE TABLE project_overview (
  project_id TEXT PRIMARY KEY, project TEXT NOT NULL, level TEXT, parent_id TEXT, parent TEXT, companies TEXT,
  place_id TEXT, place TEXT, admin1 TEXT, country TEXT, latitude REAL, longitude REAL, step TEXT, step_on TEXT,
  last_news_on TEXT, mark TEXT, power_mw_min REAL, power_mw_max REAL, power_qualifier TEXT, power_stage TEXT,
  power_claim_id TEXT, capex_usd_min REAL, capex_usd_max REAL, capex_qualifier TEXT, capex_claim_id TEXT,
  chips_min REAL, chips_max REAL, chips_qualifier TEXT, chips_claim_id TEXT, online_from TEXT, online_to TEXT,
  online_qualifier TEXT, online_claim_id TEXT, claims INTEGER NOT NULL, origin TEXT NOT NULL
) STRICT;
CREATE INDEX project_overview_place ON project_overview (place_id);
CREATE INDEX project_overview_parent ON project_overview (parent_id);
CREATE TABLE company_overview (
  company_id TEXT PRIMARY KEY, company TEXT NOT NULL, kind TEXT, country TEXT, parent_id TEXT, ticker TEXT, roles TEXT,
  claims INTEGER NOT NULL, projects INTEGER NOT NULL, last_said_on TEXT
) STRICT;
CREATE TABLE chip_overview (
  chip_id TEXT PRIMARY KEY, chip TEXT NOT NULL, vendor TEXT, family TEXT, kind TEXT, generation TEXT, year INTEGER,
  power_w REAL, chips_per_system INTEGER, claims INTEGER NOT NULL
) STRICT;
CREATE TABLE place_overview (
  place_id TEXT PRIMARY KEY, place TEXT NOT NULL, kind TEXT NOT NULL, admin1 TEXT, country TEXT, parent_id TEXT,
  latitude REAL, longitude REAL, claims INTEGER NOT NULL, projects INTEGER NOT NULL
) STRICT;
CREATE INDEX place_overview_parent ON place_overview (parent_id);
CREATE TABLE country_overview (
  country TEXT PRIMARY KEY, claims INTEGER NOT NULL, documents INTEGER NOT NULL, projects INTEGER NOT NULL,
  last_said_on TEXT
) STRICT;
CREATE TABLE reading_overview (
  extractor TEXT NOT NULL, certainty_from REAL NOT NULL, claims INTEGER NOT NULL, PRIMARY KEY (extractor, certainty_from)
) STRICT;
CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE INDEX announcements_day ON announcements (announced_on DESC, id);
CREATE INDEX announcements_seen ON announcements (first_seen);
CREATE INDEX claims_seen ON claims (first_seen);
CREATE INDEX claims_retracted ON claims (retracted_at) WHERE retracted_at IS NOT NULL;
CREATE INDEX claims_country ON claims (country, admin1, first_seen);
CREATE INDEX claims_country_seen ON claims (country, first_seen);
CREATE INDEX claims_project_seen ON claims (project_id, first_seen);
CREATE INDEX claims_place_seen ON claims (place_id, first_seen);
CREATE INDEX claims_confidence ON claims (confidence) WHERE retracted_at IS NULL;
CREATE INDEX documents_seen ON documents (first_seen);
CREATE INDEX documents_source_seen ON documents (source, first_seen);
CREATE INDEX documents_source_published ON documents (source, published_at);
CREATE INDEX figure_history_metric ON figure_history (metric, project_id, period_end, said_on);
CREATE INDEX figure_history_said ON figure_history (project_id, metric, said_on);
CREATE INDEX project_status_document ON project_status (document_id);
CREATE INDEX projects_parent ON projects (parent_id);
CREATE INDEX projects_place ON projects (place_id);
CREATE INDEX places_parent ON places (parent_id);
CREATE INDEX project_companies_company ON project_companies (company_id);
CREATE INDEX captures_document ON captures (document_id);
CREATE INDEX documents_original ON documents (original_url) WHERE original_url IS NOT NULL;
CREATE INDEX figure_history_claim ON figure_history (claim_id);
CREATE INDEX disagreements_claim ON disagreements (claim_id);
CREATE INDEX announcements_kind ON announcements (kind);
CREATE INDEX claims_largest_usd ON claims (metric, coalesce(usd_max, usd_min)) WHERE retracted_at IS NULL;
CREATE INDEX claims_largest ON claims (metric, coalesce(value_max, value_min)) WHERE retracted_at IS NULL;
CREATE INDEX claims_period ON claims (coalesce(period_end, period_start)) WHERE metric = 'online' AND retracted_at IS NULL;
CREATE INDEX claims_now_status ON claims (status, retracted_at);
CREATE INDEX claims_now_country ON claims (country, retracted_at);
CREATE INDEX claims_now_metric ON claims (metric, retracted_at);
CREATE INDEX claims_status_size ON claims (metric, status, coalesce(value_max, value_min)) WHERE retracted_at IS NULL;
CREATE INDEX claims_up_to ON claims (metric, coalesce(usd_max, value_max))
  WHERE qualifier = 'up_to' AND retracted_at IS NULL;
CREATE INDEX claims_other_currency ON claims (coalesce(usd_max, usd_min)) WHERE retracted_at IS NULL AND currency != 'USD';
CREATE INDEX documents_kind ON documents (kind);
CREATE INDEX documents_tier ON documents (tier);
CREATE INDEX documents_publisher ON documents (publisher);
