-- Every published view, and every check. Views are made again at open when their text here differs, so they are
-- never migrated. A view whose name starts with check_ must be empty: `gigawatch verify` lists what is in it.

-- == Checks: evidence ==============================================================================================

CREATE VIEW check_quotes AS
-- A current claim whose quote is not at its place in the title or text of its document.
SELECT claims.id AS claim_id, claims.document_id, claims.quote, claims.quoted_from, claims.start, claims."end"
FROM claims JOIN documents ON documents.id = claims.document_id
WHERE claims.retracted_at IS NULL
  AND substr(CASE claims.quoted_from WHEN 'title' THEN documents.title ELSE documents.text END,
             claims.start + 1, claims."end" - claims.start) IS NOT claims.quote;

CREATE VIEW check_ranges AS
-- A claim without any value, with its ends the wrong way round, or with a value that no such thing can have.
SELECT id AS claim_id, metric, value_min, value_max, period_start, period_end, quote
FROM claims
WHERE (metric != 'online' AND value_min IS NULL AND value_max IS NULL)
   OR (metric = 'online' AND period_start IS NULL AND period_end IS NULL)
   OR value_min > value_max OR value_min < 0 OR value_max < 0
   OR period_start > period_end OR usd_min > usd_max;

CREATE VIEW check_units AS
-- A claim whose unit is not the unit of its metric, or money without its currency.
SELECT id AS claim_id, metric, unit, currency, quote
FROM claims
WHERE unit IS NOT CASE
    WHEN metric IN ('power', 'generation') THEN 'MW'
    WHEN metric IN ('chips', 'jobs') THEN 'count'
    WHEN metric = 'floor_area' THEN 'm2'
    WHEN metric = 'land_area' THEN 'ha'
    WHEN metric = 'online' THEN 'date'
    WHEN metric IN ('capex', 'contract', 'financing') THEN currency
  END;

CREATE VIEW check_vocabulary AS
-- A word in a column that has a fixed list of words, and is not in it.
SELECT 'claims' AS "table", id, 'metric' AS "column", metric AS value FROM claims
WHERE metric NOT IN ('capex', 'contract', 'financing', 'power', 'generation', 'chips', 'floor_area', 'land_area',
                     'jobs', 'online')
UNION ALL
SELECT 'claims', id, 'qualifier', qualifier FROM claims
WHERE qualifier NOT IN ('exact', 'approx', 'up_to', 'at_least', 'range')
UNION ALL
SELECT 'claims', id, 'status', status FROM claims
WHERE status NOT IN ('planned', 'building', 'operating', 'done', 'cancelled')
UNION ALL
SELECT 'claims', id, 'confidence', confidence FROM claims WHERE confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT 'documents', id, 'origin', origin FROM documents WHERE origin NOT IN ('page', 'chronicle')
UNION ALL
SELECT 'documents', id, 'tier', tier FROM documents
WHERE tier NOT IN ('issuer', 'regulator', 'trade', 'press', 'aggregator')
UNION ALL
SELECT 'issues', id, 'level', level FROM issues WHERE level NOT IN ('info', 'warning', 'error', 'critical');

CREATE VIEW check_documents AS
-- A document that cannot be evidence: no text, no address that a browser opens, or a date after it was first read.
SELECT id AS document_id, url, published_at, first_seen
FROM documents
WHERE trim(text) = '' OR coalesce(original_url, url) NOT GLOB 'http*://*'
   OR date(published_at) > date(first_seen, '+1 day');

CREATE VIEW check_captures AS
-- A document that names a fetched body which is not there.
SELECT documents.id AS document_id, documents.capture_id
FROM documents LEFT JOIN captures ON captures.id = documents.capture_id
WHERE documents.capture_id IS NOT NULL AND captures.id IS NULL;

CREATE VIEW check_search AS
-- A row that the full-text search cannot find.
SELECT 'documents' AS "table", id FROM documents WHERE search_id IS NULL
UNION ALL
SELECT 'claims', id FROM claims WHERE search_id IS NULL;

CREATE VIEW check_said AS
-- A claim that does not stand under the day of its document, or not under each of its companies alone.
SELECT c.id AS claim_id, NULL AS company_id FROM claims c JOIN documents d ON d.id = c.document_id
WHERE c.said_on IS NOT substr(d.published_at, 1, 10)
UNION ALL
SELECT claim_id, company_id FROM (
  SELECT cc.claim_id, cc.company_id, c.document_id, c.said_on, c.first_seen, c.metric, coalesce(c.usd_max, c.usd_min)
  FROM claim_companies cc JOIN claims c ON c.id = cc.claim_id
  WHERE cc.company_id IS NOT NULL AND c.retracted_at IS NULL
  EXCEPT SELECT claim_id, company_id, document_id, said_on, first_seen, metric, usd FROM company_claims)
UNION ALL
SELECT k.claim_id, k.company_id FROM company_claims k
WHERE NOT EXISTS (SELECT 1 FROM claim_companies cc JOIN claims c ON c.id = cc.claim_id
  WHERE cc.claim_id = k.claim_id AND cc.company_id = k.company_id AND c.retracted_at IS NULL);

-- == Checks: knowledge =============================================================================================

CREATE VIEW check_figures AS
-- A best value that rests on a claim which is retracted, or which says another value.
SELECT figures.id AS figure_id, figures.project_id, figures.metric, figures.claim_id
FROM figures JOIN claims ON claims.id = figures.claim_id
WHERE claims.retracted_at IS NOT NULL
   OR (figures.corrected IS NULL
       AND (claims.metric != figures.metric OR claims.value_min IS NOT figures.value_min
         OR claims.value_max IS NOT figures.value_max));

