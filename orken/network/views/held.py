"""What is held about me, who looked, what I ask for; and the answers of whoever is responsible (domain.md §2.4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import current_language
from orken.kit.sheets.writing import XLSX
from orken.network import held_file as held_copy
from orken.network import persons, transfers
from orken.network.models import Appointment
from orken.network.person_forms import DataRequestForm, DecisionForm
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.network.selectors import person_view
from orken.network.views.common import actor, said, scope_or_404
from orken.people.models import Consent, DataRequest, Look, Person, PreviousName, ProtectedId
from orken.people.reference import consent as texts
from orken.people.services import rights

LOOKS = 50


def held(request: HttpRequest) -> HttpResponse:
    """Everything that is held about the reader herself."""
    account = actor(request)
    person = account.person
    consents = list(Consent.objects.filter(person=person).order_by("-given_at"))
    live = next((one for one in consents if one.withdrawn_at is None and one.version == texts.CURRENT), None)
    context = {
        "person": person,
        "names": _names(person),
        "view": person_view(person, Scope(("",))),
        "number": ProtectedId.objects.filter(person=person).first(),
        "previous": PreviousName.objects.live().filter(person=person).order_by("-valid_from"),
        "looks": Look.objects.filter(person=person).order_by("-at")[:LOOKS],
        "transfers": transfers.of_person(person),
        "requests": DataRequest.objects.filter(person=person).order_by("-sent_at"),
        "consents": consents,
        "live_consent": live,
        "consent_text": texts.text(texts.CURRENT, current_language()),
        "duties": rights.duties(person),
        "elsewhere": held_copy.elsewhere(),
    }
    return render(request, "network/held.html", context)


def held_file(request: HttpRequest) -> FileResponse:
    """The same as a file that she takes with her."""
    file = held_copy.of(actor(request).person)
    return FileResponse(file, as_attachment=True, filename="about-me.xlsx", content_type=XLSX)


def _names(person: Person) -> list[tuple[str, str, str, str]]:
    """Her names in each script: label, surname, given name, patronymic."""
    labels = {"kk": _("In Kazakh"), "ru": _("In Russian"), "en": _("In Latin letters")}
    found = [
        (
            str(label),
            getattr(person, f"surname_{code}"),
            getattr(person, f"given_{code}"),
            getattr(person, f"patronymic_{code}", ""),
        )
        for code, label in labels.items()
    ]
    return [line for line in found if any(line[1:])]


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Give the consent, or take it back."""
    account = actor(request)
    if request.POST.get("do") == "withdraw":
        rights.withdraw_consent(person=account.person, by=account)
        said(
            request, _("The consent is taken back. What the law orders to keep stays; for the rest ask for an erasure.")
        )
    else:
        rights.give_consent(person=account.person, by=account, language=current_language())
        said(request, _("Thank you, the consent is noted."))
    return redirect("network:held")


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction, a blocking, an erasure."""
    account = actor(request)
    form = DataRequestForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            rights.ask(person=account.person, by=account, **form.cleaned_data)
        except rights.RequestWaits:
            form.add_error("kind", _("You asked for this already, and it waits for a decision."))
        else:
            said(request, _("Sent. The answer comes to this page."))
            return redirect("network:held")
    context = {"form": form, "duties": rights.duties(account.person)}
    return render(request, "network/ask.html", context, status=422 if form.is_bound and form.errors else 200)


def requests(request: HttpRequest) -> HttpResponse:
    """What people of the scope ask for."""
    scope = scope_or_404(request, Permission.PERSON_DECIDE)
    found = persons.requests_in(scope)
    context = {
        "waiting": found.filter(state=DataRequest.State.SENT).order_by("sent_at"),
        "over": found.exclude(state=DataRequest.State.SENT).order_by("-decided_at")[:30],
    }
    return render(request, "network/requests.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide one request, with a reason."""
    scope = scope_or_404(request, Permission.PERSON_DECIDE)
    found = get_object_or_404(persons.requests_in(scope), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            persons.decide(request=found, by=actor(request), **form.cleaned_data)
        except rights.DecidedAlready:
            messages.warning(request, _("Somebody decided it before you."))
        else:
            said(request, _("The answer is sent."))
        return redirect("network:data_requests")
    context = {
        "asked": found,
        "form": form,
        "duties": rights.duties(found.person),
        "posts": Appointment.objects.at().filter(scope.q("unit__path"), person=found.person).select_related("unit", "post"),
    }  # fmt: skip
    return render(request, "network/decide.html", context, status=422 if form.is_bound and form.errors else 200)
