"""What must hold of questionnaires and surveys, proved by `orken audit invariants`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.surveys.content import fingerprint
from orken.surveys.models import Invitation, Sheet, Survey, Version


def register() -> None:
    invariants.register(
        "surveys.versions: a published questionnaire says what it said when it was published", unchanged
    )
    invariants.register("surveys.sheets: a sheet for every use of an invitation, and none beside", counted)


def unchanged() -> Iterator[Broken]:
    for version in Version.objects.exclude(published_at=None).select_related("questionnaire"):
        if fingerprint(version) != version.fingerprint:
            yield Broken(f"{version.questionnaire.code} {version.number}", "was changed after it was published")


def counted() -> Iterator[Broken]:
    sheets = Sheet.objects.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Count("pk")).values("n")
    used = (
        Invitation.objects.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Sum("used")).values("n")
    )
    rows = Survey.objects.annotate(
        came=Coalesce(Subquery(sheets), 0, output_field=IntegerField()),
        went=Coalesce(Subquery(used), 0, output_field=IntegerField()),
    )
    for survey in rows:
        if survey.came != survey.went:
            yield Broken(f"survey {survey.pk}", f"{survey.went} uses of invitations, {survey.came} sheets")
