"""What a person finds on her desk: put together from her roles, each line with its way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, Exists, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from orken.assignments import selectors as assignments
from orken.attempts import selectors as attempts
from orken.courseware import selectors as courseware
from orken.kit.i18n.content import ORDER, current_language
from orken.kit.i18n.dates import short_date
from orken.meetings import selectors as meetings
from orken.network import policy, transfers
from orken.network.models import Appointment, RoleAssignment, Unit
from orken.network.policy import Scope
from orken.network.roles import Permission, Role
from orken.network.tables import ANY_LIBRARY
from orken.people.models import Account
from orken.portal import selectors
from orken.study import selectors as study
from orken.surveys import selectors as surveys
from orken.training import selectors as training
from orken.training.models import Run
from orken.training.samples import selectors as samples

SEEN_AT_ONCE = _("Whoever handed it in sees the mark at once, and the course goes on.")
Counted = Callable[[Scope], selectors.NetworkFigures]


@dataclass(frozen=True)
class Duty:
    """A role over a unit, or a post in it, as her line under the greeting."""

    title: str
    unit: Unit
    since: date


@dataclass(frozen=True)
class ToDo:
    """Something that waits for her: what, why, and one button."""

    what: str
    why: Promise | str
    action: Promise | str
    address: str


@dataclass(frozen=True)
class Figure:
    """A number with its way down to what it counts."""

    name: Promise | str
    value: int
    note: Promise | str
    address: str


@dataclass(frozen=True)
class Desk:
    account: Account
    today: date
    posts: list[Duty]
    roles: list[Duty]
    todo: list[ToDo] = field(default_factory=list)
    coming: list[Any] = field(default_factory=list)  # her next sessions, `taught` or learned
    figures: list[Figure] = field(default_factory=list)
    helpers: list[RoleAssignment] = field(default_factory=list)
    scope: Scope = field(default_factory=lambda: Scope(()))
    may_import: bool = False

    @property
    def duties(self) -> list[Duty]:
        """Her roles, then her posts; a post that is called as the role in the same place is said once."""
        said = {(duty.title, duty.unit.pk) for duty in self.roles}
        return [*self.roles, *(duty for duty in self.posts if (duty.title, duty.unit.pk) not in said)]

    @property
    def given_name(self) -> str:
        """How she is greeted, in the reader's language or the next that is known."""
        person = self.account.person
        for language in ORDER[current_language()]:
            if name := getattr(person, f"given_{language}", ""):
                return str(name)
        return str(person)


def desk_of(account: Account) -> Desk:
    """Everything the desk shows, in a constant number of queries."""
    today = timezone.localdate()
    posts = [
        Duty(appointment.post.title, appointment.unit, appointment.valid_from)
        for appointment in Appointment.objects.at(today)
        .filter(person=account.person_id)
        .select_related("post", "unit")
        .order_by("-employment", "valid_from")
    ]
    roles = [
        Duty(str(Role(assignment.role).label), assignment.unit, assignment.valid_from)
        for assignment in policy.assignments(account)
    ]
    scope = policy.scope(account, Permission.UNIT_VIEW)
    counted = cache(selectors.network_figures)  # what she sees and what she keeps are mostly one scope
    return Desk(
        account=account,
        today=today,
        posts=posts,
        roles=roles,
        todo=_todo(account, counted),
        coming=training.coming_for(account),
        figures=_figures(account, scope, counted),
        helpers=_helpers(posts) if not scope else [],
        scope=scope,
        may_import=bool(policy.scope(account, Permission.UNIT_IMPORT)),
    )


def _figures(account: Account, scope: Scope, counted: Counted) -> list[Figure]:
    if not scope:
        return []
    units = f"{reverse('network:units')}?kind={ANY_LIBRARY}"
    found = counted(scope)
    if not found.libraries:  # a school, a college: noughts tell nobody anything
        return []
    figures = [
        Figure(_("Libraries"), found.libraries, _("today, in your scope"), units),
        Figure(_("In villages"), found.rural, _("where one person is often all the staff"), f"{units}&locality=rural"),
        Figure(_("Without a line"), found.no_line, _("reached by paper or by a trip"), f"{units}&internet=none"),
    ]
    staff = policy.scope(account, Permission.STAFF_VIEW)
    if staff:
        figures.insert(
            1, Figure(_("Specialists"), selectors.staff_count(staff), _("people, not posts"), reverse("network:staff"))
        )
    return figures


