"""``make shots``: pictures of the main pages, on a phone and on a desk, into ``docs/images``.

Starts the demo on a folder of its own, brings it to one moment after another
(``prepare_shots``), and opens the pages of each in Chromium. ``ARGS="desk check"`` takes only these.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZES = {390: (844, 1400), 1280: (900, 1600)}
"""width → the height of the window, and the most of a page that is shown"""
PASSWORD = "tillit-demo"
MEMBER, WRITER, ADMINISTRATOR = "styremedlem@example.org", "kursholder@example.org", "administrator@example.org"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, who is signed in, and where (the address, if it is not made by the moment)."""

    name: str
    who: str = ""
    place: str = ""
    at: str = ""
    """a place in the page; the window then stands there and is not made longer"""
    dark: bool = False


MOMENTS: dict[str, list[Shot]] = {
    "begun": [
        Shot("front", place="/", dark=True),
        Shot("desk", MEMBER, "/desk/"),
        Shot("course", MEMBER, dark=True),
        Shot("lesson", MEMBER),
        Shot("question", MEMBER, at=".t-quiz"),
        Shot("editor", WRITER),
    ],
    "testing": [Shot("test", MEMBER)],
    "passed": [
        Shot("passed", MEMBER),
        Shot("certificate", MEMBER, dark=True),
        Shot("check"),
        Shot("issue", ADMINISTRATOR),
    ],
    "issued": [Shot("batch", ADMINISTRATOR)],
    "living": [
        Shot("organisation", ADMINISTRATOR, "/organisation/"),
        Shot("units", ADMINISTRATOR, "/organisation/units/"),
        Shot("people", ADMINISTRATOR, "/organisation/people/"),
        Shot("person", ADMINISTRATOR),
        Shot("board", ADMINISTRATOR),
        Shot("rights", ADMINISTRATOR, "/organisation/bodies/rights/"),
        Shot("import", ADMINISTRATOR),
        Shot("merging", ADMINISTRATOR),
        Shot("reorganisation", ADMINISTRATOR, dark=True),
        Shot("campaign", ADMINISTRATOR, dark=True),
        Shot("join", place="/join/"),
        Shot("my-data", MEMBER, "/desk/data/"),
    ],
    "grown": [
        Shot("plan", MEMBER, "/plans/"),
        Shot("ladder", MEMBER, "/tracks/ladder/"),
        Shot("competences", MEMBER, "/competences/"),
        Shot("heat", MEMBER, dark=True),
        Shot("tracks", ADMINISTRATOR, "/tracks/"),
        Shot("rule-draft", ADMINISTRATOR),
        Shot("rule-preview", ADMINISTRATOR),
        Shot("county-coverage", ADMINISTRATOR),
    ],
}


def free_port() -> int:
    """8000, which certificates then print; another when it is taken."""
    for wanted in (8000, 0):
        try:
            with socket.create_server(("127.0.0.1", wanted)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    sys.exit("No port is free.")


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, str]]]:
    """The demo on a fresh folder and a free port: its address, and the environment it runs in."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="tillit-shots-") as folder:
        environment = os.environ | {"TILLIT_VAR": folder, "PORT": str(port), "TILLIT_DEMO": "1"}
        said = Path(folder) / "said"
        with said.open("w") as out:
            launcher = subprocess.Popen([sys.executable, "-m", "lms.launcher"], cwd=ROOT, env=environment, stdout=out)
        try:
            while "Tillit is open" not in said.read_text():
                if launcher.poll() is not None:
                    sys.exit("The demo did not start.")
                time.sleep(0.2)
            yield f"http://localhost:{port}", environment
        finally:
            launcher.terminate()
            launcher.wait()


def bring_to(moment: str, environment: dict[str, str]) -> dict[str, str]:
    """Bring the demo to a moment; the addresses it makes, by the name of the picture."""
    argv = [sys.executable, "-m", "scripts.prepare_shots", moment]
    told = subprocess.run(argv, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return dict(json.loads(told.splitlines()[-1]))


def signed_in(browser: Browser, address: str, who: str, width: int, scheme: str) -> BrowserContext:
    """A browser of a given width in which somebody (or nobody) is signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": SIZES[width][0]},
        locale="nb-NO",
        reduced_motion="reduce",
        color_scheme="dark" if scheme else "light",
    )
    if who:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/desk/")
        page.close()
    return context


def take(page: Page, shot: Shot, width: int) -> bytes:
    """The page in a window as long as the page is, within bounds; or the window at a place in the page."""
    height, most = SIZES[width]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(shot.place)
    page.wait_for_load_state("networkidle")
    if shot.at:
        page.locator(shot.at).first.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top - 24)")
    else:
        whole = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": max(height, min(whole, most))})
    page.wait_for_timeout(400)
    return page.screenshot()


def keep(name: str, picture: Image.Image) -> None:
    """Keep a picture with at most 256 colours."""
    path = IMAGES / f"{name}.png"
    few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB", flush=True)


def take_all(browser: Browser, address: str, shots: list[Shot]) -> None:
    """Every picture of one moment: at both widths in light, and in dark where that is asked for."""
    for scheme in ("", "-dark"):
        wanted = [shot for shot in shots if shot.dark or not scheme]
        for width in SIZES:
            for who in dict.fromkeys(shot.who for shot in wanted):
                context = signed_in(browser, address, who, width, scheme)
                page = context.new_page()
                for shot in wanted:
                    if shot.who == who:
                        png = take(page, shot, width)
                        keep(f"{shot.name}-{width}{scheme}", Image.open(io.BytesIO(png)))
                page.goto("about:blank")
                context.close()


def take_sheet(browser: Browser, address: str, place: str) -> None:
    """The certificate's PDF as a picture."""
    context = signed_in(browser, address, MEMBER, 1280, "")
    pdf = context.request.get(place).body()
    keep("certificate-sheet", pypdfium2.PdfDocument(pdf)[0].render(scale=1.5).to_pil())
    context.close()


def main() -> None:
    """Take the pictures named on the command line, or all."""
    names = set(sys.argv[1:])
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demo() as (address, environment), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--disable-gpu", *root])
        places: dict[str, str] = {}
        for moment, shots in MOMENTS.items():
            places |= bring_to(moment, environment)
            wanted = [shot for shot in shots if not names or shot.name in names]
            take_all(browser, address, [Shot(s.name, s.who, s.place or places[s.name], s.at, s.dark) for s in wanted])
            if "sheet" in places and (not names or "sheet" in names) and moment == "passed":
                take_sheet(browser, address, places["sheet"])
        browser.close()


if __name__ == "__main__":
    main()
