"""One door per foreign library: who else wants it asks the door."""

from __future__ import annotations

import sys

from tests.architecture.house import WINGS, imported, modules

EVERYWHERE = {"django", "wagtail", "wagtailmedia", "modelcluster", "polymorphic", "taggit"}
"""What the house is built of."""

DOORS = {
    "h5py": ("lms.archive",),
    "numpy": ("lms.archive", "assessments.statistics", "courses.coverage"),
    "reportlab": ("lms.paper", "certificates.render"),
    "segno": ("lms.paper",),
    "cryptography": ("certificates.seal", "lms.members.vault"),
    "openpyxl": ("lms.sheets",),
    "python_calamine": ("lms.sheets",),
    "allauth": ("lms.members",),
    "django_scim": ("lms.provisioning",),
    "scim2_filter_parser": ("lms.provisioning",),
    "celery": ("lms.celery", "lms.jobs"),
    "kombu": ("lms.celery", "lms.jobs"),
    "imageio_ffmpeg": ("media.recordings",),
    "webvtt": ("media.captions",),
    "defusedxml": ("lms.unpacking", "assessments.exchange", "courses.interop", "media.podcasts"),
}
"""Library → the modules (with all below them) that may import it."""


def foreign() -> list[tuple[str, str]]:
    """(module of ours, library) for every import of something that is neither ours nor Python's own."""
    ours = {*WINGS, *sys.stdlib_module_names}
    names = ((module, name.split(".")[0]) for module, file in modules().items() for name in imported(file))
    return sorted({(module, library) for module, library in names if library not in ours})


def test_each_library_is_imported_through_its_door() -> None:
    strays = [
        f"{module} imports {library}"
        for module, library in foreign()
        if library not in EVERYWHERE
        if not any(f"{module}.".startswith(f"{door}.") for door in DOORS.get(library, ()))
    ]
    assert strays == []


def test_no_shell_is_ever_asked() -> None:
    callers = [name for name, file in modules().items() if "subprocess" in imported(file)]
    assert [name for name in callers if not name.startswith(("lms.launcher.", "media.recordings."))] == []
