"""One's settings in the CMS: what it writes to one about, and how it looks. Who one is stands elsewhere."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NotificationsSettingsPanel, ThemeSettingsPanel


class CmsSettings(AccountView):
    """Notices and theme. Name, address, password and language have one door each, outside the CMS."""

    shown = (NotificationsSettingsPanel, ThemeSettingsPanel)

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if isinstance(panel, self.shown)]


cms_settings = require_admin_access(CmsSettings.as_view())
