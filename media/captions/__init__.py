"""Captions and transcripts: read, checked, written. Pure; no rows."""
