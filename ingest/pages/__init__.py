"""From the bytes of a page or filing to a document: its text, title, date and address."""
