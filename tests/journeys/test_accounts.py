"""A slip leads a librarian in; a passkey leads her in again. Letters and texts on the way."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orken.people.accounts import codes
from tests.journeys.conftest import IN_EACH_LANGUAGE, Visitor

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
PASSWORD = "көк тал бұлақ 2026"


def words_of(paper: bytes) -> str:
    """The text that a PDF draws: glyphs by their fonts' own tables (ToUnicode), in the order of drawing."""
    streams = []
    for found in re.finditer(rb"stream\r?\n", paper):
        try:
            streams.append(zlib.decompressobj().decompress(paper[found.end() :]).decode("latin-1"))
        except zlib.error:
            continue
    tables = [_table(stream) for stream in streams if "begincmap" in stream]
    lines = [
        line for stream in streams if "]TJ" in stream for line in re.findall(r"\[(\(.*?\))\]TJ", stream, re.DOTALL)
    ]
    return "\n".join("".join(table.get(glyph, "") for glyph in _glyphs(line)) for table in tables for line in lines)


ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _glyphs(line: str) -> list[str]:
    """The glyphs of one TJ, two bytes each, as hexadecimal."""
    drawn = ""
    for part in re.findall(r"\(((?:[^()\\]|\\.)*)\)", line, re.DOTALL):
        drawn += re.sub(
            r"\\([0-7]{1,3}|.)",
            lambda match: chr(int(match[1], 8)) if match[1][0].isdigit() else ESCAPED.get(match[1], match[1]),
            part,
            flags=re.DOTALL,
        )
    return [f"{ord(drawn[at]):02x}{ord(drawn[at + 1]):02x}" for at in range(0, len(drawn) - 1, 2)]


def _table(source: str) -> dict[str, str]:
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for glyph, letter in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", block):
            table[glyph.lower()] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, letter in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[f"{int(first, 16) + step:04x}"] = chr(int(letter, 16) + step)
    return table


def code_on(paper: bytes) -> str:
    found = [codes.read(text) for text in re.findall(r"\d{4} \d{4} \d{4} \d{4}", words_of(paper))]
    good = {code for code in found if code}
    assert len(good) == 1, f"one slip holds one code, here are {good}"
    return good.pop()


