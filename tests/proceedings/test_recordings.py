"""Recordings: shown with everybody's consent, with chapters of the programme and captions that cannot hurt anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.audit import invariants
from orken.kit.files import streaming
from orken.kit.files.services import FileRefused
from orken.kit.states import WayIsClosed
from orken.meetings.models import Speaker
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.proceedings import chapters, services, vtt
from orken.proceedings.models import Recording
from orken.training.models import Run
from tests.proceedings.conftest import Held, Recorded, agree, first_talk

Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]


# --- consent and audience ---


def test_it_is_shown_only_when_everybody_in_it_has_agreed(held: Held, recorded: Recorded) -> None:
    run = held()
    row = recorded(run, show=False)
    with pytest.raises(WayIsClosed) as refusal:
        services.lead(recording=row, way="show", by=None)
    who = Speaker.objects.get(gives__talk=first_talk(run))
    assert str(who) in str(refusal.value.reasons[0])
    agree(run)
    assert services.lead(recording=row, way="show", by=None).state == "shown"


def test_of_a_session_the_moderator_and_all_who_speak_agree(held: Held, recorded: Recorded) -> None:
    run = held(talks=2)
    row = recorded(run, show=False, talk=None, session=run.sessions.get())
    with pytest.raises(WayIsClosed) as refusal:
        services.lead(recording=row, way="show", by=None)
    assert all(name in str(refusal.value.reasons[0]) for name in ("Төрағаева", "Баяндамашы-0", "Баяндамашы-1"))


def test_consent_that_is_taken_back_is_found_every_night(held: Held, recorded: Recorded) -> None:
    run = held()
    recorded(run)
    Speaker.objects.filter(meeting=run.pk).update(consent="no")
    ((_rule, rows),) = invariants.run("proceedings.consent")
    assert len(rows) == 1


def test_a_shown_one_is_not_moved_to_somebody_who_has_not_agreed(
    held: Held, recorded: Recorded, account: Accounts
) -> None:
    run = held(talks=2)
    row = recorded(run)
    other = run.meeting.talks.exclude(pk=first_talk(run).pk).get()
    Speaker.objects.filter(gives__talk=other).update(consent="", consented_at=None)
    with pytest.raises(WayIsClosed):
        services.change_recording(recording=row, values={"talk": other}, revision=row.revision, by=account("pavlodar"))


@pytest.mark.parametrize(
    ("audience", "sees"),
    [("everybody", {"", "village", "pavlodar"}), ("signed_in", {"village", "pavlodar"}), ("there", {"pavlodar"})],
)
def test_whoever_it_is_for_watches_it(
    audience: str, sees: set[str], held: Held, recorded: Recorded, browse: Browse
) -> None:
    run = held()
    row = recorded(run, audience=audience)
    for who in ("", "village", "pavlodar"):
        for page in ("", "played/"):
            answer = browse(who).get(f"/kk/run/{run.code}/recordings/{row.pk}/{page}")
            assert answer.status_code == (200 if who in sees else 404), (who, page)
            assert b"".join(answer) if answer.streaming else answer.content


def test_one_that_is_taken_back_is_watched_by_nobody_and_says_why_to_its_organiser(
    held: Held, recorded: Recorded, browse: Browse, account: Accounts
) -> None:
    run = held()
    row = recorded(run)
    with pytest.raises(services.ReasonIsMissing):
        services.lead(recording=row, way="take_back", by=account("pavlodar"))
    services.lead(recording=row, way="take_back", by=account("pavlodar"), reason="Спикер келісімін қайтарып алды")
    assert browse("").get(f"/kk/run/{run.code}/recordings/{row.pk}/").status_code == 404
    assert "келісімін қайтарып" in browse("pavlodar").get(f"/kk/training/{run.code}/proceedings/recordings/{row.pk}/").content.decode()  # fmt: skip
    with pytest.raises(OutOfScope):
        services.lead(recording=row, way="show", by=account("curator"))


# --- files and playing ---


def test_only_what_plays_is_taken_in(held: Held) -> None:
    run = held()
    for name, content in (("a.mp4", b"<html><script>alert(1)</script>"), ("a.wav", b"%PDF-1.7 x"), ("a.mp4", b"")):
        with pytest.raises(FileRefused):
            services.add_recording(
                run=run, by=None, upload=SimpleUploadedFile(name, content),
                values={"title_kk": "x", "talk": first_talk(run), "seconds": 10},
            )  # fmt: skip
    assert not Recording.objects.filter(run=run).exists()


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [("", 200, None), ("bytes=0-99", 206, 100), ("bytes=100-", 206, None), ("bytes=-50", 206, 50), ("bytes=99999999-", 416, 0), ("bytes=9-2", 416, 0), ("lines=1-2", 416, 0)],
)  # fmt: skip
def test_a_browser_fetches_the_part_that_it_plays(
    asked: str, status: int, length: int | None, held: Held, recorded: Recorded, browse: Browse
) -> None:
    run = held()
    row = recorded(run)
    answer = browse("").get(
        f"/kk/run/{run.code}/recordings/{row.pk}/played/", headers={"Range": asked} if asked else None
    )
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == status and row.file is not None
    if status != 416:
        assert len(body) == (length or row.file.size - (100 if asked else 0)) == int(answer["Content-Length"])
        assert answer["Content-Type"].startswith("audio/") and answer["Content-Security-Policy"] == "sandbox"


def test_a_viewer_with_an_open_end_gets_pieces_and_holds_nobody(held: Held, browse: Browse) -> None:
    """A recording of two and a half pieces is put together from what a player asks for, one piece after another."""
    size = 5 * streaming.PIECE // 2
    content = b"RIFF" + (size - 8).to_bytes(4, "little") + b"WAVEfmt " + bytes(n * 7 % 251 for n in range(size - 16))
    run = held()
    row = services.add_recording(
        run=run, by=None, upload=SimpleUploadedFile("long.wav", content),
        values={"title_kk": "x", "talk": first_talk(run), "seconds": 600, "audience": "everybody"},
    )  # fmt: skip
    agree(run)
    services.lead(recording=row, way="show", by=None)
    heard, lengths = b"", []
    while len(heard) < size:
        answer = browse("").get(
            f"/kk/run/{run.code}/recordings/{row.pk}/played/", headers={"Range": f"bytes={len(heard)}-"}
        )
        part = b"".join(answer)
        assert answer["Content-Range"] == f"bytes {len(heard)}-{len(heard) + len(part) - 1}/{size}"
        heard += part
        lengths.append(len(part))
    assert heard == content and lengths == [streaming.PIECE, streaming.PIECE, streaming.PIECE // 2]


# --- chapters ---


def test_chapters_of_a_session_are_the_places_of_its_programme(held: Held, recorded: Recorded) -> None:
    run = held(talks=2)
    session = run.sessions.get()
    release = run.meeting.releases.get()
    back = timedelta(days=32)
    for row in release.slots:  # as if it had been released then
        row["starts_at"] = (run.meeting.slots.get(uid=row["uid"]).starts_at).isoformat()
    release.save()
    row = recorded(
        run, show=False, talk=None, session=session, begins_at=session.starts_at - timedelta(seconds=30), seconds=3600
    )
    assert [(one["at"], one["talk"] is not None) for one in row.chapters] == [(30, False), (630, True), (1530, True)]
    assert back.days == 32


@given(st.integers(0, 43_199))
def test_a_clock_is_read_as_it_was_written(seconds: int) -> None:
    assert chapters.seconds_of(chapters.clock(seconds)) == seconds


@pytest.mark.parametrize("line", ["12:75 Бұл", "сағатта", "1:00:00 Соңынан кейін", "12.30 Нүкте"])
def test_a_line_that_is_no_chapter_is_told_with_its_number(line: str) -> None:
    with pytest.raises(chapters.Misread, match="2"):
        chapters.read(f"0:00 Басы\n{line}", length=1800)


def test_a_title_keeps_its_other_languages_when_its_time_is_put_right() -> None:
    known = [{"at": 0, "title": {"kk": "Ашылуы", "ru": "Открытие"}, "talk": 7}]
    (one,) = chapters.read("0:20 Ашылуы", length=100, known=known)
    assert (one.at, one.title["ru"], one.talk) == (20, "Открытие", 7)


# --- captions ---

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).filter(lambda text: text.strip() and "-->" not in text)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(1, 9_000), WORDS), min_size=1, max_size=8))
def test_captions_are_read_as_they_were_written(rows: list[tuple[int, int, str]]) -> None:
    cues = sorted((vtt.Cue(begins, begins + long, " ".join(words.split())) for begins, long, words in rows), key=lambda one: (one.begins, one.ends))  # fmt: skip
    read = vtt.read(vtt.written(cues))
    assert sorted((one.begins, one.ends, one.words) for one in read) == sorted((one.begins, one.ends, one.words) for one in cues if one.words)  # fmt: skip


def test_markup_in_captions_is_plain_words_for_the_browser() -> None:
    cues = vtt.read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Оспанова><script>alert(1)</script> a &lt; b")
    assert (cues[0].speaker, cues[0].words) == ("Оспанова", "alert(1) a < b")
    assert "<script" not in vtt.written(cues) and "a &lt; b" in vtt.written(cues)


@pytest.mark.parametrize("text", ["", "Сәлем", "WEBVTT\n\n00:05.000 --> 00:02.000\nкері", "1\n99:99 --> x\nжаман"])
def test_what_is_no_caption_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(vtt.Misread):
        vtt.read(text)


def test_subrip_is_taken_too() -> None:
    (one,) = vtt.read("1\r\n00:00:05,500 --> 00:00:09,000\r\nСәлеметсіз бе\r\n")
    assert (one.begins, one.ends, one.words) == (5500, 9000, "Сәлеметсіз бе")


# --- pages ---


def test_the_organiser_adds_shows_and_captions_on_pages(held: Held, browse: Browse) -> None:
    run: Run = held()
    desk = browse("pavlodar")
    root = f"/ru/training/{run.code}/proceedings/"
    given: dict[str, Any] = {"of": f"t{first_talk(run).pk}", "length": "1:40", "spoken": "kk", "audience": "everybody"}
    assert desk.post(f"{root}recordings/new/", given).status_code == 422
    wrong = desk.post(f"{root}recordings/new/", {**given, "address": "http://a.kz/x"})
    assert wrong.status_code == 422 and "https://" in wrong.content.decode()
    assert desk.post(f"{root}recordings/new/", {**given, "address": "javascript:alert(1)"}).status_code == 422
    made = desk.post(f"{root}recordings/new/", {**given, "address": "https://video.example.kz/1"})
    row = Recording.objects.get(run=run)
    assert made.status_code == 302 and row.title_kk == first_talk(run).title_kk and row.seconds == 100
    page = desk.get(f"{root}recordings/{row.pk}/").content.decode()
    assert "Не все согласились" in page
    assert desk.post(f"{root}recordings/{row.pk}/captions/", {"language": "kk", "text": "жаман"}).status_code == 422
    assert desk.post(f"{root}recordings/{row.pk}/captions/", {"language": "kk", "text": "00:01.000 --> 00:03.000\nСәлем"}).status_code == 302  # fmt: skip
    agree(run)
    desk.post(f"{root}recordings/{row.pk}/show/")
    open_page = browse("").get(f"/kk/run/{run.code}/recordings/{row.pk}/").content.decode()
    assert "Сәлем" in open_page and 'rel="noopener noreferrer"' in open_page
    assert browse("").get(f"/kk/run/{run.code}/recordings/{row.pk}/captions/kk.vtt").content.startswith(b"WEBVTT")
    changed = {
        **given,
        "title_kk": "Басқа",
        "address": "https://video.example.kz/2",
        "revision": row.revision,
        "chapters": "0:10 Басы",
    }
    assert desk.post(f"{root}recordings/{row.pk}/", changed).status_code == 422, "somebody saw an older one"
    row.refresh_from_db()
    assert desk.post(f"{root}recordings/{row.pk}/", {**changed, "revision": row.revision}).status_code == 302
    row.refresh_from_db()
    assert (row.title_kk, row.chapters[0]["at"]) == ("Басқа", 10)
    assert desk.get(f"{root}recordings/{row.pk}/dance/").status_code == 404
    for stranger in ("curator", "village"):
        assert browse(stranger).get(f"{root}recordings/{row.pk}/").status_code == 404


def test_lines_of_a_browser_that_cannot_be_read_are_refused_with_a_sentence(
    held: Held, recorded: Recorded, browse: Browse
) -> None:
    run = held()
    row = recorded(run)
    address = f"/kk/run/{run.code}/recordings/{row.pk}/watch/"
    her = browse("village")
    for body in (
        "",
        "[]",
        '{"lines": [{"uid": "x"}]}',
        '{"lines": [{"uid": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "begins": 1e99, "ends": 5}]}',
        "\x00",
        '{"lines": 5}',
    ):
        assert her.post(address, body, content_type="application/json").status_code == 400, body
    good = {"lines": [{"uid": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "begins": 0, "ends": 30}]}
    assert her.post(address, good, content_type="application/json").json()["percent"] == 30
    assert browse("").post(address, good, content_type="application/json").status_code in (302, 403)
