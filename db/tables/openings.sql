-- The opening dates that were stated for each project, from the earliest to the latest. Kept by db.kept.

CREATE TABLE opening_dates (
  project_id TEXT PRIMARY KEY, project TEXT NOT NULL, earliest_stated_end TEXT NOT NULL, latest_stated_end TEXT NOT NULL,
  different_dates INTEGER NOT NULL, first_said TEXT, last_said TEXT
) STRICT;
INSERT INTO opening_dates
  SELECT h.project_id, p.name, min(h.period_end), max(h.period_end), count(DISTINCT h.period_end), min(h.said_on),
    max(h.said_on)
  FROM figure_history h JOIN projects p ON p.id = h.project_id
  WHERE h.metric = 'online' AND h.period_end IS NOT NULL AND EXISTS (SELECT 1 FROM tallies) GROUP BY h.project_id;
