"""Who within a reader's reach is called the same: asked before somebody is added by hand."""

from lms.directory.reach import units_seen
from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation import access
from lms.periods import today

MOST = 5


def namesakes(name: str, *, reader: Member) -> list[Member]:
    """People of exactly that name within reach, a few. Nobody outside it: that would tell who is a member."""
    seen = [unit.pk for unit in units_seen(reader)]
    return list(access.people_under(seen, on=today()).filter(name_key=name_key(name))[:MOST])
