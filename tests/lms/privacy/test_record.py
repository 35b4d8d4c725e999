"""The record of processing is drawn from what the fields say, and the file in the docs is today's."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from lms.organisation.management.commands import record_of_processing as command
from lms.privacy.declarations import declared
from lms.privacy.record import record_of_processing
from lms.privacy.retention import rules


def test_the_file_is_current() -> None:
    call_command("record_of_processing", "--check")


def test_every_personal_field_is_in_it() -> None:
    text = record_of_processing()
    fields = [f"`{said.model._meta.label}.{name}`" for said in declared().values() for name in said.personal]
    assert [name for name in fields if name not in text] == []
    assert len(fields) > 150


def test_every_retention_rule_is_in_it() -> None:
    text = record_of_processing()
    assert [rule.name for rule in rules() if f"| `{rule.name}` |" not in text] == []


def test_it_is_written_and_an_old_one_is_found_out(tmp_path, monkeypatch, settings) -> None:
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(command, "PLACE", tmp_path / "docs" / "record.md")
    with pytest.raises(CommandError):
        call_command("record_of_processing", "--check")
    call_command("record_of_processing", verbosity=0)
    call_command("record_of_processing", "--check")
    command.PLACE.write_text("# Old")
    with pytest.raises(CommandError):
        call_command("record_of_processing", "--check")
