"""What is personal about pages, pictures and documents."""

from lms.pages.models import Document, Image, OrganisationSettings, Rendition
from lms.privacy.declarations import Kind, OnErase, Personal, declare

_UPLOADER = Personal(Kind.TECHNICAL, "whom to ask about a file", "as long as the file", OnErase.UNLINK)
declare(
    Image,
    plain="id title file description width height created_at focal_point_x focal_point_y focal_point_width "
    "focal_point_height file_size file_hash tags collection alt",
    uploaded_by_user=_UPLOADER,
)
declare(Rendition, plain="id filter_spec file width height focal_point_key image")
declare(
    Document,
    plain="id title file created_at file_size file_hash tags collection",
    uploaded_by_user=_UPLOADER,
)
declare(OrganisationSettings, plain="id name accent register_url")
