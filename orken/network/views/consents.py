"""Consent on paper, for who has no account; and showing a blocked person again."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import text_of
from orken.kit.pdf import rendering as pdf
from orken.network import persons
from orken.network.person_forms import ConsentOnPaperForm
from orken.network.roles import Permission
from orken.network.selectors import staff_today
from orken.network.views.common import actor, done_before, said, scope_or_404
from orken.people.models import Consent
from orken.people.reference import consent as texts
from orken.people.services import rights

PAPER = Path(__file__).resolve().parent.parent / "papers" / "consent.typ"


def on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that she signed the printed text: which, when, and where the paper lies."""
    person = persons.person_in(scope_or_404(request, Permission.STAFF_EDIT), pk)
    form = ConsentOnPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            persons.note_consent_on_paper(person=person, by=actor(request), **form.cleaned_data)
        except rights.ConsentedAlready:
            form.add_error("version", _("Her consent to this version is noted already."))
        else:
            said(request, _("The consent on paper is noted."))
            return redirect("network:person", pk=person.pk)
    consents = Consent.objects.filter(person=person).order_by("-given_at")
    context = {"person": person, "form": form, "consents": consents}
    return render(request, "network/consent.html", context, status=422 if form.errors else 200)


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to be signed: A4, Kazakh and Russian, with her name and her library."""
    person = persons.person_in(scope_or_404(request, Permission.STAFF_EDIT), pk)
    row = staff_today().filter(person=person).select_related("unit").order_by("-employment", "valid_from").first()
    data = {
        "version": texts.CURRENT,
        "name": {language: person.full_name(language) for language in ("kk", "ru")},
        "unit": {language: text_of(row.unit, "name", language).value if row else "" for language in ("kk", "ru")},
        "text": {language: texts.text(texts.CURRENT, language) for language in ("kk", "ru")},
    }
    now = timezone.now().replace(microsecond=0)  # typst counts seconds
    response = HttpResponse(pdf.render(PAPER, data, made_at=now), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="consent-{texts.CURRENT}.pdf"'
    return response


@require_POST
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a blocked person again."""
    scope = scope_or_404(request, Permission.PERSON_DECIDE)
    person = get_object_or_404(persons.people_in(scope, blocked=True), pk=pk, erased_at=None)
    try:
        persons.unblock(person=person, by=actor(request))
    except rights.NotBlocked:
        back = reverse("network:person", args=[person.pk])
        return done_before(request, person, persons.place_of(person), back, verb="person.unblocked")
    messages.success(request, _("She is shown again: %(name)s.") % {"name": person})
    return redirect("network:person", pk=person.pk)
