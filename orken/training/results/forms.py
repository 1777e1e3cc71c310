"""What the pages of results ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from orken.kit.ui.forms import DateField
from orken.network.models import Appointment
from orken.people.models import Person
from orken.training.results import components
from orken.training.results.rule import Rule


class CommissionForm(forms.Form):
    """Who sat, on which day; a further sheet also says why."""

    chair = forms.ChoiceField(label=_("Chair of the commission"))
    members = forms.MultipleChoiceField(label=_("Members of the commission"), widget=forms.CheckboxSelectMultiple)
    on = DateField(label=_("Date of the commission"))
    reason = forms.CharField(label=_("Why is the sheet corrected?"), max_length=500)

    def __init__(
        self, data: Any = None, *, people: Sequence[Person], posts: Mapping[int, Appointment], further: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """`initial`: what she had answered when she asked for somebody by name."""
        super().__init__(data, initial={"on": timezone.localdate(), **(initial or {})})
        self.people = {str(one.pk): one for one in people}
        choices = [(pk, _with_post(one, posts.get(one.pk))) for pk, one in self.people.items()]
        for name in ("chair", "members"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not further:
            del self.fields["reason"]

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "chair": self.people[said["chair"]],
            "members": [self.people[pk] for pk in said["members"]],
            "on": said["on"],
            "reason": said.get("reason", ""),
        }


def _with_post(person: Person, row: Appointment | None) -> str:
    return f"{person.full_name()} – {row.post.title}, {row.unit.name}" if row else person.full_name()


def _percent(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, required=required)


class RuleForm(forms.Form):
    """The rule in percent; whatever later apps brought has its field too."""

    attendance = _percent(_("Attendance, at least, in percent of the minutes"))
    practical = _percent(_("Practical work, at least, in percent; empty: not asked for"), required=False)
    final = _percent(_("Final work, at least, in percent; empty: not asked for"), required=False)
    questionnaire = forms.BooleanField(label=_("The questionnaire is answered"), required=False)

    def __init__(
        self, data: Any = None, *, rule: Rule, whose: Sequence[tuple[str, Any]] = (), own: bool = False
    ) -> None:
        """`whose`: for whom it may be set, where that is a choice; `own`: the run has its own rule now."""
        said = rule.as_data()
        others = said.pop("others")
        super().__init__(data, initial=said | {"whose": "run" if own else "all"} | {f"other-{name}": need for name, need in others.items()})  # fmt: skip
        if whose:
            self.fields["whose"] = forms.ChoiceField(label=_("For whom it is set"), choices=whose, widget=forms.RadioSelect)  # fmt: skip
        self.others = components.others()
        for name in self.others:
            label = _("%(what)s, at least, in percent; empty: not asked for") % {
                "what": capfirst(str(components.label(name)))
            }
            self.fields[f"other-{name}"] = _percent(label, required=False)
        self.order_fields(["whose", *(name for name in self.fields if name not in ("questionnaire", "whose"))])

    def rule(self) -> Rule:
        said = self.cleaned_data
        others = {name: said[f"other-{name}"] for name in self.others if said.get(f"other-{name}") is not None}
        return Rule(said["attendance"], said["practical"], said["final"], said["questionnaire"], others)
