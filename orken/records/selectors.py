"""Reading papers: the register, one paper with what changes it, its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet
from django.db.models.functions import Length
from django.utils.functional import Promise

from orken.kit.audit import words
from orken.kit.audit.models import AuditEvent
from orken.kit.states import Open
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.records import kinds, policy, states
from orken.records.kinds import PaperKind, Remark
from orken.records.models import Change, Delivery, Number, Paper, Series, Signature, TemplateVersion


def papers(account: Account) -> QuerySet[Paper]:
    """The papers that she may see."""
    return Paper.objects.filter(policy.seen(account)).select_related("issuer", "unit", "number__series")


@dataclass(frozen=True)
class Told:
    """A line of a paper's story."""

    at: datetime
    what: str | Promise
    who: str
    reason: str


@dataclass(frozen=True)
class PaperView:
    """One paper as its page shows it to this reader."""

    paper: Paper
    kind: PaperKind
    registers: bool
    prepares: bool
    ways: list[Open]
    changes: list[Change]
    changed_by: list[Change]
    signature: Signature | None
    deliveries: list[Delivery]
    remark: Remark | None
    story: list[Told]
    people: int
    edit: str


def view_of(paper: Paper, account: Account) -> PaperView:
    kind = kinds.of(paper.kind)
    events = list(AuditEvent.objects.filter(target_kind="records.paper", target_id=str(paper.pk))[:50])
    words.read(events)
    story = [Told(one.at, words.verb_of(one), words.who_of(one), one.after.get("reason", "")) for one in events]
    changed_by = paper.changed_by.select_related("by_paper").exclude(by_paper__state=Paper.State.SPOILED)
    return PaperView(
        paper=paper, kind=kind, registers=policy.may_register(account, paper),
        prepares=policy.may_prepare(account, paper.kind, paper.unit), ways=list(states.PAPER.from_here(paper)),
        changes=list(paper.changes.select_related("paper").order_by("paper__on")), changed_by=list(changed_by),
        signature=Signature.objects.filter(paper=paper).select_related("file").first(),
        deliveries=list(paper.deliveries.select_related("by__person")), remark=kind.remark(paper) if kind.remark else None,
        story=story, people=paper.named.count(),
        edit=kind.edit(paper) if kind.edit is not None and paper.state == Paper.State.DRAFT else "",
    )  # fmt: skip


def issuers(account: Account) -> QuerySet[Unit]:
    """Units whose papers' words she writes: those that have issued something, and her own institutions."""
    scope = policy.registering(account)
    if not scope:
        return Unit.objects.none()
    issuing = Series.objects.values("issuer")
    kinds_of_unit = [Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL]
    rows = Unit.objects.filter(scope.q(), exists=True)
    return (rows.filter(pk__in=issuing) | rows.filter(kind__in=kinds_of_unit)).distinct().order_by("sort_kk", "pk")


def registers(account: Account) -> QuerySet[Series]:
    """Series of papers that she keeps, the newest year first."""
    rows = Series.objects.filter(policy.registering(account).q("issuer__path"), code__in=list(kinds.lines()))
    return rows.select_related("issuer").order_by("-year", "issuer__sort_kk", "code")


def numbers_of(series: Series) -> QuerySet[Number]:
    """The register of a series as it is printed: every number with its paper, spoiled ones too."""
    rows = Number.objects.filter(series=series)
    return rows.select_related("paper__signature").prefetch_related("paper__deliveries").order_by("sequence")


def seen_or_none(account: Account, pk: UUID) -> Paper | None:
    return papers(account).select_related("issuer__parent", "signature").filter(pk=pk).first()


def versions_by_kind(issuer: Unit) -> dict[str, int]:
    """The newest version of each template of the issuer."""
    rows = TemplateVersion.objects.filter(template__issuer=issuer).values_list("template__kind")
    return dict(rows.annotate(newest=Max("number")).order_by())


def versions(issuer: Unit, kind: str) -> QuerySet[TemplateVersion]:
    rows = TemplateVersion.objects.filter(template__issuer=issuer, template__kind=kind)
    return rows.select_related("by__person").order_by("-number")


@dataclass(frozen=True)
class Longest:
    """The longest that the register knows: what a preview has to hold."""

    person: Person | None
    subject: Paper | None


def longest() -> Longest:
    name = Length("surname_kk") + Length("given_kk") + Length("patronymic_kk")
    person = Person.objects.filter(erased_at=None, blocked_at=None).order_by(-name, "pk").first()
    return Longest(person, Paper.objects.order_by(-Length("subject_kk"), "pk").first())
