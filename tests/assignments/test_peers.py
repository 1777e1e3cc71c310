"""Learners review one another: shared out on the day, hidden both ways, the middle counts, a trainer where they are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from orken.assignments import selectors, services
from orken.assignments.models import Review, Work
from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from tests.assignments.conftest import BEST, LEAST, MIDDLE, Class, Set

pytestmark = pytest.mark.django_db
Course = Callable[..., Class]
TEXTS = ("Экран қабырғаға қарайды.", "Экран терезеге қарайды.")


@pytest.fixture
def shared(course: Course, rules: Set) -> Callable[[int], Class]:
    """`shared(8)`: so many have handed in, and the day is over."""

    def made(people: int) -> Class:
        rules(marking="peers", peers=3, review_days=7, due_days=14, resubmissions=1)
        room = course(people)
        for n in range(people):
            room.hand_in(n, f"{TEXTS[n % 2]} № {n}")
        Work.objects.filter(context=room.context).update(due_at=timezone.now() - timedelta(minutes=5))
        services.share_out()
        return room

    return made


def _reviews(room: Class) -> list[Review]:
    return list(Review.objects.filter(work__context=room.context).select_related("work", "reviewer").order_by("pk"))


def test_eight_works_are_shared_out_and_the_middle_counts(shared: Callable[[int], Class]) -> None:
    room = shared(8)
    asked = _reviews(room)
    assert len(asked) == 24 and set(Counter(one.work_id for one in asked).values()) == {3}
    assert set(Counter(one.reviewer_id for one in asked).values()) == {3}
    assert all(one.reviewer_id != one.work.person_id for one in asked)
    assert services.share_out() == 0 and len(_reviews(room)) == 24, "shared out once"
    assert Notice.objects.filter(kind="assignments.review_asked").count() == 24
    by_person = {one.person_id: one for one in room.learners}
    work = Work.objects.get(context=room.context, person=room.learners[0].person)
    for review, levels in zip((one for one in asked if one.work_id == work.pk), (BEST, MIDDLE, LEAST), strict=True):
        services.give(work=work, levels=levels, words="", by=by_person[review.reviewer_id])
    work.refresh_from_db()
    assert (work.state, work.decided, work.score, work.passed) == ("done", "peers", Decimal("66.67"), True)
    stranger = next(one for one in room.learners if one.person_id not in {row.reviewer_id for row in asked if row.work_id == work.pk} and one.person_id != work.person_id)  # fmt: skip
    with pytest.raises(OutOfScope):
        services.give(work=work, levels=BEST, words="", by=stranger)

    # The trainer thinks otherwise: with a reason, and what the learners gave stays.
    with pytest.raises(services.Refused, match="reason"):
        room.give(work, LEAST)
    room.give(work, LEAST, reason="Жұмыс басқа кітапхана туралы")
    work.refresh_from_db()
    assert (work.state, work.decided, work.score) == ("returned", "override", Decimal(0))
    assert Review.objects.filter(work=work, role="peer", state="given").count() == 3


def test_fewer_than_eight_go_to_the_trainer_and_the_page_says_so(shared: Callable[[int], Class], browse: Callable[[str], Client]) -> None:  # fmt: skip
    room = shared(7)
    assert not _reviews(room)
    works = Work.objects.filter(context=room.context)
    assert all(one.to_trainer for one in works)
    assert AuditEvent.objects.filter(verb="assignment.turned_to_trainer").count() == 1
    assert len([one for one in selectors.to_mark(room.markers[0]) if one.work.context == room.context]) == 7
    page = browse("village").get(works.get(person=room.learners[0].person).get_absolute_url().replace("/kk/", "/ru/")).content.decode()  # fmt: skip
    assert "меньше восьми" in page


def test_who_does_not_review_is_waited_for_until_the_day(shared: Callable[[int], Class]) -> None:
    room = shared(8)
    by_person = {one.person_id: one for one in room.learners}
    first, second = Work.objects.filter(context=room.context).order_by("pk")[:2]
    for work, many in ((first, 2), (second, 1)):
        for review in Review.objects.filter(work=work).order_by("pk")[:many]:
            services.give(work=work, levels=MIDDLE, words="", by=by_person[review.reviewer_id])
    tomorrow = timezone.now() + timedelta(hours=20)
    Review.objects.filter(work__context=room.context).update(due_at=tomorrow)
    owed = Review.objects.filter(work__context=room.context, state__in=["asked", "begun"]).count()
    assert services.remind() == owed and services.remind() == 0
    Work.objects.filter(context=room.context).update(peers_until=timezone.now() - timedelta(minutes=1))
    services.finish_overdue()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.decided) == ("done", "peers"), "two reviews have a middle"
    assert second.state == "marking" and second.to_trainer, "one is too few: a trainer"
    late = Review.objects.filter(work=first, state="lapsed").get()
    with pytest.raises(OutOfScope):
        services.give(work=first, levels=BEST, words="", by=by_person[late.reviewer_id])


def test_what_comes_later_or_again_is_the_trainers(shared: Callable[[int], Class]) -> None:
    room = shared(8)
    work = Work.objects.get(context=room.context, person=room.learners[0].person)
    room.give(work, LEAST, reason="Асығыс жазылған")
    assert set(Review.objects.filter(work=work, role="peer").values_list("state", flat=True)) == {"lapsed"}
    again = room.hand_in(0, "Экран қабырғаға қарайды, перде тартылған.")
    assert again.number == 2 and again.to_trainer
    room.give(again, BEST)
    again.refresh_from_db()
    assert (again.state, again.decided) == ("done", "one")


def test_names_are_hidden_both_ways(shared: Callable[[int], Class]) -> None:
    room = shared(8)
    review = _reviews(room)[0]
    reviewer = next(one for one in room.learners if one.person_id == review.reviewer_id)
    client = Client(headers={"accept-language": "kk"})
    client.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/kk/assignments/works/{review.work.uid}/review/")
    assert page.status_code == 200 and review.work.person.short_name() not in page.content.decode()
    told = {"do": "give", "words": "Жақсы", **{f"level-{key}": str(level) for key, level in BEST.items()}}
    assert client.post(f"/kk/assignments/works/{review.work.uid}/review/", told).status_code == 302
    assert client.get(f"/kk/assignments/marking/{review.work.uid}/").status_code == 404
    author = next(one for one in room.learners if one.person_id == review.work.person_id)
    for other in Review.objects.filter(work=review.work, state="asked"):
        services.give(work=review.work, levels=BEST, words="", by=next(one for one in room.learners if one.person_id == other.reviewer_id))  # fmt: skip
    hers = Client(headers={"accept-language": "kk"})
    hers.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    said = hers.get(review.work.get_absolute_url()).content.decode()
    assert "Жақсы" in said and reviewer.person.short_name() not in said
