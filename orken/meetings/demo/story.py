"""24 November 2021: the meeting of the reference story as it was held, with the units of that day.

Speakers, titles and institutions are public facts; whoever listened is synthetic. Seats, marks and the trail
are written in bulk, as those of every run of the past are (training/demo/written.py), with moments of 2021.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.discussion.models import Post, Subscription, Thread
from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import SEED, Stage
from orken.kit.text.sorting import sort_key
from orken.meetings import services as meetings
from orken.meetings import threads
from orken.meetings.demo import words
from orken.meetings.models import Institution, Meeting, Slot, Speaker, Talk
from orken.network import selectors as network
from orken.network.models import Appointment, Unit
from orken.notices.models import Delivery, Notice
from orken.people.models import Account, Person
from orken.training.attendance import demo as attendance
from orken.training.demo import written
from orken.training.demo.history import Held, moment
from orken.training.demo.plan import Past
from orken.training.demo.seating import Seat, Stock
from orken.training.models import Mark, Run, Session

CODE, DAY = "PVL-2021-11", date(2021, 11, 24)
HOST = "KZ-55-LIB"
INSTITUTIONS, REGIONS, PEOPLE = 40, 12, 52
NAMED = ("NL", "KZ-63-LIB", "KZ-10-LIB", HOST)  # the four that the article names
CHOSEN = ("KZ-55", "KZ-63", "KZ-11", "KZ-35", "KZ-39", "KZ-59", "KZ-15", "KZ-27", "KZ-43", "KZ-31", "KZ-61", "KZ-71")
RELEASED = moment(date(2021, 11, 15), "11:00")
ENDED = moment(DAY, "17:00")


def build(stage: Stage) -> None:
    chance = random.Random(SEED + 21)
    account: Account = stage.made["accounts"]["pavlodar"]
    units: dict[str, Unit] = stage.made["units"]
    held = _held(stage, units, account)
    written.write([held], units)
    trail = list(written.trail([held]))
    _there(held, account, chance)
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    told = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _programme(held, units)
    _institutions(held, units, chance)
    AuditEvent.objects.filter(pk__gt=last).update(at=RELEASED)
    _discussed(held, stage)
    Notice.objects.filter(pk__gt=told).update(created_at=RELEASED, read_at=RELEASED + timedelta(days=1))
    Delivery.objects.filter(notice__pk__gt=told).update(at=RELEASED)
    audit.record_all(sorted(trail, key=lambda event: event.at))


# --- the run ---


def _held(stage: Stage, units: dict[str, Unit], account: Account) -> Held:
    past = Past(CODE, "meeting", HOST, "staff", DAY, "live", "kk ru", 100, PEOPLE)
    title = words.TITLE
    run = Run(
        code=CODE, kind=past.kind, title_kk=title[0], title_ru=title[1], title_en=title[2], form=past.form, host=units[HOST],
        starts_on=DAY, ends_on=DAY, apply_until=past.until, confirm_by=past.until + timedelta(2), capacity=past.seats, minimum=20,
        state=Run.State.CLOSED, deciding=Run.Deciding.AT_ONCE, synthetic=True, created_at=moment(past.opened, "10:00"),
        sort_kk=sort_key(title[0]), sort_ru=sort_key(title[1]),
    )  # fmt: skip
    run.languages = past.languages.split()
    stock = Stock(past.seats, run.created_at)
    seats = list(_seats(stage, units, run))
    for seat in seats:
        stock.ask(seat, seat.created_at)
    session = Session(
        run=run, uid=uuid5(NAMESPACE_URL, f"{CODE}/0"), starts_at=moment(DAY, "15:00"), ends_at=ENDED,
        changed_at=run.created_at, **words.texts("title", words.SESSION),
    )  # fmt: skip
    return Held(past, run, stock, [], seats, account, [session])


def _seats(stage: Stage, units: dict[str, Unit], run: Run) -> Iterator[Seat]:
    """Fifty-two from forty institutions of twelve regions of that day: the named four first, then libraries round about."""
    tree = network.tree(DAY)
    left_out = {person.pk for person in stage.made["persons"].values()}
    rows = (
        Appointment.objects.at(DAY)
        .filter(employment=Appointment.Employment.MAIN, valid_from__lte=run.created_at.date())
        .exclude(person__in=left_out)
    )
    staff: dict[int, list[Appointment]] = {}
    for row in rows.exclude(person__account__isnull=False).select_related("person", "unit").order_by("pk"):
        staff.setdefault(row.unit_id, []).append(row)
    chosen = [units[code].pk for code in NAMED]
    wanted = INSTITUTIONS - len(chosen)
    for place in range(wanted * 3):  # region after region, so that each of the twelve sends somebody
        region = units[CHOSEN[place % len(CHOSEN)]]
        below = [node.id for node in tree.below(region.pk) if node.id in staff and node.id not in chosen]
        if below and len(chosen) < INSTITUTIONS:
            chosen.append(below[0])
    more = PEOPLE - len(chosen)
    for n, unit in enumerate(chosen):
        for one in staff[unit][: 2 if n < more else 1]:
            at = run.created_at + timedelta(days=2 + n % 20, hours=n % 6, seconds=n)
            yield Seat(one.person, one.unit, one.post_id, _sender(one.unit, units), at)


def _sender(unit: Unit, units: dict[str, Unit]) -> str:
    """The library of her region sends her; a library of the republic sends its own people."""
    codes = {one.pk: code for code, one in units.items()}
    code = codes[int(unit.path.split("/")[1])]
    return f"{code}-LIB" if code.startswith("KZ-") else code


def _there(held: Held, account: Account, chance: random.Random) -> None:
    """Most watched from beginning to end; three came late, two not at all, whose colleagues were there."""
    session = held.sessions[0]
    marks = []
    of_unit = Counter(seat.unit.pk for seat in held.seated)
    away = [seat for seat in held.seated if of_unit[seat.unit.pk] > 1][:6:5]
    for n, seat in enumerate(held.seated):
        state, minutes = Mark.State.PRESENT, session.minutes
        if seat in away:
            state, minutes = Mark.State.ABSENT, 0
        elif n in (7, 19, 31):
            state, minutes = Mark.State.LATE, session.minutes - 25
        marks.append(
            Mark(
                uid=UUID(int=chance.getrandbits(128), version=4), session_id=session.pk, enrolment_id=seat.enrolment.pk, state=state,
                minutes=minutes, by_id=account.pk, noted_at=ENDED, recorded_at=ENDED,
            )
        )  # fmt: skip
    bulk.insert(Mark, marks)
    for seat in held.seated:
        came = next(mark for mark in marks if mark.enrolment_id == seat.enrolment.pk).there
        seat.enrolment.state = "attending" if came else "no_show"
        seat.enrolment.reason = "" if came else attendance.NO_SHOW[0]
        seat.enrolment.save(update_fields=["state", "reason"])


# --- the programme ---


def _programme(held: Held, units: dict[str, Unit]) -> None:
    run, session = held.run, held.sessions[0]
    made = moment(date(2021, 11, 8), "10:00")
    meetings.tell_of(
        run=run, by=None,
        values={**words.texts("occasion", words.OCCASION), "occasion_unit": units[HOST], "occasion_years": 125},
    )  # fmt: skip
    speakers = []
    for one in words.SPOKEN:
        speaker = meetings.name_speaker(run=run, values={**one.values, "unit": units[one.unit]}, by=None)
        Speaker.objects.filter(pk=speaker.pk).update(
            answer=Speaker.Answer.COMES, answered_at=made, consent=Speaker.Consent.YES, consented_at=made,
            consent_by=speaker.full_name("ru"),
        )  # fmt: skip
        speakers.append(speaker)
    meetings.put_section(
        run=run, titles=words.texts("title", words.SECTION), moderators=[speakers[1]], sessions=[session], by=None
    )  # fmt: skip
    at = session.starts_at
    at = _put(run, session, at, 10, Slot.Kind.OPENING, words.OPENING)
    for one, speaker in zip(words.SPOKEN, speakers, strict=True):
        talk = meetings.invite_talk(
            run=run, values={**words.texts("title", one.title), "spoken": "ru", "minutes": 15}, speakers=[speaker], by=None
        )  # fmt: skip
        slot = meetings.place(run=run, session=session, starts_at=at, minutes=15, talk=talk, by=None)
        at = slot.ends_at
    _put(run, session, at, 50, Slot.Kind.DISCUSSION, words.OPINIONS)
    for n, slot in enumerate(Slot.objects.filter(meeting=run.pk).order_by("starts_at")):
        Slot.objects.filter(pk=slot.pk).update(uid=uuid5(NAMESPACE_URL, f"{CODE}/place/{n}"))
    Talk.objects.filter(meeting=run.pk).update(created_at=made, decided_at=made)
    Meeting.objects.filter(run=run).update(created_at=made)
    meetings.release(run=run, by=None, at=RELEASED)


def _put(run: Run, session: Session, at: datetime, minutes: int, kind: str, title: words.Text) -> datetime:
    slot = meetings.place(
        run=run, session=session, starts_at=at, minutes=minutes, kind=kind, titles=words.texts("title", title), by=None
    )
    return slot.ends_at


def _institutions(held: Held, units: dict[str, Unit], chance: random.Random) -> None:
    """Everybody who sent people was invited and answered; some watched together in a hall."""
    sent: dict[int, list[Seat]] = {}
    for seat in held.seated:
        sent.setdefault(seat.unit.pk, []).append(seat)
    by_pk = {seat.unit.pk: seat.unit for seat in held.seated}
    invited = moment(date(2021, 11, 9), "12:00")
    for n, row in enumerate(meetings.list_units(run=held.run, units=by_pk.values(), by=None)):
        people = sent[row.unit_id or 0]
        hall = chance.randint(6, 14) if row.unit is not None and row.unit.code in NAMED else 0
        Institution.objects.filter(pk=row.pk).update(
            state=Institution.State.COMES, delegation=len(people) + hall, headcount=hall or None, created_at=invited, invited_at=invited,
            answered_at=invited + timedelta(days=1 + n % 5), contact=people[0].person.full_name("ru"),
        )  # fmt: skip


# --- what was said of it ---


def _discussed(held: Held, stage: Stage) -> None:
    listeners = [seat.person for seat in held.seated if seat.enrolment.state == "attending"]
    voices: dict[str, Person] = dict(
        zip(("first", "second", "third", "fourth", "fifth"), listeners[3:30:6], strict=False)
    )
    voices[words.ORGANISER] = held.by.person
    talks = list(Talk.objects.filter(meeting=held.run.pk).order_by("pk"))
    asked: dict[int, Post] = {}
    for n, (about, voice, hours, language, text) in enumerate(words.WRITTEN):
        source = threads.of_meeting(held.run) if about is None else threads.of_talk(talks[about].pk)
        thread = Thread.objects.get(source=source)
        post = Post.objects.create(
            thread=thread, parent=asked.get(thread.pk) if voice == words.ORGANISER or voice == "second" else None, author=voices[voice],
            role=threads.ORGANISER if voice == words.ORGANISER else "", text=text, language=language,
            press=uuid5(NAMESPACE_URL, f"{CODE}/post/{n}"), created_at=ENDED + timedelta(hours=hours),
        )  # fmt: skip
        asked.setdefault(thread.pk, post)
        Subscription.objects.get_or_create(thread=thread, person=post.author, defaults={"created_at": post.created_at})
    Thread.objects.filter(source__startswith="meetings.").update(created_at=RELEASED)
