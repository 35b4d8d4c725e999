"""How names are found, put in order and shortened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.members.models import Member
from lms.members.names import initials, name_key


def test_names_are_found_whatever_their_case_and_accents() -> None:
    assert name_key("ÅSE-MÁRJÁ  Østby ") == name_key("åse-marja østby")


def test_a_name_in_pieces_and_whole_letters_is_one_name() -> None:
    assert name_key("A\u030ase") == name_key("Åse")


def test_norwegian_letters_come_last_and_in_their_order() -> None:
    names = ["Åse", "Østen", "Ærlend", "Zara", "Anne"]
    assert sorted(names, key=name_key) == ["Anne", "Zara", "Ærlend", "Østen", "Åse"]


def test_swedish_letters_stand_with_their_norwegian_sisters() -> None:
    assert name_key("Göran Bäck") == name_key("Gøran Bæck")


@given(st.text(alphabet="abzæøåäöáđšÆØÅÁĐŠ -'", max_size=60))
def test_a_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("name", "letters"), [("Åse-Márjá Østby", "ÅØ"), ("Kari", "K"), ("Per Olav Hagen", "PH"), ("", ""), ("<b> 7", "")]
)
def test_a_person_is_shortened_to_first_and_last_initial(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_key_follows_the_name_in_every_kind_of_write() -> None:
    one = Member.objects.create(name="Åse Dahl")
    Member.objects.bulk_create([Member(name="Ærlend Vik")])
    one.name = "Åse Vold"
    one.save()
    assert list(Member.objects.values_list("name_key", flat=True)) == ["zzarlend vik", "zzcse vold"]


@pytest.mark.django_db
@pytest.mark.postgres
def test_people_come_in_norwegian_order_on_every_database() -> None:
    Member.objects.bulk_create([Member(name=name) for name in ("Åse", "aina", "Øyvind", "Berit", "Ærlend")])
    assert [m.name for m in Member.objects.all()] == ["aina", "Berit", "Ærlend", "Øyvind", "Åse"]
