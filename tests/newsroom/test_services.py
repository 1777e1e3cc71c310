"""The way of a piece of news: who may take which step, and what each leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from orken.kit.audit import words
from orken.kit.audit.models import AuditEvent
from orken.kit.search.models import SearchRow
from orken.kit.states import WayIsClosed
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.newsroom import selectors, services
from orken.newsroom.models import News, Version
from orken.newsroom.states import NEWS
from orken.people.models import Account

pytestmark = pytest.mark.django_db
Who = Callable[[str], Account]


def change(news: News, by: Account, old: str, new: str, language: str = "ru", insisted: str = "") -> News:
    news.refresh_from_db()
    assert news.current is not None
    texts = {
        f"{part}_{language}": news.current.part(part, language).replace(old, new) for part in ("title", "lead", "body")
    }
    return services.write(news=news, texts=texts, insisted=insisted, by=by, revision=news.revision)


def test_a_draft_is_composed_in_three_languages_with_its_facts(story: News) -> None:
    assert story.current is not None and story.state == News.State.DRAFT
    assert story.current.languages == ["kk", "ru", "en"]
    assert all(
        one is not None and not one.remarks and not one.left_out
        for one in selectors.held_in_all(story.current).values()
    )


def test_an_event_has_one_piece_of_news(story: News, country: Callable[[str], Unit]) -> None:
    assert services.begin(source="test:story", unit=country("KZ-55-LIB"), by=None) == story


def test_news_come_out_by_two_people(story: News, account: Who) -> None:
    services.send(news=story, by=account("national"))
    with pytest.raises(services.SamePerson):
        services.approve(news=story, by=account("national"))
    done = services.approve(news=story, by=account("director"))
    assert done.is_public and done.published_at is not None and done.shown == done.current
    assert done in selectors.public()
    assert SearchRow.objects.filter(kind="news", object_id=str(done.pk)).count() == 3


def test_the_database_too_wants_two_people(out: News) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        News.objects.filter(pk=out.pk).update(approved_by=out.sent_by_id)


def test_a_contradiction_keeps_it_back_until_it_is_mended_or_answered_for(story: News, account: Who) -> None:
    by = account("pavlodar")
    change(story, by, "Шахметова", "Шайахметова")
    with pytest.raises(WayIsClosed):
        services.send(news=story, by=by)
    change(story, by, "Шайахметова", "Шайахметова", insisted="Тегі 2021 жылы өзгерген")
    assert services.send(news=story, by=by).state == News.State.REVIEW
    services.give_back(news=story, reason="Деректі түзетіңіз", by=account("national"))
    change(story, by, "Шайахметова", "Шахметова")
    assert services.send(news=story, by=by).state == News.State.REVIEW


def test_without_kazakh_nothing_is_sent(story: News, account: Who) -> None:
    by = account("pavlodar")
    story.refresh_from_db()
    services.write(
        news=story, texts={"title_kk": "", "lead_kk": "", "body_kk": ""}, insisted="", by=by, revision=story.revision
    )
    with pytest.raises(WayIsClosed):
        services.send(news=story, by=by)


def test_a_language_may_be_left_out_but_not_in_part(story: News, account: Who) -> None:
    by = account("pavlodar")
    story.refresh_from_db()
    services.write(news=story, texts={"lead_en": ""}, insisted="", by=by, revision=story.revision)
    with pytest.raises(WayIsClosed):
        services.send(news=story, by=by)
    story.refresh_from_db()
    services.write(news=story, texts={"title_en": "", "body_en": ""}, insisted="", by=by, revision=story.revision)
    sent = services.send(news=story, by=by)
    assert sent.current is not None and sent.current.languages == ["kk", "ru"]


def test_two_hands_do_not_overwrite_each_other(story: News, account: Who) -> None:
    by = account("pavlodar")
    old = story.revision
    change(story, by, "состоялась", "прошла")
    with pytest.raises(services.EditedMeanwhile):
        services.write(news=story, texts={"title_ru": "Другое"}, insisted="", by=by, revision=old)


def test_what_is_sent_is_not_written_any_more(story: News, account: Who) -> None:
    by = account("pavlodar")
    services.send(news=story, by=by)
    with pytest.raises(WayIsClosed):
        change(story, by, "встреча", "беседа")
    services.take_back(news=story, by=by)
    change(story, by, "состоялась", "прошла")


def test_it_appears_by_itself_at_its_hour(story: News, account: Who) -> None:
    services.send(news=story, by=account("pavlodar"))
    row = services.approve(news=story, by=account("national"), publish_at=timezone.now() + timedelta(hours=2))
    assert row.state == News.State.SCHEDULED and row not in selectors.public()
    assert services.appear_due() == 0
    News.objects.filter(pk=row.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    assert services.appear_due() == 1 and services.appear_due() == 0
    row.refresh_from_db()
    assert row.is_public and row in selectors.public()


def test_a_correction_keeps_the_old_words_and_tells_readers(out: News, account: Who) -> None:
    old = out.shown
    assert old is not None
    out.refresh_from_db()
    fixed = services.correct(
        news=out,
        texts={"title_ru": "Новый заголовок"},
        notes={"note_kk": "Тақырып түзетілді"},
        by=account("national"),
        revision=out.revision,
    )
    assert fixed.shown is not None and fixed.shown.number == 2 and fixed.shown.title_ru == "Новый заголовок"
    old.refresh_from_db()
    assert old.title_ru != "Новый заголовок" and [one.note_kk for one in selectors.corrections(fixed)] == [
        "Тақырып түзетілді"
    ]
    fixed.refresh_from_db()
    with pytest.raises(WayIsClosed):
        services.correct(news=fixed, texts={}, notes={}, by=account("national"), revision=fixed.revision)


def test_a_correction_that_contradicts_the_facts_asks_for_a_reason(out: News, account: Who) -> None:
    out.refresh_from_db()
    assert out.shown is not None
    wrong = {"lead_ru": out.shown.lead_ru.replace("24 ноября 2021", "25 ноября 2021")}
    with pytest.raises(WayIsClosed):
        services.correct(
            news=out, texts=wrong, notes={"note_kk": "Күні"}, by=account("national"), revision=out.revision
        )
    fixed = services.correct(
        news=out, texts=wrong, notes={"note_kk": "Күні"}, by=account("national"), revision=out.revision, insisted="По протоколу"
    )  # fmt: skip
    assert fixed.shown is not None and fixed.shown.insisted == "По протоколу"


def test_the_archive_takes_it_out_and_gives_it_back(out: News, account: Who) -> None:
    services.archive(news=out, reason="Ескірген", by=account("national"))
    assert out not in selectors.public() and not SearchRow.objects.filter(kind="news", object_id=str(out.pk)).exists()
    services.bring_back(news=out, by=account("national"))
    assert out in selectors.public()


def test_who_may_write_does_not_let_out(story: News, account: Who) -> None:
    with pytest.raises(OutOfScope):
        services.send(news=story, by=account("curator"))  # another institution's
    services.send(news=story, by=account("pavlodar"))
    for login in ("curator", "head", "village"):
        with pytest.raises(OutOfScope):
            services.approve(news=story, by=account(login))


def test_a_draft_can_be_thrown_away_and_written_again(
    story: News, account: Who, country: Callable[[str], Unit]
) -> None:
    services.drop(news=story, by=account("pavlodar"), revision=story.revision)
    assert not News.objects.filter(source="test:story").exists() and not Version.objects.filter(news=story.pk).exists()


def test_every_step_is_in_the_trail(out: News) -> None:
    verbs = list(
        AuditEvent.objects.filter(target_kind="newsroom.news", target_id=str(out.pk))
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert verbs == ["news.begun", "news.sent", "news.published"]


def test_each_state_is_reached_and_left() -> None:
    targets = {way.target for way in NEWS.ways} | {NEWS.first}
    assert targets == set(News.State.values)


def test_an_erased_person_leaves_what_nobody_has_read(story: News) -> None:
    assert (
        services.forget_names(
            names=[
                "Шахметова Шолпан Баянқызы",
                "Шолпан Баянқызы Шахметова",
                "Шолпан Баяновна Шахметова",
                "Sholpan Shakhmetova",
            ]
        )
        == 1
    )
    story.refresh_from_db()
    assert story.current is not None
    assert len(story.current.facts["talks"]) == 3
    assert not any(
        "Шахметова" in story.current.text(code) or "Shakhmetova" in story.current.text(code)
        for code in ("kk", "ru", "en")
    )


def test_what_was_published_stays_as_it_was(out: News) -> None:
    assert services.forget_names(names=["Шолпан Баяновна Шахметова"]) == 0


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_trail_is_read_without_codes(language: str, story: News, account: Who) -> None:
    change(story, account("pavlodar"), "состоялась", "прошла")
    story.refresh_from_db()
    services.compose_anew(news=story, language="kk", by=account("pavlodar"), revision=story.revision)
    services.send(news=story, by=account("pavlodar"))
    services.approve(news=story, by=account("national"), publish_at=timezone.now() + timedelta(days=1))
    events = list(AuditEvent.objects.filter(target_kind="newsroom.news", target_id=str(story.pk)))
    with translation.override(language):
        said = [f"{words.verb_of(one)} {words.changes_of(one)}" for one in events]
    assert len(said) == 5 and not any(
        re.search(r"title_|lead_|body_|publish_at|test:story|facts", line) for line in said
    ), said