CREATE VIEW check_parents AS
-- A company, project or place that is, in some steps, a part of itself.
WITH RECURSIVE
  parents (kind, id, parent_id) AS (
    SELECT 'company', id, parent_id FROM companies WHERE parent_id IS NOT NULL
    UNION ALL SELECT 'project', id, parent_id FROM projects WHERE parent_id IS NOT NULL
    UNION ALL SELECT 'place', id, parent_id FROM places WHERE parent_id IS NOT NULL
  ),
  climb (kind, id, ancestor) AS (
    SELECT kind, id, parent_id FROM parents
    UNION
    SELECT climb.kind, climb.id, parents.parent_id
    FROM climb JOIN parents ON parents.kind = climb.kind AND parents.id = climb.ancestor
  )
SELECT kind, id FROM climb WHERE ancestor = id;

CREATE VIEW check_announcements AS
-- An announcement without documents, or whose primary document is not one of its documents, or miscounted.
SELECT announcements.id AS announcement_id, announcements.document_count, count(members.document_id) AS counted
FROM announcements LEFT JOIN announcement_documents AS members ON members.announcement_id = announcements.id
GROUP BY announcements.id
HAVING counted != announcements.document_count
    OR sum(members.document_id = announcements.primary_document_id) IS NOT 1;

-- == Sources =======================================================================================================

CREATE VIEW source_health AS
-- One row a source: when it last ran and last worked, what it brought, and what is wrong with it now.
SELECT
  sources.slug, sources.publisher, sources.tier, sources.reader, sources.url, sources.cadence_hours,
  sources.retired_at,
  (SELECT min(started_at) FROM source_runs WHERE source = sources.slug) AS first_run_at,
  last.started_at AS last_run_at,
  (SELECT max(started_at) FROM source_runs WHERE source = sources.slug AND error IS NULL) AS last_good_run_at,
  last.error AS last_error, last.links_seen AS last_links_seen, last.failed AS last_failed,
  (SELECT count(*) FROM issues
   WHERE source = sources.slug AND level != 'info' AND last_seen >= last.started_at) AS open_issues,
  (SELECT count(*) FROM documents WHERE source = sources.slug) AS documents,
  (SELECT max(moment) FROM (
    SELECT max(started_at) AS moment FROM source_runs WHERE source = sources.slug AND new > 0
    UNION ALL SELECT max(first_seen) FROM documents WHERE source = sources.slug)) AS last_new_at,
  (SELECT max(published_at) FROM documents WHERE source = sources.slug) AS newest_published_at
FROM sources
LEFT JOIN source_runs AS last ON last.rowid = (
  SELECT rowid FROM source_runs WHERE source = sources.slug ORDER BY started_at DESC, rowid DESC LIMIT 1
);

-- == Published views ===============================================================================================
-- What readers query: one row a thing, names beside ids, nothing added up. Each is described in metadata.yml.
-- Names are looked up one by one and not joined, so that counting rows, or sorting by an index, looks up none.

CREATE VIEW stated_figures AS
-- Every figure somebody stated.
SELECT c.id AS claim_id, c.metric, c.value_min, c.value_max, c.unit, c.qualifier, c.usd_min, c.usd_max, c.quote,
  c.said_on, (SELECT d.publisher FROM documents d WHERE d.id = c.document_id) AS publisher,
  (SELECT d.tier FROM documents d WHERE d.id = c.document_id) AS tier,
  c.project_id, coalesce((SELECT p.name FROM projects p WHERE p.id = c.project_id), c.project_name) AS project,
  (SELECT group_concat(name, ', ') FROM (
    SELECT coalesce(o.name, cc.name) AS name FROM claim_companies cc LEFT JOIN companies o ON o.id = cc.company_id
    WHERE cc.claim_id = c.id ORDER BY cc.position)) AS companies,
  c.place_id, c.place_name AS place, c.admin1, c.country, c.chip_id,
  coalesce((SELECT k.name FROM chips k WHERE k.id = c.chip_id), c.chip_name) AS chip,
  c.status, c.period, c.period_start, c.period_end, c.basis, c.scope, c.financing_kind, c.contract_years,
  c.document_id, (SELECT d.title FROM documents d WHERE d.id = c.document_id) AS title,
  (SELECT coalesce(d.original_url, d.url) FROM documents d WHERE d.id = c.document_id) AS url,
  c.confidence, c.first_seen
FROM claims c WHERE c.retracted_at IS NULL;

CREATE VIEW best_figures AS
-- The value we would print of each thing that was stated about a project, with the quote it rests on.
SELECT f.id AS figure_id, f.project_id, (SELECT p.name FROM projects p WHERE p.id = f.project_id) AS project,
  (SELECT p.level FROM projects p WHERE p.id = f.project_id) AS level, f.metric, f.stage, f.facet, f.headline,
  f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start, f.period_end, f.basis, f.scope,
  f.status, f.said_on, f.first_said_on, f.publisher, f.tier, f.agreeing, f.disagreeing, f.rule, f.corrected, f.claim_id,
  (SELECT c.quote FROM claims c WHERE c.id = f.claim_id) AS quote,
  (SELECT c.document_id FROM claims c WHERE c.id = f.claim_id) AS document_id,
  (SELECT p.place_id FROM projects p WHERE p.id = f.project_id) AS place_id,
  (SELECT l.name FROM projects p JOIN places l ON l.id = p.place_id WHERE p.id = f.project_id) AS place,
  (SELECT l.admin1 FROM projects p JOIN places l ON l.id = p.place_id WHERE p.id = f.project_id) AS admin1,
  (SELECT l.country FROM projects p JOIN places l ON l.id = p.place_id WHERE p.id = f.project_id) AS country
