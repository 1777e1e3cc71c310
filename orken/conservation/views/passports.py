"""The pages of passports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.conservation.forms import papers as forms
from orken.conservation.models import Passport, PassportDamage
from orken.conservation.passport import overview, paper
from orken.conservation.passport.table import PASSPORTS
from orken.conservation.selectors import papers as selectors
from orken.conservation.services import passports as services
from orken.conservation.treatment import MATERIALS, STEPS
from orken.kit.files.services import FileRefused
from orken.kit.media.pictures import PictureRefused
from orken.kit.tables.views import respond
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.views.common import actor, scope_or_404


def passports(request: HttpRequest) -> HttpResponseBase:
    """The survey: every passport of her scope."""
    scope = scope_or_404(request, Permission.CONDITION_VIEW)
    may_edit = bool(policy.scope(actor(request), Permission.CONDITION_EDIT))
    context = {"may_edit": may_edit, "counts": selectors.counts(scope)}
    return respond(request, PASSPORTS, selectors.passports_in(scope), "conservation/passports.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Take an item into the survey."""
    scope = scope_or_404(request, Permission.CONDITION_EDIT)
    top = Unit.objects.filter(path=scope.paths[0]).exclude(kind__in=["country", "region"]).first()
    form = forms.NewPassportForm(request.POST if request.method == "POST" else None, scope=scope, initial={"unit": top.code if top else ""})  # fmt: skip
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        made = services.open_passport(unit=answers.pop("unit"), item=answers, by=actor(request))
        messages.success(
            request, _("The passport is begun under the number %(number)s.") % {"number": made.item.number}
        )
        return redirect(made)
    return render(request, "conservation/passport_new.html", {"form": form}, status=422 if form.errors else 200)


def passport(request: HttpRequest, pk: int) -> HttpResponse:
    """One passport: what it says, its picture, its versions, and what can be done next."""
    found = _found(request, pk, Permission.CONDITION_VIEW)
    account = actor(request)
    may_edit = policy.allows(account, Permission.CONDITION_EDIT, found.item.unit)
    context = {
        "passport": found,
        "said": found.issued or paper.facts(found),
        "damages": list(found.damages.all()),
        "steps": _steps(found),
        "versions": list(found.item.passports.order_by("-version").select_related("issued_by")),
        "may_edit": may_edit,
        "may_approve": found.is_draft and policy.allows(account, Permission.CONDITION_APPROVE, found.item.unit) and services.needs_approval(found),
        "reasons": services.reasons_against(found) if found.is_draft and may_edit else [],
        "sections": [(name, forms.SECTION_TITLES[name]) for name in forms.SECTION_FORMS],
        "computed": services.computed_class(found),
    }  # fmt: skip
    return render(request, "conservation/passport.html", context)


def _steps(found: Passport) -> list[dict[str, Any]]:
    return [
        {"step": STEPS[one["id"]], "material": MATERIALS.get(one.get("material") or "")}
        for one in found.proposal
        if one.get("id") in STEPS
    ]  # fmt: skip


def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """Where the QR of a paper leads."""
    found = selectors.by_number(scope_or_404(request, Permission.CONDITION_VIEW), number)
    if found is None:
        raise Http404
    return redirect(found)


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what identifies the item."""
    found = _draft(request, pk)
    initial = {name: getattr(found.item, name) for name in services.ITEM_FIELDS} | {"revision": found.revision}
    form = forms.ItemForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        revision = answers.pop("revision")
        return _done(request, found, lambda: services.describe_item(passport=found, values=answers, by=actor(request), revision=revision))  # fmt: skip
    return _form(request, found, form, _("Identification"))


def section(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Write one section of a draft."""
    found = _draft(request, pk)
    if name not in forms.SECTION_FORMS:
        raise Http404
    extra: dict[str, Any] = {"people": forms.people_of(found.item.unit)} if name == "examination" else {}
    initial = {field: getattr(found, field) for field in services.SECTIONS[name]} | {"revision": found.revision}
    if name == "proposal":
        initial |= forms.ProposalForm.initial_of(found)
    if name == "examination":
        initial["mentor"] = found.mentor_id or ""
    form = forms.SECTION_FORMS[name](request.POST if request.method == "POST" else None, initial=initial, **extra)
    if form.is_bound and form.is_valid():
        answers = {field: form.cleaned_data[field] for field in services.SECTIONS[name]}
        revision = form.cleaned_data["revision"]
        return _done(request, found, lambda: services.write(passport=found, section=name, values=answers, by=actor(request), revision=revision))  # fmt: skip
    template = "conservation/passport_proposal.html" if name == "proposal" else "conservation/passport_form.html"
    return _form(request, found, form, str(forms.SECTION_TITLES[name]), template)


