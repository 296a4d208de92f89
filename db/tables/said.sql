-- The day on which each figure was said, and the figures of each company by that day and by size. Triggers keep both,
-- as they keep full-text search: what an index over two tables would be, right after every statement. In a trigger
-- not OR IGNORE: a conflict clause of the statement that fires it takes the place of those in it.

ALTER TABLE claims ADD COLUMN said_on TEXT;
UPDATE claims SET said_on = (SELECT substr(published_at, 1, 10) FROM documents WHERE documents.id = claims.document_id);
DROP INDEX claims_seen;
CREATE INDEX claims_seen ON claims (first_seen DESC, said_on DESC, id, project_id, retracted_at);
CREATE INDEX claims_said ON claims (said_on) WHERE retracted_at IS NULL;
CREATE INDEX claims_project_said ON claims (project_id, said_on DESC, metric, id, retracted_at);

CREATE TABLE company_claims (
  company_id TEXT NOT NULL, claim_id TEXT NOT NULL, document_id TEXT NOT NULL, said_on TEXT, first_seen TEXT NOT NULL,
  metric TEXT NOT NULL, usd REAL, PRIMARY KEY (company_id, claim_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO company_claims
  SELECT cc.company_id, c.id, c.document_id, c.said_on, c.first_seen, c.metric, coalesce(c.usd_max, c.usd_min)
  FROM claim_companies cc JOIN claims c ON c.id = cc.claim_id
  WHERE cc.company_id IS NOT NULL AND c.retracted_at IS NULL ORDER BY cc.company_id, c.id;
CREATE INDEX company_claims_said ON company_claims (company_id, said_on DESC, document_id DESC);
CREATE INDEX company_claims_seen ON company_claims (company_id, first_seen DESC, said_on DESC, claim_id);
CREATE INDEX company_claims_deals ON company_claims (company_id, metric, usd DESC, said_on)
  WHERE metric IN ('contract', 'financing');
INSERT INTO tallies
  SELECT 'company_claims', '', '', (SELECT count(*) FROM company_claims) WHERE EXISTS (SELECT 1 FROM tallies);

CREATE TRIGGER said_claim_insert AFTER INSERT ON claims BEGIN
  UPDATE claims SET said_on = (SELECT substr(published_at, 1, 10) FROM documents WHERE id = NEW.document_id)
    WHERE id = NEW.id;
END;
CREATE TRIGGER said_document_update AFTER UPDATE OF published_at ON documents
    WHEN NEW.published_at IS NOT OLD.published_at BEGIN
  UPDATE claims SET said_on = substr(NEW.published_at, 1, 10) WHERE document_id = NEW.id;
END;
CREATE TRIGGER company_claims_claim AFTER UPDATE OF document_id, said_on, first_seen, metric, usd_min, usd_max,
    retracted_at ON claims BEGIN
  DELETE FROM company_claims WHERE claim_id = NEW.id
    AND company_id IN (SELECT company_id FROM claim_companies WHERE claim_id = NEW.id);
  INSERT INTO company_claims
    SELECT company_id, NEW.id, NEW.document_id, NEW.said_on, NEW.first_seen, NEW.metric,
      coalesce(NEW.usd_max, NEW.usd_min)
    FROM claim_companies WHERE claim_id = NEW.id AND company_id IS NOT NULL AND NEW.retracted_at IS NULL
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER company_claims_insert AFTER INSERT ON claim_companies WHEN NEW.company_id IS NOT NULL BEGIN
  INSERT INTO company_claims
    SELECT NEW.company_id, id, document_id, said_on, first_seen, metric, coalesce(usd_max, usd_min)
    FROM claims WHERE id = NEW.claim_id AND retracted_at IS NULL
  ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER company_claims_delete AFTER DELETE ON claim_companies WHEN OLD.company_id IS NOT NULL BEGIN
  DELETE FROM company_claims WHERE company_id = OLD.company_id AND claim_id = OLD.claim_id AND NOT EXISTS (
    SELECT 1 FROM claim_companies WHERE claim_id = OLD.claim_id AND company_id = OLD.company_id);
END;
CREATE TRIGGER company_claims_update AFTER UPDATE OF company_id ON claim_companies
    WHEN NEW.company_id IS NOT OLD.company_id BEGIN
  DELETE FROM company_claims WHERE company_id = OLD.company_id AND claim_id = OLD.claim_id AND NOT EXISTS (
    SELECT 1 FROM claim_companies WHERE claim_id = OLD.claim_id AND company_id = OLD.company_id);
  INSERT INTO company_claims
    SELECT NEW.company_id, id, document_id, said_on, first_seen, metric, coalesce(usd_max, usd_min)
    FROM claims WHERE id = NEW.claim_id AND retracted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT DO NOTHING;
END;
