INSERT INTO claim_companies (claim_id, position, name, company_id)
  SELECT id, 0, 'Company ' || (search_id % 1000), 'company-' || (search_id % 1000) FROM claims;
INSERT INTO claim_companies (claim_id, position, name, company_id)
  SELECT id, 1, 'Company ' || (search_id * 3 % 50), 'company-' || (search_id * 3 % 50) FROM claims
  WHERE search_id % 2 = 0;
-- As the triggers would have it, one row at a time.
UPDATE claims SET said_on = (SELECT substr(published_at, 1, 10) FROM documents WHERE documents.id = claims.document_id);
INSERT OR IGNORE INTO company_claims (company_id, claim_id, document_id, said_on, first_seen, metric, usd)
  SELECT cc.company_id, c.id, c.document_id, c.said_on, c.first_seen, c.metric, coalesce(c.usd_max, c.usd_min)
  FROM claim_companies cc JOIN claims c ON c.id = cc.claim_id ORDER BY cc.company_id, c.id;
INSERT INTO document_mentions (document_id, kind, name, entity_id, start, "end")
  SELECT id, 'company', 'Company ' || (search_id % 1000), 'company-' || (search_id % 1000), 0, 9 FROM documents;
INSERT INTO figure_history (project_id, metric, said_on, claim_id, value_min, value_max, unit, usd_min, usd_max,
    qualifier, period_start, period_end, status, stage, facet, publisher, tier, standing)
  SELECT c.project_id, c.metric, substr(d.published_at, 1, 10), c.id, c.value_min, c.value_max, c.unit, c.usd_min,
    c.usd_max, c.qualifier, c.period_start, c.period_end, c.status, 'announced', '', d.publisher, d.tier, 'revised'
  FROM claims c JOIN documents d ON d.id = c.document_id WHERE c.project_id IS NOT NULL;
INSERT INTO figures (id, project_id, metric, stage, facet, headline, value_min, value_max, unit, usd_min, usd_max,
    qualifier, period_start, period_end, status, claim_id, said_on, first_said_on, publisher, tier, rule, agreeing,
    disagreeing)
  SELECT 'f-' || project_id || '-' || metric, project_id, metric, stage, '', 1, value_min, value_max, unit, usd_min,
    usd_max, qualifier, period_start, period_end, status, claim_id, max(said_on), said_on, publisher, tier,
    'newest',
    3, 1
  FROM figure_history GROUP BY project_id, metric;
INSERT INTO disagreements (figure_id, claim_id, chosen_claim_id, ratio, publishers, said_on, note, rule)
  SELECT f.id, h.claim_id, f.claim_id, 2.0, 1, h.said_on, 'apart by more than their hedges allow', 'newest'
  FROM figures f JOIN figure_history h ON h.project_id = f.project_id AND h.metric = f.metric
  WHERE h.claim_id != f.claim_id AND substr(h.claim_id, -2) = '07';
INSERT INTO announcements (id, title, announced_on, kind, primary_document_id, project_id, document_count,
    publisher_count, first_seen)
  SELECT 'a' || substr(d.id, 2), d.title, substr(d.published_at, 1, 10), d.kind, d.id,
    (SELECT project_id FROM claims c WHERE c.document_id = d.id AND c.project_id IS NOT NULL LIMIT 1), 1, 1,
    d.first_seen FROM documents d;
INSERT INTO announcement_documents (announcement_id, document_id, role, reason, former_id)
  SELECT id, primary_document_id, 'primary', 'the primary page', id FROM announcements;
INSERT INTO project_status (project_id, step, happened_on, document_id, reason)
  SELECT project_id, CASE search_id % 3 WHEN 0 THEN 'announced' WHEN 1 THEN 'building' ELSE 'delayed' END,
    '2026-0' || (1 + search_id % 9) || '-11', document_id, 'stated' FROM claims
  WHERE project_id IS NOT NULL AND search_id % 40 = 0 GROUP BY project_id, search_id % 3;
INSERT INTO project_marks (project_id, step, step_on, last_news_on, reason)
  SELECT project_id, step, max(happened_on), max(happened_on), 'latest' FROM project_status GROUP BY project_id;
INSERT INTO guidance (id, company_id, fiscal_label, period_start, period_end, kind, claim_id, said_on, usd_min,
    usd_max, qualifier, current, calendar)
  SELECT 'g' || c.id, cc.company_id, '2026', '2026-01-01', '2026-12-31', 'guided', c.id, NULL, c.usd_min, c.usd_max,
    c.qualifier, 1, 'calendar year' FROM claims c JOIN claim_companies cc ON cc.claim_id = c.id AND cc.position = 0
  WHERE c.scope = 'company_year' AND c.search_id % 20 = 0;
INSERT INTO claim_links (claim_id, linked_to, project_id, reason)
  SELECT id, iif(project_id IS NULL, 'place', 'project'), project_id, 'named in the sentence' FROM claims;
INSERT INTO figure_versions (figure_id, project_id, metric, stage, facet, clock, valid_from, valid_to, claim_id, value_min,
    value_max, unit, usd_min, usd_max, qualifier, period_start, period_end)
  SELECT f.id, f.project_id, f.metric, f.stage, f.facet, c.clock, h.said_on,
    lead(h.said_on) OVER (PARTITION BY f.id, c.clock ORDER BY h.said_on), min(h.claim_id), h.value_min,
    h.value_max, h.unit, h.usd_min, h.usd_max, h.qualifier, h.period_start, h.period_end
  FROM figures f JOIN figure_history h ON h.project_id = f.project_id AND h.metric = f.metric
  JOIN (SELECT 'said' AS clock UNION ALL SELECT 'known') c GROUP BY f.id, c.clock, h.said_on;