FROM figures f;

CREATE VIEW announcement_list AS
SELECT a.id AS announcement_id, a.announced_on, a.title, a.kind, a.project_id,
  (SELECT p.name FROM projects p WHERE p.id = a.project_id) AS project, a.document_count, a.publisher_count,
  a.primary_document_id AS document_id,
  (SELECT d.publisher FROM documents d WHERE d.id = a.primary_document_id) AS publisher,
  (SELECT d.tier FROM documents d WHERE d.id = a.primary_document_id) AS tier,
  (SELECT coalesce(d.original_url, d.url) FROM documents d WHERE d.id = a.primary_document_id) AS url, a.first_seen
FROM announcements a;

CREATE VIEW openings AS
SELECT f.project_id, f.project, f.companies, f.metric, f.period_start, f.period_end, f.qualifier, f.status, f.quote,
  f.said_on, f.publisher, f.place, f.admin1, f.country, f.claim_id, f.document_id
FROM stated_figures f WHERE f.metric = 'online';

CREATE VIEW figure_changes AS
-- Every value that was said for a project, by the day it was said.
SELECT h.project_id, (SELECT p.name FROM projects p WHERE p.id = h.project_id) AS project, h.metric, h.stage, h.facet,
  h.said_on, h.value_min, h.value_max, h.unit, h.qualifier, h.usd_min, h.usd_max, h.period_start, h.period_end,
  h.status, h.standing, h.publisher, h.tier, h.claim_id,
  (SELECT c.quote FROM claims c WHERE c.id = h.claim_id) AS quote,
  (SELECT c.document_id FROM claims c WHERE c.id = h.claim_id) AS document_id,
  (SELECT c.first_seen FROM claims c WHERE c.id = h.claim_id) AS first_seen, h.retracted_at
FROM figure_history h;

CREATE VIEW conflicting_figures AS
-- Two values said for the same thing that cannot both be so, the chosen one beside the other.
SELECT f.project_id, (SELECT p.name FROM projects p WHERE p.id = f.project_id) AS project, f.metric, f.stage, f.facet,
  max(d.ratio, 1.0 / d.ratio) AS ratio, (SELECT c.quote FROM claims c WHERE c.id = d.chosen_claim_id) AS chosen_quote,
  f.publisher AS chosen_publisher, f.said_on AS chosen_said_on, d.chosen_claim_id,
  (SELECT c.quote FROM claims c WHERE c.id = d.claim_id) AS other_quote,
  (SELECT o.publisher FROM claims c JOIN documents o ON o.id = c.document_id WHERE c.id = d.claim_id)
    AS other_publisher,
  d.said_on AS other_said_on, d.claim_id, d.publishers, d.note, d.rule, d.figure_id
FROM disagreements d JOIN figures f ON f.id = d.figure_id;

CREATE VIEW status_steps AS
SELECT s.project_id, (SELECT p.name FROM projects p WHERE p.id = s.project_id) AS project, s.step, s.happened_on,
  s.reason, s.claim_id, s.document_id, d.title, d.publisher, d.tier,
  (SELECT l.country FROM projects p JOIN places l ON l.id = p.place_id WHERE p.id = s.project_id) AS country,
  d.first_seen
FROM project_status s JOIN documents d ON d.id = s.document_id;

CREATE VIEW data_changes AS
SELECT c.first_seen AS happened_at, 'figure added' AS change, c.id AS claim_id, c.document_id, c.project_id, c.metric,
  c.quote
FROM claims c
UNION ALL
SELECT c.retracted_at, 'figure withdrawn', c.id, c.document_id, c.project_id, c.metric, c.quote
FROM claims c WHERE c.retracted_at IS NOT NULL;

CREATE VIEW source_overview AS
-- Each source with one word for how it is.
SELECT h.slug AS source, h.publisher, h.tier, h.reader, h.url, h.documents, h.last_run_at, h.last_good_run_at,
  h.last_new_at, h.newest_published_at, h.last_links_seen, h.last_failed, h.cadence_hours, h.last_error,
  CASE
    WHEN h.retired_at IS NOT NULL THEN 'retired'
    WHEN h.last_run_at IS NULL THEN 'not read yet'
    WHEN h.last_error IS NOT NULL THEN 'failing'
    WHEN julianday(h.last_run_at) - julianday(coalesce(h.last_new_at, h.first_run_at)) > h.cadence_hours / 24.0
      THEN 'silent'
    ELSE 'healthy'
  END AS health
FROM source_health h;

-- == What db.kept keeps ============================================================================================
-- Each view live_NAME is read once at a rebuild into the table NAME, which the site reads.

CREATE VIEW live_project_overview AS
-- One row a project, with its main figures and where it has got to.
SELECT p.id AS project_id, p.name AS project, p.level, p.parent_id, parent.name AS parent,
  (SELECT group_concat(name, ', ') FROM (
    SELECT DISTINCT o.name FROM project_companies pc JOIN companies o ON o.id = pc.company_id
    WHERE pc.project_id = p.id ORDER BY o.name)) AS companies,
  p.place_id, l.name AS place, l.admin1, l.country, l.latitude, l.longitude, m.step, m.step_on, m.last_news_on, m.mark,
  power.value_min AS power_mw_min, power.value_max AS power_mw_max, power.qualifier AS power_qualifier,
  power.stage AS power_stage, power.claim_id AS power_claim_id,
  capex.usd_min AS capex_usd_min, capex.usd_max AS capex_usd_max, capex.qualifier AS capex_qualifier,
  capex.claim_id AS capex_claim_id,
  chips.value_min AS chips_min, chips.value_max AS chips_max, chips.qualifier AS chips_qualifier,
  chips.claim_id AS chips_claim_id,
  online.period_start AS online_from, online.period_end AS online_to, online.qualifier AS online_qualifier,
  online.claim_id AS online_claim_id,
  (SELECT count(*) FROM claims c WHERE c.project_id = p.id AND c.retracted_at IS NULL) AS claims, p.origin
