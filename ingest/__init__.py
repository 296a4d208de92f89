"""
From the web to claims: sources -> links -> pages -> documents -> claims.

In: `sources.yml` and what its channels serve. Out: `db.records` handed to `db.store`.
Only `fetch` touches the network; everything between bytes and claims is a function of its arguments.
"""

__version__ = "0.1.0"
