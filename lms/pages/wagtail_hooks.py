"""The look of the CMS, and a menu that holds only what concerns the work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

OF_THE_WORK = {"images": (_("Pictures"), 20), "documents": (_("Documents"), 30), "media": (_("Film and sound"), 40)}
"""What is kept of Wagtail's own menu → its name and place. Entries of our own rooms stand as they are."""


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Our colours on Wagtail's tokens."""
    return format_html('<link rel="stylesheet" href="{}">', static("tillit/admin/admin.css"))


@hooks.register("construct_main_menu", order=1000)
def only_the_work(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out reports, settings, help and the page tree; call the rest by our words."""
    shown = []
    for item in items:
        if item.name in OF_THE_WORK:
            label, order = OF_THE_WORK[item.name]
            shown.append(MenuItem(label, item.url, name=item.name, icon_name=item.icon_name, order=order))
        elif not type(item).__module__.startswith("wagtail") or item.name.startswith("tillit-"):
            shown.append(item)
    items[:] = shown


class HowToPanel(Component):
    """Four sentences on how a course is made, on the first page of the CMS."""

    name = "tillit_how_to"
    template_name = "tillit/admin/how_to.html"
    order = 400


@hooks.register("construct_homepage_panels")
def how_to(request: HttpRequest, panels: list[Any]) -> None:
    """After what waits and what one worked on last."""
    panels.append(HowToPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counting(request: HttpRequest, items: list[Any]) -> None:
    """How many pages there are in all helps nobody with the work."""
    items.clear()


@hooks.register("construct_page_listing_buttons")
@hooks.register("construct_page_header_buttons")
def no_menu_order(buttons: list[Any], *args: Any, **kwargs: Any) -> None:
    """The order of lessons is changed by dragging; a button called after menus says nothing."""
    buttons[:] = [button for button in buttons if type(button).__name__ != "PageListingSortMenuOrderButton"]
