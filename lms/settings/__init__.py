"""Settings: the only place that reads the environment.

``base`` is what every installation shares. ``embedded`` needs nothing but Python,
``production`` refuses to start half configured, ``test`` is what the suite runs on.
"""
