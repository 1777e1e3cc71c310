"""The proceedings: every talk, word and institution, frozen with their PDF; nobody is named who did not stand in the programme."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.discussion.models import Post, Thread
from orken.kit.audit import invariants
from orken.kit.files import services as files
from orken.live_room import selectors as room
from orken.meetings import threads
from orken.people.models import Account
from orken.proceedings import gathering, printed, selectors, services, vtt
from orken.proceedings.models import Recording
from orken.training.models import Run
from tests.pdfa import faults
from tests.proceedings.conftest import Held, Recorded, first_talk

Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
STORY = "PVL-2021-11"


def story() -> Run:
    return Run.objects.select_related("host").get(code=STORY)


@pytest.fixture(autouse=True)
def _country(country: object) -> None:
    """The demo is there."""


def test_the_reference_story_is_whole() -> None:
    """Four talks of four libraries, the exchange of opinions, forty institutions of twelve regions."""
    volume = selectors.latest(story())
    assert volume is not None
    talks = [part for part in volume.data["parts"] if part["talk"]]
    assert len(talks) == 4 and all(part["speakers"] and part["title"]["ru"] for part in talks)
    assert (volume.data["figures"]["institutions"], volume.data["figures"]["regions"]) == (40, 12)
    assert len(volume.data["institutions"]) == 40 and volume.data["words"] and volume.data["summary"]["kk"]


def test_a_region_is_called_as_on_the_day() -> None:
    """In November 2021 there was no Abai region and no Ulytau: whoever wrote came from the regions of that day."""
    named = str(selectors.latest(story()).data["words"])  # type: ignore[union-attr]  # the demo has it
    assert "Абай" not in named and "Ұлытау" not in named and "область" in named


def test_what_was_asked_and_voted_in_the_room_goes_in() -> None:
    """Questions with their answers and opinions for the minutes; of a poll the counts that the room saw."""
    run = story()
    data = gathering.gather(run).data
    said = room.spoken(run)
    assert said and {one.text for one in said} <= {one["text"] for one in data["words"]}
    asked = next(one for one in said if one.kind == room.QUESTION and one.answer)
    word = next(one for one in data["words"] if one["text"] == asked.text)
    assert word["answers"][0]["text"] == asked.answer and word["who"]["ru"] == "Участник"
    assert [one["title"] for one in data["polls"]] == [one.text for one in room.polls(run)] and data["polls"]
    assert all(row["votes"] >= 0 for one in data["polls"] for row in one["rows"])


def test_captions_of_the_room_become_those_of_its_recording(account: Accounts) -> None:
    """Moved to the beginning of the recording; what was said before it or after its end stays out."""
    run = story()
    recording = run.recordings.get(session__isnull=False)
    session = recording.session
    assert session is not None and recording.begins_at is not None
    lines = room.transcript(session, "ru")
    assert lines and services.take_captions(recording=recording, by=account("pavlodar")) == len(room.languages(session))
    cues = vtt.read(recording.captions.get(language="ru").text)
    assert [one.words for one in cues] == [" ".join(one.text.split()) for one in lines]
    assert cues[0].begins == int((lines[0].start - recording.begins_at).total_seconds() * 1000)
    recording.begins_at = lines[-1].end
    recording.save(update_fields=["begins_at"])
    assert services.take_captions(recording=recording, by=account("pavlodar")) == 0


def test_whoever_wrote_is_not_named_unless_she_stands_in_the_programme() -> None:
    """An opinion for the minutes is by name, as she was told; a post of a discussion is not."""
    run = story()
    data = str([one for one in gathering.gather(run).data["words"] if one["mark"].startswith("post:")])
    authors = Post.objects.filter(thread__source__in=[threads.of_meeting(run), *(threads.of_talk(pk) for pk in run.meeting.talks.values_list("pk", flat=True))])  # fmt: skip
    people = {post.author for post in authors.select_related("author")}
    assert people and all(one.surname_ru not in data for one in people)


def test_the_paper_has_contents_every_talk_and_every_institution() -> None:
    volume = selectors.latest(story())
    assert volume is not None
    content = files.read(volume.file).read()
    with pypdfium2.PdfDocument(content) as sheets:
        text = " ".join(" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in sheets)
        assert len(sheets) >= 3
    squeezed = "".join(text.split())
    for part in volume.data["parts"]:
        if part["talk"]:
            assert "".join(part["title"]["kk"].split()) in squeezed and "".join(part["title"]["ru"].split()) in squeezed
    for one in volume.data["institutions"]:
        assert "".join(one["name"]["kk"].split()) in squeezed
    assert "Мазмұны" in text and not faults(content, ("kk", "ru"))


def test_a_text_of_one_language_is_printed_once_and_an_empty_place_is_no_heading() -> None:
    volume = selectors.latest(story())
    assert volume is not None
    talk = next(part for part in volume.data["parts"] if part["talk"])
    opening = {**talk, "talk": None, "kind": "opening", "title": {"kk": "Ашылуы"}, "speakers": [], "abstract": {}, "files": [], "recordings": []}  # fmt: skip
    data = {**volume.data, "summary": {"ru": "Обсудили фонд."}, "parts": [opening, {**talk, "abstract": {"ru": "О сельской библиотеке."}}]}  # fmt: skip
    sheet = printed.paper(data, number=1, at=volume.at)
    assert [part["title"]["kk"] for part in sheet["parts"]] == [talk["title"]["kk"]]
    assert sheet["summary"]["only"] == "ru" and "only" not in printed.only({"kk": "Бір", "ru": "Один"})
    with pypdfium2.PdfDocument(printed.drawn(data, number=1, at=volume.at)) as sheets:
        text = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in sheets)
    assert text.count("Обсудили фонд.") == text.count("О сельской библиотеке.") == 1 and "орыс тілінде" in text


def test_institutions_are_printed_by_region_and_always_in_the_same_order() -> None:
    volume = selectors.latest(story())
    assert volume is not None
    printed_once = printed.paper(volume.data, number=1, at=volume.at)["institutions"]
    mixed = {**volume.data, "institutions": list(reversed(volume.data["institutions"]))}
    assert printed.paper(mixed, number=1, at=volume.at)["institutions"] == printed_once
    regions = [one["region"]["kk"] for one in printed_once]
    assert len(dict.fromkeys(regions)) == len([one for n, one in enumerate(regions) if n == 0 or regions[n - 1] != one])
    assert regions[-1] == "" and len([one for one in dict.fromkeys(regions) if one]) == 12


def test_the_page_of_a_held_talk_leads_to_its_recording_and_to_what_is_said(browse: Browse) -> None:
    recording = Recording.objects.filter(run=story(), talk__isnull=False, state="shown").first()
    assert recording is not None
    page = browse("").get(f"/kk/run/{STORY}/talks/{recording.talk_id}/").content.decode()
    address = reverse("proceedings:recording", args=[STORY, recording.pk])
    assert f'href="{address}"' in page
    assert (f'href="{address}#said"' in page) == recording.captions.exists()
    Recording.objects.filter(pk=recording.pk).update(audience="there")
    assert address not in browse("").get(f"/kk/run/{STORY}/talks/{recording.talk_id}/").content.decode()


def test_what_is_left_out_does_not_go_in_and_a_correction_is_the_next_volume(held: Held, account: Accounts) -> None:
    run, by = held(), account("pavlodar")
    thread = Thread.objects.get(source=threads.of_talk(first_talk(run).pk))
    for text in ("Жақсы сұрақ", "Артық сөз"):
        Post.objects.create(thread=thread, author=by.person, text=text)
    first, second = gathering.words_of(run)
    services.change_summary(run=run, values={"summary_kk": "Қысқаша"}, left_out=[second.mark, "post:0"], by=by)
    volume = services.publish(run=run, by=by)
    assert [one["text"] for one in volume.data["words"]] == [first.text]
    with pytest.raises(services.NothingToPublish) as refusal:
        services.publish(run=run, by=by)
    assert refusal.value.lacks == ["note"]
    services.change_summary(run=run, values={}, left_out=[], by=by)
    again = services.publish(run=run, by=by, note="Екінші сұрақ қосылды")
    volume.refresh_from_db()
    assert again.number == 2 and len(again.data["words"]) == 2 and len(volume.data["words"]) == 1
    assert all(not rows for _rule, rows in invariants.run("proceedings"))


def test_nothing_is_published_before_the_meeting_and_without_a_programme(
    ready: Callable[..., Run], meet: Callable[..., Run]
) -> None:
    with pytest.raises(services.NothingToPublish) as refusal:
        services.publish(run=meet("P-9"), by=None)
    assert refusal.value.lacks == ["programme", "over"]


def test_two_at_once_see_that_somebody_changed_the_summary(held: Held, account: Accounts) -> None:
    run, by = held(), account("pavlodar")
    services.change_summary(run=run, values={"summary_kk": "a"}, left_out=[], by=by, revision=1)
    with pytest.raises(services.EditedMeanwhile):
        services.change_summary(run=run, values={"summary_kk": "b"}, left_out=[], by=by, revision=1)


def test_the_page_reads_the_volume_in_the_readers_language(browse: Browse) -> None:
    for code, words in (("kk", "Баяндамалар"), ("ru", "Доклады"), ("en", "Talks")):
        page = browse("").get(f"/{code}/run/{STORY}/proceedings/").content.decode()
        assert words in page and f"/{code}/run/{STORY}/recordings/" in page
    assert browse("").get(f"/kk/run/{STORY}/proceedings/1.pdf").status_code == 302
    assert browse("").get(f"/kk/run/{STORY}/proceedings/9.pdf").status_code == 404


def test_recordings_and_proceedings_are_found(browse: Browse) -> None:
    for words in ("Полная запись встречи", "обмен мнениями"):
        assert f"/run/{STORY}/" in browse("village").get("/ru/search/", {"q": words}).content.decode()


def test_pages_ask_as_often_for_one_recording_as_for_three(held: Held, recorded: Recorded, browse: Browse) -> None:
    def asked(who: str, address: str) -> int:
        client = browse(who)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    run = held()
    row = recorded(run)
    services.publish(run=run, by=None)
    addresses = [("", f"/kk/run/{run.code}/proceedings/"), ("village", f"/kk/run/{run.code}/recordings/{row.pk}/")]
    once = [asked(*one) for one in addresses]
    for _ in range(2):
        recorded(run)
    assert [asked(*one) for one in addresses] == once and max(once) <= 20


def test_on_the_desk_everything_is_done_by_buttons(held: Held, recorded: Recorded, browse: Browse) -> None:
    run = held()
    recorded(run)
    desk, root = browse("pavlodar"), f"/kk/training/{run.code}/proceedings/"
    page = desk.get(root).content.decode()
    assert "Материалдарды жариялау" in page
    desk.post(f"{root}summary/", {"revision": 1, "summary_kk": "Бәрі айтылды"})
    desk.post(f"{root}publish/")
    assert "Бәрі айтылды" in browse("").get(f"/kk/run/{run.code}/proceedings/").content.decode()
    assert browse("village").get(root).status_code == 404
