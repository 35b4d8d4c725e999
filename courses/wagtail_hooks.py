"""Door: the editor's face of the courses wing."""

import courses.catalogue.wagtail_hooks  # noqa: F401
