"""Units as a tree: find one, see where it stands and what it has."""
