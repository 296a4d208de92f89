"""
Places in a text: towns, counties, states and countries, each resolved to one of its namesakes.

In: text and what other names have taken. Out: `PlaceHit`s. Never says what stands there: `attribution` does.
"""