def _todo(account: Account, counted: Counted) -> list[ToDo]:
    """What the network itself asks of those who keep it."""
    waits = _waits(account)
    found = [one for part, lines in PARTS.items() if part in waits for one in lines(account)]
    found += _applications(account)
    scope = policy.scope(account, Permission.UNIT_EDIT)
    if not scope:
        return found
    unknown = counted(scope).line_unknown
    empty = counted(scope).unstaffed
    units = f"{reverse('network:units')}?kind={ANY_LIBRARY}"
    if unknown:
        found.append(
            ToDo(
                str(_("The line is not known: %(n)s")) % {"n": unknown},
                _("Without it nobody can say who learns online and who needs paper. Ask the library and note it."),
                _("Show them"),
                f"{units}&internet=unknown",
            )
        )
    if empty:
        found.append(
            ToDo(
                str(_("Libraries without anybody on the staff: %(n)s")) % {"n": empty},
                _("Either the post is vacant or the staff list has not come in yet."),
                _("Show them"),
                f"{units}&staff=none",
            )
        )
    return found


def _waits(account: Account) -> set[str]:
    """Which lists have anything for her, asked of all of them in one query: most desks have two or three things to do."""
    courses, runs = _contexts(account)
    lists = {
        "lessons": study.unfinished(account),
        "questionnaires": surveys.waiting_for(account),
        "samples": samples.waiting_for(account),
        "transfers": transfers.answerable(policy.scope(account, Permission.STAFF_EDIT)),
        "teaching": training.invited_to_teach(account),
        "courses": courseware.waiting_for_second(account),
        "sent_back": courseware.sent_back(account),
        "works": assignments.waiting_in(courses, account),
        "given": attempts.waiting_in(courses) | attempts.waiting_in(runs),
        "talks": meetings.waiting_for_her_look(account),
        "answers": meetings.with_open_answers(account),
        "invitations": meetings.invitations_of(account).filter(state="invited"),
    }
    row = Account.objects.filter(pk=account.pk).values_list(*(Exists(rows.order_by()) for rows in lists.values())).get()  # fmt: skip
    return {name for name, there in zip(lists, row, strict=True) if there}


def _lessons(account: Account) -> list[ToDo]:
    """The next step in each course that she learns in at a distance."""
    found = []
    for one in study.next_steps(account):
        if one.place is None:
            why: Promise | str = _("All lessons are read: the exercises are left.")
            address, action = reverse("study:course", args=[one.run.code]), _("To the exercises")
        else:
            why = f"{one.place.lesson.title} · {ngettext('%(n)s minute', '%(n)s minutes', one.place.lesson.minutes) % {'n': one.place.lesson.minutes}}"  # fmt: skip
            address = reverse("study:lesson", args=[one.run.code, one.place.lesson.key])
            action = _("Read on") if one.place.read else pgettext_lazy("a lesson", "Read")
        found.append(ToDo(str(_("Your next lesson: %(run)s") if one.place else _("Your course: %(run)s")) % {"run": one.run.title}, why, action, address))  # fmt: skip
    return found


def _questionnaires(account: Account) -> list[ToDo]:
    """Whose opinion is asked finds the sheet here."""
    return [
        ToDo(
            str(_("A questionnaire waits: %(about)s")) % {"about": one.survey.about},
            str(_("A few minutes, without a name, until %(day)s.")) % {"day": short_date(one.survey.closes_on)},
            _("Answer"),
            reverse("surveys:own", args=[one.survey_id]),
        )
        for one in surveys.waiting_for(account)[:3]
    ]


def _samples(account: Account) -> list[ToDo]:
    """A work sample that she is asked for, and those that wait for her look."""
    hers = samples.on_her_desk(account)
    found = [
        ToDo(
            str(_("A sample of your work is asked for: %(run)s")) % {"run": row.ask.enrolment.run.title},
            str(_("Expected until %(day)s")) % {"day": short_date(row.ask.due_on)},
            _("Send"),
            reverse("training:sample", args=[row.ask.pk]),
        )
        for row in hers.to_send
    ]
    if hers.waiting:
        found.append(
            ToDo(
                str(_("Work samples wait for your look: %(n)s")) % {"n": hers.waiting},
                _("A graduate shows what she made at work. Accept it, or return it with words."),
                _("Look at them"),
                reverse("training:samples_waiting"),
            )
        )
    return found


def _transfers(account: Account) -> list[ToDo]:
    """Other libraries that ask for her people."""
    waiting = transfers.answerable(policy.scope(account, Permission.STAFF_EDIT)).count()
    return [
        ToDo(
            str(_("Requests of transfer wait for your answer: %(n)s")) % {"n": waiting},
            _("Another library asks to employ somebody of your staff. Without your word she is not appointed."),
            _("Answer"),
            reverse("network:transfers"),
        )
    ]


def _applications(account: Account) -> list[ToDo]:
    """Applications that stand at her."""
    found = []
    waiting = training.how_many_wait_for_her_look(account)
    if waiting:
        found.append(
            ToDo(
                str(_("Applications wait for your look: %(n)s")) % {"n": waiting},
                _("Whoever applied gets an answer with its reason."),
                _("Look at them"),
                f"{reverse('training:applications')}?state=submitted",
            )
        )
    return found


