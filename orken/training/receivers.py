"""Who is told of what: announcements of the office become letters, inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import override

from orken.notices import services as notices
from orken.notices.kinds import kinds
from orken.people.models import Account, Person
from orken.training import events, feeds, policy
from orken.training.models import Applicant, Enrolment, Run, Session, Trainer

A = Applicant.State
OF_STATE = {
    A.ACCEPTED: "training.accepted", A.WAITING: "training.waiting", A.DECLINED: "training.declined", A.WITHDRAWN: "training.withdrawn",
}  # fmt: skip


def _title(run: Run) -> dict[str, str]:
    return {"kk": run.title_kk, "ru": run.title_ru, "en": run.title_en}


def _in_languages(applicant: Applicant) -> dict[str, str]:
    found = {}
    for language in ("kk", "ru", "en"):
        with override(language):
            found[language] = applicant.why
    return found


def _page(run: Run) -> str:
    return f"/run/{run.code}/"


@receiver(events.applicant_decided)
def tell_applicant(sender: type[Applicant], applicant: Applicant, before: str, by: Account | None, **rest: Any) -> None:
    """She is told what was decided; of a run that is called off she gets that letter instead."""
    kind = OF_STATE.get(A(applicant.state))
    run = applicant.run
    if kind is None or applicant.person is None or run.state == Run.State.CANCELLED:
        return
    facts: dict[str, Any] = {"run": _title(run)}
    if kind == "training.accepted":
        facts |= {"first": run.starts_on, "last": run.ends_on}
        if run.state == Run.State.TENTATIVE and run.confirm_by and run.confirm_by >= timezone.localdate():
            kind = "training.offered"
            facts["by"] = run.confirm_by
    if kind in ("training.declined", "training.withdrawn"):
        facts["reason"] = _in_languages(applicant)
    calendar = ""
    if applicant.state == A.ACCEPTED:
        calendar = _calendar(applicant.person, run)
    elif before == A.ACCEPTED:  # she had a seat
        calendar = _calendar(applicant.person, run, cancel=True)
    notices.send(
        kind=kind, to=applicant.person, facts=facts, about=applicant, by=by, page=_page(run), key=_key(kind, applicant),
        calendar=calendar,
    )  # fmt: skip


def _calendar(person: Person, run: Run, sessions: Iterable[Session] | None = None, *, cancel: bool = False) -> str:
    """What her calendar takes in with the letter, in her language; empty for whom no letter reaches."""
    account = Account.objects.filter(person=person).first()
    to = notices.address_of(person, account)
    if not to:
        return ""
    if sessions is None:
        every = run.sessions.select_related("room").order_by("starts_at")
        sessions = every if cancel else every.filter(cancelled_at=None)  # of a run that is called off all are cancelled
    language = (account.language if account else "") or "kk"
    with override(language):
        return feeds.invite(run, sessions, language, to, cancel=cancel)


def _key(kind: str, applicant: Applicant) -> str:
    return f"{kind}:{applicant.pk}:{(applicant.decided_at or applicant.created_at).isoformat()}"


def tell_who_waits() -> int:
    """Letters to those whom a run that gives its seats at once left on the waiting list; answers how many were told.

    The page told her in the moment; the letter follows by the clock. In a rush for the last seats it
    would be a third of the work that all stand in line for, and whoever moves up meanwhile gets one
    letter, not two. A list that was told is found told: the keys are the same.
    """
    rows = Applicant.objects.filter(state=A.WAITING, run__deciding=Run.Deciding.AT_ONCE, decided_at=None, person__isnull=False)  # fmt: skip
    keys = {_key("training.waiting", one): one.pk for one in rows.order_by("pk")}
    known: set[str] = set()
    for start in range(0, len(keys), 500):
        known |= notices.told(list(keys)[start : start + 500])
    count = 0
    for key, pk in keys.items():
        if key in known:
            continue
        with transaction.atomic():
            one = rows.select_for_update(of=("self",)).select_related("run", "person", "application__by").filter(pk=pk).first()  # fmt: skip
            if one is not None:  # nobody gave her a seat meanwhile
                tell_applicant(Applicant, one, "", one.application.by)
                count += 1
    return count


@receiver(events.applicant_replaced)
def tell_both(sender: type[Applicant], old: Applicant, new: Applicant, by: Account | None, **rest: Any) -> None:
    if old.person is not None:
        who = by.person if by else None
        names = (
            {code: who.short_name(code) for code in ("kk", "ru", "en")} if who else {"kk": "—", "ru": "—", "en": "—"}
        )
        notices.send(
            kind="training.replaced", to=old.person, facts={"run": _title(old.run), "who": names}, about=old, by=by,
            page=_page(old.run), calendar=_calendar(old.person, old.run, cancel=True),
        )  # fmt: skip
    tell_applicant(Applicant, new, "", by)


AHEAD = timedelta(days=3)  # of the day on which it is decided


def remind_to_confirm(today: date) -> int:
    """Whoever organises a run that is still tentative hears of its day three days ahead and on the day; answers how many runs."""
    due = Run.objects.filter(state=Run.State.TENTATIVE, confirm_by__gte=today, confirm_by__lte=today + AHEAD)
    for run in due.select_related("host").order_by("pk"):
        have = Applicant.objects.filter(run=run, state=A.ACCEPTED).count()
        stage = "day" if run.confirm_by == today else "ahead"
        for account in policy.organisers(run):
            notices.send(
                kind="training.to_confirm", to=account.person, about=run, by=None, page=f"/training/{run.code}/",
                facts={"run": _title(run), "by": run.confirm_by, "have": have, "need": run.minimum},
                key=f"training.to_confirm:{run.pk}:{run.confirm_by}:{stage}:{account.person_id}",
            )  # fmt: skip
    return len(due)


NOT_THERE = {Enrolment.State.EXCUSED: "training.excused", Enrolment.State.NO_SHOW: "training.missed"}


@receiver(events.enrolment_changed)
def tell_who_is_not_there(
    sender: type[Enrolment], enrolment: Enrolment, before: str, by: Account | None, **rest: Any
) -> None:
    """She hears that she is noted as not being there, so that a mistake is put right while the run goes on."""
    kind = NOT_THERE.get(Enrolment.State(enrolment.state))
    if kind is not None:
        notices.send(
            kind=kind, to=enrolment.person, facts={"run": _title(enrolment.run), "reason": enrolment.reason}, about=enrolment,
            by=by, page=_page(enrolment.run), key=f"{kind}:{enrolment.pk}:{timezone.now().isoformat()}",
        )  # fmt: skip


TOLD_OF = {
    Run.State.TENTATIVE: "training.loosened", Run.State.CONFIRMED: "training.confirmed", Run.State.CANCELLED: "training.cancelled", Run.State.RUNNING: "training.begun",
    Run.State.ASSESSMENT: "training.assessed", Run.State.CLOSED: "training.closed",
}  # fmt: skip


@receiver(events.run_changed)
def tell_everybody(sender: type[Run], run: Run, before: str, by: Account | None, **rest: Any) -> None:
    """A run in a new state tells everybody whom it concerns: who has a seat, who was let go with it, who teaches."""
    kind = TOLD_OF.get(Run.State(run.state))
    if kind is None or not before:  # a run that is opened concerns nobody yet
        return
    off = run.state == Run.State.CANCELLED
    rows = Applicant.objects.filter(run=run, state=A.DECLINED, reason=run.reason) if off else Applicant.objects.filter(run=run, state=A.ACCEPTED)  # fmt: skip
    teaching = set(Person.objects.filter(taught_runs__in=run.trainers.exclude(state=Trainer.State.DECLINED)))
    people = set(Person.objects.filter(applied__in=rows)) | teaching
    every = {"run": _title(run), "first": run.starts_on, "last": run.ends_on, "reason": run.reason}
    facts = {name: every[name] for name in kinds[kind].placeholders}
    # What was put into the timetable since comes into calendars with the confirmation; the end of all takes it out.
    holds_days = off or run.state == Run.State.CONFIRMED
    seats = Enrolment.objects.filter(run=run) if off else Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE)
    dated = {*seats.values_list("person", flat=True), *(one.pk for one in teaching)} if holds_days else set()
    for person in sorted(people, key=lambda one: one.pk):
        notices.send(
            kind=kind, to=person, facts=facts, about=run, by=by, page=_page(run), key=f"{kind}:{run.pk}:{run.revision}:{person.pk}",
            calendar=_calendar(person, run, cancel=off) if person.pk in dated else "",
        )  # fmt: skip


@receiver(events.run_moved)
def tell_of_new_days(sender: type[Run], run: Run, by: Account | None, **rest: Any) -> None:
    """Everybody who asked for a seat or teaches hears of the new days, in one letter for the whole timetable."""
    asked = Person.objects.filter(applied__in=Applicant.objects.filter(run=run, state__in=Applicant.LIVE))
    teaching = Person.objects.filter(taught_runs__in=run.trainers.exclude(state=Trainer.State.DECLINED))
    facts: dict[str, Any] = {"run": _title(run), "first": run.starts_on, "last": run.ends_on}
    seated = {*Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE).values_list("person", flat=True)}
    seated |= {person.pk for person in teaching}
    for person in sorted({*asked, *teaching}, key=lambda one: one.pk):
        notices.send(
            kind="training.moved", to=person, facts=facts, about=run, by=by, page=_page(run),
            key=f"training.moved:{run.pk}:{run.revision}:{person.pk}",
            calendar=_calendar(person, run) if person.pk in seated else "",
        )  # fmt: skip


OF_SESSION = {
    "added": "training.session_added", "moved": "training.session_moved", "changed": "training.session_changed",
    "cancelled": "training.session_cancelled", "handed_on": "training.session_handed_on",
}  # fmt: skip
SETTLED = (Run.State.CONFIRMED, Run.State.RUNNING, Run.State.ASSESSMENT)


@receiver(events.session_changed)
def tell_of_session(
    sender: type[Session], session: Session, what: str, by: Account | None,
    come: Collection[Person], gone: Collection[Person], **rest: Any,
) -> None:  # fmt: skip
    """Those who are enrolled and those who teach hear of a session that is new, moved, held elsewhere, or taken out.

    While a run is tentative its timetable is made: sessions that are added are told with the confirmation.
    """
    kind = OF_SESSION.get(what)
    if kind is not None and (what != "added" or session.run.state in SETTLED):
        enrolled = Person.objects.filter(enrolments__run=session.run, enrolments__state__in=Enrolment.LIVE)
        _tell_of(session, kind, set(enrolled) | set(session.trainers.all()), by, cancel=what == "cancelled")
    elif come and session.run.state in SETTLED:
        _tell_of(session, OF_SESSION["added"], set(come), by)
    if session.run.state in SETTLED:
        _tell_of(session, OF_SESSION["handed_on"], gone, by, cancel=True)


def _tell_of(
    session: Session, kind: str, people: Collection[Person], by: Account | None, *, cancel: bool = False
) -> None:
    every: dict[str, Any] = {
        "run": _title(session.run),
        "topic": {"kk": session.title_kk, "ru": session.title_ru, "en": session.title_en},
        "when": session.starts_at,
        "until": session.ends_at,
        "room": _where(session),
    }
    facts = {name: every[name] for name in kinds[kind].placeholders}
    for person in sorted(people, key=lambda one: one.pk):
        notices.send(
            kind=kind, to=person, facts=facts, about=session, by=by, page=_page(session.run),
            key=f"{kind}:{session.pk}:{session.sequence}:{person.pk}",
            calendar=_calendar(person, session.run, [session], cancel=cancel),
        )  # fmt: skip


def _where(session: Session) -> dict[str, str]:
    """The room, else the place of the run, else a dash: on line the page of the run has the link."""
    found = session.room or session.run.place
    return {code: getattr(found, f"name_{code}", "") or getattr(found, "name_kk", "—") for code in ("kk", "ru", "en")}


@receiver(events.trainer_answered)
def tell_what_she_answered(sender: type[Trainer], trainer: Trainer, by: Account | None, **rest: Any) -> None:
    """Whoever organises hears it, but for whoever noted it herself."""
    person, answer = trainer.person, {}
    for language in ("kk", "ru", "en"):
        with override(language):
            answer[language] = str(trainer.get_state_display())
    facts = {
        "run": _title(trainer.run), "answer": answer, "who": {code: person.short_name(code) for code in ("kk", "ru", "en")},
    }  # fmt: skip
    for account in policy.organisers(trainer.run):
        if by is None or account.pk != by.pk:
            notices.send(
                kind="training.trainer_answered", to=account.person, facts=facts, about=trainer, by=by,
                page=f"/training/{trainer.run.code}/trainers/",
                key=f"training.answered:{trainer.pk}:{trainer.answered_at}:{account.pk}",
            )  # fmt: skip


@receiver(events.trainer_asked)
def ask_trainer(sender: type[Trainer], trainer: Trainer, by: Account | None, **rest: Any) -> None:
    run = trainer.run
    notices.send(
        kind="training.asked_to_teach", to=trainer.person, facts={"run": _title(run), "first": run.starts_on}, about=trainer,
        by=by, page=f"/training/{run.code}/", key=f"training.asked:{trainer.pk}:{timezone.now().isoformat()}",
    )  # fmt: skip
