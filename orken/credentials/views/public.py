"""What everybody may ask: is this certificate good; who signs badges; which of them hold no more."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from orken.credentials import bulk_check, checking, forms, selectors
from orken.credentials.badges import keys, status
from orken.credentials.models import Certificate, PastRecord, SigningKey, StatusList
from orken.credentials.views.common import seen_from
from orken.credentials.views.register import BADGES, badge_file
from orken.kit.i18n.content import current_language
from orken.kit.limits import services as limits
from orken.kit.sheets.reading import SheetRefused
from orken.kit.sheets.writing import XLSX
from orken.network import policy as network
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account

SALT, HANDED_FOR = "orken.credentials.badge", 600
MOST_TYPED = 200  # letters: an address out of a code is taken for its number
TABLES = 6  # tables of one address in an hour


@never_cache
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """The page where a number is typed; a good one leads to its own address."""
    asked = " ".join(request.GET.get("number", "").split())[:MOST_TYPED]
    if not asked:
        return render(request, "credentials/verify.html", {"asked": ""})
    number, problem = checking.read(asked)
    if problem:
        context = {"asked": number, "problem": problem, "past": _on_paper(request, number)}
        return render(request, "credentials/verify.html", context)
    return redirect("credentials:verify_number", number=number)


def _on_paper(request: HttpRequest, asked: str) -> list[PastRecord]:
    """To whoever looks after staff and is signed in: what paper registers have under a number that is none of ours."""
    account = request.user
    if not isinstance(account, Account) or not network.scope(account, Permission.CREDENTIAL_VIEW):
        return []
    return selectors.on_paper(asked, account)


@never_cache
@login_not_required
@sensitive_post_parameters("surname")
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says: the least; the whole name to who knows the surname."""
    language, form, name, link = current_language(), forms.SurnameForm(), "", ""
    try:
        answer = checking.look(number, seen_from=seen_from(request))
        found = answer.certificate
        if request.method == "POST" and found is not None:
            form = forms.SurnameForm(request.POST)
            if form.is_valid():
                if checking.knows(found, form.cleaned_data["surname"], seen_from=seen_from(request)):
                    name, link = checking.whole_name(found, language), signing.dumps(found.number, salt=SALT)
                else:
                    form.add_error("surname", _("This is not the surname on the paper."))
    except checking.TooMany:
        return render(request, "credentials/verify_slowly.html", status=429)
    context = {
        "asked": found.number_kk if found else answer.asked, "problem": answer.problem, "certificate": found, "form": form, "name": name, "link": link,
        "initials": checking.initials(found, language) if found else "", "data": found.data if found else {},
        "kinds": BADGES, "past": [] if found else _on_paper(request, answer.asked),
    }  # fmt: skip
    return render(request, "credentials/verify.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@login_not_required
def verify_badge(request: HttpRequest, word: str, kind: str) -> HttpResponse:
    """The badge for who named the surname, within ten minutes."""
    try:
        number = signing.loads(word, salt=SALT, max_age=HANDED_FOR)
    except signing.BadSignature as problem:
        raise Http404 from problem
    return badge_file(get_object_or_404(Certificate.objects.select_related("badge"), number=number), kind)


@never_cache
@login_not_required
def verify_table(request: HttpRequest) -> HttpResponseBase:
    """A personnel department's table in, the same with answers out."""
    form = forms.TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        assert isinstance(upload, UploadedFile)
        if not limits.allow(f"verify table:{seen_from(request)}", times=TABLES, per=timedelta(hours=1)):
            return render(request, "credentials/verify_slowly.html", status=429)
        try:
            made = bulk_check.answered(upload)
        except SheetRefused as refusal:
            form.add_error("file", str(refusal.args[0]))
        else:
            return FileResponse(made, as_attachment=True, filename="verified.xlsx", content_type=XLSX)
    return render(request, "credentials/verify_table.html", {"form": form}, status=422 if form.errors else 200)


def _for_machines(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_GET
@login_not_required
def did_document(request: HttpRequest, code: str) -> HttpResponse:
    """The keys of an issuer, as did:web asks for them."""
    issuer = get_object_or_404(Unit, code=code)
    if not SigningKey.objects.filter(issuer=issuer).exists():
        raise Http404
    return _for_machines(JsonResponse(keys.did_document(issuer), content_type="application/did+json"))


@require_GET
@login_not_required
def status_list(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The signed list of badges that hold no more; it names nobody."""
    listed = get_object_or_404(StatusList, issuer__code=code, number=number)
    return _for_machines(JsonResponse(json.loads(status.current(listed)), content_type="application/vc"))
