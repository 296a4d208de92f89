"""
From quantities and periods to figures, each with its metric: cells under a head, bare numbers that go on counting, days of opening.

In: a `Reading`. Out: `Figure`s in the order of the text. Never says whose a figure is: `attribution` does.
"""
