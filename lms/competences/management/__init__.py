"""Commands of competences."""
