"""Takes a picture of a dossier in Debian's Chromium: the README's, and those that are looked at in a review.

::

    python tools/screenshot.py out/dossier.html -o docs/pictures/dossier.png --incident ID --width 1440 --theme light
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from urllib.parse import quote

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def take_picture(page_file: Path, target: Path, given: argparse.Namespace) -> None:
    """Writes ``target`` (PNG): the window, or with ``full`` the whole page."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium")
    if browser_path is None:
        raise SystemExit("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        page = browser.new_page(
            viewport={"width": given.width, "height": given.height},
            color_scheme=given.theme,
            device_scale_factor=given.scale,
            reduced_motion="reduce",
        )
        page.goto(page_file.resolve().as_uri() + (f"#{quote(given.incident)}" if given.incident else ""))
        page.wait_for_selector("#list tbody, .empty", state="attached")
        if given.hover:
            page.locator(given.hover).first.hover()
        page.wait_for_timeout(400)
        page.screenshot(path=target, full_page=given.full)
        browser.close()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--incident", help="the id of the incident to open")
    parser.add_argument("--hover", help="a CSS selector to point at")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--scale", type=float, default=1.0, help="pixels a CSS pixel")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--full", action="store_true", help="the whole page, not just the window")
    given = parser.parse_args()
    take_picture(given.page, given.output, given)


if __name__ == "__main__":
    main()
