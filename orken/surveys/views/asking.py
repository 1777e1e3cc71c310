"""Surveys: opening one, ways to its sheet, closing, results."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orken.kit.sheets.writing import XLSX
from orken.surveys import forms, papers, policy, selectors, services, taking_away
from orken.surveys.models import LEAST
from orken.surveys.views.common import actor, survey_or_404
from orken.surveys.views.workshop import askers

WEEK = timedelta(days=7)


@never_cache
def open_survey(request: HttpRequest) -> HttpResponse:
    account = actor(request)
    if not policy.editing(account):
        raise Http404
    today = timezone.localdate()
    start = {
        "press": uuid4().hex,
        "opens_on": today,
        "closes_on": today + WEEK,
        "questionnaire": request.GET.get("with", ""),
    }
    choices = selectors.to_ask_with(account)
    data = request.POST if request.method == "POST" else None
    form = forms.OpenForm(data, choices=choices, units=askers(request), initial=start)
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        made = services.open_survey(
            questionnaire=answers["questionnaire"], unit=answers["unit"], about=form.about, opens_on=answers["opens_on"],
            closes_on=answers["closes_on"], by=account, source=form.source,
        )  # fmt: skip
        messages.success(request, _("The survey is open. Now give people a way to the sheet."))
        return redirect(made)
    context = {"form": form, "title": _("A new survey"), "back": "", "nothing": not choices.exists()}
    return render(request, "surveys/form.html", context, status=422 if form.is_bound and form.errors else 200)


def survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many were asked and answered; results once it is over."""
    found = survey_or_404(request, pk)
    context = {
        "survey": found,
        "coming": selectors.coming(found),
        "results": selectors.results_of(found),
        "least": LEAST,
        "may_lead": policy.may_lead(actor(request), found),
        "slips": forms.SlipsForm(initial={"number": 10}),
    }
    return render(request, "surveys/survey.html", context)


def address() -> str:
    """Where codes are typed, without a language: the reader's own choice or browser decides."""
    return f"{settings.SITE_ADDRESS}/survey/"


@never_cache
@require_POST
def slips(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Slips as PDF; the codes are nowhere else afterwards."""
    found = survey_or_404(request, pk)
    form = forms.SlipsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a number of slips from 1 to 200."))
        return redirect(found)
    try:
        codes = services.slips(survey=found, number=form.cleaned_data["number"], by=actor(request))
    except services.NotOpen:
        messages.error(request, _("The survey is over: it takes no sheet any more."))
        return redirect(found)
    response = HttpResponse(papers.slips(found, codes, address()), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="survey-slips.pdf"'
    return response


@never_cache
@require_POST
def kiosk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The code of the device by the door, shown once."""
    found = survey_or_404(request, pk)
    try:
        code = services.kiosk(survey=found, by=actor(request))
    except services.NotOpen:
        messages.error(request, _("The survey is over: it takes no sheet any more."))
        return redirect(found)
    return render(request, "surveys/kiosk.html", {"survey": found, **papers.kiosk(code, address())})


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = services.close_survey(survey=survey_or_404(request, pk), by=actor(request))
    messages.success(request, _("The survey is closed: it takes no sheet any more."))
    return redirect(found)


@require_POST
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = survey_or_404(request, pk)
    told = services.remind(survey_id=found.pk, by=actor(request))
    if told:
        text = ngettext("%(n)s person is reminded.", "%(n)s people are reminded.", told) % {"n": told}
        messages.success(request, text)
    else:
        messages.warning(request, _("Nobody is to be reminded: everybody answered, or it was done already."))
    return redirect(found)


def export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The results as a spreadsheet: counts and free answers, never a sheet as a whole."""
    found = survey_or_404(request, pk)
    results = selectors.results_of(found)
    if results is None:
        raise Http404
    file = taking_away.xlsx(found, results, actor(request))
    return FileResponse(file, as_attachment=True, filename="survey.xlsx", content_type=XLSX)
