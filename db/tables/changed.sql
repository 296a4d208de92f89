-- What was written since db.kept last looked: the values of each row by which something is counted or shown, before and
-- after. None of it is data, and db.kept empties it. Then the indexes by which one count is made without the others.

CREATE TABLE _changed (relation TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (relation, row)) STRICT, WITHOUT ROWID;
CREATE INDEX overlaps_reason ON overlaps (reason);
CREATE INDEX claim_links_kind ON claim_links (linked_to);
CREATE INDEX announcements_primary ON announcements (primary_document_id);
CREATE INDEX announcement_documents_role ON announcement_documents (role);
CREATE INDEX claim_companies_role ON claim_companies (role);
CREATE INDEX figure_history_publisher ON figure_history (publisher);
CREATE INDEX figure_versions_metric ON figure_versions (metric);
CREATE INDEX figure_versions_clock ON figure_versions (clock);
CREATE INDEX claims_reading ON claims (origin, confidence) WHERE retracted_at IS NULL;
