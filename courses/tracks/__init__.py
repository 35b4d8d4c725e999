"""The administrator's pages on tracks, their rules and awards in bulk; and the ladder as members see it."""
