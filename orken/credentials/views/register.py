"""The register, one certificate and its verbs, its files, the prefixes of numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.credentials import checking, forms, policy, selectors, services, speaking, states
from orken.credentials.background import start_preparing
from orken.credentials.badges import baking
from orken.credentials.models import Certificate, Prefix
from orken.credentials.paper import drawing, keeping
from orken.credentials.services.prefixes import set_prefix
from orken.credentials.tables import REGISTER
from orken.credentials.views.common import certificate_or_404, file, issued_or_404
from orken.kit.i18n.content import current_language
from orken.kit.states import WayIsClosed
from orken.kit.tables.views import respond
from orken.network import persons
from orken.network import policy as network
from orken.network.roles import Permission
from orken.network.views.common import actor
from orken.people.services import record


def register(request: HttpRequest) -> HttpResponseBase:
    """Every certificate that she may see."""
    account = actor(request)
    if not (network.scope(account, Permission.CREDENTIAL_VIEW) or network.scope(account, Permission.CREDENTIAL_ISSUE)):
        raise Http404
    issues = bool(network.scope(account, Permission.CREDENTIAL_ISSUE))
    context = {"issues": issues, "registers": selectors.registers_of_numbers(account)[:24] if issues else []}
    return respond(request, REGISTER, selectors.register_for(account), "credentials/register.html", context)


def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: what it says, where it stands, what happened to it, what can be done."""
    found = certificate_or_404(request, number)
    issues = policy.issues(actor(request), found.prefix.issuer)
    lines = list(found.hand_overs.select_related("copy").order_by("pk")) if issues else []
    context = {
        "certificate": found, "data": found.data, "issues": issues, "name": checking.whole_name(found, current_language()),
        "steps": list(found.steps.select_related("by__person")) if issues else [],
        "copies": list(found.copies.all()) if issues or _hers(request, found) else [],
        "lines": lines, "handed": [line.copy_id for line in lines if line.copy_id and line.superseded_at is None],
        "ways": [open for open in states.CERTIFICATE.from_here(found) if open.way.name in VERBS] if issues else [],
        "badge": getattr(found, "badge", None), "kinds": BADGES,
    }  # fmt: skip
    return render(request, "credentials/certificate.html", context)


def _hers(request: HttpRequest, found: Certificate) -> bool:
    return found.person_id is not None and found.person_id == actor(request).person_id


BADGES = (("png", "PNG"), ("json", "JSON-LD"), ("jwt", "JWT"))  # the forms in which a badge is handed out
VERBS = ("spoil", "revoke", "replace")


