"""Who is told of a work sample, and what becomes of it when a person is erased."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from orken.kit.i18n.content import LANGUAGES
from orken.network.models import Appointment, RoleAssignment
from orken.network.roles import Role
from orken.notices import services as notices
from orken.people import events as people
from orken.people.models import Account, Person
from orken.training import events
from orken.training.models import Run, Sample, SampleAsk, SampleLook, Trainer
from orken.training.samples import services


def connect() -> None:
    people.erasing.connect(erasing, dispatch_uid="training.samples.erasing")


def erasing(sender: Any, person: Person, **more: Any) -> None:
    """Her photographs and papers go, with the words beside them."""
    services.wipe(people=[person.pk])


def _title(run: Run) -> dict[str, str]:
    return {code: getattr(run, f"title_{code}") for code in LANGUAGES}


def _page(ask: SampleAsk) -> str:
    return f"/work-samples/{ask.pk}/"


@receiver(events.sample_asked)
def tell_graduate(sender: type[SampleAsk], ask: SampleAsk, **rest: Any) -> None:
    run = ask.enrolment.run
    notices.send(
        kind="training.sample_asked", to=ask.enrolment.person, facts={"run": _title(run), "what": _what(run), "until": ask.due_on},
        about=ask.enrolment, by=None, page=_page(ask), key=f"training.sample_asked:{ask.pk}",
    )  # fmt: skip


@receiver(events.sample_late)
def remind_graduate(sender: type[SampleAsk], ask: SampleAsk, **rest: Any) -> None:
    run = ask.enrolment.run
    notices.send(
        kind="training.sample_late", to=ask.enrolment.person, facts={"run": _title(run), "what": _what(run), "until": ask.due_on},
        about=ask.enrolment, by=None, page=_page(ask), key=f"training.sample_late:{ask.pk}",
    )  # fmt: skip


def _what(run: Run) -> dict[str, str]:
    """What the programme asks for, in the languages in which it says so."""
    assert run.version is not None, "only a programme asks for a sample"
    return {code: text for code in LANGUAGES if (text := getattr(run.version, f"sample_{code}"))}


def lookers(ask: SampleAsk) -> list[Person]:
    """Whoever teaches the run, and the nearest head over the library where she works today; never herself."""
    run, person = ask.enrolment.run, ask.enrolment.person
    teaching = Person.objects.filter(taught_runs__in=run.trainers.exclude(state=Trainer.State.DECLINED))
    found = {one.pk: one for one in teaching.filter(erased_at=None)}
    paths = Appointment.objects.at().filter(person=person).values_list("unit__path", flat=True)
    for path in paths:
        over = [int(part) for part in path.split("/") if part]
        roles = RoleAssignment.objects.at().filter(role=Role.HEAD, unit__in=over, person__erased_at=None)
        by_unit = {role.unit_id: role.person for role in roles.exclude(person=person).select_related("person")}
        head = next((by_unit[unit] for unit in reversed(over) if unit in by_unit), None)
        if head is not None:
            found[head.pk] = head
    found.pop(person.pk, None)
    return sorted(found.values(), key=lambda one: one.pk)


@receiver(events.sample_sent)
def tell_lookers(sender: type[Sample], sample: Sample, by: Account | None, **rest: Any) -> None:
    ask = sample.ask
    who = {code: ask.enrolment.person.short_name(code) for code in LANGUAGES}
    for person in lookers(ask):
        notices.send(
            kind="training.sample_sent", to=person, facts={"run": _title(ask.enrolment.run), "who": who}, about=ask.enrolment,
            by=by, page=_page(ask), key=f"training.sample_sent:{sample.pk}:{person.pk}",
        )  # fmt: skip


@receiver(events.sample_looked)
def tell_what_was_said(sender: type[SampleLook], look: SampleLook, by: Account | None, **rest: Any) -> None:
    ask = look.sample.ask
    accepted = look.verdict == SampleLook.Verdict.ACCEPTED
    notices.send(
        kind="training.sample_accepted" if accepted else "training.sample_returned", to=ask.enrolment.person,
        facts={"run": _title(ask.enrolment.run), "words": dict.fromkeys(LANGUAGES, look.words)}, about=ask.enrolment,
        by=by, page=_page(ask), key=f"training.sample_looked:{look.pk}",
    )  # fmt: skip
