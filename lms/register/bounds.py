"""How much an import takes, and how long it is kept."""

KEPT_DAYS = 7
"""How long a file and its rows are kept at most, applied or not."""
MOST_LEAVING_SQLITE = 10_000
MOST_ROWS = 2_000_000
MOST_ROWS_SQLITE = 100_000
"""Applying holds SQLite's only write lock, 5 seconds at most: docs/algorithms/register-import.md has the figures."""
