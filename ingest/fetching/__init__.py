"""From an address to the bytes it answers with: one polite client, and what tells a page from a wall before it."""
