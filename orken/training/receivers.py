"""Who is told of what: announcements of the office become letters, inside the transaction of the change."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from orken.notices import services as notices
from orken.people.models import Account, Person
from orken.training import events
from orken.training.models import Applicant, Enrolment, Run, Session, Trainer

A = Applicant.State
OF_STATE = {
    A.ACCEPTED: "training.accepted", A.WAITING: "training.waiting", A.DECLINED: "training.declined", A.WITHDRAWN: "training.withdrawn",
}  # fmt: skip


def _title(run: Run) -> dict[str, str]:
    return {"kk": run.title_kk, "ru": run.title_ru, "en": run.title_en}


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
    if kind in ("training.declined", "training.withdrawn"):
        facts["reason"] = applicant.reason
    moment = applicant.decided_at or applicant.created_at
    notices.send(
        kind=kind, to=applicant.person, facts=facts, about=applicant, by=by, page=_page(run),
        key=f"{kind}:{applicant.pk}:{moment.isoformat()}",
    )  # fmt: skip


@receiver(events.applicant_replaced)
def tell_both(sender: type[Applicant], old: Applicant, new: Applicant, by: Account | None, **rest: Any) -> None:
    if old.person is not None:
        who = by.person if by else None
        names = (
            {code: who.short_name(code) for code in ("kk", "ru", "en")} if who else {"kk": "—", "ru": "—", "en": "—"}
        )
        notices.send(
            kind="training.replaced", to=old.person, facts={"run": _title(old.run), "who": names}, about=old, by=by,
            page=_page(old.run),
        )  # fmt: skip
    tell_applicant(Applicant, new, "", by)


@receiver(events.run_changed)
def tell_everybody(sender: type[Run], run: Run, before: str, by: Account | None, **rest: Any) -> None:
    """A run that is confirmed or called off tells everybody whom it concerns: applicants and trainers."""
    kinds = {Run.State.CONFIRMED: "training.confirmed", Run.State.CANCELLED: "training.cancelled"}
    kind = kinds.get(Run.State(run.state))
    if kind is None:
        return
    if kind == "training.confirmed":
        rows = Applicant.objects.filter(run=run, state=A.ACCEPTED)
    else:  # everybody who was let go with this very reason
        rows = Applicant.objects.filter(run=run, state=A.DECLINED, reason=run.reason)
    people = set(Person.objects.filter(applied__in=rows)) | set(Person.objects.filter(taught_runs__in=run.trainers.exclude(state=Trainer.State.DECLINED)))  # fmt: skip
    facts: dict[str, Any] = {"run": _title(run), "first": run.starts_on}
    if kind == "training.cancelled":
        facts["reason"] = run.reason
    for person in sorted(people, key=lambda one: one.pk):
        notices.send(
            kind=kind, to=person, facts=facts, about=run, by=by, page=_page(run), key=f"{kind}:{run.pk}:{run.revision}:{person.pk}"
        )  # fmt: skip


@receiver(events.session_changed)
def tell_of_session(sender: type[Session], session: Session, what: str, by: Account | None, **rest: Any) -> None:
    """Those who are enrolled and those who teach hear of a new time or of the end of a session."""
    kind = {"moved": "training.session_moved", "cancelled": "training.session_cancelled"}.get(what)
    if kind is None:
        return
    enrolled = Person.objects.filter(enrolments__run=session.run, enrolments__state__in=Enrolment.LIVE)
    people = set(enrolled) | set(session.trainers.all())
    facts = {
        "run": _title(session.run),
        "topic": {"kk": session.title_kk, "ru": session.title_ru, "en": session.title_en},
        "when": session.starts_at,
    }
    for person in sorted(people, key=lambda one: one.pk):
        notices.send(
            kind=kind, to=person, facts=facts, about=session, by=by, page=_page(session.run),
            key=f"{kind}:{session.pk}:{session.sequence}:{person.pk}",
        )  # fmt: skip


@receiver(events.trainer_asked)
def ask_trainer(sender: type[Trainer], trainer: Trainer, by: Account | None, **rest: Any) -> None:
    run = trainer.run
    notices.send(
        kind="training.asked_to_teach", to=trainer.person, facts={"run": _title(run), "first": run.starts_on}, about=trainer,
        by=by, page=f"/training/{run.code}/", key=f"training.asked:{trainer.pk}:{run.revision}",
    )  # fmt: skip