def damage(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Add a line to the damage table, or change one."""
    found = _draft(request, pk)
    standing = get_object_or_404(found.damages, number=number) if number is not None else None
    initial = forms.DamageForm.initial_of(standing) if standing else {"side": "r", "extent": "under_5"}
    form = forms.DamageForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        kept = services.put_damage(passport=found, values=form.cleaned_data, by=actor(request), damage=standing)
        messages.success(request, _("Damage %(n)s is written down.") % {"n": kept.number})
        return redirect("conservation:damage_new", found.pk) if "more" in request.POST else redirect(found)
    title = _("Damage %(n)s") % {"n": number} if number else _("A new damage")
    return _form(request, found, form, title, "conservation/passport_damage.html", {"standing": standing})


@require_POST
def drop_damage(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = _draft(request, pk)
    standing: PassportDamage = get_object_or_404(found.damages, number=number)
    services.drop_damage(damage=standing, by=actor(request))
    messages.success(request, _("Taken out. The numbers after it moved up."))
    return redirect(found)


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the overview picture."""
    found = _draft(request, pk)
    form = forms.PictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            services.set_overview(passport=found, upload=form.cleaned_data["picture"], by=actor(request))
            messages.success(request, _("The picture is kept."))
            return redirect(found)
        except (PictureRefused, FileRefused) as refused:
            form.add_error("picture", str(refused.args[0]))
    return _form(request, found, form, _("Overview picture"), extra={"file": True})


def overview_svg(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbered overview; with `?grid=1` the grid by which a place is named."""
    found = _found(request, pk, Permission.CONDITION_VIEW)
    said = found.issued or paper.facts(found)
    picture = services.overview_bytes(found)
    size = said["size_mm"]
    text = overview.svg(picture, (size[0], size[1]), overview.outlines(said["damages"]), title=said["title"], grid="grid" in request.GET)  # fmt: skip
    answer = HttpResponse(text, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; img-src data:; style-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as PDF."""
    found = _found(request, pk, Permission.CONDITION_VIEW)
    host = f"{request.scheme}://{request.get_host()}"
    content = paper.pdf(found, services.overview_bytes(found), host=host)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.item.number}-v{found.version}.pdf"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    found = _draft(request, pk)
    before = found.item.passports.exclude(pk=found.pk).order_by("-version").first()
    if request.method == "POST":
        try:
            services.drop(passport=found, by=actor(request))
        except services.IsIssued:
            messages.error(request, _("This version was issued and does not change. Begin the next one."))
            return redirect(found)
        messages.success(request, _("The draft %(number)s is thrown away.") % {"number": found.item.number})
        return redirect(before or "conservation:passports")
    return render(request, "conservation/passport_drop.html", {"passport": found, "before": before})


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve, issue, or begin the next version."""
    permission = Permission.CONDITION_APPROVE if verb == "approve" else Permission.CONDITION_EDIT
    found = _found(request, pk, permission)
    try:
        match verb:
            case "approve":
                services.approve(passport=found, by=actor(request))
                messages.success(request, _("The proposal is approved."))
            case "issue":
                services.issue(passport=found, by=actor(request))
                messages.success(request, _("The passport is issued. From now on it does not change."))
            case "renew":
                fresh = services.renew(passport=found, by=actor(request))
                messages.success(request, _("Version %(n)s is begun with what was known.") % {"n": fresh.version})
                return redirect(fresh)
            case _:
                raise Http404
    except services.NotReady as waiting:
        for reason in waiting.reasons:
            messages.error(request, str(reason))
    except services.IsIssued:
        messages.error(request, _("This version was issued and does not change. Begin the next one."))
    except services.HasDraft:
        messages.error(request, _("The next version was begun already: it is the draft in the list of versions."))
    return redirect(found)


# --- shared ---


def _found(request: HttpRequest, pk: int, permission: Permission) -> Passport:
    found = selectors.passport(scope_or_404(request, permission), pk)
    if found is None:
        raise Http404
    return found


def _draft(request: HttpRequest, pk: int) -> Passport:
    """A draft of her scope; an issued version has no pages of editing."""
    found = _found(request, pk, Permission.CONDITION_EDIT)
    if not found.is_draft:
        raise Http404
    return found


def _done(request: HttpRequest, found: Passport, act: Any) -> HttpResponse:
    try:
        act()
        messages.success(request, _("Saved."))
    except services.EditedMeanwhile:
        messages.error(request, _("Somebody else changed this passport while you were writing. Look at it and write yours again."))  # fmt: skip
    return redirect(found)


def _form(
    request: HttpRequest, found: Passport, form: Any, title: str, template: str = "conservation/passport_form.html", extra: dict[str, Any] | None = None
) -> HttpResponse:  # fmt: skip
    context = {"passport": found, "form": form, "title": title, **(extra or {})}
    return render(request, template, context, status=422 if form.errors else 200)
