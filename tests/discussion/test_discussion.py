"""Who reads and who writes, what is hidden and taken back, who is told, and what becomes of two records of one person."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orken.discussion import selectors, services
from orken.discussion.models import Post, Report, Subscription, Thread
from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs.models import Work
from orken.kit.search.models import SearchRow
from orken.meetings import threads
from orken.meetings.models import Speaker
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people import events
from orken.people.models import Person
from orken.people.services import merging
from orken.portal import finding
from orken.training import services as training
from orken.training.models import Run
from tests.discussion.conftest import Talked
from tests.meetings.conftest import Accounts
from tests.waiting import worked


def wrote(thread: Thread, login: str, account: Accounts, text: str = "Сұрағым бар", parent: Post | None = None) -> Post:
    return services.write(thread=thread, text=text, by=account(login), press=uuid4(), parent=parent)


def told(kind: str, post: Post | Report) -> set[int]:
    return set(Notice.objects.filter(kind=f"discussion.{kind}", about_id=str(post.pk)).values_list("person", flat=True))


def test_whoever_takes_part_writes_everybody_who_is_signed_in_reads(talked: Talked, account: Accounts) -> None:
    for login, writes, moderates in (
        ("village", True, False),
        ("head", True, False),
        ("pavlodar", True, True),
        ("mentor", False, False),
    ):
        standing = selectors.view(talked.of_talk, account(login)).standing
        assert (standing.writes, standing.moderates) == (writes, moderates), login
        assert bool(standing.why) is not writes
    with pytest.raises(services.CannotWrite) as refusal:
        wrote(talked.of_talk, "mentor", account)
    assert "өтінім беріңіз" in str(refusal.value)


def test_a_speaker_answers_as_the_speaker(talked: Talked, account: Accounts) -> None:
    question = wrote(talked.of_talk, "village", account)
    wrote(talked.of_talk, "head", account, "Жауап", parent=question)
    [said] = selectors.view(talked.of_talk, account("mentor")).posts
    assert (said.role, str(said.answers[0].role)) == ("", "баяндамашы")


def test_an_answer_to_an_answer_stands_beside_it(talked: Talked, account: Accounts) -> None:
    question = wrote(talked.of_talk, "village", account)
    answer = wrote(talked.of_talk, "head", account, parent=question)
    assert wrote(talked.of_talk, "village", account, parent=answer).parent == question
    with pytest.raises(OutOfScope):
        wrote(talked.of_meeting, "village", account, parent=question)


def test_sent_twice_it_is_one_post(talked: Talked, account: Accounts) -> None:
    press = uuid4()
    for _ in range(2):
        services.write(thread=talked.of_talk, text="Бір рет", by=account("village"), press=press)
    assert Post.objects.filter(thread=talked.of_talk).count() == 1


def test_nobody_writes_without_end(talked: Talked, account: Accounts) -> None:
    for n in range(services.MOST):
        wrote(talked.of_talk, "village", account, f"{n}")
    with pytest.raises(services.TooFast):
        wrote(talked.of_talk, "village", account)


def test_the_speaker_and_those_who_follow_are_told_but_not_the_author(talked: Talked, account: Accounts) -> None:
    first = wrote(talked.of_talk, "village", account)
    assert told("post_written", first) == set()  # not while she waits for her page
    assert worked("discussion.followers") == 1
    assert told("post_written", first) == {account("head").person_id}
    second = wrote(talked.of_talk, "head", account, parent=first)
    worked("discussion.followers")
    assert told("post_written", second) == {account("village").person_id}, "who wrote follows from then on"
    services.follow(thread=talked.of_talk, person=account("village").person, wants=False, by=account("village"))
    third = wrote(talked.of_talk, "pavlodar", account)
    worked("discussion.followers")
    assert told("post_written", third) == {account("head").person_id}


def test_a_moderator_hides_with_a_reason_and_shows_again(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account, "Артық сөз")
    with pytest.raises(OutOfScope):
        services.hide(post=post, reason="Маған ұнамады", by=account("head"))
    services.hide(post=post, reason="Тақырыпқа қатысы жоқ", by=account("pavlodar"))
    assert told("post_hidden", post) == {account("village").person_id}
    assert selectors.view(talked.of_talk, account("mentor")).posts == []
    assert len(selectors.view(talked.of_talk, account("pavlodar")).posts) == 1
    services.show(post=post, by=account("pavlodar"))
    assert len(selectors.view(talked.of_talk, account("mentor")).posts) == 1


def test_what_was_answered_leaves_a_line_when_it_is_taken_back(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account)
    wrote(talked.of_talk, "head", account, parent=post)
    with pytest.raises(services.AnsweredAlready):
        services.change(post=post, text="Басқаша", by=account("village"))
    services.withdraw(post=post, by=account("village"))
    [said] = selectors.view(talked.of_talk, account("mentor")).posts
    assert said.post.state == "withdrawn" and len(said.answers) == 1


def test_her_own_words_are_hers_alone(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account)
    assert services.change(post=post, text="Түзеттім", by=account("village")).changed_at is not None
    for verb in (services.withdraw, lambda **values: services.change(text="x", **values)):
        with pytest.raises(OutOfScope):
            verb(post=post, by=account("head"))


def test_a_report_reaches_the_moderators_once_from_each(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account)
    report = services.report(post=post, reason="Дөрекі", by=account("head"))
    services.report(post=post, reason="Тағы да", by=account("head"))
    assert account("pavlodar").person_id in told("post_reported", report)
    services.show(post=post, by=account("pavlodar"))
    assert Report.objects.get().settled_at is not None, "leaving it settles the report"


def test_a_closed_discussion_is_read_and_not_written(talked: Talked, account: Accounts) -> None:
    services.close(thread=talked.of_talk, closed=True, by=account("pavlodar"))
    thread = Thread.objects.get(pk=talked.of_talk.pk)
    with pytest.raises(services.CannotWrite):
        wrote(thread, "village", account)
    assert selectors.view(thread, account("mentor")).standing.reads
    services.close(thread=thread, closed=False, by=account("pavlodar"))
    assert wrote(thread, "village", account)


def test_an_archived_meeting_is_silent_for_those_who_were_not_there(talked: Talked, account: Accounts) -> None:
    wrote(talked.of_talk, "village", account, "Жолаушы кітапханасы туралы")
    assert SearchRow.objects.filter(kind="post").exists()
    for state, way in (("closed", "archive"),):
        Run.objects.filter(pk=talked.run.pk).update(state=state)
        training.lead(run=talked.run, way=way, by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        selectors.view(talked.of_talk, account("mentor"))
    assert selectors.view(talked.of_talk, account("village")).many == 1
    hers = Post.objects.get(thread=talked.of_talk)
    assert not SearchRow.objects.filter(kind="post", object_id=str(hers.pk)).exists()


def test_words_are_found_by_whoever_is_signed_in(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account, "Жолаушы кітапханасы туралы")
    found = finding.find("жолаушы", account=account("mentor"))
    assert found.total == 1 and found.rows[0].address.endswith(f"/talks/{talked.talk.pk}/#post-{post.pk}")
    assert finding.find("жолаушы", account=None).total == 0
    services.withdraw(post=post, by=account("village"))
    assert finding.find("жолаушы", account=account("mentor")).total == 0


def test_the_trail_never_keeps_what_somebody_wrote(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account, "Құпия-сөз-777")
    services.hide(post=post, reason="Жеке деректер", by=account("pavlodar"))
    rows = AuditEvent.objects.filter(target_kind="discussion.post", target_id=str(post.pk))
    assert rows.count() == 2
    assert not any("777" in f"{row.target_name}{row.note}{row.before}{row.after}" for row in rows)


def test_two_records_of_one_person_follow_once(talked: Talked, account: Accounts) -> None:
    kept, gone = account("village").person, Person.objects.create(surname_kk="Егізова", given_kk="Айгүл")
    for who in (kept, gone):
        Subscription.objects.create(thread=talked.of_talk, person=who)
    Subscription.objects.create(thread=talked.of_meeting, person=gone)
    post = Post.objects.create(thread=talked.of_talk, author=gone, text="Бұрынғы жазба")
    merging.merge(kept=kept, gone=gone, answers={}, by=None, scope_path="")
    assert Post.objects.get(pk=post.pk).author == kept
    assert Subscription.objects.filter(person=kept, thread__in=(talked.of_talk, talked.of_meeting)).count() == 2


def test_a_thread_without_an_owner_and_a_stray_answer_are_found(talked: Talked, account: Accounts) -> None:
    def broken() -> list[str]:
        return [str(row) for rule, rows in invariants.run() if rule.startswith("discussion.") for row in rows]

    assert broken() == []
    question = wrote(talked.of_talk, "village", account)
    Post.objects.create(thread=talked.of_meeting, parent=question, author=account("head").person, text="Адасқан")
    Thread.objects.create(source="nobody.knows:1", address="/")
    assert len(broken()) == 2


def test_the_threads_follow_the_titles_of_the_programme(talked: Talked) -> None:
    services.open_thread(
        source=talked.of_talk.source, titles={"title_kk": "Жаңа атау"}, address="/run/x/", scope_path="1/"
    )
    assert Thread.objects.get(pk=talked.of_talk.pk).title_kk == "Жаңа атау"
    assert threads.of_talk(talked.talk.pk) == talked.of_talk.source


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<a href='https://evil.example'>бас</a>", "javascript:alert(1)"]
)
def test_markup_is_text(talked: Talked, account: Accounts, browse: object, words: str) -> None:
    assert callable(browse)
    wrote(talked.of_talk, "village", account, words)
    client: Client = browse("mentor")
    shown = client.get(f"/kk{talked.of_talk.address}").content.decode()
    assert "<script>alert" not in shown and 'href="https://evil' not in shown and "href='https://evil" not in shown


def test_of_one_who_is_erased_the_words_stay_without_her_name(talked: Talked, account: Accounts) -> None:
    person = account("village").person
    person.surname_kk = "Бірегейқызы"  # nobody else is called so
    person.save()
    name = person.full_name("kk")
    post = wrote(talked.of_talk, "village", account, f"Құрметпен, {name}")
    other = wrote(talked.of_talk, "head", account, f"{name}, рахмет!", parent=post)
    talked.talk.meeting.speakers.create(
        person=person, surname_kk=person.surname_kk, given_kk=person.given_kk, email="a@example.org"
    )
    unseen = Speaker.objects.create(meeting_id=Run.objects.get(code="PVL-MEETING").pk, person=Person.objects.create(surname_kk="Жоқ"), surname_kk="Жоқ", email="b@example.org")  # fmt: skip
    for who in (person, unseen.person):
        assert who is not None
        events.erasing.send(Person, person=who, names=[who.full_name("kk")])
    assert not Post.objects.filter(pk__in=[post.pk, other.pk], text__contains=person.surname_kk).exists()
    spoke = Speaker.objects.get(meeting=talked.run.pk, person=person)
    assert (spoke.surname_kk, spoke.email) == (person.surname_kk, ""), "a released programme goes on naming her"
    unseen.refresh_from_db()
    assert (unseen.surname_kk, unseen.email) == ("Деректері өшірілген", "")


def test_a_press_costs_the_same_however_many_follow(talked: Talked, account: Accounts) -> None:
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            wrote(talked.of_talk, "pavlodar", account, text)
        return len(asked)

    queries("Алғашқы сөз")  # from now on she follows herself
    few = queries("Үшеу тыңдайды")
    people = Person.objects.exclude(pk=account("pavlodar").person_id).order_by("pk")[:300]
    Subscription.objects.bulk_create([Subscription(thread=talked.of_talk, person=one) for one in people], ignore_conflicts=True)  # fmt: skip
    many = queries("Үш жүз адам тыңдайды")
    assert few == many
    assert worked("discussion.followers") == 3
    post = Post.objects.get(text="Үш жүз адам тыңдайды")
    assert len(told("post_written", post)) >= 300 and account("pavlodar").person_id not in told("post_written", post)
    before = Notice.objects.count()
    Work.objects.filter(kind="discussion.followers").update(state="waiting", finished_at=None)
    assert worked("discussion.followers") == 3  # a worker that died begins anew
    assert Notice.objects.count() == before


def test_of_a_word_that_was_taken_back_meanwhile_nobody_is_told(talked: Talked, account: Accounts) -> None:
    post = wrote(talked.of_talk, "village", account)
    services.hide(post=post, reason="Тақырыпқа қатысы жоқ", by=account("pavlodar"))
    assert worked("discussion.followers") == 1 and told("post_written", post) == set()
