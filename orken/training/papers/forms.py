"""What is asked for a paper of a run: each kind its own few questions, and for every one a basis and one more point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orken.people.models import Person
from orken.records import kinds
from orken.training import policy as office
from orken.training.models import Enrolment, Run
from orken.training.papers import orders
from orken.training.papers.selectors import changeable
from orken.training.results import commission as commissions

E = Enrolment.State
PAIR = _("Write it in both languages, or in neither.")


def _text(label: Any, length: int = 500, rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, widget=forms.Textarea({"rows": rows}))


class Paired(forms.Form):
    """Texts in Kazakh and in Russian: both, or neither (Law on languages: a paper says the same in both)."""

    pairs: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in self.pairs:
            if name + "_kk" in self.fields and bool(said.get(f"{name}_kk")) != bool(said.get(f"{name}_ru")):
                self.add_error(f"{name}_ru" if said.get(f"{name}_kk") else f"{name}_kk", PAIR)
        return said


class PaperForm(Paired):
    """The form of one kind of paper about one run; fields that the kind does not ask for are left out."""

    pairs = ("basis", "extra", "text", "went", "proposals")
    asked: dict[str, tuple[str, ...]] = {
        "order.conduct": ("responsible",), "order.expel": ("people",), "order.commission": ("chair", "members"),
        "order.trip": ("people",), "order.amend": ("papers", "text_kk", "text_ru"), "order.cancel": ("papers",),
        "report.run": ("went_kk", "went_ru", "proposals_kk", "proposals_ru"),
    }  # fmt: skip

    papers = forms.MultipleChoiceField(label=_("Which orders?"), widget=forms.CheckboxSelectMultiple)
    responsible = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int, empty_value=None, required=False)
    chair = forms.TypedChoiceField(label=_("Chair of the commission"), coerce=int, empty_value=None)
    members = forms.TypedMultipleChoiceField(
        label=_("Members of the commission"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    people = forms.TypedMultipleChoiceField(label=_("Who"), coerce=int, widget=forms.CheckboxSelectMultiple)
    text_kk = _text(_("What is changed, in Kazakh; a line for each point"), 4000, 4)
    text_ru = _text(_("What is changed, in Russian; a line for each point"), 4000, 4)
    went_kk = _text(_("What came of it, in Kazakh"), 2000, 3)
    went_ru = _text(_("What came of it, in Russian"), 2000, 3)
    proposals_kk = _text(_("Proposals, in Kazakh"), 2000, 3)
    proposals_ru = _text(_("Proposals, in Russian"), 2000, 3)
    extra_kk = _text(_("One more point, in Kazakh"), 1000)
    extra_ru = _text(_("One more point, in Russian"), 1000)
    basis_kk = _text(_("Basis, in Kazakh"))
    basis_ru = _text(_("Basis, in Russian"))

    def __init__(self, data: Any = None, *, run: Run, kind: str, start: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=start or {})
        more = ("extra_kk", "extra_ru") if kind.startswith("order.") else ()
        mine = (*self.asked.get(kind, ()), *more, "basis_kk", "basis_ru")
        self.fields = {name: self.fields[name] for name in mine}
        for name, choices in self._choices(run, kind).items():
            if name in self.fields:
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                field.choices = choices

    def _choices(self, run: Run, kind: str) -> dict[str, list[tuple[Any, str]]]:
        """Asked of the database only where the kind needs it."""
        if kind == "order.conduct":
            people = {one.person_id: one.person for one in office.organisers(run) if one.person is not None}
            return {"responsible": [("", "—"), *_named(people.values())]}
        if kind == "order.commission":
            found = _named(commissions.candidates(run))
            return {"chair": found, "members": found}
        if kind == "order.trip":
            return {"people": _named(one.person for one in orders.trainers(run))}
        if kind == "order.expel":
            rows = orders.enrolled(run, E.WITHDRAWN, E.EXCUSED, E.NO_SHOW, E.FAILED)
            return {"people": [(one.pk, f"{one.person.full_name()} · {one.get_state_display()}") for one in rows]}
        if kinds.of(kind).changes:
            return {"papers": [(str(one.pk), f"{one} · {one.subject}") for one in changeable(run)]}
        return {}


def _named(people: Any) -> list[tuple[Any, str]]:
    rows: list[Person] = list(people)
    return [(one.pk, one.full_name()) for one in rows]


class ReferralForm(Paired):
    """What a referral says beside the facts of the application."""

    pairs = ("pays", "basis")

    pays_kk = forms.CharField(label=_("Who pays for the way, in Kazakh"), max_length=200, required=False)
    pays_ru = forms.CharField(label=_("Who pays for the way, in Russian"), max_length=200, required=False)
    basis_kk = _text(_("Basis, in Kazakh"))
    basis_ru = _text(_("Basis, in Russian"))
