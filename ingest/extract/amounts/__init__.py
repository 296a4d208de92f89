"""
Numbers with what they measure: digits and words, units, currencies, ranges and hedges.

In: text. Out: `Quantity`s in base units, left to right. Never decides what a quantity is about: `metrics` does.
"""
