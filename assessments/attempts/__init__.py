"""Papers, attempts, responses and grading."""
