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
from orken.training.papers import agreements, orders
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

    pairs = ("basis", "extra", "text", "went", "proposals", "costs", "speciality")
    asked: dict[str, tuple[str, ...]] = {
        "order.conduct": ("responsible",), "order.expel": ("people",), "order.commission": ("chair", "members"),
        "order.trip": ("people",), "order.amend": ("papers", "text_kk", "text_ru"), "order.cancel": ("papers",),
        "agreement.host": ("partner", "costs_kk", "costs_ru"), "agreement.trainer": ("trainer", "pay"),
        "agreement.intern": ("learner", "mentor", "speciality_kk", "speciality_ru", "share", "costs_kk", "costs_ru"),
        "agreement.further": ("papers", "text_kk", "text_ru"), "agreement.end": ("papers",),
        "report.run": ("went_kk", "went_ru", "proposals_kk", "proposals_ru"),
    }  # fmt: skip

    papers = forms.MultipleChoiceField(label=_("Which papers?"), widget=forms.CheckboxSelectMultiple)
    responsible = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int, empty_value=None, required=False)
    chair = forms.TypedChoiceField(label=_("Chair of the commission"), coerce=int, empty_value=None)
    members = forms.TypedMultipleChoiceField(
        label=_("Members of the commission"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    people = forms.TypedMultipleChoiceField(label=_("Who"), coerce=int, widget=forms.CheckboxSelectMultiple)
    partner = forms.TypedChoiceField(label=_("Who receives the run"), coerce=int, empty_value=None)
    trainer = forms.TypedChoiceField(label=_("Who teaches"), coerce=int, empty_value=None)
    pay = forms.IntegerField(
        label=_("Pay, tenge"),
        min_value=0,
        max_value=100_000_000,
        required=False,
        help_text=_("Leave it empty when nothing is paid."),
    )
    learner = forms.TypedChoiceField(label=_("Who learns"), coerce=int, empty_value=None)
    mentor = forms.TypedChoiceField(label=_("Mentor"), coerce=int, empty_value=None, required=False)
    speciality_kk = forms.CharField(label=_("Speciality of a student, in Kazakh"), max_length=200, required=False)
    speciality_ru = forms.CharField(label=_("Speciality of a student, in Russian"), max_length=200, required=False)
    share = forms.IntegerField(
        label=_("Share of learning at work, per cent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Of a student; as the college and the library agreed."),
    )
    costs_kk = _text(_("Who pays for what, in Kazakh"))
    costs_ru = _text(_("Who pays for what, in Russian"))
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
        more = ("extra_kk", "extra_ru") if kind.startswith(("order.", "agreement.")) else ()
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
            return {
                "papers": [(str(one.pk), f"{one} · {one.subject}") for one in changeable(run, kind.partition(".")[0])]
            }
        return self._sides(run, kind)

    def _sides(self, run: Run, kind: str) -> dict[str, list[tuple[Any, str]]]:
        """Who can be the other side of an agreement."""
        if kind == "agreement.host":
            return {"partner": [(one.pk, one.name) for one in agreements.partners(run)]}
        if kind == "agreement.trainer":
            return {"trainer": _named(one.person for one in orders.trainers(run))}
        if kind == "agreement.intern":
            rows = [
                (one.pk, f"{one.person.full_name()} · {one.unit.name}") for one in orders.enrolled(run, *Enrolment.LIVE)
            ]
            return {"learner": rows, "mentor": [("", "—"), *_named(commissions.candidates(run))]}
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
