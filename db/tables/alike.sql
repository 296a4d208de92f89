-- The order in which pages of documents follow each other: many have the same day, and each is long to read.

CREATE INDEX documents_newest ON documents (published_at DESC, id);
