-- Indexes that hold all that a list asks of a claim, a document or an announcement, so that only the rows shown are read;
-- what they cover is dropped.

CREATE INDEX claims_told ON claims (id, retracted_at, metric, first_seen, document_id, usd_max, usd_min);
CREATE INDEX claims_of_project ON claims (project_id, document_id, metric, id) WHERE retracted_at IS NULL;
CREATE INDEX claim_companies_told ON claim_companies (company_id, claim_id);
CREATE INDEX documents_days ON documents (id, published_at);
CREATE INDEX announcement_documents_told ON announcement_documents (document_id, announcement_id);
CREATE INDEX announcements_days ON announcements (id, announced_on);
CREATE INDEX projects_named ON projects (name, id);
CREATE INDEX figure_versions_in_order ON figure_versions (project_id, clock, metric, stage, facet);
DROP INDEX claim_companies_company;
DROP INDEX announcement_documents_document;
