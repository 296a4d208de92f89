"""
Names of companies, projects, sites and chips: those of the reference, and unknown ones by how they are named.

In: text. Out: `Hit`s. Never asks what is said of whom: `attribution` does.
"""
