"""A run: a programme held at a time for people, whatever its kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Form, Kind, ProgrammeVersion
from orken.kit.i18n.content import Translated
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Person


class Run(models.Model):
    """One holding of a programme. Pins the programme version that it was opened with.

    A meeting or a conference may have no programme; it has a title of its own.
    """

    Kind, Form = Kind, Form

    class State(models.TextChoices):
        TENTATIVE = "tentative", pgettext_lazy("state of a run", "tentative")
        CONFIRMED = "confirmed", pgettext_lazy("state of a run", "confirmed")
        RUNNING = "running", pgettext_lazy("state of a run", "running")
        ASSESSMENT = "assessment", pgettext_lazy("state of a run", "assessment")
        CLOSED = "closed", pgettext_lazy("state of a run", "closed")
        ARCHIVED = "archived", pgettext_lazy("state of a run", "archived")
        CANCELLED = "cancelled", pgettext_lazy("state of a run", "cancelled")

    class Deciding(models.TextChoices):
        """Who gives the seats."""

        REVIEWED = "reviewed", _("each application is looked at")
        AT_ONCE = "at_once", _("the first who apply get the seats")

    LIVE = (State.TENTATIVE, State.CONFIRMED, State.RUNNING, State.ASSESSMENT)
    SEATING = (State.TENTATIVE, State.CONFIRMED, State.RUNNING)  # while seats are given and lists move

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    version = models.ForeignKey(ProgrammeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="runs")
    title_kk = models.CharField(_("title"), max_length=300)
    title_ru = models.CharField(_("title"), max_length=300, blank=True)
    title_en = models.CharField(_("title"), max_length=300, blank=True)
    form = models.CharField(_("form of learning"), max_length=20, choices=Form.choices)
    in_kk = models.BooleanField(_("held in Kazakh"), default=True)
    in_ru = models.BooleanField(_("held in Russian"), default=False)
    in_en = models.BooleanField(_("held in English"), default=False)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="runs")
    co_hosts = models.ManyToManyField(Unit, blank=True, related_name="co_hosted_runs")
    place = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(_("link"), blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    apply_until = models.DateField(_("applications until"))
    confirm_by = models.DateField(_("to be confirmed by"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("seats"))
    minimum = models.PositiveIntegerField(_("at least"), default=1)
    deciding = models.CharField(max_length=10, choices=Deciding.choices, default=Deciding.REVIEWED)
    moves_by_itself = models.BooleanField(_("the waiting list moves by itself"), default=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TENTATIVE)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    sort_kk = models.CharField(max_length=600, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=600, editable=False, db_index=True)
    revision = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    title = Translated("title")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="run_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(apply_until__lte=F("ends_on")), name="run_applied_for_before_it_ends"),
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=5000), name="run_capacity_in_range"),
            models.CheckConstraint(
                condition=Q(in_kk=True) | Q(in_ru=True) | Q(in_en=True), name="run_held_in_a_language"
            ),
            models.CheckConstraint(condition=Q(minimum__lte=F("capacity")), name="run_minimum_within_capacity"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="run_cancelled_with_a_reason"),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="run_by_state_and_day")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_kk = sort_key(self.title_kk or self.title_ru)
        self.sort_ru = sort_key(self.title_ru or self.title_kk)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("training:run", args=[self.code])

    @property
    def languages(self) -> list[str]:
        """Codes of the languages it is held in."""
        return [code for code in ("kk", "ru", "en") if getattr(self, f"in_{code}")]

    @languages.setter
    def languages(self, codes: list[str]) -> None:
        self.in_kk, self.in_ru, self.in_en = ("kk" in codes, "ru" in codes, "en" in codes)

    @cached_property
    def together(self) -> list[Unit]:
        """The co-hosts, asked once for a row."""
        return list(self.co_hosts.order_by("sort_kk"))

    counted: dict[str, int] | None = None  # by state of applicants, and «sessions», where a page has counted them

    @property
    def is_gathering(self) -> bool:
        """People take part in it rather than learn."""
        return self.kind in (Kind.MEETING, Kind.CONFERENCE, Kind.WEBINAR)

    @property
    def is_live(self) -> bool:
        """It can still be changed: it is neither closed nor called off."""
        return self.state in self.LIVE

    @property
    def is_seating(self) -> bool:
        return self.state in self.SEATING

    def takes_applications(self, today: date) -> bool:
        return self.state in (self.State.TENTATIVE, self.State.CONFIRMED) and today <= self.apply_until


class Stop(models.Model):
    """A host on the route of a travelling run, in the order of the journey."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="stops")
    place = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["run", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="stop_place_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stop_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.unit}"


class Trainer(models.Model):
    """Who teaches a run: asked first, then she accepts, hesitates or declines."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("state of a trainer", "invited")
        PROVISIONAL = "provisional", pgettext_lazy("state of a trainer", "provisional")
        ACCEPTED = "accepted", pgettext_lazy("state of a trainer", "accepted")
        DECLINED = "declined", pgettext_lazy("state of a trainer", "declined")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taught_runs")
    state = models.CharField(max_length=12, choices=State.choices, default=State.INVITED)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="trainer_once_in_a_run")]

    def __str__(self) -> str:
        return str(self.person)


class CostLine(models.Model):
    """A line of a run's costs, in tenge: what was estimated, and what it came to."""

    class Kind(models.TextChoices):
        TRAVEL = "travel", _("travel")
        PER_DIEM = "per_diem", _("per diem")
        MATERIALS = "materials", _("materials")
        TRAINERS = "trainers", _("pay of trainers")
        ROOM = "room", _("room and equipment")
        OTHER = "other", pgettext_lazy("kind of costs", "other")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    estimate = models.PositiveIntegerField(_("estimate"), default=0)
    actual = models.PositiveIntegerField(_("actual"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.estimate}"
