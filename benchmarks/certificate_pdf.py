"""How fast certificates are drawn, beside the same page written as straight-line reportlab code.

The plain page has the same faces, words, landscape and code, but no tags, no fitting of long
names, no kerning and no care for the reader: what one would write in an afternoon. It is given
our quick code matrix and the setting that spares it ASCII85, so that the ratio measures drawing.
Both run in one process, in turns, on one core; the ratio is of medians. From the repository's root:

    python -m benchmarks.certificate_pdf
"""

import secrets
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates import render, terrain
from certificates.render import Sheet
from lms.paper import codes, fonts

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROUNDS, BATCH = 15, 20

EXAMPLE = Sheet(
    name="Åse-Márjá Østby",
    title="Ny i styret",
    lead="Dette viser at",
    verb="har fullført og bestått",
    level_line="Nivå 1, Trygg i vervet, i lederopplæringen",
    facts=(
        ("Omfang", "2 timer"),
        ("Prøve", "18 av 20"),
        ("Fullført", "2. november 2026"),
        ("Gyldig til", "2. november 2030"),
    ),
    signatures=(("Torbjørn Haugli", "Opplæringsansvarlig, Nordhav fylkeslag"), ("Inga Sørvær", "Kursholder")),
    organisation="Folkeforeningen",
    number="",
    check_label="Kontroller beviset",
    check_host="tillit.example.org/c",
    check_url="",
    language="nb",
    issued_on=date(2026, 11, 2),
    pdf_title="Kursbevis: Ny i styret",
    stones=1,
)


