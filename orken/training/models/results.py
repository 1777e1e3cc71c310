"""What is counted of an enrolment, by which rule it is judged, and the result sheet of a commission."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Kind, ProgrammeVersion
from orken.kit.i18n.content import Translated
from orken.people.models import Account, Person
from orken.training.models.application import Enrolment
from orken.training.models.run import Run


class Component(models.TextChoices):
    """What a result is made of."""

    ATTENDANCE = "attendance", pgettext_lazy("component of a result", "attendance, minutes")
    PRE_TEST = "pre_test", pgettext_lazy("component of a result", "test before")
    POST_TEST = "post_test", pgettext_lazy("component of a result", "test after")
    PRACTICAL = "practical", pgettext_lazy("component of a result", "practical work")
    FINAL = "final", pgettext_lazy("component of a result", "final work")
    QUESTIONNAIRE = "questionnaire", pgettext_lazy("component of a result", "questionnaire answered")


class Outcome(models.TextChoices):
    PASSED = "passed", pgettext_lazy("result", "passed")
    FAILED = "failed", pgettext_lazy("result", "not passed")
    ABSENT = "absent", pgettext_lazy("result", "did not appear")


class Fact(models.Model):
    """So much of so much, of one component of one enrolment. Never changed: a later one supersedes it."""

    class Source(models.TextChoices):
        OWNER = "owner", pgettext_lazy("source of a mark", "counted by the system")
        PAGE = "page", pgettext_lazy("source of a mark", "by hand")
        FILE = "file", pgettext_lazy("source of a mark", "from a table")
        DEVICE = "device", pgettext_lazy("source of a mark", "device, also without a connection")

    Component = Component

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="facts")
    component = models.CharField(max_length=14, choices=Component.choices)
    value = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    on = models.DateField(help_text="The day of the test, or the day on which it was counted.")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=F("of")), name="fact_within_its_whole"),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="fact_superseded_after_recorded",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "component"], condition=Q(superseded_at=None), name="fact_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.component}: {self.value}/{self.of}"


class MarkBeside(models.Model):
    """A mark of a device that had not seen the one that stands: kept beside it until somebody decides which of them stands."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="marks_beside")
    component = models.CharField(max_length=14, choices=Component.choices)
    value = models.PositiveIntegerField()
    of = models.PositiveIntegerField(default=100)
    uid = models.UUIDField(unique=True, help_text="Of the line that brought it.")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(help_text="When she wrote it, by a clock put right.")
    recorded_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(default=False, help_text="It was decided that this one stands.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__lte=F("of")), name="mark_beside_within_its_whole"),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(decided_at__isnull=False), name="mark_beside_taken_when_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.component}: {self.value}/{self.of}"


class CompletionRule(models.Model):
    """When a run of a programme version, or of a kind, counts as completed; or this run alone, whose own rule goes before.

    A new row supersedes; None asks for nothing.
    """

    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.PROTECT, related_name="completion_rules")
    version = models.ForeignKey(ProgrammeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, blank=True)
    attendance = models.PositiveSmallIntegerField(_("attendance, at least, in percent"), default=80)
    practical = models.PositiveSmallIntegerField(_("practical work, at least, in percent"), null=True, blank=True)
    final = models.PositiveSmallIntegerField(_("final work, at least, in percent"), null=True, blank=True)
    questionnaire = models.BooleanField(_("the questionnaire is answered"), default=True)
    others: Any = models.JSONField(
        default=dict,
        blank=True,
        help_text="Percent by component of what has no column: the test after, what later apps bring.",
    )
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(run=None, version__isnull=False, kind="")
                | (Q(run=None, version=None) & ~Q(kind=""))
                | Q(run__isnull=False, version=None, kind=""),
                name="completion_rule_of_a_version_a_kind_or_a_run",
            ),
            models.CheckConstraint(
                condition=Q(attendance__lte=100)
                & (Q(practical=None) | Q(practical__lte=100))
                & (Q(final=None) | Q(final__lte=100)),
                name="completion_rule_in_percent",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(superseded_at=None, version__isnull=False),
                name="completion_rule_once_for_a_version",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(superseded_at=None) & ~Q(kind=""), name="completion_rule_once_for_a_kind"
            ),
            models.UniqueConstraint(
                fields=["run"],
                condition=Q(superseded_at=None, run__isnull=False),
                name="completion_rule_once_for_a_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id or self.version_id or self.kind}: {self.attendance} %"


class ResultSheet(models.Model):
    """A sheet (қорытынды ведомость) that a commission confirmed. Nothing in it is changed: a correction is a further sheet."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="result_sheets")
    number = models.PositiveIntegerField()
    on = models.DateField(_("date of the commission"))
    reason = models.CharField(_("reason"), max_length=500, blank=True, help_text="Why it corrects an earlier sheet.")
    rule: Any = models.JSONField(help_text="The rule of completion as it was.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="result_sheet_number_once_in_a_run"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")), name="result_sheet_corrects_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run.code}/{self.number}"


class CommissionMember(models.Model):
    """Who sat in the commission, with her name and her post as they were on that day."""

    sheet = models.ForeignKey(ResultSheet, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commissions")
    chair = models.BooleanField(default=False)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    post_kk = models.CharField(max_length=500, blank=True)
    post_ru = models.CharField(max_length=500, blank=True)
    post_en = models.CharField(max_length=500, blank=True)

    name, post = Translated("name"), Translated("post")

    class Meta:
        ordering = ["-chair", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="commission_member_once"),
            models.UniqueConstraint(fields=["sheet"], condition=Q(chair=True), name="commission_has_one_chair"),
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """One line of a sheet, frozen: the outcome, what it was made of, and name, unit and post as they were.

    One line stands for an enrolment; the line of a later sheet supersedes it.
    """

    Outcome = Outcome

    sheet = models.ForeignKey(ResultSheet, on_delete=models.PROTECT, related_name="results")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    lines: Any = models.JSONField(help_text="Line by line what was asked for and what there was.")
    facts: Any = models.JSONField(help_text="Every component as it was: value and whole.")
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    unit_kk = models.CharField(max_length=300)
    unit_ru = models.CharField(max_length=300, blank=True)
    unit_en = models.CharField(max_length=300, blank=True)
    post_kk = models.CharField(max_length=200, blank=True)
    post_ru = models.CharField(max_length=200, blank=True)
    post_en = models.CharField(max_length=200, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    name, unit, post = Translated("name"), Translated("unit"), Translated("post")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "enrolment"], name="result_once_in_a_sheet"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at=None), name="result_stands_once_for_an_enrolment"
            ),
        ]
        indexes = [
            models.Index(fields=["superseded_at"], condition=Q(superseded_at__isnull=False), name="result_struck_out")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"
