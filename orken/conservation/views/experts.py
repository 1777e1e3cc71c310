"""Photographs: sent with their rights, marked by experts apart from each other, agreed, published, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orken.conservation import drawing_jobs
from orken.conservation.annotations import AnnotationRefused
from orken.conservation.forms.pictures import ExpertForm, PhotographForm, WithdrawForm
from orken.conservation.models import ExpertMarking, Light, Specimen
from orken.conservation.plain import CellsUnreadable
from orken.conservation.policy import pictures as policy
from orken.conservation.selectors import pictures as selectors
from orken.conservation.services import experts
from orken.conservation.services import specimens as services
from orken.conservation.services.specimens import WrongState
from orken.conservation.views.lab import lab
from orken.conservation.views.specimens import sent
from orken.kit.media.pictures import PictureRefused
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.views.common import actor, scope_or_404

UNIT_KINDS_FIRST = 200


def photographs(request: HttpRequest) -> HttpResponse:
    """The photographs that she keeps and how far each is."""
    scope_or_404(request, Permission.SPECIMEN_EDIT)
    return render(request, "conservation/photographs.html", {"photographs": selectors.kept(actor(request))})


def add_photograph(request: HttpRequest) -> HttpResponse:
    """Send a photograph with its rights."""
    scope = scope_or_404(request, Permission.SPECIMEN_EDIT)
    units = Unit.objects.filter(scope.q(), exists=True).order_by("path")
    schools = units.filter(code__startswith="NL")
    scan = "scan" in request.GET
    form = PhotographForm(
        request.POST or None, request.FILES or None, units=schools if schools.exists() else units, scan=scan
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            found = services.take_photograph(
                pictures={light: answers[light] for light in Light.values if answers.get(light)},
                titles={language: answers[f"title_{language}"] for language in ("kk", "ru", "en")},
                rights={name: answers[f"rights_{name}"] for name in ("holder", "basis", "paper", "use")},
                original=answers["original"], width_mm=answers["width_mm"], unit=answers["unit"], by=actor(request),
                damages=[(code, answers["severity"] or 2) for code in answers.get("damages", ())],
            )  # fmt: skip
        except PictureRefused as refused:
            form.add_error("normal", str(refused.args[0]))
        else:
            drawing_jobs.begin()
            messages.success(request, _("The picture was taken in. Its tiles are being made; this takes some seconds."))
            return redirect("conservation:photograph", pk=found.pk)
    return render(
        request, "conservation/add_photograph.html", {"form": form, "scan": scan}, status=422 if form.errors else 200
    )


def _kept(request: HttpRequest, pk: UUID) -> Specimen:
    account = actor(request)
    rows = Specimen.objects.filter(policy.kept(account)).exclude(origin=Specimen.Origin.DRAWN)
    return get_object_or_404(rows.select_related("unit"), pk=pk)


def photograph(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One photograph for its keeper: rights, experts, agreement, what comes next."""
    found = _kept(request, pk)
    judged = experts.judged(found) if found.state in (Specimen.State.MARKING, Specimen.State.AGREED) else None
    context: dict[str, Any] = {
        "specimen": found, "markings": found.markings.select_related("expert__person").order_by("pk"), "judged": judged,
        "lights": selectors.lights(found), "expert_form": ExpertForm(experts=selectors.experts(found)),
        "withdraw_form": WithdrawForm(), "least": experts.LEAST,
        "reference": found.references.filter(superseded_at=None).first(),
    }  # fmt: skip
    return render(request, "conservation/photograph.html", context)


@require_POST
def ask_expert(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _kept(request, pk)
    form = ExpertForm(request.POST, experts=selectors.experts(found))
    if form.is_valid():
        try:
            experts.ask(specimen=found, expert=form.cleaned_data["expert"], by=actor(request))
        except (experts.NotAnExpert, WrongState):
            messages.warning(request, _("This expert cannot be asked now."))
        else:
            messages.success(request, _("The expert was asked; she finds the picture in her lab."))
    else:
        messages.warning(request, _("Choose an expert."))
    return redirect("conservation:photograph", pk=pk)


@require_POST
def decide(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Agree, publish or withdraw."""
    found = _kept(request, pk)
    by = actor(request)
    try:
        if verb == "agree":
            experts.agree(specimen=found, by=by)
            messages.success(request, _("The markings were brought together."))
        elif verb == "publish":
            experts.publish(specimen=found, by=by)
            messages.success(request, _("Learners see the picture now."))
        elif verb == "withdraw":
            form = WithdrawForm(request.POST)
            if not form.is_valid():
                messages.warning(request, _("Say why the picture is withdrawn."))
            else:
                experts.withdraw(specimen=found, why=form.cleaned_data["why"], by=by)
                messages.success(request, _("Learners do not see the picture any more."))
        else:
            raise Http404
    except experts.TooFew:
        messages.warning(request, _("Three experts at least have to hand in first."))
    except WrongState:
        messages.warning(request, _("This cannot be done in the state in which the picture is."))
    return redirect("conservation:photograph", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The expert's own lab: drafts are kept on the server, handing in closes it. She never sees another's marks."""
    account = actor(request)
    marking = get_object_or_404(ExpertMarking.objects.select_related("specimen__unit"), specimen=pk, expert=account)
    found = marking.specimen
    if not found.ready:
        return render(request, "conservation/preparing.html", {"specimen": found})
    context: dict[str, Any] = {"marking": marking}
    marks = marking.annotations
    status = 200
    if request.method == "POST":
        hand_in = "hand_in" in request.POST
        try:
            marking, _read = experts.save(marking=marking, document=sent(request, found), by=account, hand_in=hand_in)
        except experts.HandedIn:
            messages.warning(request, _("You have handed in already; a marking does not change after that."))
            return redirect("conservation:mark", pk=pk)
        except (AnnotationRefused, CellsUnreadable) as refused:
            context["refused"] = str(refused)
            status = 422
        else:
            messages.success(
                request, _("Handed in. Thank you.") if hand_in else _("Your marks are kept on the server.")
            )
            return redirect("conservation:mark", pk=pk)
    closed = marking.state == ExpertMarking.State.HANDED_IN
    context |= lab(request, found, marks=marks, readonly=closed)
    return render(request, "conservation/mark.html", context, status=status)
