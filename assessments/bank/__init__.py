"""The bank: questions by kind, and the immutable versions that answers point at."""
