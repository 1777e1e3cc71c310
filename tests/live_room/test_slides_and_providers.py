"""Slides pushed as pictures, the check before, and where the picture comes from."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from orken.kit.jobs.models import Work
from orken.kit.jobs.running import Refused, Run
from orken.kit.media import pages
from orken.kit.media.pictures import PictureRefused
from orken.live_room import providers
from orken.live_room import services as rooms
from orken.live_room.background import slides
from orken.live_room.models import Deck, LineCheck, Slide
from orken.live_room.providers import NotOffered
from orken.live_room.providers.external_link import safe
from orken.live_room.selectors import rooms as reading
from orken.meetings import services as meetings
from orken.network.policy import OutOfScope
from tests.live_room.conftest import Accounts, Browse, Hall

Halls = Callable[..., Hall]
WEAK = 56_000 / 8  # bytes a second


def pdf(count: int = 3) -> bytes:
    """A PDF of pages with words."""
    made = [Image.new("RGB", (800, 450), (240, 240, 235)) for _ in range(count)]
    out = io.BytesIO()
    made[0].save(out, "PDF", save_all=True, append_images=made[1:])
    return out.getvalue()


def test_each_page_becomes_a_large_and_a_small_picture() -> None:
    found = list(pages.pages(pdf()))
    assert [(page.number, page.of) for page in found] == [(1, 3), (2, 3), (3, 3)]
    large, small = (Image.open(io.BytesIO(content)) for content in (found[0].large, found[0].small))
    assert max(large.size) == 1600 and max(small.size) == 800 and large.format == small.format == "WEBP"
    assert (found[0].width, found[0].height) == large.size


def test_a_small_slide_is_there_in_a_few_seconds_on_the_weakest_line() -> None:
    """A page full of letters, the dearest that a slide usually is, within eight seconds at 56 kbit/s."""
    import typst

    (page, *_rest) = pages.pages(bytes(typst.compile(TEXT.encode())))
    assert len(page.small) / WEAK < 8
    assert "Оқырман" in page.text


TEXT = (
    "#set page(width: 25cm, height: 14cm)\n#set text(size: 20pt)\n= Оқырман мен кітапхана\n"
    + "Кітапханашы оқырманға қызмет етеді. " * 30
)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 broken", b"hello"])
def test_what_is_no_pdf_is_refused_by_a_sentence(content: bytes) -> None:
    with pytest.raises(PictureRefused):
        list(pages.pages(content))


def upload(here: Hall, account: Accounts, content: bytes) -> None:
    file: Any = SimpleUploadedFile("slides.pdf", content, content_type="application/pdf")
    meetings.add_file(talk=here.talk, upload=file, kind="slides", by=account("head"))


def drawn(here: Hall) -> None:
    """What a worker does with the slides that wait."""
    for work in Work.objects.filter(kind="live_room.slides", state="waiting"):
        with contextlib.suppress(Refused):
            slides.call(Run(work), work.payload)


def test_slides_of_a_talk_come_to_the_stage_and_are_turned_by_who_gives_it(
    hall: Halls, account: Accounts, browse: Browse
) -> None:
    here = hall()
    upload(here, account, pdf())
    assert rooms.prepare(session=here.session, by=account("pavlodar")) == 1
    assert rooms.prepare(session=here.session, by=account("pavlodar")) == 0  # not made again
    drawn(here)
    deck = Deck.objects.get(room=here.session.pk)
    assert (deck.state, deck.pages, Slide.objects.filter(deck=deck).count()) == ("ready", 3, 3)
    rooms.put_on(session=here.session, uid=here.uids[1], by=account("pavlodar"))
    shown = reading.stage(here.room)["slide"]
    assert (shown["n"], shown["of"]) == (1, 3) and shown["large"] != shown["small"]
    rooms.turn(session=here.session, to=2, by=account("head"))
    own, foreign = (browse(login).get(here.address()).context["turns_now"] for login in ("head", "village"))
    assert own and not foreign
    for to, stands in ((99, 3), (0, 0)):
        rooms.turn(session=here.session, to=to, by=account("pavlodar"))
        assert here.room.slide == stands
    with pytest.raises(OutOfScope):
        rooms.turn(session=here.session, to=1, by=account("village"))
    rooms.put_on(session=here.session, uid=here.uids[2], by=account("pavlodar"))
    assert not browse("head").get(here.address()).context["turns_now"], "another's talk has the stage"
    with pytest.raises(rooms.Refused):
        rooms.turn(session=here.session, to=1, by=account("pavlodar"))


def test_a_file_that_cannot_be_shown_says_so(hall: Halls, account: Accounts, browse: Browse) -> None:
    here = hall()
    upload(here, account, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF")
    rooms.prepare(session=here.session, by=account("pavlodar"))
    drawn(here)
    assert Deck.objects.get().state == "failed"
    assert "көрсетуге келмейді" in browse("pavlodar").get(here.address("desk")).content.decode()


# --- providers ---


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://meet.example.kz/abc", True),
        ("http://meet.example.kz/abc", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://user:secret@meet.example.kz/", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_only_a_safe_address_leads_elsewhere(address: str, good: bool) -> None:
    assert safe(address) is good


def test_a_meeting_elsewhere_stands_beside_our_text_layer(hall: Halls, account: Accounts, browse: Browse) -> None:
    here = hall(open_now=False)
    with pytest.raises(rooms.Refused, match="сілтемесі"):
        rooms.arrange(session=here.session, values={"provider": "external-link", "address": "http://x.kz"}, by=account("pavlodar"))  # fmt: skip
    with pytest.raises(rooms.Refused):
        rooms.arrange(session=here.session, values={"provider": "no-such"}, by=account("pavlodar"))
    rooms.arrange(session=here.session, values={"provider": "external-link", "address": "https://meet.example.kz/abc"}, by=account("pavlodar"))  # fmt: skip
    rooms.go(session=here.session, way="open", by=account("pavlodar"))
    shown = browse("village").get(here.address()).content.decode()
    assert 'href="https://meet.example.kz/abc"' in shown and 'rel="noopener noreferrer"' in shown
    assert "meet.example.kz" not in browse("mentor").get(here.address()).content.decode()


def test_every_provider_says_what_it_can_and_refuses_the_rest(hall: Halls, account: Accounts) -> None:
    here = hall()
    rooms.arrange(session=here.session, values={"provider": "external-link", "address": "https://meet.example.kz/abc"}, by=None)  # fmt: skip
    room, place = here.room, here.place(account("village"))
    for provider in providers.all_of():
        can = provider.capabilities()
        assert provider.name and str(provider.label) and str(provider.hint)
        assert provider.join(room, place).template and isinstance(provider.health().good, bool)
        provider.create(room)
        provider.grant_floor(room, place.key)
        provider.revoke_floor(room, place.key)
        provider.remove(room, place.key)
        provider.end(room)
        assert provider.recordings(room) == [] and provider.presence_events(room) == []
        if not can.recording:
            with pytest.raises(NotOffered):
                provider.start_recording(room)
            with pytest.raises(NotOffered):
                provider.stop_recording(room)
        if not can.mute:
            with pytest.raises(NotOffered):
                provider.mute(room, place.key)
    room.provider = "gone"
    assert providers.of(room).name == "text"  # the text layer goes on alone


# --- the check before ---


def test_a_speaker_checks_her_line_and_the_organiser_sees_it(hall: Halls, browse: Browse, account: Accounts) -> None:
    here = hall(open_now=False)
    her = browse("head")
    assert her.get(here.address("check")).status_code == 200
    assert len(her.get(here.address("speed")).content) == 200_000
    sent = {"kbits": "850", "camera": "yes", "microphone": "yes", "sound": "no"}
    assert her.post(here.address("check"), sent).status_code == 302
    assert her.post(here.address("check"), {**sent, "kbits": "9" * 30, "camera": "<b>"}).status_code == 302
    row = LineCheck.objects.get(room=here.session.pk)
    assert (row.kbits, row.camera, row.sound) == (None, "", "no")
    her.post(here.address("check"), sent)
    assert "850" in browse("pavlodar").get(here.address("set_up")).content.decode()
    browse("village").post(here.address("check"), {"kbits": "77"})
    assert "77" not in browse("pavlodar").get(here.address("set_up")).content.decode().partition("<main")[2].partition("</main>")[0].replace(here.address("set_up"), "")  # fmt: skip


def test_the_organiser_prepares_a_room_and_a_poll(hall: Halls, browse: Browse) -> None:
    here = hall(open_now=False)
    client = browse("pavlodar")
    asked = {"provider": "external-link", "address": "meet.example.kz", "slow_seconds": "5"}
    assert client.post(here.address("set_up"), {**asked, "address": ""}).status_code == 422
    assert client.post(here.address("set_up"), asked).status_code == 302
    assert here.room.address == "https://meet.example.kz" and not here.room.chat_open
    poll = {"text_kk": "Қашан?", "options_kk": "Көктемде\nКүзде", "options_ru": "Весной\nОсенью", "anonymous": "on"}
    assert client.post(here.address("poll_new"), {**poll, "options_ru": "Весной"}).status_code == 422
    assert client.post(here.address("poll_new"), {**poll, "text_kk": ""}).status_code == 422
    assert client.post(here.address("poll_new"), poll).status_code == 302
    (made,) = reading.polls(here.room, ("draft",), desk=True)
    assert made["options"][1]["text"] == {"kk": "Күзде", "ru": "Осенью"}
    assert "Весной" in client.get(here.address("poll", made["id"])).content.decode()
