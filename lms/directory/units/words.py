"""Words for kinds of units, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.organisation.models import Unit

KINDS: dict[str, str | Promise] = {
    Unit.Kind.NATIONAL: _("The national organisation"),
    Unit.Kind.COUNTY: _("County branch"),
    Unit.Kind.MUNICIPAL: _("Municipal branch"),
    Unit.Kind.LOCAL: _("Local branch"),
}