def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Spoil, revoke, replace or copy, each with its reason."""
    found = issued_or_404(request, number)
    if verb not in (*VERBS, "duplicate"):
        raise Http404
    form = _form(request, found, verb)
    if request.method == "POST" and form.is_valid():
        try:
            answer = _do(found, verb, form.cleaned_data, request)
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        except WayIsClosed as closed:
            form.add_error(None, " ".join(map(str, closed.reasons)))
        else:
            return answer
    label = states.CERTIFICATE.way(verb).label if verb in VERBS else _("Make a duplicate")
    context = {"certificate": found, "form": form, "verb": verb, "label": label, "grave": verb in ("spoil", "revoke"), "names": _names_now(request, found) if verb == "replace" else None, "of_talk": speaking.is_one(found)}  # fmt: skip
    return render(request, "credentials/act.html", context, status=422 if form.errors else 200)


def _names_now(request: HttpRequest, found: Certificate) -> dict[str, Any] | None:
    """Her names as the successor will bear them, and her page where the reader may open it; of a talk the form asks them."""
    if found.person is None or speaking.is_one(found):
        return None
    person, scope = record.standing(found.person), network.scope(actor(request), Permission.STAFF_VIEW)
    seen = persons.people_in(scope).filter(pk=person.pk).exists()
    return {"kk": person.full_name("kk"), "ru": person.full_name("ru"), "page": person.pk if seen else None}


def _form(request: HttpRequest, found: Certificate, verb: str) -> forms.ReasonForm:
    data = request.POST or None
    if verb == "replace" and speaking.is_one(found):
        return forms.ReplaceTalkForm(data, certificate=found, initial={"dated_on": timezone.localdate()})
    if verb == "replace":
        return forms.ReplaceForm(data, certificate=found, initial={"dated_on": timezone.localdate()})
    if verb == "duplicate":
        return forms.DuplicateForm(data, initial={"seen": found.copies.count()})
    return forms.ReasonForm(data)


def _do(found: Certificate, verb: str, answers: dict[str, Any], request: HttpRequest) -> HttpResponse:
    by = actor(request)
    if verb == "replace":
        made = services.replace(certificate=found, by=by, **answers)
        start_preparing(made.batch, by)
        messages.success(request, _("Its successor %(number)s is prepared. When it is issued, this one is replaced.") % {"number": made.number_kk})  # fmt: skip
        return redirect("credentials:batch", pk=made.batch_id)
    if verb == "duplicate":
        copy = services.duplicate(certificate=found, by=by, **answers)
        messages.success(request, _("Duplicate %(n)s is ready to be printed.") % {"n": copy.number})
    elif verb == "revoke":
        services.revoke(certificate=found, by=by, **answers)
        messages.success(request, _("It is revoked. Whoever checks it sees that from now on."))
    else:
        services.spoil(certificate=found, by=by, **answers)
        messages.success(request, _("The number is spoiled and stays in the register."))
    return redirect(found)


def hand_copy(request: HttpRequest, number: str, copy: int) -> HttpResponse:
    """How a duplicate came into her hands; she is told."""
    found = issued_or_404(request, number)
    made = get_object_or_404(found.copies, number=copy)
    form = forms.HandOverForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over(
                batch=found.batch, certificates=[found.pk], copy=made, by=actor(request), **form.cleaned_data
            )
        except services.Refused as refusal:
            form.add_error(None, str(refusal.text))
        else:
            messages.success(request, _("It stands in the journal, and she is told."))
            return redirect(found)
    label = _("Hand over duplicate %(n)s") % {"n": made.number}
    context = {"certificate": found, "form": form, "verb": "hand", "label": label, "grave": False}
    return render(request, "credentials/act.html", context, status=422 if form.errors else 200)


def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The paper; `?copy=2` the second duplicate."""
    found = certificate_or_404(request, number)
    asked = request.GET.get("copy", "")
    if not asked:
        return file(keeping.content(found), f"{found.number}.pdf", "application/pdf")
    copy = (
        found.copies.filter(number=int(asked)).first()
        if asked.isascii() and asked.isdecimal() and len(asked) < 4
        else None
    )
    if copy is None:
        raise Http404
    return file(drawing.paper(found, copy.number, copy.on), f"{found.number}-{copy.number}.pdf", "application/pdf")


def badge(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The badge of a certificate that was issued: to herself and to whoever looks after her."""
    return badge_file(certificate_or_404(request, number), kind)


def badge_file(found: Certificate, kind: str) -> HttpResponse:
    made = getattr(found, "badge", None)
    if made is None:
        raise Http404
    if kind == "json":
        return file(made.linked.encode(), f"{found.number}.json", "application/ld+json")
    if kind == "jwt":
        return file(made.token.encode(), f"{found.number}.jwt", "application/jwt")
    if kind == "png":
        return file(
            baking.baked(made.linked, hours=found.academic_hours, number=found.number_kk),
            f"{found.number}.png",
            "image/png",
        )
    raise Http404


def prefixes(request: HttpRequest) -> HttpResponse:
    """Under which letters units are numbered, and a form for another."""
    scope = network.scope(actor(request), Permission.CREDENTIAL_ISSUE)
    if not scope:
        raise Http404
    form = forms.PrefixForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_prefix(by=actor(request), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages[0])
        except network.OutOfScope:
            form.add_error("unit", _("This unit is not in your scope."))
        else:
            messages.success(
                request, _("Certificates are numbered under %(prefix)s from now on.") % {"prefix": made.kk}
            )
            return redirect("credentials:prefixes")
    rows = Prefix.objects.filter(scope.q("issuer__path")).select_related("unit", "issuer").order_by("ascii")
    return render(
        request, "credentials/prefixes.html", {"form": form, "prefixes": rows}, status=422 if form.errors else 200
    )