FROM projects p LEFT JOIN projects parent ON parent.id = p.parent_id LEFT JOIN places l ON l.id = p.place_id
LEFT JOIN project_marks m ON m.project_id = p.id
LEFT JOIN figures power ON power.id = (
  SELECT id FROM figures WHERE project_id = p.id AND +metric = 'power' AND stage != 'cancelled'
  ORDER BY headline DESC, stage LIMIT 1)
LEFT JOIN figures capex ON capex.id = (
  SELECT id FROM figures WHERE project_id = p.id AND +metric = 'capex' AND stage != 'cancelled'
  ORDER BY headline DESC, stage LIMIT 1)
LEFT JOIN figures chips ON chips.id = (
  SELECT id FROM figures WHERE project_id = p.id AND +metric = 'chips' AND stage != 'cancelled'
  ORDER BY headline DESC, stage LIMIT 1)
LEFT JOIN figures online ON online.id = (
  SELECT id FROM figures WHERE project_id = p.id AND +metric = 'online' AND stage != 'cancelled'
  ORDER BY headline DESC, stage LIMIT 1);

CREATE VIEW live_company_overview AS
SELECT o.id AS company_id, o.name AS company, o.kind, o.country, o.parent_id, o.ticker, o.roles,
  (SELECT count(*) FROM company_claims k WHERE k.company_id = o.id) AS claims,
  (SELECT count(DISTINCT project_id) FROM project_companies pc WHERE pc.company_id = o.id) AS projects,
  (SELECT max(k.said_on) FROM company_claims k WHERE k.company_id = o.id) AS last_said_on
FROM companies o;

CREATE VIEW live_chip_overview AS
SELECT k.id AS chip_id, k.name AS chip, k.vendor, k.family, k.kind, k.generation, k.year, k.power_w, k.chips_per_system,
  (SELECT count(*) FROM claims c WHERE c.chip_id = k.id AND c.retracted_at IS NULL) AS claims
FROM chips k;

CREATE VIEW live_place_overview AS
-- A country has every claim with its code, a state every claim with its name, a smaller place those tied to itself.
SELECT l.id AS place_id, l.name AS place, l.kind, l.admin1, l.country, l.parent_id, l.latitude, l.longitude,
  CASE l.kind
    WHEN 'country' THEN (SELECT count(*) FROM claims c WHERE c.country = l.country AND c.retracted_at IS NULL)
    WHEN 'state' THEN (
      SELECT count(*) FROM claims c WHERE c.country = l.country AND c.admin1 = l.name AND c.retracted_at IS NULL)
    ELSE (SELECT count(*) FROM claims c WHERE c.place_id = l.id AND c.retracted_at IS NULL)
  END AS claims,
  (SELECT count(*) FROM projects p WHERE p.place_id = l.id) AS projects
FROM places l;

CREATE VIEW live_country_overview AS
SELECT c.country, count(*) AS claims, count(DISTINCT c.document_id) AS documents,
  count(DISTINCT c.project_id) AS projects, max(c.said_on) AS last_said_on
FROM claims c
WHERE c.retracted_at IS NULL AND c.country IS NOT NULL GROUP BY c.country;

CREATE VIEW live_reading_overview AS
SELECT origin AS extractor, min(0.9, CAST(confidence * 10 AS INTEGER) / 10.0) AS certainty_from, count(*) AS claims
FROM claims WHERE retracted_at IS NULL GROUP BY extractor, certainty_from;

CREATE VIEW live_counts AS
SELECT 'documents' AS name, count(*) AS value FROM documents UNION ALL
SELECT 'figures', count(*) FROM claims WHERE retracted_at IS NULL UNION ALL
SELECT 'publishers', count(DISTINCT publisher) FROM documents UNION ALL
SELECT 'projects', count(*) FROM projects p
  WHERE EXISTS (SELECT 1 FROM claims c WHERE c.project_id = p.id AND c.retracted_at IS NULL) UNION ALL
SELECT 'countries', count(DISTINCT country) FROM claims WHERE retracted_at IS NULL;

