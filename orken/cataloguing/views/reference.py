"""The rules of the checker with their examples, the formats field by field, and the KAZMARC profile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.cataloguing import forms, rulebook, services
from orken.cataloguing.models import PROFILES, ProfileRow
from orken.cataloguing.policy import may_edit_profile
from orken.cataloguing.views.common import actor, crumbs, known_profile
from orken.kit.i18n.content import current_language


def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the checker, by group; filtered by words."""
    asked = " ".join(request.GET.get("q", "").split())[:100]
    found = rulebook.groups(asked)
    context = {
        "groups": found,
        "asked": asked,
        "count": sum(len(lines) for _name, lines in found),
        "crumbs": crumbs((_("Rules"), "")),
    }
    return render(request, "cataloguing/rules.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what, where, why, how to see it; a good and a bad example; its source."""
    found = rulebook.page(code)
    if found is None:
        raise Http404
    context = {"rule": found, "crumbs": crumbs((_("Rules"), _address("rules")), (found.title, ""))}
    return render(request, "cataloguing/rule.html", context)


def _address(name: str, *arguments: str) -> str:
    from django.urls import reverse

    return reverse(f"cataloguing:{name}", args=arguments)


def formats(request: HttpRequest, code: str) -> HttpResponse:
    """The fields of a format, as the checker knows them."""
    profile = known_profile(code)
    language = current_language()
    asked = " ".join(request.GET.get("q", "").split()).casefold()[:60]
    rows = [
        (field, *field.name.get(language))
        for field in sorted(profile.fields.values(), key=lambda one: one.tag)
        if not asked or field.tag.startswith(asked) or asked in " ".join(field.name).casefold()
    ]
    context = {
        "profile": profile, "rows": rows, "asked": asked, "choices": [(one, name, one == code) for one, name in PROFILES],
        "crumbs": crumbs((profile.name.text(language), "")),
    }  # fmt: skip
    return render(request, "cataloguing/formats.html", context)


def field(request: HttpRequest, code: str, tag: str) -> HttpResponse:
    """One field: indicators, subfields, coded positions."""
    profile = known_profile(code)
    found = profile.fields.get(tag)
    if found is None:
        raise Http404
    language = current_language()
    indicators = []
    for number, defined in ((1, found.ind1), (2, found.ind2)):
        if defined and defined.values:
            values = [(value.replace(" ", "#"), names.text(language)) for value, names in defined.values.items()]
            told = [(value, meaning) for value, meaning in values if meaning]
            bare = ", ".join(value for value, meaning in values if not meaning)
            indicators.append((number, defined.name.text(language), told, bare))
    parts = [
        (
            part,
            part.name.text(language),
            [(position, position.name.text(language), _codes(position, language)) for position in part.positions],
        )
        for part in found.subfields.values()
    ]
    context = {
        "profile": profile, "field": found, "name": found.name.text(language), "indicators": indicators, "parts": parts,
        "source": profile.reference(tag),
        "crumbs": crumbs((profile.name.text(language), _address("formats", code)), (tag, "")),
    }  # fmt: skip
    return render(request, "cataloguing/field.html", context)


def _codes(position: Any, language: str) -> list[tuple[str, str]]:
    return [(code.replace(" ", "#"), names.text(language)) for code, names in position.codes.items()]


# --- KAZMARC, written by the National Library ---


def kazmarc(request: HttpRequest) -> HttpResponse:
    """What the National Library has said of KAZMARC; UNIMARC holds where it has said nothing."""
    context = {
        "rows": ProfileRow.objects.select_related("by"),
        "profile": known_profile("kazmarc"),
        "may_edit": may_edit_profile(actor(request)),
        "crumbs": crumbs(("KAZMARC", "")),
    }
    return render(request, "cataloguing/kazmarc.html", context)


def kazmarc_row(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a row."""
    account = actor(request)
    if not may_edit_profile(account):
        raise Http404
    row = get_object_or_404(ProfileRow, pk=pk) if pk else None
    initial = {"revision": row.revision} if row else {}
    form = forms.RowForm(request.POST if request.method == "POST" else None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in services.ROW_FIELDS}
        try:
            kept = services.write_row(row=row, values=values, revision=form.cleaned_data["revision"], by=account)
        except services.RowIsThere:
            form.add_error("tag", _("There is a row for this already. Change that one."))
        except services.ChangedMeanwhile:
            form.add_error(None, _("Somebody else changed this row meanwhile. Open it again and look."))
        else:
            messages.success(request, _("Kept: %(row)s. The checker uses it from now on.") % {"row": kept.place})
            return redirect("cataloguing:kazmarc")
    title = _("Change the row %(row)s") % {"row": row.place} if row else _("Add a row")
    context = {
        "form": form,
        "row": row,
        "title": title,
        "crumbs": crumbs(("KAZMARC", _address("kazmarc")), (title, "")),
    }
    return render(
        request, "cataloguing/kazmarc_row.html", context, status=422 if form.is_bound and form.errors else 200
    )


@require_POST
def kazmarc_remove(request: HttpRequest, pk: int) -> HttpResponse:
    account = actor(request)
    if not may_edit_profile(account):
        raise Http404
    row = get_object_or_404(ProfileRow, pk=pk)
    services.remove_row(row=row, by=account)
    messages.success(request, _("Taken out: %(row)s. UNIMARC holds there again.") % {"row": row.place})
    return redirect("cataloguing:kazmarc")
