"""What work samples tell the rest of the house at start: letters, words of the trail, invariants, the person's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from orken.kit.audit import invariants, words
from orken.kit.audit.invariants import Broken
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file, person_sections
from orken.notices import kinds
from orken.people.models import Account, Person
from orken.training.models import SampleLook, SampleMark
from orken.training.samples import letters, policy, receivers, selectors


def register() -> None:
    receivers.connect()
    for kind in letters.ALL:
        kinds.register(kind)
    words.register(
        about={"sample": _("Work samples")},
        verbs={
            "sample.asked": _("asked for work samples"),
            "sample.reminded": _("reminded of a work sample"),
            "sample.sent": _("sent a work sample"),
            "sample.looked": _("looked at a work sample"),
            "sample.look_taken_back": _("took back what was said of a work sample"),
        },
        fields={
            "sample.number": pgettext_lazy("of a work sample", "Number"),
            "files": _("Files"),
            "verdict": pgettext_lazy("of a work sample", "Verdict"),
        },
        values={"sample.looked.verdict": SampleLook.Verdict, "sample.look_taken_back.verdict": SampleLook.Verdict},
        named={},
        things={"training.sampleask": words.rows_of("training.SampleAsk", "enrolment__person", text=lambda row: str(row.enrolment.person))},
    )  # fmt: skip
    person_sections.register("samples", "training/samples/on_person.html", _on_person, order=22)
    held_file.register(_("Work samples"), address="training:samples_waiting", sheet=_held)
    invariants.register(
        "training.samples: a mark is of an outcome of the programme of its run", marks_of_their_programme
    )
    invariants.register("training.samples: what was sent again was returned before", sent_again_after_return)


def _on_person(person: Person, reader: Account) -> dict[str, Any] | None:
    found = selectors.asks().filter(policy.seen(reader), enrolment__person=person).order_by("-asked_on", "-pk")[:20]
    rows = selectors.rows(found)
    return {"samples": rows} if rows else None


def _held(person: Person) -> Table:
    """What she was asked for and what she sent, for her own file."""
    lines = [
        [row.ask.enrolment.run.title, row.ask.asked_on, str(row.standing.label), one.sample.number, one.sample.words,
         ", ".join(part.file.name for part in one.sample.files.all()), one.stands.words if one.stands else ""]
        for row in selectors.asked_of(person)
        for one in selectors.sendings(row.ask)
    ]  # fmt: skip
    return Table(
        _now("Work samples"),
        [Column(_now("Run"), 40), Column(_now("Asked on"), 16), Column(_now("State"), 16), Column(pgettext("of a work sample", "Number"), 16),
         Column(_now("In your words"), 40), Column(_now("Files"), 40), Column(_now("Words to her"), 40)],
        lines,
    )  # fmt: skip


def marks_of_their_programme() -> Iterator[Broken]:
    theirs = SampleMark.objects.exclude(outcome__version=F("look__sample__ask__enrolment__run__version"))
    for mark in theirs.order_by("pk"):
        yield Broken(f"mark {mark.pk}", "is of an outcome of another programme")


def sent_again_after_return() -> Iterator[Broken]:
    for look in SampleLook.objects.filter(superseded_at=None, verdict=SampleLook.Verdict.ACCEPTED).order_by("pk"):
        if look.sample.ask.samples.filter(number__gt=look.sample.number).exists():
            yield Broken(f"sample {look.sample_id}", "is accepted, and another was sent after it")
