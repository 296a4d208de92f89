"""
What belongs to a figure: whose it is, where it stands, which project and chip, in what state.

In: a `Reading` and a figure. Out: companies, a place, a project, a status. Never looks beyond the document.
"""
