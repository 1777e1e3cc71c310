"""From the first word to the last mark: drafts, handing in, marking by one and by two, and what the course makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from orken.assignments import invariants, selectors, services, turns
from orken.assignments.models import Assignment, FrozenRubric, Part, Published, Remark, Review, Saving, Work
from orken.assignments.operations import SAVE
from orken.assignments.services import Place
from orken.courseware import embeds
from orken.kit.files.models import StoredFile
from orken.kit.files.services import FileRefused
from orken.kit.offline import services as offline
from orken.kit.offline.registry import Sent
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Account
from orken.training.models import Run
from tests.assignments.conftest import BEST, CODE, LEAST, MIDDLE, Class, Set, photo
from tests.training.test_together import at_once

pytestmark = pytest.mark.django_db
Course = Callable[..., Class]


def fresh(work: Work) -> Work:
    return Work.objects.select_related("version").get(pk=work.pk)


def whole() -> None:
    for prove in (invariants.published, invariants.frozen, invariants.marks, invariants.places, invariants.own):
        assert not list(prove())


def test_she_hands_in_is_marked_with_remarks_hands_in_again_and_passes(course: Course, rules: Set) -> None:
    rules(marking="one", resubmissions=1)
    room = course()
    by, work = room.learners[0], room.begin()
    assert room.begin().pk == work.pk, "pressed twice it is one draft"
    work = services.save(work=work, text="Компьютер есік жанында тұр. Файлды өзіміз өшіреміз.", revision=1, by=by)
    part = services.add_parts(work=work, kind=Part.Kind.PHOTO, uploads=[photo()], by=by)[0]
    services.hand_in(work=work, by=by)
    assert services.hand_in(work=work, by=by).state == Work.State.HANDED_IN, "sent twice it is once"
    assert not Saving.objects.filter(work=work).exists()
    with pytest.raises(services.Refused, match="closed"):
        services.save(work=work, text="тағы", revision=2, by=by)

    marker = room.markers[0]
    services.remark(work=work, place=Place(kind="text", quote="есік   жанында"), words="Бәрі көреді.", by=marker)
    services.remark(work=work, place=Place(kind="photo", part=part.pk, x=500, y=250, wide=900), words="Экран осы жақта.", by=marker)  # fmt: skip
    with pytest.raises(services.Refused, match="quote"):
        services.remark(work=work, place=Place(kind="text", quote="терезе жанында"), words="?", by=marker)
    room.give(work, LEAST)
    work = fresh(work)
    assert (work.state, work.passed, work.score, work.decided) == ("returned", False, Decimal(0), "one")
    pinned = list(Remark.objects.filter(review__work=work))
    assert [(one.kind, one.quote, one.x, one.wide) for one in pinned] == [("text", "есік жанында", None, 0), ("photo", "", 500, 500)]  # fmt: skip
    assert Notice.objects.filter(kind="assignments.returned", person=by.person).exists()

    again = room.begin()
    assert again.number == 2 and again.text == work.text and again.parts.get().file_id == part.file_id, "a copy to go on from"  # fmt: skip
    services.save(work=again, text="Экран қабырғаға қарайды.", revision=1, by=by)
    services.hand_in(work=again, by=by)
    room.give(again, BEST)
    assert fresh(again).passed and fresh(work).text.startswith("Компьютер есік"), "the former stands beside it"
    with pytest.raises(services.Refused, match="over"):
        room.begin()
    whole()


def test_a_rubric_that_is_changed_later_changes_no_mark(course: Course, rules: Set) -> None:
    rules(marking="one")
    room = course(2)
    first = room.hand_in(0)
    room.give(first, MIDDLE)
    before = fresh(first).score
    found, by = Assignment.objects.get(code=CODE), room.markers[0]
    draft = services.start_draft(assignment=found, by=by)
    services.write_criterion(
        version=draft, key="c1", by=by, revision=draft.revision,
        criterion={"kk": "Басқаша", "ru": "", "en": "", "weight": 9, "levels": [{"points": n, "kk": str(n), "ru": "", "en": ""} for n in range(4)]},
    )  # fmt: skip
    services.publish(assignment=found, by=None, revision=draft.revision + 1)
    review = Review.objects.select_related("rubric").get(work=first)
    assert review.rubric is not None and review.rubric.criteria[0]["kk"] == "Экранның орны" and fresh(first).score == before  # fmt: skip
    second = room.hand_in(1)
    room.give(second, MIDDLE)
    used = set(Review.objects.filter(work__in=[first, second]).values_list("rubric__fingerprint", flat=True))
    assert len(used) == 2, "each by its own words"
    with pytest.raises(Published):
        review.rubric.save()
    assert FrozenRubric.objects.count() == 2, "the demo's marks and the first one are by the same words: one row"
    whole()


def test_two_markers_see_nothing_of_each_other_and_a_third_decides(course: Course) -> None:
    room = course()
    work = room.hand_in()
    room.give(work, BEST, marker=0)
    assert fresh(work).state == "marking" and turns.blind(fresh(work))
    with pytest.raises(services.Refused, match="given"):
        room.give(work, BEST, marker=0)
    room.give(work, LEAST, marker=1)
    assert fresh(work).state == "disputed" and fresh(work).score is None
    with pytest.raises(services.Refused, match="given"):
        room.give(work, BEST, marker=1)
    room.give(work, MIDDLE, marker=2)
    work = fresh(work)
    assert (work.state, work.decided, work.score) == ("done", "third", Decimal("66.67"))
    assert [one.role for one in Review.objects.filter(work=work)] == ["first", "second", "third"]
    whole()


def test_two_marks_that_agree_give_their_middle(course: Course) -> None:
    room = course()
    work = room.hand_in()
    room.give(work, BEST, marker=0)
    room.give(work, {**BEST, "c4": 2}, marker=1)
    assert (fresh(work).decided, fresh(work).score) == ("two", Decimal("97.62"))


def test_after_a_talk_one_marker_agrees_and_both_marks_stay(course: Course) -> None:
    room = course()
    work = room.hand_in()
    room.give(work, LEAST, marker=0)
    room.give(work, BEST, marker=1)
    with pytest.raises(services.Refused, match="reason"):
        services.agree(work=work, reason=" ", by=room.markers[0])
    with pytest.raises(OutOfScope):
        services.agree(work=work, reason="Мен қарамадым", by=room.markers[2])
    services.agree(work=work, reason="Сызбаны көрмей қалыппын", by=room.markers[0])
    work = fresh(work)
    assert (work.decided, work.score, work.passed) == ("agreed", Decimal(100), True)
    assert Review.objects.filter(work=work, state="given").count() == 2


def test_whoever_looks_holds_the_place_for_eight_hours(course: Course, rules: Set) -> None:
    rules(marking="one")
    room = course()
    work = room.hand_in()
    services.take(work=work, by=room.markers[0])
    with pytest.raises(services.Refused, match="taken"):
        services.take(work=work, by=room.markers[1])
    Review.objects.filter(work=work).update(begun_until=timezone.now() - timedelta(minutes=1))
    room.give(work, BEST, marker=1)
    with pytest.raises(services.Refused, match="reason"):
        room.give(work, LEAST, marker=0)
    assert fresh(work).score == 100, "the second press changes nothing without a reason"
    room.give(work, MIDDLE, marker=0, reason="Сызба кімдікі екені анықталды")
    assert fresh(work).score == Decimal("66.67") and Review.objects.filter(work=work, state="given").count() == 2
    whole()


def test_two_devices_write_and_nothing_is_lost(course: Course) -> None:
    room = course()
    by, work = room.learners[0], room.begin()
    services.save(work=work, text="Телефоннан жазылған", revision=1, by=by)
    with pytest.raises(services.EditedMeanwhile) as clash:
        services.save(work=work, text="Үйде жазылған", revision=1, by=by)
    assert clash.value.version.text == "Телефоннан жазылған"
    services.save(work=work, text="Үйде және телефоннан", revision=clash.value.version.revision, by=by)
    assert [one.text for one in Saving.objects.filter(work=work)] == ["Үйде және телефоннан", "Телефоннан жазылған"]
    assert services.save(work=work, text="Үйде және телефоннан", revision=1, by=by).revision == 3, "the same words are no clash"  # fmt: skip


def test_what_is_too_long_too_much_or_would_run_in_a_browser_is_refused_in_words(course: Course) -> None:
    room = course()
    by, work = room.learners[0], room.begin()
    with pytest.raises(services.Refused, match="long"):
        services.save(work=work, text="қ" * 10_000_000, revision=1, by=by)
    svg = SimpleUploadedFile("сызба.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    page = SimpleUploadedFile("бет.html", b"<!doctype html><script>alert(1)</script>")
    for bad in (svg, page):
        with pytest.raises(FileRefused):
            services.add_parts(work=work, kind=Part.Kind.FILE, uploads=[bad], by=by)
    with pytest.raises(FileRefused):
        services.add_parts(work=work, kind=Part.Kind.PHOTO, uploads=[svg], by=by)
    with pytest.raises(services.Refused, match="many_photos"):
        services.add_parts(work=work, kind=Part.Kind.PHOTO, uploads=[photo()] * 3, by=by)
    with pytest.raises(services.Refused, match="empty"):
        services.hand_in(work=work, by=by)
    assert not work.parts.exists() and not StoredFile.objects.filter(purpose="assignment", by_id=by.pk).exists()
    assert services.clean("а\x00б\u202eв\r\nг") == "аб\u202eв\nг"


def test_a_photograph_keeps_nothing_of_the_camera(course: Course) -> None:
    room = course()
    by, work = room.learners[0], room.begin()
    part = services.add_parts(work=work, kind=Part.Kind.PHOTO, uploads=[photo("Айгүлдің үйі.jpg")], by=by)[0]
    assert part.file is not None and part.file.media_type == "image/webp" and part.width == 900
    services.drop_part(work=work, part=part.pk, by=by)
    assert not StoredFile.objects.filter(pk=part.file.pk).exists()


def test_late_is_marked_and_not_refused_until_the_run_is_over(course: Course) -> None:
    room = course(2)
    work = room.begin(0)
    assert work.due_at is not None, "four weeks after the lesson opened"
    Work.objects.filter(pk=work.pk).update(due_at=timezone.now() - timedelta(hours=1))
    work = room.hand_in(0)
    assert work.late and work.state == "handed_in"
    other = room.begin(1)
    services.save(work=other, text="Кейін", revision=1, by=room.learners[1])
    Run.objects.filter(pk=room.offering.run_id).update(state=Run.State.CLOSED)
    with pytest.raises(services.Refused, match="seat"):
        services.hand_in(work=other, by=room.learners[1])


def test_an_assignment_stands_in_the_course_like_an_exercise(course: Course, rules: Set) -> None:
    rules(marking="one", resubmissions=0)
    room = course(2)
    owner, people = embeds.owner(), [one.person for one in room.learners]
    assert owner is not None and set(owner.stands([CODE, "SAFE-TEST", "NONE"])) == {CODE, "SAFE-TEST"}
    work = room.hand_in(0)
    key = (people[0].pk, CODE, room.context)
    stand = owner.standings(people, [CODE, "SAFE-TEST"], [room.context])
    assert len(stand) == 4 and stand[key].waiting and not stand[key].passed and stand[key].address == work.get_absolute_url()  # fmt: skip
    room.give(work, MIDDLE)
    stand = owner.standings(people, [CODE, "SAFE-TEST"], [room.context])
    assert stand[key].passed and stand[key].best == 66 and not stand[people[1].pk, CODE, room.context].passed


def test_nobody_marks_her_own_and_a_stranger_marks_nothing(course: Course, account: Callable[[str], Account]) -> None:
    room = course(2)
    work = room.hand_in(0)
    for by in (room.learners[0], room.learners[1], account("head")):
        with pytest.raises(OutOfScope):
            services.give(work=work, levels=BEST, words="", by=by)
    assert [one.work.pk for one in selectors.to_mark(room.markers[0]) if one.work.context == room.context] == [work.pk]
    room.give(work, BEST, marker=0)
    assert not [one for one in selectors.to_mark(room.markers[0]) if one.work.context == room.context], "hers is given"
    assert [one.role for one in selectors.to_mark(room.markers[1]) if one.work.context == room.context] == ["second"]


def test_an_assignment_is_published_by_a_person_who_did_not_write_it(account: Callable[[str], Account], country: Callable[[str], Unit]) -> None:  # fmt: skip
    by, other = account("pavlodar"), account("national")
    made = services.create(code="NEW-WORK", unit=country("KZ-55-LIB"), fields={"title_kk": "Жаңа"}, by=by)
    assert made.draft is not None
    with pytest.raises(services.NotReady) as refused:
        services.publish(assignment=made, by=other, revision=1)
    assert len(refused.value.problems) == 2, "no brief, no rubric"
    own = services.create(code="OWN-WORK", unit=country("KZ-55-LIB"), fields={"title_kk": "Өзінікі"}, by=other)
    with pytest.raises(services.NotReady) as refused:
        services.publish(assignment=own, by=other, revision=1)
    assert len(refused.value.problems) == 3, "no brief, no rubric, and hers"
    revision = services.write(version=made.draft, fields={"brief_kk": "Жазыңыз"}, by=by, revision=1).revision
    levels = [{"points": n, "kk": f"{n}", "ru": "", "en": ""} for n in range(3)]
    key = services.write_criterion(version=made.draft, key="", criterion={"kk": "Толық", "ru": "", "en": "", "weight": 1, "levels": levels}, by=by, revision=revision)  # fmt: skip
    with pytest.raises(services.EditedMeanwhile):
        services.remove_criterion(version=made.draft, key=key, by=by, revision=revision)
    with pytest.raises(services.NotReady) as refused:
        services.publish(assignment=made, by=by, revision=revision + 1)
    assert len(refused.value.problems) == 1, "only that it is hers"
    published = services.publish(assignment=made, by=other, revision=revision + 1)
    assert published.fingerprint
    with pytest.raises(Published):
        published.save()


def _line(work: Work, text: str, base: int, at: int = 1) -> Sent:
    return Sent(uid=uuid4(), sequence=at, kind=SAVE, base=str(base), payload={"work": str(work.uid), "text": text}, made_at=timezone.now())  # fmt: skip


def _deliver(device: UUID, lines: list[Sent], by: Account) -> list[str]:
    receipt = offline.receive(device=device, name="телефон", lines=lines, clock=timezone.now(), by=by)
    return [f"{one.state}:{one.reason}" for one in receipt.answers]


def test_a_text_typed_without_a_line_comes_later_and_never_over_another(course: Course) -> None:
    room = course(2)
    by, work, device = room.learners[0], room.begin(), uuid4()
    line = _line(work, "Ауылда жазылған мәтін.", 1)
    assert _deliver(device, [line], by) == ["done:"] and _deliver(device, [line], by) == ["done:"]
    assert (fresh(work).text, fresh(work).revision) == ("Ауылда жазылған мәтін.", 2)
    services.save(work=work, text="Компьютерде жазылған мәтін.", revision=2, by=by)
    assert _deliver(device, [_line(work, "Телефондағы жалғасы.", 2, 2)], by) == ["differs:"]
    assert fresh(work).text == "Компьютерде жазылған мәтін."
    assert Saving.objects.filter(work=work, text="Телефондағы жалғасы.").exists(), "kept beside, to be brought together"
    assert _deliver(uuid4(), [_line(work, "бөтен", 4)], room.learners[1]) == ["refused:work"]
    long = "х" * (work.version.text_most + 1)
    assert _deliver(device, [_line(work, long, fresh(work).revision, 3)], by) == ["refused:long"]
    services.hand_in(work=work, by=by)
    assert _deliver(device, [_line(work, "кеш қалған", 4, 4)], by) == ["refused:closed"]
    whole()


def test_an_earlier_try_is_compared_and_its_text_put_back(course: Course, rules: Set, browse: Callable[[str], Client]) -> None:  # fmt: skip
    rules(marking="one", resubmissions=2)
    room = course()
    first = room.hand_in(text="Экран қабырғаға қарайды.")
    room.give(first, LEAST)
    second = room.begin()
    services.save(work=second, text="Экран терезеге қарайды.", revision=second.revision, by=room.learners[0])
    page = browse("village").get(f"/kk/assignments/works/{second.uid}/compare/?with=1").context
    assert [piece.text.strip() for piece in page["was"] if piece.changed] == ["қабырғаға"]
    assert [piece.text.strip() for piece in page["now"] if piece.changed] == ["терезеге"]
    answer = browse("village").post(
        f"/kk/assignments/works/{second.uid}/", {"do": "back-1", "revision": fresh(second).revision}
    )
    assert answer.status_code == 302 and fresh(second).text == "Экран қабырғаға қарайды."
    assert Saving.objects.filter(work=second, text="Экран терезеге қарайды.").exists(), "what stood is not lost"
    assert browse("head").get(f"/kk/assignments/works/{second.uid}/compare/").status_code == 404
    with pytest.raises(OutOfScope):
        services.put_back(work=second, number=9, by=room.learners[0])


def test_with_an_earlier_try_its_files_come_back_and_none_is_taken_out(course: Course, rules: Set) -> None:
    rules(marking="one", resubmissions=2, photos_most=2)
    room = course()
    by, first = room.learners[0], room.begin()
    services.add_parts(work=first, kind=Part.Kind.PHOTO, uploads=[photo("бір.jpg")], by=by)
    first = services.hand_in(work=services.save(work=first, text="Бірінші", revision=1, by=by), by=by)
    room.give(first, LEAST)
    second = room.begin()
    kept = second.parts.get().file_id
    services.drop_part(work=second, part=second.parts.get().pk, by=by)
    services.add_parts(work=second, kind=Part.Kind.PHOTO, uploads=[photo("екі.jpg", shape="roof")], by=by)
    for _press in range(2):
        services.put_back(work=second, number=1, by=by)
    assert [one.name for one in second.parts.order_by("position")] == ["екі.webp", "бір.webp"]
    assert second.parts.filter(file=kept).count() == 1 and first.parts.get().file_id == kept
    whole()


def test_whoever_marks_gets_one_letter_for_all_that_wait_and_another_only_for_what_is_new(course: Course) -> None:
    services.tell_markers()  # of what waited before
    room = course(3)
    for n in (0, 1):
        room.hand_in(n, text=f"Жоспар {n}: экран, құпиясөз, жаңарту.")
    teachers = [marker.person for marker in room.markers[1:]]
    letters = Notice.objects.filter(kind="assignments.waiting", person__in=teachers)
    before = letters.count()
    for _day in range(2):
        services.tell_markers()
        assert letters.count() == before + 2, "one letter for each, and no other on the next day"
    room.hand_in(2, text="Үшінші жоспар.")
    services.tell_markers()
    assert letters.count() == before + 4


@pytest.mark.django_db(transaction=True)
def test_two_markers_at_the_same_moment_give_one_mark(course: Course, rules: Set) -> None:
    """One marker is asked for: whoever presses second is told so, and the work is decided once."""
    rules(marking="one", resubmissions=0)
    room = course()
    work = room.hand_in()
    outcomes = at_once(*(lambda n=n: room.give(work, BEST if n == 1 else LEAST, n) for n in (1, 2)))
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == 1 and isinstance(refused[0], services.Refused), outcomes
    assert Review.objects.filter(work=work, state=Review.State.GIVEN).count() == 1
    assert fresh(work).state == Work.State.DONE
    whole()
