"""The ground that all other tests stand on."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, Page

from lms.members.models import Member


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_nothing_behind_and_takes_nothing_away(turn: str) -> None:
    assert not Member.objects.exists()
    assert Locale.objects.filter(language_code="nb").exists()
    root = Page.objects.get(depth=1)
    Member.objects.create(name="Kari")
    root.get_children().delete()


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_test_in_a_transaction_sees_the_rows_that_migrations_wrote() -> None:
    assert Page.objects.filter(depth=1).exists()
    assert not Member.objects.exists()
