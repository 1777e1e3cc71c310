"""What experts do with a photograph: they are asked, mark it apart from each other, hand in; their agreement is published.

A learner is compared with at least three people (conservation.md §5); whether they agree well enough for an
examination is said by regions_grader.consensus (`admitted`).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from orken.conservation import regions_grader
from orken.conservation.annotations import Read, parse_document, to_document, to_w3c
from orken.conservation.models import ExpertMarking, Specimen
from orken.conservation.policy import pictures as policy
from orken.conservation.regions_grader import Consensus
from orken.conservation.regions_grader.consensus import LEAST_EXPERTS
from orken.conservation.selectors import pictures as selectors
from orken.conservation.services.specimens import WrongState, move, state_reference
from orken.conservation.vocabulary import VERSION
from orken.kit.audit import services as audit
from orken.network.policy import OutOfScope
from orken.people.models import Account

LEAST = LEAST_EXPERTS
MOST = 9


class NotAnExpert(Exception):
    """The account holds no role from which experts are asked, or was asked already."""


class HandedIn(Exception):
    """A marking that was handed in does not change."""


class TooFew(Exception):
    """Fewer experts have handed in than an agreement needs."""


def _locked(specimen: Specimen, by: Account) -> Specimen:
    fresh = Specimen.objects.select_for_update(of=("self",)).select_related("unit").get(pk=specimen.pk)
    policy.require_kept(by, fresh)
    return fresh


@transaction.atomic
def ask(*, specimen: Specimen, expert: Account, by: Account) -> ExpertMarking:
    """Ask an expert: from now on she sees this specimen. Raises NotAnExpert, WrongState."""
    fresh = _locked(specimen, by)
    if fresh.state not in (Specimen.State.MARKING, Specimen.State.AGREED):
        raise WrongState(fresh.state)
    if not selectors.experts(fresh).filter(pk=expert.pk).exists() or fresh.markings.count() >= MOST:
        raise NotAnExpert(str(expert.pk))
    marking = ExpertMarking.objects.create(specimen=fresh, expert=expert, vocabulary=VERSION)
    audit.record("specimen.expert_asked", fresh, by=by, scope_path=fresh.unit.path, after={"expert": expert.pk})
    return marking


@transaction.atomic
def save(*, marking: ExpertMarking, document: Any, by: Account, hand_in: bool = False) -> tuple[ExpertMarking, Read]:
    """Keep what the expert drew, reread and repaired; `hand_in` closes it. Raises HandedIn, AnnotationRefused.

    Creator and time are ours: what the browser says about them is not read.
    """
    fresh = ExpertMarking.objects.select_for_update(of=("self",)).select_related("specimen__unit").get(pk=marking.pk)
    if fresh.expert_id != by.pk:
        raise OutOfScope(f"marking {fresh.pk}")
    if fresh.state == ExpertMarking.State.HANDED_IN:
        raise HandedIn(str(fresh.pk))
    specimen = fresh.specimen
    read = parse_document(document, selectors.canvas(specimen))
    now = timezone.now()
    fresh.document = {
        **to_document(read, specimen.source),
        "annotations": [
            to_w3c(region, specimen.source, creator=f"urn:account:{by.pk}", created=now.isoformat(timespec="seconds"))
            for region in read.regions
        ],
    }
    fresh.vocabulary, fresh.updated_at = VERSION, now
    if hand_in:
        fresh.state, fresh.handed_in_at = ExpertMarking.State.HANDED_IN, now
    fresh.save()
    if hand_in:
        audit.record(
            "specimen.marking_handed_in", specimen, by=by, scope_path=specimen.unit.path,
            after={"regions": len(read.regions)},
        )  # fmt: skip
    return fresh, read


def judged(specimen: Specimen) -> Consensus | None:
    """How the handed-in markings agree; None below three of them."""
    canvas = selectors.canvas(specimen)
    drawn = [
        parse_document(one.document, canvas).regions
        for one in specimen.markings.filter(state=ExpertMarking.State.HANDED_IN).order_by("handed_in_at")
    ]
    return regions_grader.consensus(canvas, drawn) if len(drawn) >= LEAST else None


def agree(*, specimen: Specimen, by: Account) -> Consensus:
    """Make one reference of the markings that were handed in. Raises TooFew, WrongState.

    The comparing takes its time, so it is done before anything is locked; what was handed in does not change.
    """
    policy.require_kept(by, specimen)
    found = judged(specimen)
    if found is None:
        raise TooFew(str(specimen.number))
    return _stated(specimen, found, by)


@transaction.atomic
def _stated(specimen: Specimen, found: Consensus, by: Account) -> Consensus:
    fresh = _locked(specimen, by)
    if fresh.markings.filter(state=ExpertMarking.State.HANDED_IN).count() != len(found.weights):
        raise WrongState("another expert has handed in meanwhile")
    move(fresh, "agree")
    read = Read(selectors.canvas(fresh), found.reference.regions, found.reference.dont_care)
    state_reference(
        fresh, read, by_experts=len(found.weights), agreement=found.median_score, kappa=found.kappa
    )  # fmt: skip
    fresh.save(update_fields=["state"])
    audit.record(
        "specimen.agreed", fresh, by=by, scope_path=fresh.unit.path,
        after={"experts": len(found.weights), "score": round(found.median_score, 1), "kappa": round(found.kappa, 2)},
    )  # fmt: skip
    return found


@transaction.atomic
def publish(*, specimen: Specimen, by: Account) -> Specimen:
    """Show the specimen to learners. Raises WrongState."""
    fresh = _locked(specimen, by)
    if fresh.state == Specimen.State.PREPARING:
        raise WrongState(fresh.state)
    move(fresh, "publish")
    fresh.why = ""
    fresh.save(update_fields=["state", "published_at", "why"])
    audit.record("specimen.published", fresh, by=by, scope_path=fresh.unit.path, after={"rights": fresh.rights_basis})
    return fresh


@transaction.atomic
def withdraw(*, specimen: Specimen, why: str, by: Account) -> Specimen:
    """Take the specimen back from learners, with the reason; pictures and markings stay. Raises WrongState."""
    fresh = _locked(specimen, by)
    move(fresh, "withdraw")
    fresh.why = why
    fresh.save(update_fields=["state", "why"])
    audit.record("specimen.withdrawn", fresh, by=by, scope_path=fresh.unit.path, after={"why": why})
    return fresh
