"""Door: what the courses wing hears."""

import courses.catalogue.receivers
import courses.enrolment.receivers
import courses.planning.receivers
import courses.progression.receivers
import courses.reports.receivers  # noqa: F401