def authenticator(page: Page) -> None:
    """A platform authenticator that knows her finger, as Chromium's developers have it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(visitor: Visitor) -> None:
    visitor.page.locator("details.drop > summary.me").click()
    visitor.page.locator(".top details.drop form button").click()
    visitor.page.wait_for_load_state()


@BOTH
def test_a_librarian_comes_with_a_slip_and_next_time_with_a_passkey(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    # Her methodologist prints the slip.
    visitor.sign_in("pavlodar")
    visitor.open("/accounts/?state=none&sort=name")
    page.locator("tbody input[name=pick]").nth(0 if visitor.language == "kk" else 3).check()
    visitor.look()
    name = page.locator("tbody tr.on th").inner_text()
    page.locator(".bulk button").click()
    expect(page.locator(".todo li")).to_have_count(1)
    visitor.look()
    with page.expect_download() as waiting:
        page.locator("main form button.main").click()
    slip = tmp_path / "slip.pdf"
    waiting.value.save_as(slip)
    code = code_on(slip.read_bytes())
    visitor.open("/accounts/?state=invited")
    expect(page.locator("tbody")).to_contain_text(name)
    sign_out(visitor)

    # She types it, first with a slip of the finger, then right.
    visitor.open("/account/login/")
    page.locator("main a[href$='/account/begin/']").click()
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page.locator("[name=code]").fill(codes.grouped(wrong))
    page.locator("main form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    visitor.look()
    page.locator("[name=code]").fill(codes.grouped(code))
    page.locator("main form button.main").click()
    login = page.locator(".facts dd").inner_text()
    page.locator("[name=password]").fill("12345")
    page.locator("[name=again]").fill("12345")
    page.locator("main form button.main").click()
    expect(page.locator(".errors")).to_be_visible()
    visitor.look()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=again]").fill(PASSWORD)
    page.locator(f"[name=language][value={visitor.language}]").check()
    page.locator("main form button.main").click()
    expect(page).to_have_url(re.compile(r"/account/begin/passkey/$"))
    visitor.look()

    # A passkey, so that next time nothing is typed.
    authenticator(page)
    page.locator("main a.main").click()
    expect(page.locator("[name=passwordless]")).to_be_checked()
    visitor.look()
    page.locator("#passkey-add").click()
    expect(page).to_have_url(re.compile(r"/recovery-codes/$"))
    expect(page.locator("ul.facts li")).to_have_count(10)
    visitor.look()
    page.locator("main a.main").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))

    # She is told of it, and the head counts it.
    expect(page.locator("#nav a[href$='/notices/'] .count")).to_have_text(re.compile(r"^[1-9]\d*$"))
    visitor.open("/notices/")
    visitor.look()
    page.locator("main h3 a").first.click()
    visitor.look()
    visitor.open("/account/")
    expect(page.locator(".sums")).to_contain_text(login)
    visitor.look()
    visitor.open("/account/sessions/")
    visitor.look()
    sign_out(visitor)

    visitor.open("/account/login/")
    page.locator("#passkey_login").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    expect(page.locator("h1")).to_contain_text("Қайырлы күн" if visitor.language == "kk" else "Добрый день")
    assert not visitor.problems


@pytest.mark.parametrize("visitor", [("kk", "narrow")], indirect=True)
def test_the_sign_on_the_slip_fills_the_code_in_and_leaves_no_trace_in_the_address(visitor: Visitor) -> None:
    code = codes.new()
    visitor.open(f"/account/begin/#{code}")
    expect(visitor.page.locator("[name=code]")).to_have_value(codes.grouped(code))
    expect(visitor.page).to_have_url(re.compile(r"/account/begin/$"))


@pytest.mark.parametrize("visitor", [("ru", "wide")], indirect=True)
def test_a_browser_that_makes_no_key_says_what_else_can_be_done(visitor: Visitor) -> None:
    visitor.sign_in("village")
    visitor.open("/account/steps/webauthn/add/")
    page = visitor.page
    refuse = "() => { navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    page.evaluate(refuse)
    page.locator("#passkey-add").click()
    expect(page.locator("[data-trouble]")).to_be_focused()
    visitor.look()
    page.locator("[data-trouble] a").click()
    expect(page).to_have_url(re.compile(r"/totp/activate/$"))
    visitor.look()


@pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True)
def test_a_text_is_shown_once_and_copied_for_a_messenger(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.open("/accounts/?state=none&sort=-name")
    page = visitor.page
    page.locator("tbody th a").nth(2).click()
    page.locator("[name=way][value=messenger]").check()
    page.locator("[name=language][value=ru]").check()
    visitor.look()
    page.locator("main form button.main").click()
    page.locator("[data-copy]").click()
    expect(page.locator("#copied")).to_be_visible()
    visitor.look()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Здравствуйте") and re.search(r"\d{4} \d{4} \d{4} \d{4}", copied)


@pytest.mark.parametrize("visitor", [("ru", "wide")], indirect=True)
def test_the_centre_changes_a_text_looks_how_it_arrives_and_goes_back(visitor: Visitor) -> None:
    visitor.sign_in("national")
    visitor.open("/notices/texts/person.parted/")
    page = visitor.page
    page.locator("[name=body_ru]").fill("Здравствуйте, {nmae}!")
    page.locator("[name=keep]").click()
    expect(page.locator(".errors")).to_contain_text("{nmae}")
    visitor.look()
    page.locator("[name=body_ru]").fill("Здравствуйте, {name}! Объединение отменено. Отменил: {by}. Время: {when}")
    page.locator("[name=look]").click()
    expect(page.locator(".panel[lang=ru]")).to_contain_text("Сауле Абдрахманова")
    visitor.look()
    page.locator("[name=keep]").click()
    expect(page.locator(".times")).to_contain_text("Касымова")
    page.locator("main form button", has_text="Вернуть первоначальный текст").click()
    expect(page.locator(".times li")).to_have_count(2)


PUBLIC = ["/account/login/", "/account/begin/", "/account/password/reset/", "/account/password/reset/done/"]
OF_NATIONAL = [
    "/accounts/", "/account/", "/account/language/", "/account/email/", "/account/second-step/", "/account/begin/passkey/",
    "/account/sessions/", "/account/steps/", "/account/steps/totp/activate/", "/account/steps/webauthn/add/",
    "/account/steps/webauthn/", "/notices/", "/notices/how/", "/notices/sent/", "/notices/texts/",
    "/notices/texts/account.invitation/",
]  # fmt: skip


@pytest.mark.parametrize("visitor", IN_EACH_LANGUAGE, indirect=True)
def test_every_page_of_sign_in_and_letters_reads_well(visitor: Visitor) -> None:
    for path in PUBLIC:
        visitor.open(path)
        visitor.look()
    visitor.sign_in("national")
    for path in OF_NATIONAL:
        visitor.open(path)
        visitor.look()
