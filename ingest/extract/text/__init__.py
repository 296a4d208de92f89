"""
How a text is cut, indexed and searched: blocks and sentences, stretches taken, patterns tried only where they can begin, word lists.

In: text and patterns. Out: places in a text: sentences, matches, where words start. Never knows what any word means.
"""