CREATE VIEW live_tallies AS
-- How many rows a table has that grows with every document, and how many of each value that readers narrow it by.
-- Written so that one row of it is worked out without the others: db.kept asks for those that something touched.
SELECT 'claims' AS relation, '' AS column_name, '' AS value, (SELECT count(*) FROM claims) AS rows UNION ALL
SELECT 'claim_companies', '', '', (SELECT count(*) FROM claim_companies) UNION ALL
SELECT 'company_claims', '', '', (SELECT count(*) FROM company_claims) UNION ALL
SELECT 'claim_conversions', '', '', (SELECT count(*) FROM claim_conversions) UNION ALL
SELECT 'claim_links', '', '', (SELECT count(*) FROM claim_links) UNION ALL
SELECT 'documents', '', '', (SELECT count(*) FROM documents) UNION ALL
SELECT 'document_mentions', '', '', (SELECT count(*) FROM document_mentions) UNION ALL
SELECT 'document_copies', '', '', (SELECT count(*) FROM document_copies) UNION ALL
SELECT 'document_signatures', '', '', (SELECT count(*) FROM document_signatures) UNION ALL
SELECT 'captures', '', '', (SELECT count(*) FROM captures) UNION ALL
SELECT 'announcements', '', '', (SELECT count(*) FROM announcements) UNION ALL
SELECT 'announcement_documents', '', '', (SELECT count(*) FROM announcement_documents) UNION ALL
SELECT 'figure_history', '', '', (SELECT count(*) FROM figure_history) UNION ALL
SELECT 'figure_versions', '', '', (SELECT count(*) FROM figure_versions) UNION ALL
SELECT 'total_items', '', '', (SELECT coalesce(sum(claim_count), 0) FROM totals) UNION ALL
SELECT 'claims', 'metric', metric, count(*) FROM claims GROUP BY metric UNION ALL
SELECT 'claims', 'status', status, count(*) FROM claims WHERE status IS NOT NULL GROUP BY status UNION ALL
SELECT 'claims', 'country', country, count(*) FROM claims WHERE country IS NOT NULL GROUP BY country UNION ALL
SELECT 'stated_figures', 'metric', metric, count(*) FROM claims WHERE retracted_at IS NULL GROUP BY metric UNION ALL
SELECT 'stated_figures', 'status', status, count(*) FROM claims
  WHERE retracted_at IS NULL AND status IS NOT NULL GROUP BY status UNION ALL
SELECT 'stated_figures', 'country', country, count(*) FROM claims
  WHERE retracted_at IS NULL AND country IS NOT NULL GROUP BY country UNION ALL
SELECT 'openings', 'country', country, count(*) FROM claims
  WHERE metric = 'online' AND retracted_at IS NULL AND country IS NOT NULL GROUP BY country UNION ALL
SELECT 'openings', 'publisher', d.publisher, count(*) FROM claims c JOIN documents d ON d.id = c.document_id
  WHERE +c.metric = 'online' AND c.retracted_at IS NULL AND d.publisher IS NOT NULL GROUP BY d.publisher UNION ALL
SELECT 'data_changes', '', '', count(*) + count(retracted_at) FROM claims UNION ALL
SELECT 'data_changes', 'change', 'figure added', (SELECT count(*) FROM claims)
  WHERE EXISTS (SELECT 1 FROM claims) UNION ALL
SELECT 'data_changes', 'change', 'figure withdrawn', (SELECT count(*) FROM claims WHERE retracted_at IS NOT NULL)
  WHERE EXISTS (SELECT 1 FROM claims WHERE retracted_at IS NOT NULL) UNION ALL
SELECT 'data_changes', 'metric', metric, count(*) + count(retracted_at) FROM claims GROUP BY metric UNION ALL
SELECT 'documents', 'kind', kind, count(*) FROM documents WHERE kind IS NOT NULL GROUP BY kind UNION ALL
SELECT 'documents', 'tier', tier, count(*) FROM documents WHERE tier IS NOT NULL GROUP BY tier UNION ALL
SELECT 'documents', 'publisher', publisher, count(*) FROM documents
  WHERE publisher IS NOT NULL GROUP BY publisher UNION ALL
SELECT 'announcements', 'kind', kind, count(*) FROM announcements WHERE kind IS NOT NULL GROUP BY kind UNION ALL
SELECT 'announcement_list', 'kind', kind, count(*) FROM announcements WHERE kind IS NOT NULL GROUP BY kind UNION ALL
SELECT 'announcement_list', 'publisher', d.publisher, count(*)
  FROM announcements a JOIN documents d ON d.id = a.primary_document_id WHERE d.publisher IS NOT NULL GROUP BY d.publisher UNION ALL
SELECT 'figure_history', 'metric', metric, count(*) FROM figure_history GROUP BY metric UNION ALL
SELECT 'figure_changes', 'metric', metric, count(*) FROM figure_history GROUP BY metric UNION ALL
SELECT 'figure_changes', 'publisher', publisher, count(*) FROM figure_history
  WHERE publisher IS NOT NULL GROUP BY publisher UNION ALL
SELECT 'figure_versions', 'metric', metric, count(*) FROM figure_versions GROUP BY metric UNION ALL
SELECT 'figure_versions', 'clock', clock, count(*) FROM figure_versions GROUP BY clock UNION ALL
SELECT 'document_mentions', 'kind', kind, count(*) FROM document_mentions GROUP BY kind UNION ALL
SELECT 'claim_companies', 'role', role, count(*) FROM claim_companies WHERE role IS NOT NULL GROUP BY role UNION ALL
SELECT 'claim_links', 'linked_to', linked_to, count(*) FROM claim_links GROUP BY linked_to UNION ALL
SELECT 'announcement_documents', 'role', role, count(*) FROM announcement_documents GROUP BY role UNION ALL
SELECT 'total_rows', 'dimension', dimension, sum(claim_count) FROM totals WHERE claim_count > 0 GROUP BY dimension UNION ALL
SELECT 'total_rows', 'metric', metric, sum(claim_count) FROM totals WHERE claim_count > 0 GROUP BY metric UNION ALL
SELECT 'total_rows', 'stage', stage, sum(claim_count) FROM totals WHERE claim_count > 0 GROUP BY stage UNION ALL
SELECT 'total_rows', 'reason', reason, count(*) FROM overlaps GROUP BY reason;

