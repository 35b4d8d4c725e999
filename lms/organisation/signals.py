"""What the organisation announces.

``term_started`` and ``term_ended`` carry ``ids``, a list of term ids, on the day itself and
once per term. ``term_corrected`` carries ``ids`` and ``before``, the period they had, when the
days of a term were put right. ``body_closed`` carries ``ids``, body ids, and ``on``, the first
day it is not there. ``member_joined`` and ``member_left`` carry ``ids``, member ids.
``member_moved`` carries ``ids``, member ids, and ``on``, the day they belong elsewhere.
``members_merged`` carries ``kept`` and ``absorbed``, one member id each; ``members_unmerged``
the same. ``unit_reorganised`` carries ``ids``, the units touched, and ``on``, the day.
"""

from django.dispatch import Signal

term_started = Signal()
term_ended = Signal()
term_corrected = Signal()
body_closed = Signal()
member_joined = Signal()
member_left = Signal()
member_moved = Signal()
members_merged = Signal()
members_unmerged = Signal()
unit_reorganised = Signal()
