"""Door: what the assessments wing hears."""

import assessments.attempts.receivers  # noqa: F401
