"""A meeting becomes news: every fact of its programme stands in the three texts, and nothing else."""

from __future__ import annotations

import pytest

from orken.kit.i18n.content import LANGUAGES
from orken.meetings.models import Institution, Release, Speaker
from orken.newsroom import selectors, services, sources
from orken.newsroom.checking import check
from orken.newsroom.compose import compose
from orken.newsroom.held_meetings import Meetings
from orken.newsroom.reading import read, written
from orken.newsroom.runs import Runs
from orken.training.models import Mark, Run

pytestmark = pytest.mark.django_db
STORY = "PVL-2021-11"


def test_the_reference_story_is_offered_once_and_told_by_its_programme() -> None:
    assert Meetings().offer(STORY) is not None and Runs().offer(STORY) is None
    event = Meetings().facts(STORY)
    release = Release.objects.get(meeting__run__code=STORY)
    titles = [row["title"]["ru"] for row in release.slots if row["talk"]]
    assert [talk.title.ru for talk in event.talks] == titles and len(titles) == 4
    speakers = Speaker.objects.filter(meeting__run__code=STORY, gives__isnull=False)
    assert {talk.speaker.ru.surname for talk in event.talks} == {one.surname_ru for one in speakers}
    assert event.discussion and event.occasion and event.form == "online"


def test_its_figures_can_be_counted_again_in_the_rows() -> None:
    event = Meetings().facts(STORY)
    there = Mark.objects.filter(session__run__code=STORY, superseded_at=None, enrolment__isnull=False)
    named = sum(mark.there for mark in there)
    counted = sum(row.headcount or 0 for row in Institution.objects.filter(meeting__run__code=STORY))
    assert event.figures.participants == named + counted
    assert (event.figures.units, event.figures.regions) == (40, 12)


def test_a_sum_of_two_countings_says_how_it_was_made_and_either_may_be_told() -> None:
    event = Meetings().facts(STORY)
    named, counted = event.figures.named, event.figures.counted
    assert named and counted and event.figures.participants == named + counted
    assert read(written(event))[0] == event
    news = services.begin(source=f"meeting:{STORY}", unit=Run.objects.get(code=STORY).host, by=None)
    held = selectors.held(news.versions.get(), "ru")
    assert held is not None
    line = next(one.value for one in held.facts if one.path == "figures.participants")
    assert line.startswith(f"{named + counted} = ") and str(named) in line and str(counted) in line
    for many, wrong in ((named + counted, 0), (named, 0), (counted, 0), (named + counted + 1, 1)):
        report = check(f"Во встрече приняли участие {many} специалистов.", event, "ru")
        assert len([one for one in report.contradictions if one.fact == "figures.participants"]) == wrong, many


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_told_and_the_checker_finds_nothing_against_it(language: str) -> None:
    event = Meetings().facts(STORY)
    told = compose(event, language)
    assert not told.unused
    report = check(told.text, event, language)
    assert report.contradictions == [] and report.left_out == []


def test_a_draft_is_begun_from_it_in_three_languages() -> None:
    run = Run.objects.select_related("host").get(code=STORY)
    news = services.begin(source=f"meeting:{STORY}", unit=run.host, by=None)
    version = news.versions.get()
    assert all(getattr(version, f"title_{code}") for code in LANGUAGES)
    assert sources.find(f"meeting:{STORY}") is not None


def test_a_meeting_without_a_released_programme_is_a_run_like_others() -> None:
    Release.objects.filter(meeting__run__code=STORY).delete()
    assert Meetings().offer(STORY) is None and Runs().offer(STORY) is not None
