"""What the organisation publishes: recordings, captions, playback, podcasts. Code; uploads lie in var/uploads."""
