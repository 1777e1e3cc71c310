"""Applications and what becomes of them: applicants and enrolments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.network.models import Post, Unit
from orken.people.models import Account, Person
from orken.training.models.run import Run
from orken.training.models.seats import SeatPool

# What the office itself gives as a reason is kept as it stands here and read in the reader's language.
TWIN = "The same person applied twice."
UNSEATED = "No seat became free before the run was over."
OWN_REASONS = {TWIN: _("The same person applied twice."), UNSEATED: _("No seat became free before the run was over.")}


class Application(models.Model):
    """An application (өтінім, заявка) of a unit, or of a person for herself, to one run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="applications")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="applications")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)
    press = models.UUIDField(
        null=True, unique=True, help_text="The form that sent it: sent twice it is one application."
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["run", "created_at"], name="application_of_run")]

    def __str__(self) -> str:
        return f"{self.run_id} ← {self.unit_id}"


class Applicant(models.Model):
    """One line of an application: a person, or a seat that is still without a name.

    It keeps the unit and post that she applied from: someone who moves to another region before the
    decision is decided upon where she applied, and the page says so.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("state of an applicant", "under review")
        ACCEPTED = "accepted", pgettext_lazy("state of an applicant", "accepted")
        WAITING = "waiting", pgettext_lazy("state of an applicant", "on the waiting list")
        DECLINED = "declined", pgettext_lazy("state of an applicant", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an applicant", "withdrawn")
        REPLACED = "replaced", pgettext_lazy("state of an applicant", "replaced")

    class Level(models.TextChoices):
        """Who looks at it now."""

        LIBRARY = "library", _("her library")
        REGION = "region", _("the region")
        ORGANISER = "organiser", _("the organiser")

    LIVE = (State.SUBMITTED, State.ACCEPTED, State.WAITING)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="applicants")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="applicants")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="applied")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.PositiveSmallIntegerField(_("priority"), default=1)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.LIBRARY)
    pool = models.ForeignKey(SeatPool, null=True, blank=True, on_delete=models.PROTECT, related_name="holders")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    waiting_since = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"],
                condition=Q(state__in=["submitted", "accepted", "waiting"], person__isnull=False),
                name="applicant_live_once_in_a_run",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", pool__isnull=False) | (~Q(state="accepted") & Q(pool=None)),
                name="applicant_accepted_has_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_since__isnull=False) | ~Q(state="waiting"),
                name="applicant_waiting_since",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""), name="applicant_ends_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["run", "state", "waiting_since"], name="applicant_of_run")]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else str(_("a seat without a name yet"))

    @property
    def why(self) -> str:
        """The reason as the reader reads it."""
        return str(OWN_REASONS.get(self.reason, self.reason))

    @property
    def unnamed(self) -> bool:
        return self.person_id is None


class Enrolment(models.Model):
    """A person has a seat in a run, with her unit and post as they were that day."""

    class State(models.TextChoices):
        ENROLLED = "enrolled", pgettext_lazy("state of an enrolment", "enrolled")
        ATTENDING = "attending", pgettext_lazy("state of an enrolment", "attending")
        COMPLETED = "completed", pgettext_lazy("state of an enrolment", "completed")
        FAILED = "failed", pgettext_lazy("state of an enrolment", "not completed")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an enrolment", "withdrew")
        EXCUSED = "excused", pgettext_lazy("state of an enrolment", "excused herself")
        NO_SHOW = "no_show", pgettext_lazy("state of an enrolment", "did not come")

    LIVE = (State.ENROLLED, State.ATTENDING, State.COMPLETED)

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    applicant = models.OneToOneField(Applicant, on_delete=models.PROTECT, related_name="enrolment")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ENROLLED)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    enrolled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"],
                condition=Q(state__in=["enrolled", "attending", "completed"]),
                name="enrolment_live_once_in_a_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.run}"
