"""Competence plans over several years: of a person, an office, a body or a unit."""
