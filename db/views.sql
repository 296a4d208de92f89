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
WHERE trim(text) = '' OR url NOT GLOB 'http*://*'
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

-- == Checks: knowledge =============================================================================================

CREATE VIEW check_figures AS
-- A best value that rests on a claim which is retracted, or which says another value.
SELECT figures.id AS figure_id, figures.project_id, figures.metric, figures.claim_id
FROM figures JOIN claims ON claims.id = figures.claim_id
WHERE claims.retracted_at IS NOT NULL OR claims.metric != figures.metric
   OR (figures.corrected IS NULL
       AND (claims.value_min IS NOT figures.value_min OR claims.value_max IS NOT figures.value_max));

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
  (SELECT count(*) FROM documents WHERE source = sources.slug) AS documents,
  (SELECT max(first_seen) FROM documents WHERE source = sources.slug) AS last_new_at,
  (SELECT max(published_at) FROM documents WHERE source = sources.slug) AS newest_published_at
FROM sources
LEFT JOIN source_runs AS last ON last.rowid = (
  SELECT rowid FROM source_runs WHERE source = sources.slug ORDER BY started_at DESC, rowid DESC LIMIT 1
);

-- == Published views ===============================================================================================
