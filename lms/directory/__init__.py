"""The administrator's pages: units, people, bodies."""
