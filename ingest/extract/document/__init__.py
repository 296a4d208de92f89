"""
What a document is as a whole: whether it is about infrastructure, of which kind, who acts in it, which places and chips it names.

In: a `Reading` and its claims. Out: one answer for the document. Never changes a claim.
"""