def plain(sheet: Sheet) -> bytes:
    """The same page with the library's own calls, top to bottom."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(297 * mm, 210 * mm), pageCompression=1, invariant=1)
    canvas.setTitle(sheet.pdf_title)
    accent, ink, quiet = HexColor(sheet.accent), HexColor("#21241A"), HexColor("#505449")
    _plain_landscape(canvas, sheet.number, accent)
    canvas.setStrokeColor(ink)
    canvas.rect(10 * mm, 10 * mm, 277 * mm, 190 * mm)
    _plain_cairn(canvas, 192.8, 65.6, 1.2, accent, sheet.stones)
    _plain_cairn(canvas, 22.6, 22.5, 0.4, accent, 3)

    def text(x: float, y: float, words: str, face: str, size: float, colour: HexColor = ink) -> None:
        canvas.setFont(face, size * mm)
        canvas.setFillColor(colour)
        canvas.drawString(x * mm, (210 - y) * mm, words)

    text(38.5, 31.6, sheet.organisation, fonts.STRONG, 4.6)
    text(24, 72.8, sheet.lead, fonts.TEXT, 4.4, quiet)
    text(23.4, 91, sheet.name, fonts.DISPLAY, 17)
    text(24, 102.5, sheet.verb, fonts.TEXT, 4.4, quiet)
    text(23.7, 115.5, sheet.title, fonts.DISPLAY, 10, accent)
    text(24, 124.5, sheet.level_line, fonts.TEXT, 4.4)
    for x, (label, value) in zip((24, 54, 86, 136), sheet.facts, strict=False):
        text(x, 143.5, label, fonts.TEXT, 3.2, quiet)
        text(x, 149.5, value, fonts.STRONG, 4.4)
    for x, (name, role) in zip((24, 100), sheet.signatures, strict=False):
        canvas.line(x * mm, 34 * mm, (x + 62) * mm, 34 * mm)
        text(x, 182, name, fonts.STRONG, 4)
        text(x, 187.2, role, fonts.TEXT, 3.4, quiet)
    number = render.grouped(sheet.number)
    for y, words, face, size, colour in (
        (173.2, sheet.check_label, fonts.TEXT, 3.4, quiet),
        (178.6, sheet.check_host, fonts.STRONG, 3.6, ink),
        (184, number[0], fonts.TEXT, 3.6, ink),
        (189.4, number[1], fonts.TEXT, 3.6, ink),
    ):
        canvas.setFont(face, size * mm)
        canvas.setFillColor(colour)
        canvas.drawRightString(240 * mm, (210 - y) * mm, words)
    _plain_code(canvas, sheet.check_url, ink)
    canvas.save()
    return out.getvalue()


def _plain_landscape(canvas: Canvas, number: str, accent: HexColor) -> None:
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(10 * mm, 10 * mm, 277 * mm, 190 * mm)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setLineWidth(0.3 * mm)
    for tone, curves in terrain.strokes(number).items():
        share = tone / terrain.TONES
        canvas.setStrokeColorRGB(*(1 - share * (1 - part) for part in accent.rgb()))
        path = canvas.beginPath()
        for curve in curves:
            path.moveTo(curve[0] * mm, (210 - curve[1]) * mm)
            for at in range(2, len(curve), 6):
                a, b, c, d, e, f = curve[at : at + 6]
                path.curveTo(a * mm, (210 - b) * mm, c * mm, (210 - d) * mm, e * mm, (210 - f) * mm)
        canvas.drawPath(path)
    canvas.restoreState()


def _plain_cairn(canvas: Canvas, x: float, y: float, scale: float, accent: HexColor, laid: int) -> None:
    canvas.saveState()
    canvas.translate(x * mm, (210 - y) * mm)
    canvas.scale(scale * mm, -scale * mm)
    canvas.setStrokeColor(accent)
    canvas.setLineWidth(0.55)
    for order, stone in enumerate(render.STONES):
        canvas.setFillColor(accent if order < laid else HexColor("#FFFFFF"))
        canvas.setDash(*(() if order < laid else ([1.5, 1.3],)))
        numbers = [float(part) for part in stone.split() if part not in "mlh"]
        path = canvas.beginPath()
        path.moveTo(*numbers[:2])
        for at in range(2, len(numbers), 2):
            path.lineTo(*numbers[at : at + 2])
        path.close()
        canvas.drawPath(path, fill=1)
    canvas.restoreState()


def _plain_code(canvas: Canvas, url: str, ink: HexColor) -> None:
    modules = codes.matrix(url)
    size = 27 * mm / len(modules)
    canvas.setFillColor(ink)
    path = canvas.beginPath()
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                path.rect(249.5 * mm + x * size, (210 - 162.5) * mm - (y + 1) * size, size, size)
    canvas.drawPath(path, stroke=0, fill=1)


def _per_sheet(draw: Callable[[Sheet], bytes], sheets: list[Sheet]) -> float:
    """Processor milliseconds for each sheet of a batch."""
    start = time.process_time()
    for sheet in sheets:
        draw(sheet)
    return (time.process_time() - start) * 1000 / len(sheets)


def main() -> None:
    """Print the speed of both, the ratio and the sizes."""
    rl_config.useA85 = 0
    numbers = ["".join(secrets.choice(ALPHABET) for _ in range(26)) for _ in range(BATCH)]
    sheets = [replace(EXAMPLE, number=number, check_url=f"https://{EXAMPLE.check_host}/{number}") for number in numbers]
    ours_size, plain_size = len(render.draw_certificate(sheets[0])), len(plain(sheets[0]))  # and both are warm
    ours, straight = [], []
    for _ in range(ROUNDS):
        ours.append(_per_sheet(render.draw_certificate, sheets))
        straight.append(_per_sheet(plain, sheets))
    mine, other = statistics.median(ours), statistics.median(straight)
    print(f"draw_certificate: {mine:.2f} ms, {1000 / mine:.0f} per second and core, {ours_size} bytes")
    print(f"plain reportlab:  {other:.2f} ms, {1000 / other:.0f} per second and core, {plain_size} bytes")
    print(f"ratio: {other / mine:.2f}")


if __name__ == "__main__":
    main()
