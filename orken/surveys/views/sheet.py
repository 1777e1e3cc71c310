"""Answering: by a code from a slip, at a device by the door, or on her own page."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from orken.kit.limits import services as limits
from orken.surveys import forms, selectors, services
from orken.surveys.models import Invitation
from orken.surveys.views.common import actor

KEY = "surveys:way"  # of a visitor without an account: which invitation her code opened, and since when
PATIENCE = timedelta(hours=12)  # a device by the door stands a working day


@never_cache
@login_not_required
@sensitive_post_parameters("code")
def begin(request: HttpRequest) -> HttpResponse:
    """The code from a slip or of a device."""
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        # A whole class answers from one address; a hundred guesses are nothing against fifty bits.
        if not limits.allow(
            f"survey from:{get_adapter().get_client_ip(request)}", times=100, per=timedelta(minutes=15)
        ):
            form.add_error(None, _("Too many attempts from here. Wait a quarter of an hour and try again."))
        elif (found := services.find(form.cleaned_data["code"])) is None:
            form.add_error("code", _("There is no such code. Look at the slip again, or ask whoever gave it to you."))
        elif why := _shut(found):
            form.add_error("code", why)
        else:
            request.session[KEY] = {"pk": found.pk, "key": found.key, "at": timezone.now().timestamp()}
            return redirect("surveys:sheet")
    return render(request, "surveys/begin.html", {"form": form}, status=422 if form.errors else 200)


def _shut(invitation: Invitation) -> str:
    """Why this way leads to no sheet today; empty when it does."""
    survey = invitation.survey
    if survey.over:
        return _("The survey is over. Thank you for your readiness.")
    if not survey.begun:
        return _("The survey has not begun yet: it opens on its first day.")
    if invitation.used and invitation.way != Invitation.Way.KIOSK:
        return _("This code was used already: one code is good for one sheet.")
    return ""


@never_cache
@login_not_required
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet that a code opened."""
    held = request.session.get(KEY)
    if not held or timezone.now().timestamp() - held["at"] > PATIENCE.total_seconds():
        return redirect("surveys:begin")
    # A device whose code was replaced asks for the new one: it may stand where nobody looks after it any more.
    rows = Invitation.objects.select_related("survey__version", "survey__unit")
    invitation = rows.filter(pk=held["pk"], key=held.get("key", "")).first()
    if invitation is None:
        return redirect("surveys:begin")
    return _answered(request, invitation)


def own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet of a survey to which she was asked by name."""
    rows = Invitation.objects.select_related("survey__version", "survey__unit")
    return _answered(
        request, get_object_or_404(rows, survey=pk, person=actor(request).person_id, way=Invitation.Way.PAGE)
    )


def _answered(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if why := _shut(invitation):
        return render(request, "surveys/shut.html", {"why": why}, status=409 if request.method == "POST" else 200)
    survey = invitation.survey
    form = forms.SheetForm(request.POST if request.method == "POST" else None, asked=survey.version.questions)
    if form.is_bound and form.is_valid():
        if not _pressed_once(invitation, request.POST.get("press", "")):
            return redirect("surveys:thanks", "door")
        try:
            services.answer(invitation=invitation, answers=form.answers)
        except (services.AlreadyAnswered, services.NotOpen):
            invitation.refresh_from_db()
            why = _shut(invitation) or _("The survey is over. Thank you for your readiness.")
            return render(request, "surveys/shut.html", {"why": why}, status=409)
        if invitation.way == Invitation.Way.SLIP:
            request.session.pop(KEY, None)
        return redirect("surveys:thanks", "door" if invitation.way == Invitation.Way.KIOSK else "done")
    press = uuid4().hex if invitation.way == Invitation.Way.KIOSK else ""
    context = {"form": form, "version": survey.version, "survey": survey, "press": press}
    return render(request, "surveys/sheet.html", context, status=422 if form.is_bound and form.errors else 200)


def _pressed_once(invitation: Invitation, press: str) -> bool:
    """A sheet at the door is sent once, however often the button is pressed; nothing else there tells two presses from two people."""
    if invitation.way != Invitation.Way.KIOSK or not press:
        return True
    return limits.allow(f"survey press:{press[:40]}", times=1, per=PATIENCE)


@login_not_required
def thanks(request: HttpRequest, where: str) -> HttpResponse:
    if where not in ("done", "door"):
        raise Http404
    return render(request, "surveys/thanks.html", {"next_person": where == "door"})


def mine(request: HttpRequest) -> HttpResponse:
    """Questionnaires that wait for her."""
    return render(request, "surveys/mine.html", {"waiting": selectors.waiting_for(actor(request))})
