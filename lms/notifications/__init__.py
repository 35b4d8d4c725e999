"""Saying something to a member: one row, in the app and by mail, once."""
