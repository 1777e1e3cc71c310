"""Past records: what registers of earlier years and certificates on paper say of a person (decisions 0067, 0068)."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Domain
from orken.credentials.models.outside import Told
from orken.kit.text.plain import one_alphabet
from orken.network.models import Unit
from orken.people.models import Account, Person


def key_of(text: str) -> str:
    """A number or a title as it is compared: letters and figures only, small, ё as е: «№ 12-А» is «12 а»."""
    return "".join(re.findall(r"[^\W_]+", one_alphabet(text).casefold().replace("ё", "е")))[:300]


class PastList(models.Model):
    """A register of earlier years that a registrar sent as a file: looked through first, applied in parts, undone as one batch.

    The file itself is not kept, for such registers hold numbers of persons: its name and seal, and the
    cells of its rows, in which numbers are sealed.
    """

    class State(models.TextChoices):
        JUDGED = "judged", pgettext_lazy("state of a register of earlier years", "looked through, nothing written")
        APPLYING = "applying", pgettext_lazy("state of a register of earlier years", "being applied")
        APPLIED = "applied", pgettext_lazy("state of a register of earlier years", "applied")
        UNDONE = "undone", pgettext_lazy("state of a register of earlier years", "taken back")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="Whose register it is.")
    within = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text="People are looked for under this unit: the sender's scope."
    )  # fmt: skip
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.JUDGED)
    layout: Any = models.JSONField(default=list, help_text="For each sheet: its headings and the field of each column.")
    defaults: Any = models.JSONField(
        default=dict, help_text="What a row that does not say it gets: title, days, hours."
    )
    passed_over: Any = models.JSONField(default=list, help_text="Titles, totals and empty lines, with the reason.")
    counts: Any = models.JSONField(default=dict)
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    work_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("credentials:past_list", args=[self.pk])


class PastRecord(Told):
    """A training of earlier years, «from paper»: out of a register, or claimed by her and vouched for.

    It takes no number of ours; the numbers of the journal and of the document stand as they were written.
    """

    class Origin(models.TextChoices):
        REGISTER = "register", pgettext_lazy("origin of a past record", "paper register")
        CLAIM = "claim", pgettext_lazy("origin of a past record", "her own certificate")

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("state of a past record", "waiting")
        CONFIRMED = "confirmed", pgettext_lazy("state of a past record", "confirmed")
        REFUSED = "refused", pgettext_lazy("state of a past record", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a past record", "withdrawn")
        STRUCK = "struck", pgettext_lazy("state of a past record", "struck out")
        UNDONE = "undone", pgettext_lazy("state of a past record", "taken back with its register")

    COUNTED = (State.SENT, State.CONFIRMED)
    CONFIRMED = State.CONFIRMED

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="past_records")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    kind = models.CharField(_("kind"), max_length=100, blank=True, help_text="As the register says: course, seminar.")
    journal = models.CharField(_("number in the journal"), max_length=100, blank=True)
    paper_key = models.CharField(max_length=100, blank=True, db_index=True)
    title_key = models.CharField(max_length=300)
    keeper = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Whose register holds it."
    )
    source = models.ForeignKey(PastList, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    source_sheet = models.CharField(max_length=100, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-ends_on", "-pk"]
        indexes = [models.Index(fields=["person", "state"], name="past_record_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="past_record_days_in_order"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=1000), name="past_record_hours_in_range"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "struck"]) | ~Q(reason=""), name="past_record_ended_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "withdrawn"]) | Q(decided_at__isnull=False),
                name="past_record_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(origin="register", keeper__isnull=False, source__isnull=False, source_row__isnull=False)
                & ~Q(state__in=["sent", "refused", "withdrawn"])
                | Q(origin="claim", state__in=["refused", "withdrawn", "struck"])
                | Q(origin="claim", evidence__isnull=False),
                name="past_record_stands_on_a_register_or_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(source=None, source_row=None) | Q(source__isnull=False, source_row__isnull=False),
                name="past_record_names_the_row_of_its_register",
            ),
            models.UniqueConstraint(
                fields=["person", "title_key", "ends_on"], condition=Q(state__in=["sent", "confirmed"]), name="past_record_once",
            ),
            models.UniqueConstraint(
                fields=["person", "paper_key", "ends_on"], condition=Q(state__in=["sent", "confirmed"]) & ~Q(paper_key=""),
                name="past_record_once_by_its_number",
            ),
        ]  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("credentials:past_record", args=[self.pk])


class PastRow(models.Model):
    """One row of such a register: what stands in the file, whom it means, what became of it."""

    class State(models.TextChoices):
        FOUND = "found", pgettext_lazy("row of a register of earlier years", "found")
        DOUBTFUL = "doubtful", pgettext_lazy("row of a register of earlier years", "doubtful")
        UNKNOWN = "unknown", pgettext_lazy("row of a register of earlier years", "not found")
        SAME = "same", pgettext_lazy("row of a register of earlier years", "stands already")
        REFUSED = "refused", pgettext_lazy("row of a register of earlier years", "refused")

    OPEN = (State.DOUBTFUL, State.UNKNOWN, State.REFUSED)

    table = models.ForeignKey(PastList, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(help_text="The row in the file, from 1.")
    cells: Any = models.JSONField(default=list, help_text="As they stand; numbers of persons are sealed.")
    section = models.CharField(max_length=500, blank=True, help_text="The training named in a line above.")
    corrections: Any = models.JSONField(default=dict, help_text="What a person wrote over a cell, by field.")
    values: Any = models.JSONField(default=dict, help_text="What was read out of the cells, by field.")
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    notes: Any = models.JSONField(default=list, help_text="[code, field, parameters]: reasons and warnings.")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    candidates: Any = models.JSONField(default=list, help_text="Ids of the people whom it may mean.")
    decision = models.CharField(max_length=30, blank=True, help_text="same:ID or skip, said by a person.")
    record = models.OneToOneField(PastRecord, null=True, on_delete=models.PROTECT, related_name="row")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "sheet", "number"], name="past_row_once"),
            models.CheckConstraint(
                condition=Q(applied_at=None, record=None) | Q(applied_at__isnull=False, record__isnull=False),
                name="past_row_applied_with_its_record",
            ),
        ]
        indexes = [models.Index(fields=["table", "state"], name="past_row_by_state")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class PastHeading(models.Model):
    """A person said what a heading of this library's registers means; the next one is read so at once."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "heading"], name="past_heading_once")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"
