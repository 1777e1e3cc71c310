"""Why somebody can or cannot apply: the same conditions decide and explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.dates import long_date
from orken.network.models import Appointment, Unit
from orken.people.models import Person
from orken.training.models import Applicant, Run

Text = str | Promise


@dataclass(frozen=True)
class Reason:
    """A condition with its outcome: `holds` decides, `text` says it to the reader, `way_out` what she can do."""

    holds: bool
    text: Text
    way_out: Text = ""
    only_warns: bool = False


def of_run(run: Run, today: date) -> list[Reason]:
    """Conditions that are the same for everybody."""
    announced = run.state in (Run.State.TENTATIVE, Run.State.CONFIRMED)
    return [
        Reason(
            announced,
            _("Applications are taken.")
            if announced
            else _("The state of the run: %(state)s.") % {"state": run.get_state_display()},
            "" if announced else _("Look for another date in the calendar."),
        ),
        Reason(
            today <= run.apply_until,
            _("Applications are taken until %(day)s.") % {"day": long_date(run.apply_until)},
            _("Ask the organiser, or look for another date in the calendar."),
        ),
    ]


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a run: the id of her post of today in the unit that she would come from, and her live application."""

    post: int | None
    live: Applicant | None


def standings(run: Run, people: Sequence[tuple[Person, Unit]], today: date) -> dict[int, Standing]:
    """By person id; two queries however many they are."""
    units = {person.pk: unit.pk for person, unit in people}
    rows = (
        Appointment.objects.at(today)
        .filter(person__in=units, unit__in=set(units.values()))
        .order_by("employment", "-valid_from")  # the main post is last and stays
        .values_list("person_id", "unit_id", "post_id")
    )
    posts = {person: post for person, unit, post in rows if units[person] == unit}
    applied = Applicant.objects.filter(run=run, person__in=units, state__in=Applicant.LIVE).only("person_id", "state")
    live = {one.person_id: one for one in applied}
    return {pk: Standing(posts.get(pk), live.get(pk)) for pk in units}


def of_person(unit: Unit | None, standing: Standing) -> list[Reason]:
    """Conditions of one person who would come from `unit`."""
    post, live = standing.post, standing.live
    return [
        Reason(
            post is not None,
            _("She has no post in a library today.")
            if post is None
            else _("She has a post in %(unit)s.") % {"unit": unit},
            "" if post is not None else _("The head of her library enters her appointment first."),
        ),
        Reason(
            live is None,
            _("She has not applied yet.")
            if live is None
            else _("She has applied already: %(state)s.") % {"state": live.get_state_display()},
            "" if live is None else _("Withdraw that application first, or wait for the answer."),
        ),
    ]


def warnings(meanwhile: Run | None) -> list[Reason]:
    """What closes nothing but should be known before she applies: `meanwhile` is another run that she is enrolled in."""
    if meanwhile is None:
        return []
    return [
        Reason(
            False,
            _("On these days she is enrolled in “%(run)s”.") % {"run": meanwhile},
            _("She may still apply; tell her head which of the two she goes to."),
            only_warns=True,
        )
    ]


def closing(reasons: list[Reason]) -> list[Text]:
    """The texts of those that close the way; empty when she can apply."""
    return [reason.text for reason in reasons if not reason.holds and not reason.only_warns]


NO_POST = Standing(None, None)
TWICE = _("A person stands twice in this application.")
