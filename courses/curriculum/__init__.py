"""The course as a row: activities by kind, and the outline that publishing writes."""
