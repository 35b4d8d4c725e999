"""People within one's own scope: the list, and one person's page."""
