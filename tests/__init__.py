"""The tests. Folders mirror the tree; architecture holds what is true of all of it."""
