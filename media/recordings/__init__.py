"""Recordings: video and audio with their tracks."""
