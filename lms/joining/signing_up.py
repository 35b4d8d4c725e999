"""Coming in by oneself: an address and a consent, a letter, a person. Known and unknown meet the same screen."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from lms.jobs.services import request_job
from lms.joining.consent import SYMPATHISER
from lms.joining.limits import DAY, LETTERS_A_DAY, may_try
from lms.joining.links import link_is_open
from lms.joining.models import AddressCheck, Arrival, Campaign, InviteLink, SignUp
from lms.joining.signals import sympathiser_joined
from lms.joining.tokens import hash_of, token_for
from lms.joining.units import whole_organisation
from lms.members.accounts import give_sign_in_address, is_in_use
from lms.members.consents import give_consent
from lms.members.models import Member
from lms.organisation.models import Membership, Unit
from lms.periods import today

SEND = "send_sign_up"
KEPT = dt.timedelta(days=7)
"""How long an address that nobody confirms is kept."""


@transaction.atomic
def begin_sign_up(
    *, email: str, language: str, unit: Unit, link: InviteLink | None = None, course_key: str = ""
) -> None:
    """Keep an address and the consent given with it, and write to it as a job. The same work for every address.

    Above a few letters a day nothing more is written to an address; the screen is the same.
    """
    public_id = uuid.uuid4()
    row = SignUp(
        public_id=public_id,
        email=email.strip().lower(),
        language=language,
        consent_version=SYMPATHISER.version,
        unit=unit,
        link=link,
        course_key=course_key,
        token_hash=hash_of(token_of(public_id)),
    )
    if may_try("sign-up-letter", row.email, most=LETTERS_A_DAY, seconds=DAY):
        row.save()
        request_job(kind=SEND, key=f"{SEND}:{public_id}", payload={"sign_up": row.pk}, by=None)


def token_of(public_id: uuid.UUID) -> str:
    """The token of a sign-up's link."""
    return token_for("sign-up", str(public_id))


def sign_up_with(token: str) -> SignUp | None:
    """The sign-up a link belongs to, while it can be confirmed: for seven days, under today's text of the consent."""
    rows = SignUp.objects.filter(token_hash=hash_of(token), created_at__gt=timezone.now() - KEPT)
    return rows.filter(consent_version=SYMPATHISER.version).select_related("unit", "link__campaign").first()


@transaction.atomic
def confirm_sign_up(*, token: str, name: str = "", password: str = "") -> Member | None:
    """Make the person: account, consent, sympathiser of the unit, and one more in the count. Once.

    None when the link does not work, or somebody has begun to sign in with the address since.
    """
    row = sign_up_with(token)
    if row is None or not SignUp.objects.filter(pk=row.pk).delete()[0]:
        return None
    if is_in_use(row.email):
        return None
    member = Member(name=" ".join(name.split()), email=row.email, language=row.language)
    member.set_password(password or None)
    member.save()
    give_sign_in_address(member=member, email=row.email)
    give_consent(member=member, purpose=SYMPATHISER.key)
    unit = _standing_unit(row)
    Membership.objects.create(member=member, unit=unit, status=Membership.Status.SYMPATHISER, valid_from=today())
    link = row.link if row.link and link_is_open(row.link) else None
    Arrival.objects.create(member=member, unit=unit, link=link, campaign=_campaign_of(link), course_key=row.course_key)
    sympathiser_joined.send(Member, ids=[member.pk])
    return member


def _standing_unit(row: SignUp) -> Unit:
    """The unit one signed up to; the whole organisation when it has closed since."""
    return row.unit if today() in row.unit.period else whole_organisation() or row.unit


def _campaign_of(link: InviteLink | None) -> Campaign | None:
    """The campaign an arrival counts for: the link's, on its days."""
    campaign = link.campaign if link else None
    return campaign if campaign and today() in campaign.period else None


@transaction.atomic
def forget_unconfirmed() -> int:
    """Delete addresses that nobody has confirmed in seven days. Returns how many."""
    limit = timezone.now() - KEPT
    gone = SignUp.objects.filter(created_at__lte=limit).delete()[0]
    return gone + AddressCheck.objects.filter(created_at__lte=limit).delete()[0]