def _teaching(account: Account) -> list[ToDo]:
    """Runs that she is asked to teach."""
    return [
        ToDo(
            str(_("You are asked to teach: %(run)s")) % {"run": trainer.run.title},
            _("Say yes, perhaps or no."),
            _("Answer"),
            reverse("training:desk", args=[trainer.run.code]),
        )
        for trainer in training.asked_to_teach(account)
    ]


def _talks(account: Account) -> list[ToDo]:
    """Proposed talks that wait for her look."""
    return [
        ToDo(
            str(_("Proposed talks wait for your look: %(n)s")) % {"n": meetings.waiting_for_her_look(account).count()},
            _("Two look at a talk before it is decided; whoever proposed it gets an answer with its reason."),
            _("Look at them"),
            reverse("meetings:mine"),
        )
    ]


def _courses(account: Account) -> list[ToDo]:
    """Courses that wait to be read by her as the second person."""
    return [
        ToDo(
            str(_("A course waits for a second reader: %(course)s")) % {"course": course.draft.title or course.code},
            course.draft.note or _("Whoever wrote in it does not publish it. Read it, then publish it or send it back with words."),
            _("Read it"),
            reverse("courseware:review", args=[course.code]),
        )
        for course in courseware.waiting_for_second(account)[:3]
        if course.draft is not None
    ]  # fmt: skip


def _sent_back(account: Account) -> list[ToDo]:
    """Her courses that the second person sent back."""
    return [
        ToDo(
            str(_("A course was sent back to you: %(course)s")) % {"course": course.draft.title or course.code},
            course.draft.remark if len(course.draft.remark) <= 200 else f"{course.draft.remark[:200]}…",
            pgettext_lazy("a course", "Mend it"),
            course.get_absolute_url(),
        )
        for course in courseware.sent_back(account)[:3]
        if course.draft is not None
    ]


def _contexts(account: Account) -> tuple[QuerySet[Run, Any], QuerySet[Run, Any]]:
    """How attempts and works name the runs that she teaches or organises: by their courses, and by themselves."""
    runs, number = training.taught_by(account).order_by(), Cast("pk", CharField())
    return runs.values_list(Concat(Value("study.run:"), number)), runs.values_list(Concat(Value("training.run:"), "code"))  # fmt: skip


def _works(account: Account) -> list[ToDo]:
    """Works of learners whom she teaches wait for her mark; how many, their queue says."""
    return [ToDo(str(_("Works wait for your mark")), SEEN_AT_ONCE, pgettext_lazy("a work", "Mark"), reverse("assignments:marking"))]  # fmt: skip


def _given(account: Account) -> list[ToDo]:
    """The same of answers in tests and exercises."""
    return [ToDo(str(_("Answers wait for your mark")), SEEN_AT_ONCE, pgettext_lazy("a work", "Mark"), reverse("attempts:marking"))]  # fmt: skip


def _answers(account: Account) -> list[ToDo]:
    """Answers that her meetings wait for."""
    return [
        ToDo(
            str(_("Invitations without an answer: %(run)s")) % {"run": one.run.title},
            str(_("Libraries: %(libraries)s, speakers: %(speakers)s. Remind them, or note what was said by telephone."))
            % {"libraries": one.libraries, "speakers": one.speakers},
            _("Open the list"),
            reverse("meetings:institutions" if one.libraries else "meetings:speakers", args=[one.run.code]),
        )
        for one in meetings.unanswered(account)[:3]
    ]


def _invitations(account: Account) -> list[ToDo]:
    """Meetings to which her libraries are invited."""
    return [
        ToDo(
            str(_("Your library is invited: %(run)s")) % {"run": one.meeting.run.title},
            str(one.name),
            _("Answer"),
            reverse("meetings:invitation", args=[one.pk]),
        )
        for one in meetings.invitations_of(account).filter(state="invited")[:3]
    ]


# What is asked only where something waits (`_waits`), in the order in which it stands.
PARTS: dict[str, Callable[[Account], list[ToDo]]] = {
    "lessons": _lessons, "questionnaires": _questionnaires, "samples": _samples, "transfers": _transfers, "teaching": _teaching,
    "courses": _courses, "sent_back": _sent_back, "works": _works, "given": _given, "talks": _talks, "answers": _answers, "invitations": _invitations,
}  # fmt: skip


def _helpers(posts: list[Duty]) -> list[RoleAssignment]:
    """Who helps her: the methodologists of her district, region and country, nearest first."""
    if not posts:
        return []
    path = posts[0].unit.path
    ids = [int(part) for part in path.strip("/").split("/")]
    found = (
        RoleAssignment.objects.at()
        .filter(
            unit_id__in=ids,
            role__in=[Role.DISTRICT_METHODOLOGIST, Role.REGION_METHODOLOGIST, Role.NATIONAL_METHODOLOGIST],
        )
        .select_related("person", "unit")
    )
    return sorted(found, key=lambda assignment: (-len(assignment.unit.path), assignment.person.sort_kk))[:3]