CREATE VIEW live_slippage AS
-- What was first said of each figure, and what is said now: how far money, megawatts and dates have moved.
-- Money of one currency is compared as it was stated, else in dollars.
WITH pairs AS (
  SELECT f.project_id, f.metric, f.stage, f.facet, first.unit = f.unit AS one_unit,
    CASE WHEN first.unit = f.unit THEN f.unit ELSE 'USD' END AS unit,
    first.said_on AS first_said_on, first.claim_id AS first_claim_id,
    CASE WHEN first.unit = f.unit THEN coalesce(first.value_max, first.value_min)
      ELSE coalesce(first.usd_max, first.usd_min) END AS first_value,
    coalesce(first.period_end, first.period_start) AS first_date,
    f.said_on AS last_said_on, f.claim_id AS last_claim_id,
    CASE WHEN first.unit = f.unit THEN coalesce(f.value_max, f.value_min)
      ELSE coalesce(f.usd_max, f.usd_min) END AS last_value,
    coalesce(f.period_end, f.period_start) AS last_date
  FROM figures f JOIN figure_history first ON first.project_id = f.project_id AND first.metric = f.metric
    AND first.claim_id = (
      SELECT h.claim_id FROM figure_history h
      WHERE h.project_id = f.project_id AND h.metric = f.metric AND h.stage = f.stage AND h.facet = f.facet
        AND h.standing IN ('chosen', 'agrees', 'revised') AND h.said_on IS NOT NULL
      ORDER BY h.said_on, h.claim_id LIMIT 1)
  WHERE first.claim_id != f.claim_id AND first.said_on < f.said_on
)
SELECT s.project_id, p.name AS project, s.metric, s.stage, s.facet, s.unit, s.first_said_on, s.first_value,
  CASE s.metric WHEN 'online' THEN s.first_date END AS first_date, before.quote AS first_quote, s.first_claim_id,
  s.last_said_on, s.last_value, CASE s.metric WHEN 'online' THEN s.last_date END AS last_date,
  now.quote AS last_quote, s.last_claim_id, round(s.last_value / nullif(s.first_value, 0), 3) AS times,
  CAST(CASE s.metric WHEN 'online' THEN julianday(s.last_date) - julianday(s.first_date) END AS INTEGER) AS days_later
FROM pairs s JOIN projects p ON p.id = s.project_id JOIN claims before ON before.id = s.first_claim_id
JOIN claims now ON now.id = s.last_claim_id
WHERE (s.metric = 'online' AND s.last_date IS NOT s.first_date)
  OR (s.metric != 'online' AND s.last_value IS NOT s.first_value);

CREATE VIEW live_opening_dates AS
-- The earliest and the latest day by which each project was ever said to be open.
SELECT h.project_id, p.name AS project, min(h.period_end) AS earliest_stated_end,
  max(h.period_end) AS latest_stated_end, count(DISTINCT h.period_end) AS different_dates,
  min(h.said_on) AS first_said, max(h.said_on) AS last_said
FROM figure_history h JOIN projects p ON p.id = h.project_id
WHERE h.metric = 'online' AND h.period_end IS NOT NULL GROUP BY h.project_id;

CREATE VIEW check_kept AS
-- A kept row that does not say what its live_ view says, or is missing. Before the first rebuild nothing is kept.
WITH differing (kept, key) AS (
SELECT 'project_overview', project_id
  FROM (SELECT * FROM project_overview EXCEPT SELECT * FROM live_project_overview)
UNION ALL
SELECT 'project_overview', project_id
  FROM (SELECT * FROM live_project_overview EXCEPT SELECT * FROM project_overview)
UNION ALL
SELECT 'company_overview', company_id
  FROM (SELECT * FROM company_overview EXCEPT SELECT * FROM live_company_overview)
UNION ALL
SELECT 'company_overview', company_id
  FROM (SELECT * FROM live_company_overview EXCEPT SELECT * FROM company_overview)
UNION ALL
SELECT 'chip_overview', chip_id
  FROM (SELECT * FROM chip_overview EXCEPT SELECT * FROM live_chip_overview)
UNION ALL
SELECT 'chip_overview', chip_id
  FROM (SELECT * FROM live_chip_overview EXCEPT SELECT * FROM chip_overview)
UNION ALL
SELECT 'place_overview', place_id
  FROM (SELECT * FROM place_overview EXCEPT SELECT * FROM live_place_overview)
UNION ALL
SELECT 'place_overview', place_id
  FROM (SELECT * FROM live_place_overview EXCEPT SELECT * FROM place_overview)
UNION ALL
SELECT 'country_overview', country
  FROM (SELECT * FROM country_overview EXCEPT SELECT * FROM live_country_overview)
UNION ALL
SELECT 'country_overview', country
  FROM (SELECT * FROM live_country_overview EXCEPT SELECT * FROM country_overview)
UNION ALL
SELECT 'reading_overview', extractor || '/' || certainty_from
  FROM (SELECT * FROM reading_overview EXCEPT SELECT * FROM live_reading_overview)
UNION ALL
SELECT 'reading_overview', extractor || '/' || certainty_from
  FROM (SELECT * FROM live_reading_overview EXCEPT SELECT * FROM reading_overview)
UNION ALL
SELECT 'counts', name
  FROM (SELECT * FROM counts EXCEPT SELECT * FROM live_counts)
UNION ALL
SELECT 'counts', name
  FROM (SELECT * FROM live_counts EXCEPT SELECT * FROM counts)
UNION ALL
SELECT 'tallies', relation || '/' || column_name || '/' || value
  FROM (SELECT * FROM tallies EXCEPT SELECT * FROM live_tallies)
UNION ALL
SELECT 'tallies', relation || '/' || column_name || '/' || value
  FROM (SELECT * FROM live_tallies EXCEPT SELECT * FROM tallies)
UNION ALL
SELECT 'opening_dates', project_id FROM (SELECT * FROM opening_dates EXCEPT SELECT * FROM live_opening_dates)
UNION ALL
SELECT 'opening_dates', project_id FROM (SELECT * FROM live_opening_dates EXCEPT SELECT * FROM opening_dates)
UNION ALL
SELECT 'slippage', project_id || '/' || metric || '/' || stage || '/' || facet
  FROM (SELECT * FROM slippage EXCEPT SELECT * FROM live_slippage)
UNION ALL
SELECT 'slippage', project_id || '/' || metric || '/' || stage || '/' || facet
  FROM (SELECT * FROM live_slippage EXCEPT SELECT * FROM slippage))
