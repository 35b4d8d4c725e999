"""Sheets drawn at the same time in one process come out as they do alone."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from benchmarks.certificate_pdf import EXAMPLE
from certificates.render import draw_certificate

NAMES = ("Åse-Márjá Østby", "Ođđa Ŋállá", "Nguyễn Thị Ánh", "Олена Шевченко")
SHEETS = [
    replace(EXAMPLE, name=name, number="4KQM7R2DXW3HP9FZC6TNB8V0AY", check_url="https://t.example") for name in NAMES
]


def test_sheets_drawn_in_several_threads_are_the_same_as_drawn_one_by_one():
    alone = [draw_certificate(sheet) for sheet in SHEETS]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(draw_certificate, SHEETS * 15))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone * 15
