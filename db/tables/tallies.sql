-- What takes long to count or to compare, kept by db.kept; then indexes for the order in which pages list things.

CREATE TABLE tallies (
  relation TEXT NOT NULL, column_name TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL,
  PRIMARY KEY (relation, column_name, value)
) STRICT;
CREATE INDEX tallies_largest ON tallies (relation, column_name, rows DESC, value);
CREATE TABLE slippage (
  project_id TEXT NOT NULL, project TEXT NOT NULL, metric TEXT NOT NULL, stage TEXT NOT NULL, facet TEXT NOT NULL,
  unit TEXT NOT NULL, first_said_on TEXT NOT NULL, first_value REAL, first_date TEXT, first_quote TEXT NOT NULL,
  first_claim_id TEXT NOT NULL, last_said_on TEXT NOT NULL, last_value REAL, last_date TEXT, last_quote TEXT NOT NULL,
  last_claim_id TEXT NOT NULL, times REAL, days_later INTEGER, PRIMARY KEY (project_id, metric, stage, facet)
) STRICT;
CREATE INDEX slippage_last_said ON slippage (last_said_on);
DROP INDEX announcements_day;
CREATE INDEX announcements_day ON announcements (announced_on DESC, id, kind, project_id, title);
CREATE INDEX claims_financing ON claims (metric, coalesce(usd_max, usd_min), financing_kind, id)
  WHERE metric = 'financing' AND retracted_at IS NULL;
CREATE INDEX claims_generation ON claims (metric, coalesce(value_max, value_min), country, id)
  WHERE metric = 'generation' AND retracted_at IS NULL;
-- The newest and largest of a company are chosen among all that name it, without reading the claims themselves.
CREATE INDEX claims_of_companies ON claims (id, retracted_at, metric, first_seen, document_id, usd_max, usd_min);
DROP INDEX claims_seen;
CREATE INDEX claims_seen ON claims (first_seen, project_id);
DROP INDEX announcements_project;
CREATE INDEX announcements_project ON announcements (project_id, announced_on DESC, id);
CREATE INDEX figure_history_values ON figure_history (
  project_id, metric, stage, facet, value_min, value_max, unit, period_start, period_end, said_on, claim_id
);
CREATE INDEX source_runs_source ON source_runs (source, started_at);
CREATE INDEX issues_last_seen ON issues (last_seen);
CREATE INDEX figures_largest ON figures (metric, headline, coalesce(usd_max, usd_min, value_max, value_min));
CREATE INDEX figures_opening ON figures (metric, headline, period_end);
CREATE INDEX figures_opening_or_start ON figures (metric, headline, coalesce(period_end, period_start));
CREATE INDEX disagreements_ratio ON disagreements (max(ratio, 1.0 / ratio));
CREATE INDEX total_items_gross ON total_items (gross_high);
CREATE INDEX total_items_largest ON total_items (total_id, gross_high DESC, claim_id);
CREATE INDEX total_items_claim ON total_items (claim_id);
CREATE INDEX figure_versions_claim ON figure_versions (claim_id);
CREATE INDEX figures_claim ON figures (claim_id);
CREATE INDEX overlaps_largest ON overlaps (total_id, amount_high DESC, claim_id);
-- These three cover every filter by what a table of claims is narrowed by most, and the counts under it.
DROP INDEX claims_now_status;
DROP INDEX claims_now_country;
DROP INDEX claims_now_metric;
CREATE INDEX claims_by_metric ON claims (metric, country, status, retracted_at);
CREATE INDEX claims_by_country ON claims (country, status, metric, retracted_at);
CREATE INDEX claims_by_status ON claims (status, metric, country, retracted_at);