SELECT kept, key FROM differing WHERE EXISTS (SELECT 1 FROM tallies);

-- == Knowledge: totals, guidance, the outside check ======================================================

CREATE VIEW total_rows AS
-- Every figure of every total, with what it adds and what is left out of it, so that a total can be added up by hand.
SELECT i.total_id, (SELECT t.dimension FROM totals t WHERE t.id = i.total_id) AS dimension,
  (SELECT t.member FROM totals t WHERE t.id = i.total_id) AS member,
  (SELECT t.metric FROM totals t WHERE t.id = i.total_id) AS metric,
  (SELECT t.stage FROM totals t WHERE t.id = i.total_id) AS stage,
  (SELECT t.unit FROM totals t WHERE t.id = i.total_id) AS unit, i.claim_id,
  (SELECT c.quote FROM claims c WHERE c.id = i.claim_id) AS quote,
  i.project_id, (SELECT p.name FROM projects p WHERE p.id = i.project_id) AS project,
  (SELECT group_concat(name, ', ') FROM (
    SELECT coalesce(o.name, cc.name) AS name FROM claim_companies cc LEFT JOIN companies o ON o.id = cc.company_id
    WHERE cc.claim_id = i.claim_id ORDER BY cc.position)) AS companies,
  i.gross_low, i.gross_high, i.net_low, i.net_high,
  (SELECT o.amount_low FROM overlaps o WHERE o.total_id = i.total_id AND o.claim_id = i.claim_id) AS removed_low,
  (SELECT o.amount_high FROM overlaps o WHERE o.total_id = i.total_id AND o.claim_id = i.claim_id) AS removed_high,
  (SELECT o.reason FROM overlaps o WHERE o.total_id = i.total_id AND o.claim_id = i.claim_id) AS reason,
  (SELECT o.note FROM overlaps o WHERE o.total_id = i.total_id AND o.claim_id = i.claim_id) AS note,
  (SELECT o.covered_by FROM overlaps o WHERE o.total_id = i.total_id AND o.claim_id = i.claim_id) AS covered_by,
  (SELECT c.said_on FROM claims c WHERE c.id = i.claim_id) AS said_on,
  (SELECT d.publisher FROM claims c JOIN documents d ON d.id = c.document_id WHERE c.id = i.claim_id) AS publisher,
  (SELECT c.document_id FROM claims c WHERE c.id = i.claim_id) AS document_id,
  (SELECT k.said FROM corrections k WHERE k.action = 'amend_claim' AND k.applied = 1 AND k.target_id = i.claim_id)
    AS corrected
FROM total_items i;

CREATE VIEW guidance_and_projects AS
-- What a company says it will spend or has spent in each of its years, beside the sum of its announced projects.
SELECT g.company_id, o.name AS company, g.fiscal_label, g.period_start, g.period_end, g.kind, g.usd_min, g.usd_max,
  g.qualifier, c.quote, g.said_on, g.claim_id, g.calendar,
  (SELECT sum(i.net_low) FROM total_items i JOIN totals t ON t.id = i.total_id
    WHERE t.dimension = 'company' AND t.member = g.company_id AND t.metric = 'capex' AND t.stage = 'announced'
      AND i.project_id IS NOT NULL) AS projects_usd_low,
  (SELECT sum(i.net_high) FROM total_items i JOIN totals t ON t.id = i.total_id
    WHERE t.dimension = 'company' AND t.member = g.company_id AND t.metric = 'capex' AND t.stage = 'announced'
      AND i.project_id IS NOT NULL) AS projects_usd_high,
  (SELECT count(DISTINCT i.project_id) FROM total_items i JOIN totals t ON t.id = i.total_id
    WHERE t.dimension = 'company' AND t.member = g.company_id AND t.metric = 'capex' AND t.stage = 'announced'
      AND i.net_high > 0) AS projects,
  (SELECT k.said FROM corrections k WHERE k.action = 'amend_claim' AND k.applied = 1 AND k.target_id = g.claim_id)
    AS corrected
FROM guidance g JOIN companies o ON o.id = g.company_id JOIN claims c ON c.id = g.claim_id
WHERE g.current = 1;

