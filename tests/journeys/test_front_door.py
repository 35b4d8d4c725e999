"""The front door, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_sign_in_form_stands_whole_at_every_width(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width=width)
    page.goto("/accounts/login/")
    assert page.locator("html").get_attribute("lang") == "nb"
    assert page.locator("input[name=login]").is_visible()
    assert page.locator("input[name=password]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
