"""The pictures of docs/pictures, taken anew from a fresh demo country: `python -m bench.pictures [NAME …]`.

Each line of PICTURES is a page as somebody sees it; PNGs are reduced to 128 colours, which a page of ours needs.
"""

from __future__ import annotations

import io
import shutil
import sys

from PIL import Image

from bench.first_visit import ROOT, running

FOLDER = ROOT / "docs" / "pictures"
# name: (persona, language, address, width)
PICTURES: dict[str, tuple[str, str, str, int]] = {
    "home-kk-1280": ("", "kk", "/", 1280),
    "home-ru-390": ("", "ru", "/", 390),
    "home-en-1280": ("", "en", "/", 1280),
    "desk-kk-1280": ("pavlodar", "kk", "/desk/", 1280),
    "desk-ru-390": ("village", "ru", "/desk/", 390),
    "units-kk-1280": ("pavlodar", "kk", "/network/", 1280),
    "units-ru-390": ("pavlodar", "ru", "/network/?internet=none", 390),
    "semey-2021-ru-1280": ("national", "ru", "/network/unit/KZ-10-LIB/?on=2021-11-24", 1280),
    "roles-kk-1280": ("director", "kk", "/roles/", 1280),
    "calendar-kk-1280": ("", "kk", "/calendar/", 1280),
    "staff-kk-1280": ("pavlodar", "kk", "/network/staff/", 1280),
    "record-ru-1280": ("village", "ru", "/cataloguing/record/?example=draft-rusmarc", 1280),
    "attendance-kk-1280": ("national", "kk", "/training/NL-2026-38/attendance/", 1280),
    "kit-kk-1280": ("", "kk", "/kit/", 1280),
}
TALLEST = 2400  # pixels of a long page that are still worth looking at


def main() -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium here (Debian: apt-get install chromium).")
    wanted = sys.argv[1:] or list(PICTURES)
    FOLDER.mkdir(exist_ok=True)
    with running() as (address, _process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in wanted:
            login, language, path, width = PICTURES[name]
            context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
            page = context.new_page()
            if login:
                page.goto(f"{address}/{language}/demo/")
                page.locator(f"button[value='{login}']").click()
            page.goto(f"{address}/{language}{path}", wait_until="networkidle")
            whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
            taken = whole.crop((0, 0, whole.width, min(whole.height, TALLEST))).convert("RGB")
            target = FOLDER / f"{name}.png"
            taken.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
            print(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1024:.0f} KiB")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
