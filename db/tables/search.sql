-- Full-text search over documents and quotes, kept by triggers.
--
-- The indexes point to `search_id`, which a trigger gives to each new row, and not to the rowid: a table with a text key
-- has no rowid of its own, so VACUUM may renumber it, and every hit would then point to another row.

CREATE VIRTUAL TABLE documents_fts USING fts5 (
  title, text, content='documents', content_rowid='search_id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_search_insert AFTER INSERT ON documents BEGIN
  UPDATE documents SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM documents)
    WHERE id = NEW.id AND search_id IS NULL;
  INSERT INTO documents_fts (rowid, title, text) SELECT (SELECT search_id FROM documents WHERE id = NEW.id), NEW.title, NEW.text;
END;
CREATE TRIGGER documents_search_delete AFTER DELETE ON documents BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', OLD.search_id, OLD.title, OLD.text);
END;
CREATE TRIGGER documents_search_update AFTER UPDATE OF title, text ON documents BEGIN
  INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', OLD.search_id, OLD.title, OLD.text);
  INSERT INTO documents_fts (rowid, title, text) VALUES (NEW.search_id, NEW.title, NEW.text);
END;

CREATE VIRTUAL TABLE claims_fts USING fts5 (
  quote, content='claims', content_rowid='search_id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN
  UPDATE claims SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM claims)
    WHERE id = NEW.id AND search_id IS NULL;
  INSERT INTO claims_fts (rowid, quote) SELECT (SELECT search_id FROM claims WHERE id = NEW.id), NEW.quote;
END;
CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, quote) VALUES ('delete', OLD.search_id, OLD.quote);
END;
CREATE TRIGGER claims_search_update AFTER UPDATE OF quote ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, quote) VALUES ('delete', OLD.search_id, OLD.quote);
  INSERT INTO claims_fts (rowid, quote) VALUES (NEW.search_id, NEW.quote);
END;
