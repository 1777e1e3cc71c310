"""What restorers decided on the rules of treatment: the rules themselves are code, their standing is reviewed here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RuleReview(models.Model):
    """One decision on one rule. Never changed: the next decision supersedes it; without any the first set holds."""

    class Status(models.TextChoices):
        APPROVED = "approved", _("approved: it judges")
        DRAFT = "draft", _("draft: it only advises")

    rule = models.CharField(max_length=10)
    status = models.CharField(max_length=10, choices=Status.choices)
    why = models.TextField()
    version = models.CharField(max_length=20, help_text="Of the set of rules that was read.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule"], condition=Q(superseded_at=None), name="rule_one_live_review"),
            models.CheckConstraint(condition=Q(status__in=["approved", "draft"]), name="rule_review_status_known"),
            models.CheckConstraint(condition=~Q(why=""), name="rule_review_has_a_reason"),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")), name="rule_review_after_its_start"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_status_display()}"
