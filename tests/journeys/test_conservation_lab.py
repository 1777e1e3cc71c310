"""The lab in a real browser: by mouse, by keyboard alone, without WebGL, without any script; in Kazakh and Russian."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests import chromium
from tests.journeys.conftest import PATIENCE, ROOT, WIDTHS, Site, Visitor
from tests.outside import outside

pytestmark = pytest.mark.journey
LANGUAGES = [
    pytest.param(("kk", "wide"), id="kk-wide"),
    pytest.param(("ru", "wide"), id="ru-wide"),
    pytest.param(("kk", "narrow"), id="kk-narrow"),
    pytest.param(("ru", "narrow"), id="ru-narrow"),
]


@pytest.fixture(scope="session")
def specimens(site: Site) -> Site:
    """The first specimens of the demo, drawn as a worker draws them, with pictures of two cards."""
    prepare(site, "--cards", "2")
    return site


def prepare(site: Site, *more: str) -> None:
    """What the worker does: a photograph that was sent comes first, then the next of the demo."""
    environment = outside()
    environment |= {"ORKEN_DATA": str(site.data), "ORKEN_ENV": "development"}
    command = [sys.executable, "-m", "orken", "specimens", "prepare", "--most", "3", *more]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def enter(visitor: Visitor, place: int = 0) -> Page:
    """Sign in and open a specimen; wait until the picture is there in depth."""
    visitor.sign_in("village")
    visitor.open("/conservation/specimens/")
    visitor.look()
    visitor.page.locator(".leaves h2 a").nth(place).click()
    ready(visitor.page)
    return visitor.page


def ready(page: Page) -> None:
    page.wait_for_selector("[data-lab][data-ready]")
    page.wait_for_selector("[data-stage][data-open=deep]")


def drawn_pixels(page: Page) -> int:
    """How many different colours stand in the picture: a canvas that drew nothing has one."""
    found: int = page.evaluate(
        """() => {
            const canvas = document.querySelector(".deep canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4 * 997) seen.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
            return seen.size;
        }"""
    )
    return found


def drag(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """Drag over parts of the stage, told as shares of its sides."""
    stage = page.locator("[data-stage]")
    stage.scroll_into_view_if_needed()
    frame = stage.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * x0, frame["y"] + frame["height"] * y0)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * x1, frame["y"] + frame["height"] * y1, steps=4)
    page.mouse.up()


def press_at(page: Page, *points: tuple[float, float]) -> None:
    stage = page.locator("[data-stage]")
    stage.scroll_into_view_if_needed()
    frame = stage.bounding_box()
    assert frame is not None
    for x, y in points:
        page.mouse.click(frame["x"] + frame["width"] * x, frame["y"] + frame["height"] * y)


def describe(page: Page, code: str, severity: int) -> None:
    page.locator("#lab-code").select_option(code)
    page.locator(f"input[data-severity][value='{severity}']").check()


@pytest.mark.parametrize("visitor", LANGUAGES, indirect=True)
def test_by_mouse_regions_are_drawn_handed_in_and_explained(specimens: Site, visitor: Visitor) -> None:
    page = enter(visitor)
    visitor.look()
    expect(page.locator("[data-scale]")).not_to_have_text("100 %")
    assert drawn_pixels(page) > 20
    page.locator("[data-light=raking]").click()
    expect(page.locator("[data-light=raking]")).to_have_attribute("aria-pressed", "true")

    page.locator("[data-tool=box]").click()
    drag(page, 0.42, 0.55, 0.6, 0.85)
    describe(page, "W2", 3)
    page.locator("[data-tool=polygon]").click()
    press_at(page, (0.4, 0.12), (0.58, 0.14), (0.56, 0.4), (0.42, 0.36))
    page.keyboard.press("Enter")
    describe(page, "C1", 2)
    page.locator("[data-tool=hole]").click()
    press_at(page, (0.46, 0.2), (0.52, 0.21), (0.5, 0.28))
    page.keyboard.press("Enter")
    path = page.locator(".over .shape.chosen").get_attribute("d")
    assert path is not None and path.count("Z") == 2, "the chosen area has its hole"
    page.locator("[data-tool=line]").click()
    press_at(page, (0.44, 0.45), (0.55, 0.47))
    page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("3")

    # A mark without type or severity is not handed in: the lab says which, and leads there.
    page.locator("button[name=hand_in]").click()
    expect(page.locator("[data-said]")).to_contain_text("3")
    expect(page.locator("#lab-code")).to_be_focused()
    describe(page, "M1", 1)
    visitor.look()
    page.locator("button[name=hand_in]").click()
    ready(page)
    visitor.look()
    assert 0 <= int(page.locator(".score b").inner_text()) <= 100
    lines = page.locator("[data-region]")
    expect(lines.nth(1)).to_be_attached()
    for layer in ("mine", "expert", "agreement"):
        page.locator(f"[data-layer={layer}]").click()
        expect(page.locator(".over .label").first).to_be_attached()
    page.locator("[data-show]").first.click()
    expect(lines.first).to_have_class("on")


@pytest.mark.parametrize("visitor", LANGUAGES[:2], indirect=True)
def test_by_keyboard_alone_everything_can_be_done(specimens: Site, visitor: Visitor) -> None:
    page = enter(visitor, 1)
    keys = page.keyboard
    page.locator("h1").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    for _ in range(12):  # to the first thing of the lab
        keys.press("Tab")
        if page.evaluate("!!document.activeElement.closest('[data-lab]')"):
            break
    keys.press("F6")
    if not page.evaluate("document.activeElement.matches('[data-stage]')"):
        keys.press("F6")
    expect(page.locator("[data-stage]")).to_be_focused()

    # A rectangle from the grid: moved, made larger, given type and severity.
    keys.press("n")
    before = page.locator("#lab-cells").input_value()
    for _ in range(4):
        keys.press("ArrowDown")
    for _ in range(4):
        keys.press("Shift+ArrowRight")
    after = page.locator("#lab-cells").input_value()
    assert before != after and "–" in after
    keys.press("3")
    keys.press("Enter")
    expect(page.locator("#lab-code")).to_be_focused()
    for _ in range(3):
        keys.press("ArrowDown")
    assert page.locator("#lab-code").input_value() != ""

    # A polygon with the cross.
    keys.press("Shift+F6")
    expect(page.locator("[data-stage]")).to_be_focused()
    keys.press("p")
    keys.press("ArrowRight")
    keys.press("Space")
    for _ in range(3):
        keys.press("Shift+ArrowRight")
    keys.press("Space")
    for _ in range(3):
        keys.press("Shift+ArrowDown")
    keys.press("Space")
    keys.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("2")
    keys.press("2")
    # Taken back and drawn anew: undo gives the severity and the polygon back step by step.
    keys.press("Delete")
    expect(page.locator("[data-count]")).to_have_text("1")
    keys.press("Control+z")
    expect(page.locator("[data-count]")).to_have_text("2")
    keys.press("Enter")
    expect(page.locator("#lab-code")).to_be_focused()
    keys.press("ArrowDown")
    visitor.look()

    # Handing in: Tab goes backward from the list to the button.
    for _ in range(80):
        keys.press("Shift+Tab")
        if page.evaluate("document.activeElement.name === 'hand_in'"):
            break
    keys.press("Enter")
    ready(page)
    expect(page.locator(".score b")).to_have_count(1)
    visitor.look()


@pytest.mark.parametrize("visitor", LANGUAGES[:1], indirect=True)
def test_what_was_drawn_stays_on_the_device_until_it_is_handed_in(specimens: Site, visitor: Visitor) -> None:
    page = enter(visitor, 2)
    page.locator("[data-tool=box]").click()
    drag(page, 0.42, 0.33, 0.58, 0.57)
    describe(page, "S1", 2)
    place = page.locator("#lab-cells").input_value()
    page.reload()  # as after a broken line or a killed server
    ready(page)
    expect(page.locator("[data-count]")).to_have_text("1")
    page.locator("[data-edit]").click()
    expect(page.locator("#lab-cells")).to_have_value(place)
    expect(page.locator("#lab-code")).to_have_value("S1")
    # The place can be typed, too.
    page.locator("#lab-cells").fill("B2–D4")
    page.keyboard.press("Enter")
    expect(page.locator("[data-list] li").first).to_contain_text("B2–D4")


@pytest.fixture(scope="module")
def without_webgl(browser: Browser) -> Iterator[Browser]:
    """A second Chromium that has no WebGL, as on old laptops and under remote desktops."""
    running = browser.browser_type.launch(
        executable_path=chromium.found(), args=["--no-sandbox", "--disable-gpu", "--disable-3d-apis"]
    )
    yield running
    running.close()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_without_webgl_the_lab_works_as_well(language: str, specimens: Site, without_webgl: Browser) -> None:
    wide, high = WIDTHS["wide"]
    context = without_webgl.new_context(viewport={"width": wide, "height": high}, locale=language)
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context, specimens, language)
    page = enter(visitor)
    assert page.evaluate("document.createElement('canvas').getContext('webgl') === null")
    expect(page.locator("[data-scale]")).not_to_have_text("100 %")
    page.wait_for_load_state("networkidle")
    assert drawn_pixels(page) > 20
    page.locator("[data-tool=box]").click()
    drag(page, 0.42, 0.5, 0.6, 0.9)
    describe(page, "W2", 3)
    page.locator("button[name=hand_in]").click()
    ready(page)
    expect(page.locator("[data-region]").first).to_be_attached()
    visitor.look()
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_without_any_script_marks_are_typed_as_cells(language: str, specimens: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale=language)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{specimens.address}/{language}/demo/")
    page.locator("button[value='student']").click()
    page.goto(f"{specimens.address}/{language}/conservation/specimens/")
    page.locator(".leaves h2 a").first.click()
    expect(page.locator("[data-stage] img")).to_be_visible()
    page.locator("#cells-1").fill("C6–H10")
    page.locator("#code-1").select_option("W2")
    page.locator("#severity-1").select_option("3")
    page.locator("button[name=hand_in]").click()
    expect(page.locator(".score b")).to_have_count(1)
    expect(page.locator("[data-region]").first).to_be_attached()
    context.close()


@pytest.mark.parametrize("visitor", [LANGUAGES[0], LANGUAGES[3]], indirect=True)
def test_a_photograph_is_sent_marked_by_three_experts_and_published(
    specimens: Site, visitor: Visitor, browser: Browser, tmp_path: Path
) -> None:
    keeper = visitor.page
    visitor.sign_in("national")
    visitor.open("/conservation/photographs/add/")
    visitor.look()
    picture = tmp_path / "leaf.jpg"
    preview = specimens_preview(visitor)
    picture.write_bytes(preview)
    keeper.locator("#id_title_kk").fill("Нағыз парақ")
    keeper.locator("#id_unit").select_option(index=1)
    keeper.locator("#id_normal").set_input_files(str(picture))
    keeper.locator("main form button.main").click()  # the rights are not filled in: refused, nothing lost
    expect(keeper.locator(".errors")).to_have_count(1)
    visitor.look()
    keeper.locator("#id_normal").set_input_files(str(picture))
    keeper.locator("#id_width_mm").fill("167")
    keeper.locator("#id_rights_holder").fill("Ұлттық кітапхана")
    keeper.locator("input[name=rights_basis][value=own]").check()
    keeper.locator("input[name=rights_use][value=lessons]").check()
    keeper.locator("#id_no_people").check()
    keeper.locator("main form button.main").click()
    keeper.wait_for_url("**/photographs/*-*/")
    home = keeper.url
    prepare(specimens)
    keeper.goto(home)
    visitor.look()
    for _ in range(3):
        keeper.locator("#id_expert").select_option(index=1)
        keeper.locator("form[action*='/ask/'] button").click()
        keeper.wait_for_load_state()
    asked = 0
    for login in ("trainer", "mentor", "national", "curator"):
        context = browser.new_context(viewport=visitor.page.viewport_size, locale=visitor.language)
        context.set_default_timeout(PATIENCE)
        expert = Visitor(context, specimens, visitor.language)
        expert.sign_in(login)
        expert.open(f"/conservation/specimens/{home.rstrip('/').rsplit('/', 1)[-1]}/mark/")
        if expert.page.locator("[data-lab]").count():
            asked += 1
            ready(expert.page)
            expert.page.locator("[data-tool=box]").click()
            drag(expert.page, 0.44, 0.5, 0.6, 0.8)
            describe(expert.page, "W2", 3)
            expert.look()
            expert.page.locator("button[name=hand_in]").click()
            expert.page.wait_for_load_state()
            expect(expert.page.locator("button[name=hand_in]")).to_have_count(0)
        context.close()
    assert asked == 3
    for verb in ("agree", "publish"):
        keeper.goto(home)
        keeper.locator(f"form[action*='/{verb}/'] button").click()
        keeper.wait_for_load_state()
    visitor.look()
    expect(keeper.locator(".tag.ok").first).to_be_attached()
    visitor.open("/conservation/cards/")
    visitor.look()


def specimens_preview(visitor: Visitor) -> bytes:
    """A picture of a leaf to be sent as if it were a photograph."""
    address = visitor.page.context.request.get(f"{visitor.site.address}/{visitor.language}/conservation/specimens/")
    found = re.search(r'src="([^"]+/normal\.jpg)"', address.text())
    assert found
    small = visitor.page.context.request.get(visitor.site.address + found[1]).body()
    out = io.BytesIO()
    Image.open(io.BytesIO(small)).resize((1000, 1400)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("visitor", LANGUAGES[:1], indirect=True)
def test_three_hundred_regions_are_shown(specimens: Site, visitor: Visitor) -> None:
    page = enter(visitor)
    shown = page.evaluate(
        """() => {
            const { lab } = document.querySelector("[data-lab]");
            const ring = (x, y) => Array.from({ length: 24 }, (_, i) =>
                [x + 20 * Math.cos(i / 24 * 2 * Math.PI), y + 20 * Math.sin(i / 24 * 2 * Math.PI)]);
            lab.marks.all = Array.from({ length: 300 }, (_, i) =>
                ({ id: `x${i}`, kind: "area", rings: [ring(60 + (i % 20) * 60, 60 + Math.floor(i / 20) * 60)], code: "C1", severity: 1 }));
            lab.marks.tell();
            return document.querySelectorAll(".over .shape").length;
        }"""
    )
    assert shown == 300
    expect(page.locator("[data-list] li")).to_have_count(300)
