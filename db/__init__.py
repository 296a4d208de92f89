"""
What is known, and how it is shown: records, tables, reference data, knowledge, export and the Datasette plugin.

In: records made by `ingest`. Out: one SQLite file. Never imports `ingest`; `db.web` reads SQL and nothing else of ours.
"""
