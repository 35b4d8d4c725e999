"""What is personal about where people stand."""

from lms.organisation.models import (
    Appointment,
    Body,
    BodySeat,
    Delegation,
    Membership,
    Office,
    Term,
    TermAnnouncement,
    Unit,
    UnitAncestry,
    UnitLabel,
    UnitParent,
    UnitShelf,
    UnitSuccession,
)
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_PERIOD = "valid_from valid_until"
declare(Unit, plain=f"id public_id code name name_key kind {_PERIOD}")
declare(UnitParent, plain=f"id unit parent {_PERIOD}")
declare(UnitAncestry, plain=f"id unit ancestor depth {_PERIOD}")
declare(UnitShelf, plain="id unit collection group")
declare(UnitLabel, plain=f"id unit code name {_PERIOD}")
declare(UnitSuccession, plain="id predecessor successor on in_part")
declare(Body, plain=f"id public_id unit kind name authority least_of_each_gender least_under_40 {_PERIOD}")
declare(BodySeat, plain="id body office number")
declare(Office, plain="id key unit title order")

_MEMBERSHIP = Personal(
    Kind.POLITICAL,
    "which courses and news concern the person",
    "as long as the membership; erased at leaving unless the person asks otherwise",
    OnErase.DELETE_ROW,
)
declare(
    Membership,
    plain="id",
    member=_MEMBERSHIP,
    unit=_MEMBERSHIP,
    status=_MEMBERSHIP,
    valid_from=_MEMBERSHIP,
    valid_until=_MEMBERSHIP,
)
_OFFICE = Personal(
    Kind.OFFICE,
    "rights, onboarding and tasks follow from the office held",
    "offices held may be archived (Datatilsynet); without the person's name after erasure",
    OnErase.DELETE_ROW,
)
declare(
    Term,
    plain="id",
    member=_OFFICE,
    office=_OFFICE,
    body=_OFFICE,
    election=_OFFICE,
    valid_from=_OFFICE,
    valid_until=_OFFICE,
)
declare(TermAnnouncement, plain="id kind at", term=_OFFICE)
_RIGHT = Personal(Kind.OFFICE, "who may do what for whom", "24 months after it ended", OnErase.DELETE_ROW)
declare(
    Appointment,
    plain="id",
    member=_RIGHT,
    role=_RIGHT,
    unit=_RIGHT,
    valid_from=_RIGHT,
    valid_until=_RIGHT,
)
declare(
    Delegation,
    plain="id",
    member=_RIGHT,
    giver=_RIGHT,
    right=_RIGHT,
    unit=_RIGHT,
    reason=_RIGHT,
    valid_from=_RIGHT,
    valid_until=_RIGHT,
)
