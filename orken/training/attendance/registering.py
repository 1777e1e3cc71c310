"""What the sheet tells the rest of the house at start: invariants, words of the trail, kinds of lines, the head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import invariants, words
from orken.kit.audit.invariants import Broken
from orken.kit.sheets.writing import Column, Table
from orken.kit.ui import navigation
from orken.network import held_file, person_sections
from orken.people.models import Account, Person
from orken.people.services import merging
from orken.training.attendance import joining, operations, policy, receivers
from orken.training.menu import in_the_office
from orken.training.models import Enrolment, Mark, PaperSheet, WalkInJoin


def register() -> None:
    operations.register()
    receivers.connect()
    navigation.register(
        "attendance", label=_("Attendance"), address="training:kept", visible=in_the_office, order=15, place="account"
    )
    words.register(
        about={"attendance": _("Attendance"), "enrolment": _("Enrolments")},
        verbs={
            "attendance.noted": _("noted attendance"),
            "attendance.corrected": _("corrected attendance"),
            "attendance.set_aside": _("noted attendance beside another note"),
            "attendance.taken_back": _("took back attendance noted by a press too many"),
            "attendance.settled": _("decided a difference in the attendance"),
            "attendance.walk_in_added": _("added somebody who walked in"),
            "attendance.joined": _("found out who walked in"),
            "attendance.parted": _("took back who walked in"),
            "attendance.sheet_printed": _("printed an attendance sheet"),
            "attendance.photograph_kept": _("kept the photograph of a sheet"),
            "enrolment.came": _("came to a run"),
        },
        fields={
            "session": _("Session"),
            "minutes": _("Minutes"),
            "library": _("Library"),
            "number": pgettext_lazy("of a sheet", "Number"),
            "sha256": None,
            "seat": pgettext_lazy("in the trail", "has a seat"),
            "added": pgettext_lazy("in the trail", "a seat was added"),
        },
        values={"attendance.noted.state": Mark.State, "attendance.corrected.state": Mark.State, "attendance.set_aside.state": Mark.State, "attendance.settled.state": Mark.State, "attendance.taken_back.state": Mark.State, "enrolment.came.state": Enrolment.State},
        named={"session": words.rows_of("training.Session")},
        things={
            "training.mark": words.rows_of("training.Mark", "enrolment__person", "walk_in", text=_whose),
            "training.walkin": words.rows_of("training.WalkIn"),
            "training.enrolment": words.rows_of("training.Enrolment", "person", "run"),
            "training.papersheet": words.rows_of("training.PaperSheet", "run"),
        },
    )  # fmt: skip
    merging.register("training.WalkInJoin", "person")
    held_file.register(_("Was there without a seat"), address="training:mine", sheet=_held)
    person_sections.register("walked-in", "training/attendance/on_person.html", _on_person, order=23)
    invariants.register(
        "training.joined: whoever walked in and has a seat has no marks beside it, and the seat is hers", joined_once
    )
    invariants.register("training.marks: a mark is of a person of the session's own run", marks_of_their_run)
    invariants.register("training.came: whoever was there does not stand as only enrolled", who_came_attends)
    invariants.register("training.sheets: the numbers of a run's paper sheets have no gap", numbers_without_gap)


def _on_person(person: Person, reader: Account) -> dict[str, Any] | None:
    own = reader.person_id == person.pk
    found = joining.without_seat(person, None if own else policy.seen(reader))
    return {"walked": found} if found else None


def _held(person: Person) -> Table:
    """Where she was without a seat, for her own file."""
    lines = [[one.run.title, one.run.starts_on, one.minutes, one.of] for one in joining.without_seat(person)]
    heads = [Column(_now("Run"), 40), Column(_now("First day"), 16), Column(_now("Minutes"), 16), Column(_now("Minutes of all sessions"), 16)]  # fmt: skip
    return Table(_now("Without a seat"), heads, lines)


def joined_once() -> Iterator[Broken]:
    live = WalkInJoin.objects.filter(ended_at=None, enrolment__isnull=False).select_related("enrolment")
    beside = Mark.objects.filter(superseded_at=None, session__cancelled_at=None).values("walk_in")
    for join in live.filter(walk_in__in=beside.filter(walk_in__isnull=False)).order_by("pk"):
        yield Broken(f"walk-in {join.walk_in_id}", "has marks beside those of her seat")
    for join in live.exclude(person=F("enrolment__person")).order_by("pk"):
        yield Broken(f"walk-in {join.walk_in_id}", "is joined to one person and seated as another")


def _whose(mark: Mark) -> str:
    if mark.enrolment is not None:
        return str(mark.enrolment.person)
    return str(mark.walk_in)


def marks_of_their_run() -> Iterator[Broken]:
    own = Q(enrolment__run=F("session__run")) | Q(walk_in__run=F("session__run"))
    for mark in Mark.objects.exclude(own).order_by("pk"):
        yield Broken(f"mark {mark.pk}", "is of somebody of another run")
    for mark in Mark.objects.filter(sheet__isnull=False).exclude(sheet__session=F("session")).order_by("pk"):
        yield Broken(f"mark {mark.pk}", "comes from the sheet of another session")


def who_came_attends() -> Iterator[Broken]:
    there = Mark.objects.filter(superseded_at=None, aside=False, state__in=Mark.THERE)
    rows = Enrolment.objects.filter(state=Enrolment.State.ENROLLED, marks__in=there).distinct()
    for row in rows.order_by("pk"):
        yield Broken(f"enrolment {row.pk}", "stands as enrolled though she was there")


def numbers_without_gap() -> Iterator[Broken]:
    counted = PaperSheet.objects.order_by().values("run__code").annotate(n=Count("pk"), last=Max("number"))
    for row in counted.exclude(n=F("last")):
        yield Broken(str(row["run__code"]), f"{row['n']} sheets are numbered up to {row['last']}")
