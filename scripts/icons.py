"""Draws the app's icons: pwa/icons/*.svg rendered once, by Chromium, into the PNG sizes that phones ask for.

Run it after changing a drawing, and commit what it wrote; nothing runs it by itself. It needs Playwright and Chromium
(requirements-dev.txt), and no server: the drawings are given to the browser as they are.
"""

import shutil
import struct
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "pwa" / "icons"
DRAWN = {
    "icon-192.png": ("icon.svg", 192),
    "icon-512.png": ("icon.svg", 512),
    "maskable-512.png": ("maskable.svg", 512),
    "apple-touch-icon.png": ("maskable.svg", 180),  # iOS rounds the corners itself
    "badge.png": ("badge.svg", 96),  # Android shows only its shape
}
FAVICON = 32  # px


def draw(page: Page, svg: str, size: int) -> bytes:
    """The drawing as a PNG of that many pixels a side, with nothing behind it."""
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
    return page.screenshot(omit_background=True)


def as_ico(png: bytes, size: int) -> bytes:
    """A PNG in the envelope that /favicon.ico has had since Windows Vista: one entry, then the picture."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), len(header) + 16)
    return header + entry + png


def main() -> None:
    """Writes every icon beside its drawing. Raises RuntimeError if there is no Chromium to draw with."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise RuntimeError("Chromium is missing. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for name, (source, size) in DRAWN.items():
            (ICONS / name).write_bytes(draw(page, (ICONS / source).read_text("utf-8"), size))
        favicon = draw(page, (ICONS / "icon.svg").read_text("utf-8"), FAVICON)
        (ICONS / "favicon.ico").write_bytes(as_ico(favicon, FAVICON))
        browser.close()


if __name__ == "__main__":
    main()
