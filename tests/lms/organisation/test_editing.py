"""The CMS restates rights: its groups, shelves and approval follow appointments, and can be laid anew."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow
from wagtail.permissions import policy_registry

from lms.organisation.access import Role, grants
from lms.organisation.editing import keep_groups, lay_shelves, open_for_approval, open_for_writing, shelf_of
from lms.organisation.models import Appointment, Unit, UnitShelf
from lms.organisation.services import project_groups
from lms.periods import today
from tests.factories.editing import make_editor, make_writer
from tests.factories.organisation import make_appointment, make_member, make_tree, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def home() -> Page:
    return Page.objects.get(depth=1).add_child(title="Hjem", slug="hjem2")


def shelves_with(member: object, action: str) -> set[str]:
    """The collections whose pictures a member may add to or choose from."""
    policy = policy_registry.get_by_type(get_image_model())
    return {row.name for row in policy.collections_user_has_permission_for(member, action)}


def test_instructors_write_below_a_page_and_do_not_publish(home: Page) -> None:
    open_for_writing(home)
    rights = home.permissions_for_user(make_writer())
    assert (rights.can_edit(), rights.can_publish(), rights.can_lock()) == (True, False, False)


def test_editors_publish_and_approve_below_a_page(home: Page) -> None:
    open_for_approval(home)
    rights = home.permissions_for_user(make_editor())
    assert rights.can_edit() and rights.can_publish() and rights.can_lock()
    assert home.get_workflow().name == "Godkjenning"


def test_laying_it_twice_changes_nothing(home: Page) -> None:
    for _time in range(2):
        open_for_writing(home)
        open_for_approval(home)
        lay_shelves()
    assert (Workflow.objects.count(), Group.objects.count(), GroupPagePermission.objects.count()) == (1, 2, 8)


def test_the_groups_and_the_workflow_that_wagtail_brings_are_gone() -> None:
    assert not Group.objects.exists()
    assert not Workflow.objects.exists()
    assert not GroupPagePermission.objects.exists()


def test_a_unit_gets_one_shelf_under_its_own_name() -> None:
    unit = make_unit("Bodø")
    make_writer(unit=unit)
    make_writer(unit=unit)
    assert UnitShelf.objects.get().collection.name == "Bodø"


def test_an_instructor_adds_to_the_own_unit_and_below_and_chooses_from_above_too() -> None:
    nation, nordland, oslo, bodo = make_tree()
    for unit in (nation, oslo, bodo):
        shelf_of(unit)
    writer = make_writer(unit=nordland)
    assert shelves_with(writer, "add") == {"Nordland fylkeslag", "Bodø"}
    assert shelves_with(writer, "choose") == {"Nordland fylkeslag", "Bodø", "Landet"}


def test_an_instructor_changes_own_pictures_only(tmp_path: object) -> None:
    unit = make_unit("Bodø")
    ivar, liv = make_writer(unit=unit), make_writer(unit=unit)
    collection = shelf_of(unit).collection
    own = get_document_model()(title="a", collection=collection, uploaded_by_user=ivar)
    policy = policy_registry.get_by_type(get_document_model())
    assert policy.user_has_permission_for_instance(ivar, "change", own)
    assert not policy.user_has_permission_for_instance(liv, "change", own)
    assert policy.user_has_permission_for_instance(make_editor(), "change", own)


def test_a_unit_that_moves_takes_its_shelf_along_when_shelves_are_laid_anew() -> None:
    _nation, nordland, oslo, bodo = make_tree()
    writer = make_writer(unit=nordland)
    shelf_of(bodo)
    _move(bodo, under=oslo)
    lay_shelves()
    assert shelves_with(writer, "add") == {"Nordland fylkeslag"}
    assert GroupCollectionPermission.objects.filter(collection__name="Bodø", group__name__contains="u").exists()


def test_nothing_is_written_when_the_groups_are_in_line(django_assert_num_queries) -> None:
    writer = make_writer()
    held = grants(writer)
    with django_assert_num_queries(3):
        keep_groups(writer, held)


def test_the_end_of_the_appointment_takes_the_groups_away() -> None:
    writer = make_writer()
    assert {group.name.split()[0] for group in writer.groups.all()} == {"Kursholdere"}
    Appointment.objects.update(valid_until=today())
    project_groups(member=writer)
    assert not writer.groups.exists()


def test_letters_of_the_cms_are_in_the_members_language() -> None:
    assert make_writer(language="nn").wagtail_userprofile.preferred_language == "nn"


def test_an_administrator_has_no_group_in_the_cms() -> None:
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=make_unit())
    project_groups(member=ada)
    assert not ada.groups.exists()
    assert Collection.objects.count() == 1


def _move(unit: Unit, *, under: Unit) -> None:
    from lms.organisation.lineage import rebuild_ancestry

    unit.parent_links.update(parent=under)
    rebuild_ancestry()