CREATE VIEW epoch_comparison AS
-- Epoch AI's newest row of each site beside our figures: IT power with IT power, facility power with facility power.
WITH newest AS (SELECT file, max(taken_on) AS taken_on FROM epoch_imports GROUP BY file),
sites AS (
  SELECT s.*, i.taken_on FROM epoch_sites s JOIN epoch_imports i ON i.id = s.import_id
  JOIN newest n ON n.file = i.file AND n.taken_on = i.taken_on
),
steps AS (
  SELECT t.* FROM epoch_timeline t JOIN epoch_imports i ON i.id = t.import_id
  JOIN newest n ON n.file = i.file AND n.taken_on = i.taken_on
)
SELECT s.name AS site, s.country, s.taken_on, s.project_id, p.name AS project, s.match_reason,
  s.it_power_mw AS epoch_it_mw_now,
  (SELECT t.facility_power_mw FROM steps t WHERE t.site = s.name AND t.forecast = 0 ORDER BY t.date DESC LIMIT 1)
    AS epoch_facility_mw_now,
  (SELECT t.it_power_mw FROM steps t WHERE t.site = s.name AND t.forecast = 1 ORDER BY t.date DESC LIMIT 1)
    AS epoch_it_mw_forecast,
  (SELECT t.facility_power_mw FROM steps t WHERE t.site = s.name AND t.forecast = 1 ORDER BY t.date DESC LIMIT 1)
    AS epoch_facility_mw_forecast,
  (SELECT t.date FROM steps t WHERE t.site = s.name AND t.forecast = 1 ORDER BY t.date DESC LIMIT 1) AS epoch_forecast_for,
  operating_it.value_max AS our_it_mw_operating, operating.value_max AS our_mw_operating,
  announced_it.value_max AS our_it_mw_announced, coalesce(announced.value_max, announced.value_min) AS our_mw_announced,
  announced.basis AS our_basis, announced.claim_id AS our_power_claim_id,
  s.modelled_capital_cost_usd AS epoch_modelled_cost_usd, coalesce(capex.usd_max, capex.usd_min) AS our_stated_capex_usd,
  capex.claim_id AS our_capex_claim_id
FROM sites s LEFT JOIN projects p ON p.id = s.project_id
LEFT JOIN figures operating_it ON operating_it.project_id = s.project_id AND operating_it.metric = 'power'
  AND operating_it.stage = 'operating' AND operating_it.facet = 'it'
LEFT JOIN figures operating ON operating.project_id = s.project_id AND operating.metric = 'power'
  AND operating.stage = 'operating' AND operating.facet = 'total'
LEFT JOIN figures announced_it ON announced_it.project_id = s.project_id AND announced_it.metric = 'power'
  AND announced_it.stage = 'announced' AND announced_it.facet = 'it'
LEFT JOIN figures announced ON announced.project_id = s.project_id AND announced.metric = 'power'
  AND announced.stage = 'announced' AND announced.facet = 'total'
LEFT JOIN figures capex ON capex.project_id = s.project_id AND capex.metric = 'capex' AND capex.stage = 'announced';

CREATE VIEW check_totals AS
-- A total that is not the sum of its rows, or whose net is not its gross less what was left out.
SELECT t.id AS total_id, t.dimension, t.member, t.metric, t.stage, t.gross_high, sum(i.gross_high) AS gross_of_rows,
  t.net_high, sum(i.net_high) AS net_of_rows,
  (SELECT coalesce(sum(o.amount_high), 0) FROM overlaps o WHERE o.total_id = t.id) AS removed
FROM totals t LEFT JOIN total_items i ON i.total_id = t.id
GROUP BY t.id
HAVING count(i.claim_id) != t.claim_count
  OR abs(t.gross_low - sum(i.gross_low)) > 1e-6 * (1 + t.gross_low)
  OR abs(t.gross_high - sum(i.gross_high)) > 1e-6 * (1 + t.gross_high)
  OR abs(t.net_low - sum(i.net_low)) > 1e-6 * (1 + t.gross_low)
  OR abs(t.net_high - sum(i.net_high)) > 1e-6 * (1 + t.gross_high)
  OR abs(t.gross_high - t.net_high - removed) > 1e-6 * (1 + t.gross_high)
  OR t.net_low > t.net_high * (1 + 1e-9) OR t.net_high > t.gross_high * (1 + 1e-9) OR t.net_low < 0;

CREATE VIEW check_total_members AS
-- A dimension whose members do not add up to the total of all. (Companies share figures, so they need not.)
SELECT whole.metric, whole.stage, parts.dimension, whole.gross_high AS of_all, sum(parts.gross_high) AS of_members
FROM totals whole JOIN totals parts ON parts.metric = whole.metric AND parts.stage = whole.stage
WHERE whole.dimension = 'all' AND parts.dimension IN ('country', 'year')
GROUP BY whole.id, parts.dimension
HAVING abs(of_all - of_members) > 1e-6 * (1 + of_all)
  OR abs(whole.net_high - sum(parts.net_high)) > 1e-6 * (1 + of_all)
  OR abs(whole.net_low - sum(parts.net_low)) > 1e-6 * (1 + of_all);

CREATE VIEW check_links AS
-- A claim of which nobody can tell what it is about, because no rebuild has seen it; or one that is linked twice over.
SELECT c.id AS claim_id, c.document_id, c.project_id, l.project_id AS linked_project_id
FROM claims c LEFT JOIN claim_links l ON l.claim_id = c.id
WHERE l.claim_id IS NULL OR l.project_id IS NOT c.project_id
  OR (l.linked_to = 'project') != (l.project_id IS NOT NULL);

CREATE VIEW check_one_announcement AS
-- A document that stands in two announcements.
SELECT document_id, count(*) AS announcements FROM announcement_documents GROUP BY document_id HAVING count(*) > 1;

CREATE VIEW check_history AS
-- A figure whose chosen claim is not in its history, or whose last version is another claim.
SELECT f.id AS figure_id, f.claim_id, v.claim_id AS version_claim_id
FROM figures f
LEFT JOIN figure_history h ON h.project_id = f.project_id AND h.metric = f.metric AND h.claim_id = f.claim_id
  AND h.standing = 'chosen'
LEFT JOIN figure_versions v ON v.figure_id = f.id AND v.clock = 'said' AND v.valid_to IS NULL
WHERE h.claim_id IS NULL OR v.claim_id IS NOT f.claim_id;
