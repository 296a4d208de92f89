-- What names mean: companies, chips, places, projects and their other names.

CREATE TABLE companies (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, country TEXT, parent_id TEXT REFERENCES companies(id),
  ticker TEXT, cik TEXT, wikidata TEXT, roles TEXT, origin TEXT NOT NULL DEFAULT 'reference'
) STRICT;
CREATE TABLE chips (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, vendor TEXT, family TEXT, kind TEXT, generation TEXT, year INTEGER,
  power_w REAL, chips_per_system INTEGER, origin TEXT NOT NULL DEFAULT 'reference'
) STRICT;
CREATE TABLE places (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, admin1 TEXT, country TEXT,
  parent_id TEXT REFERENCES places(id), latitude REAL, longitude REAL, population INTEGER, geonames_id TEXT
) STRICT;
CREATE TABLE projects (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT, parent_id TEXT REFERENCES projects(id),
  place_id TEXT REFERENCES places(id), codenames TEXT, origin TEXT NOT NULL DEFAULT 'reference', evidence TEXT
) STRICT;
CREATE TABLE project_companies (
  project_id TEXT NOT NULL REFERENCES projects(id), company_id TEXT NOT NULL REFERENCES companies(id),
  role TEXT NOT NULL, PRIMARY KEY (project_id, company_id, role)
) STRICT;
CREATE TABLE aliases (
  kind TEXT NOT NULL, alias TEXT NOT NULL, entity_id TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
  PRIMARY KEY (kind, alias)
) STRICT;
