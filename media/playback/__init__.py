"""Playback: files for those who may have them, and what was really played."""