-- The five whose spending plans stand on the front page.
INSERT INTO companies (id, name, kind, country) VALUES ('amazon', 'Amazon', 'hyperscaler', 'US'),
  ('google', 'Google', 'hyperscaler', 'US'), ('meta', 'Meta', 'hyperscaler', 'US'),
  ('microsoft', 'Microsoft', 'hyperscaler', 'US'), ('oracle', 'Oracle', 'hyperscaler', 'US');
INSERT INTO guidance (id, company_id, fiscal_label, period_start, period_end, kind, claim_id, said_on, usd_min, usd_max,
    qualifier, current, calendar)
  SELECT 'gf' || c.id, o.id, 'Q' || (1 + q.n % 4) || ' 2026', date('2025-10-01', (q.n * 3) || ' months'),
    date('2025-12-31', (q.n * 3) || ' months'), CASE WHEN q.n < 4 THEN 'spent' ELSE 'guided' END, c.id, '2026-10-30',
    c.usd_min, c.usd_max, 'exact', 1, 'calendar year'
  FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM companies WHERE id NOT GLOB 'company-*') o
  JOIN (SELECT id, usd_min, usd_max, row_number() OVER (ORDER BY id) AS number FROM claims
    WHERE metric = 'capex' AND scope = 'company_year' LIMIT 40) c ON (c.number - 1) % 5 = o.n
  JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) q
    ON (c.number - 1) / 5 = q.n;

-- Totals: each headline figure under everything, its country, its year and each of its companies; one in ten left out.
CREATE TEMP TABLE member AS
  WITH headline AS (
    SELECT f.*, l.country FROM figures f JOIN projects p ON p.id = f.project_id LEFT JOIN places l ON l.id = p.place_id
    WHERE f.headline = 1 AND f.metric IN ('power', 'capex', 'chips') AND f.value_max IS NOT NULL
  )
  SELECT 'all' AS dimension, 'all' AS member, * FROM headline
  UNION ALL SELECT 'country', country, * FROM headline
  UNION ALL SELECT 'year', substr(said_on, 1, 4), * FROM headline
  UNION ALL SELECT 'company', pc.company_id, headline.* FROM headline
    JOIN project_companies pc ON pc.project_id = headline.project_id;
CREATE TEMP TABLE stages AS SELECT 'announced' AS stage UNION ALL SELECT 'building' UNION ALL SELECT 'operating';
INSERT INTO totals (id, dimension, member, metric, stage, unit, gross_low, gross_high, net_low, net_high, claim_count)
  SELECT 't-' || dimension || '-' || member || '-' || metric || '-' || s.stage, dimension, member, metric, s.stage,
    min(unit), 0, 0, 0, 0, count(*) FROM temp.member m CROSS JOIN temp.stages s GROUP BY dimension, member, metric, s.stage;
INSERT INTO total_items (total_id, claim_id, project_id, gross_low, gross_high, net_low, net_high)
  SELECT 't-' || dimension || '-' || member || '-' || metric || '-' || s.stage, claim_id, project_id, value_min,
    value_max, iif(substr(claim_id, -1) = '3', 0, value_min), iif(substr(claim_id, -1) = '3', 0, value_max)
  FROM temp.member m CROSS JOIN temp.stages s;
INSERT INTO overlaps (total_id, claim_id, reason, covered_by, amount_low, amount_high, note)
  SELECT total_id, claim_id, 'superseded', claim_id, gross_low, gross_high, 'a newer figure says more'
  FROM total_items WHERE net_high < gross_high;
UPDATE totals SET (gross_low, gross_high, net_low, net_high) = (
    SELECT sum(gross_low), sum(gross_high), sum(net_low), sum(net_high) FROM total_items WHERE total_id = totals.id),
  removed_count = (SELECT count(*) FROM overlaps WHERE total_id = totals.id);
DROP TABLE temp.member;
DROP TABLE temp.stages;

-- Two hundred runs over every source, and what went wrong in them.
CREATE TEMP TABLE hour AS
  WITH RECURSIVE hour (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM hour WHERE n < 199) SELECT n FROM hour;
INSERT INTO runs (id, command, version, started_at, finished_at, exit_code, documents_new)
  SELECT printf('r%06d', n), 'ingest', '1', strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-20', (n * -6) || ' hours'),
    strftime('%Y-%m-%dT%H:%M:%SZ', '2026-11-20', (n * -6) || ' hours', '10 minutes'), 0, n % 50 FROM temp.hour;
INSERT INTO source_runs (run_id, source, started_at, seconds, links_seen, new, unchanged, error)
  SELECT r.id, s.slug, r.started_at, 2.5, 40, r.documents_new % 3, 37, iif(s.rowid % 40 = 7, 'ListingError: gone', NULL)
  FROM runs r JOIN sources s;
INSERT INTO issues (id, run_id, source, level, kind, message, first_seen, last_seen, count)
  SELECT 'i' || r.id || s.slug, r.id, s.slug, iif(r.documents_new % 4 = 0, 'error', 'warning'), 'listing',
    'the listing holds fewer links than it should', r.started_at, r.started_at, 1
  FROM runs r JOIN sources s WHERE (s.rowid + r.documents_new) % 12 = 0;
DROP TABLE temp.hour;
INSERT INTO plausibility (id, kind, project_id, claim_id, value, band_low, band_high, band_from, message)
  SELECT 'y' || id, 'usd_per_mw', project_id, claim_id, 99, 5, 60, 'reference', 'far from what others pay'
  FROM figures WHERE metric = 'capex' AND substr(claim_id, -2) = '42';
