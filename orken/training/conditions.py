"""Why somebody can or cannot apply: the same conditions decide and explain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.dates import long_date
from orken.network.models import Appointment, Unit
from orken.people.models import Person
from orken.training.models import Applicant, Enrolment, Run

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
            else _("The run is %(state)s.") % {"state": run.get_state_display()},
            "" if announced else _("Look for another date in the calendar."),
        ),
        Reason(
            today <= run.apply_until,
            _("Applications are taken until %(day)s.") % {"day": long_date(run.apply_until)},
            _("Ask the organiser, or look for another date in the calendar."),
        ),
    ]


def of_person(run: Run, person: Person, unit: Unit | None, today: date) -> list[Reason]:
    """Conditions of one person who would come from `unit`."""
    live = Applicant.objects.filter(run=run, person=person, state__in=Applicant.LIVE).first()
    post = unit and Appointment.objects.at(today).filter(person=person, unit=unit).exists()
    found = [
        Reason(
            bool(post),
            _("She has a post in %(unit)s.") % {"unit": unit} if post else _("She has no post in a library today."),
            "" if post else _("The head of her library enters her appointment first."),
        ),
        Reason(
            live is None,
            _("She has not applied yet.")
            if live is None
            else _("She has applied already: %(state)s.") % {"state": live.get_state_display()},
            "" if live is None else _("Withdraw that application first, or wait for the answer."),
        ),
    ]
    clash = (
        Enrolment.objects.filter(
            person=person, state__in=Enrolment.LIVE, run__starts_on__lte=run.ends_on, run__ends_on__gte=run.starts_on
        )
        .exclude(run=run)
        .select_related("run")
        .first()
    )
    if clash is not None:
        found.append(
            Reason(
                False,
                _("On these days she is enrolled in «%(run)s».") % {"run": clash.run},
                _("She may still apply; tell her head which of the two she goes to."),
                only_warns=True,
            )
        )
    return found


def closing(reasons: list[Reason]) -> list[Text]:
    """The texts of those that close the way; empty when she can apply."""
    return [reason.text for reason in reasons if not reason.holds and not reason.only_warns]


TWICE = _("A person stands twice in this application.")
