"""The building blocks that every kind of page may use."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
"""What prose may hold. Wagtail's allow-list keeps everything else out when it is saved."""
TO_READ = _("To read and see")
"""The blocks that ask nothing of the reader stand together in the block picker. Their examples are in bokmål."""


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=PROSE, **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "tillit/blocks/text.html"
        group = TO_READ
        description = _("Running text with headings, lists and links. The first one in a lesson is set larger.")
        preview_value = "<h2>Du er valgt</h2><p>Et verv er tillit. Resten kan læres, litt om gangen.</p>"


class FactBlock(blocks.StructBlock):
    """A box with what is worth remembering, or with what varies from place to place."""

    title = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("Text"))

    class Meta:
        icon = "info-circle"
        template = "tillit/blocks/fact.html"
        group = TO_READ
        label_format = "{title}"
        description = _("A box with what is worth remembering, or with what differs from place to place.")
        preview_value = {
            "title": "Styret er lagets arbeidslag",
            "text": "<p>Årsmøtet bestemmer retningen. Styret leder laget mellom årsmøtene.</p>",
        }


class ExampleBlock(blocks.StructBlock):
    """A short scene that shows the point."""

    title = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("Text"))

    class Meta:
        icon = "group"
        template = "tillit/blocks/example.html"
        group = TO_READ
        label_format = "{title}"
        description = _("A short scene with people in it that shows the point.")
        preview_value = {
            "title": "En kvittering",
            "text": "<p>Amina har kjøpt kaffe til møtet og spør hvem som skal godkjenne kvitteringen.</p>",
        }


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows, and a caption where it needs one."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        template = "tillit/blocks/picture.html"
        group = TO_READ
        description = _("A picture. Say in words what it shows, for those who cannot see it.")


class DownloadBlock(blocks.StructBlock):
    """A file to take home: a template, a form."""

    document = DocumentChooserBlock(label=_("File"))
    text = blocks.CharBlock(required=False, max_length=200, label=_("What it is for"))

    class Meta:
        icon = "download"
        template = "tillit/blocks/download.html"
        group = TO_READ
        description = _("A file to take home: a template, a form.")
