"""Who has reached what, who is missing, and the certificates that follow."""
