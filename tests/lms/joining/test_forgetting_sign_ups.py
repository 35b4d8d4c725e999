"""Erasing somebody takes what waits to be confirmed under any of their addresses."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from lms.joining.models import SignUp
from lms.organisation.erasing import erase_member
from tests.factories import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_a_sign_up_under_another_sign_in_address_goes_with_the_person(place):
    kari = organisation.make_member("Kari", of=place.bodo, email="kari@example.org")
    EmailAddress.objects.create(user=kari, email="also@example.org")
    for n, email in enumerate(("Kari@example.org", "ALSO@example.org", "ola@example.org")):
        SignUp.objects.create(email=email, language="nb", unit=place.bodo, token_hash=f"{n}" * 64)
    erase_member(member=kari, by=None)
    assert list(SignUp.objects.values_list("email", flat=True)) == ["ola@example.org"]
