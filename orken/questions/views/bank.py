"""Banks: the list, one bank with its questions, pictures, files in and out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from orken.kit.files import services as files
from orken.kit.jobs.models import Work
from orken.kit.tables.views import respond
from orken.questions import exchange, forms, kinds, selectors, services, tables
from orken.questions.exchange import taking
from orken.questions.models import Picture
from orken.questions.views.common import actor, bank_or_404, form_page, said, scope_or_404


def banks(request: HttpRequest) -> HttpResponse:
    """The banks and the exercises of her scope."""
    scope = scope_or_404(request)
    context = {"banks": selectors.banks(scope), "exercises": selectors.exercises(scope)}
    return render(request, "questions/banks.html", context)


def new_bank(request: HttpRequest) -> HttpResponse:
    units = selectors.issuers(scope_or_404(request))
    form = forms.NewForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        unit, code = answers.pop("unit"), answers.pop("code")
        try:
            made = services.create_bank(code=code, unit=unit, titles=answers, by=actor(request))
        except services.CodeTaken:
            form.add_error("code", _("This code is taken. Choose another."))
        else:
            said(request, _("The bank stands. Write questions, or take in a file."))
            return redirect(made)
    return form_page(request, form, title=_("A new bank"), back=reverse("questions:banks"), action=_("Begin the bank"))


def bank(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questions of a bank as a list."""
    found = bank_or_404(request, code)
    rows = selectors.questions(scope_or_404(request)).filter(bank=found).prefetch_related("tags")
    context = {"bank": found, "kinds": kinds.ALL, "formats": exchange.OUT}
    return respond(request, tables.questions(found), rows, "questions/bank.html", context)


@cache_control(private=True, max_age=86400, immutable=True)
def picture(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A picture of a question: its id is in questions alone, and whoever is asked sees it."""
    found = get_object_or_404(Picture.objects.select_related("file"), uid=uid)
    return FileResponse(files.read(found.file), content_type=found.file.media_type)


def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """A file is read and judged first; nothing is written before she says so."""
    found = bank_or_404(request, code)
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            work = taking.keep(
                bank=found, upload=form.cleaned_data["file"], format=form.cleaned_data["format"], language=form.cleaned_data["language"],
                by=actor(request),
            )  # fmt: skip
        except (exchange.Unreadable, files.FileRefused) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("questions:imported", found.code, work)
    text = _("The file is read first. You see what would come in and what would not, with the place and the reason.")
    return form_page(request, form, title=_("Take in a file of questions"), back=found.get_absolute_url(), action=_("Read the file"), text=text, multipart=True)  # fmt: skip


def taken(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """What a file holds; applied at a press, in the background where it is long."""
    found = bank_or_404(request, code)
    kept = taking.kept(pk, found)
    if kept is None and taking.was_applied(pk, found):
        messages.info(request, _("This file was taken in already: its questions stand here as drafts."))
        return redirect(f"{found.get_absolute_url()}?state=draft")
    if kept is None:
        raise Http404
    if request.method == "POST":
        work = taking.apply(kept=kept, bank=found, by=actor(request))
        if isinstance(work, Work):
            return redirect("jobs:work", work.pk)
        said(request, _("Taken in: %(n)s. They stand as drafts.") % {"n": work.imported})
        return redirect(f"{found.get_absolute_url()}?state=draft")
    context = {"bank": found, "report": taking.report(kept), "file": kept.file}
    return render(request, "questions/imported.html", context)


def export(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The published questions of a bank as a file; what the format cannot say is listed beside it."""
    found = bank_or_404(request, code)
    if format not in exchange.OUT:
        raise Http404
    made = taking.export(bank=found, format=format)
    if made.left_out and request.GET.get("anyway") != "yes":
        return render(request, "questions/left_out.html", {"bank": found, "made": made, "format": exchange.OUT[format]})
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.{made.extension}"'
    return answer
