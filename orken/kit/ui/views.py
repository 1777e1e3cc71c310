"""The living page of all parts: what a page is made of, in every state, for those who build and translate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.forms import DateField
from orken.kit.ui.icons import ICONS
from orken.kit.ui.steps import Answer


class SampleForm(forms.Form):
    """A form in the state in which people need most help: with mistakes."""

    name = forms.CharField(label=_("Surname and given name"), help_text=_("As in the identity card."))
    language = forms.ChoiceField(
        label=_("In which language do you study?"),
        choices=[("kk", _("Kazakh")), ("ru", _("Russian"))],
        widget=forms.RadioSelect,
    )
    on = DateField(label=_("Since when"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=_("I have read it"))


@dataclass(frozen=True)
class Tile:
    row: int
    column: int
    name: object
    short: object
    full: object
    value: int
    shade: int
    address: str = "#pictures"


@login_not_required
def kit(request: HttpRequest) -> HttpResponse:
    """Nothing here is stored: the forms answer, the pictures show made-up numbers."""
    form = (
        SampleForm(request.POST)
        if request.method == "POST"
        else SampleForm({"name": "", "on_day": "31", "on_month": "2", "on_year": "2026"})
    )
    form.is_valid()
    context = {
        "blank": SampleForm(auto_id="blank_%s", initial={"language": "kk"}),
        "form": form,
        "days": [date(1883, 10, 1), date(1992, 5, 4), date(2022, 6, 8)],
        "icons": sorted(ICONS),
        "answers": [
            Answer(str(_("Surname and given name")), "Жұмабекова Айгүл", "#forms"),
            Answer(str(_("In which language do you study?")), str(_("Kazakh")), "#forms"),
        ],
        "tiles": [
            Tile(0, n, _("Part %(n)s") % {"n": n + 1}, str(n + 1), _("Part %(n)s") % {"n": n + 1}, 20 * n + 8, n + 1)
            for n in range(5)
        ],
        "legend": [(n, f"{20 * (n - 1)}–{20 * n}") for n in range(1, 6)],
        "crumbs": [(_("Home"), "/"), (_("Parts"), "")],
    }
    return render(request, "ui/kit.html", context)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be taken; of a text that is too long it says so. Without the reader: it may come before she is known."""
    large = isinstance(exception, RequestDataTooBig)
    return HttpResponse(loader.get_template("400.html").render({"large": large}), status=400)
