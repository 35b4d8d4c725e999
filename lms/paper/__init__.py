"""Ground for everything printed: typefaces, lines of text, structure tags and codes in PDF.

Nothing here knows a database, a clock or a request. Importing it does not import the
PDF library; that happens when a first page is drawn.
"""
