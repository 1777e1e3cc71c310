"""Changing a unit: opening, names, traits, parent, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.ui.steps import Step, Walk
from orken.network import forms, policy, selectors, services
from orken.network.models import Unit, UnitName, UnitTraits
from orken.network.roles import Permission
from orken.network.views.common import actor, beside, said, unit_or_404

Do = Callable[[Unit, dict[str, Any], UUID], Unit]


def names(request: HttpRequest, code: str) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.UNIT_EDIT)
    standing = UnitName.objects.at().filter(unit=unit).first()
    initial = {field: getattr(standing, field, "") for field in services.NAME_FIELDS}

    def do(unit: Unit, answers: dict[str, Any], batch: UUID) -> Unit:
        texts = {field: answers[field] for field in services.NAME_FIELDS}
        return services.rename_unit(
            unit=unit,
            names=texts,
            on=answers["on"],
            by=actor(request),
            onward=answers.get("onward", False),
            revision=answers["revision"],
            batch=batch,
        )

    known = selectors.known_names(unit)
    return _change(request, unit, forms.NamesForm, initial, do, gettext_lazy("Names"), known=known)


def traits(request: HttpRequest, code: str) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.UNIT_EDIT)
    standing = UnitTraits.objects.at().filter(unit=unit).first()
    asked = [field for field in services.TRAIT_FIELDS if field not in services.NUMBERS]
    initial = {field: getattr(standing, field, "") for field in asked}

    def do(unit: Unit, answers: dict[str, Any], batch: UUID) -> Unit:
        given = {field: answers[field] for field in asked}
        return services.set_traits(
            unit=unit,
            traits=given,
            on=answers["on"],
            by=actor(request),
            onward=answers.get("onward", False),
            revision=answers["revision"],
            batch=batch,
        )

    known = selectors.known_traits(unit)
    return _change(request, unit, forms.TraitsForm, initial, do, gettext_lazy("Place, line, contacts"), known=known)


def move(request: HttpRequest, code: str) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.UNIT_MOVE)
    scope = policy.scope(actor(request), Permission.UNIT_MOVE)

    def do(unit: Unit, answers: dict[str, Any], batch: UUID) -> Unit:
        return services.move_unit(
            unit=unit,
            parent=answers["parent"],
            on=answers["on"],
            by=actor(request),
            onward=answers.get("onward", False),
            revision=answers["revision"],
            batch=batch,
        )

    initial = {"parent": unit.parent.code if unit.parent else ""}
    known = selectors.known_places(unit)
    return _change(
        request,
        unit,
        forms.MoveForm,
        initial,
        do,
        gettext_lazy("Where it belongs"),
        scope=scope,
        moved=unit,
        known=known,
    )


def close(request: HttpRequest, code: str) -> HttpResponse:
    unit = unit_or_404(request, code, Permission.UNIT_EDIT)

    def do(unit: Unit, answers: dict[str, Any], batch: UUID) -> Unit:
        return services.close_unit(
            unit=unit, on=answers["on"], by=actor(request), revision=answers["revision"], batch=batch
        )

    return _change(request, unit, forms.CloseForm, {}, do, gettext_lazy("Close the unit"))


def _change(
    request: HttpRequest,
    unit: Unit,
    form_class: type[forms.Revised],
    initial: dict[str, Any],
    do: Do,
    title: str | Promise,
    **arguments: Any,
) -> HttpResponse:
    """One page of change: asked, judged, written, or the other's change shown beside hers."""
    start = {**initial, "revision": unit.revision, "on": timezone.localdate()}
    form = form_class(request.POST or None, initial=start, **arguments)
    theirs: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        batch = uuid4()
        try:
            unit = do(unit, form.cleaned_data, batch)
        except services.EditedMeanwhile as clash:
            theirs = beside(form, initial)
            data = request.POST.copy()
            data["revision"] = str(clash.unit.revision)
            form = form_class(data, initial=start, **arguments)
        except services.Refusal as refusal:
            about_day = isinstance(refusal, services.UnitNotThere)
            form.add_error("on" if about_day else None, str(refusal.sentence))
        else:
            said(request, _saved(unit, form.cleaned_data["on"]), batch)
            return redirect(unit)
    context = {"unit": unit, "form": form, "title": title, "theirs": theirs}
    status = 409 if theirs else 422 if form.is_bound and form.errors else 200
    return render(request, "network/change.html", context, status=status)


def _saved(unit: Unit, on: date) -> str:
    """That it is saved and, for a coming day, when it takes effect."""
    if on > timezone.localdate():
        return _("Saved: %(name)s. It takes effect on %(day)s.") % {
            "name": unit.name,
            "day": date_format(on, "DATE_FORMAT"),
        }
    return _("Saved: %(name)s.") % {"name": unit.name}


def _steps(parent: Unit) -> list[Step]:
    return [
        Step("kind", gettext_lazy("What kind of unit is it?"), forms.kind_form(parent.kind)),
        Step("names", gettext_lazy("What is it called?"), forms.NewNamesForm),
        Step("place", gettext_lazy("Where does it stand, and on what line?"), forms.NewPlaceForm),
        Step("code", gettext_lazy("What is its code, and since when is it open?"), forms.code_form(parent)),
    ]


def opening(request: HttpRequest, code: str, step: str = "kind") -> HttpResponse:
    """Open a unit under this one, one question a page."""
    parent = unit_or_404(request, code, Permission.UNIT_EDIT)
    walk = Walk(f"open-unit-{code}", _steps(parent), title=_("A new unit under: %(name)s") % {"name": parent.name})

    def finish(answers: dict[str, Any]) -> HttpResponse | str:
        batch = uuid4()
        try:
            unit = services.open_unit(
                code=answers["code"],
                kind=answers["kind"],
                parent=parent,
                names={field: answers[field] for field in ("name_kk", "name_ru", "name_en")},
                traits={field: answers[field] for field in ("locality", "internet", "city_kk", "city_ru")},
                on=answers["on"],
                by=actor(request),
                batch=batch,
            )
        except services.Refusal as refusal:
            return str(refusal.sentence)
        text = _("Opened: %(name)s.") % {"name": unit.name}
        if answers["on"] > timezone.localdate():
            text = _saved(unit, answers["on"])
        said(request, text, batch)
        return redirect(unit)

    return walk.page(
        request,
        step,
        address=lambda name: reverse("network:open", args=[code, name]),
        finish=finish,
        leave=parent.get_absolute_url(),
    )
