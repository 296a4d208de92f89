"""
The words of a date or a span of time, and the first and last day they mean.

In: text and the day of the document. Out: `Period`s. Never says what happens in them.
"""
