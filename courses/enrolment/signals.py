"""What enrolment announces, with ``member_ids``, the people it is about.

``ids`` are the activities now done, or the course completions.
"""

from django.dispatch import Signal

activity_completed = Signal()
course_completed = Signal()
