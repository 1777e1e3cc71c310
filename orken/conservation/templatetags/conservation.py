"""`{% load conservation %}`: the tabs of the School, sealed texts in the reader's language, rules of treatment in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.conservation.treatment import FACTS, STEPS, Level
from orken.conservation.treatment.facts import When
from orken.conservation.treatment.rules import GENERAL, SCHOOL, Rule
from orken.kit.i18n.content import ORDER, current_language
from orken.network import policy
from orken.network.roles import Permission
from orken.people.models import Account

register = template.Library()


@register.inclusion_tag("conservation/parts/tabs.html", takes_context=True)
def school_tabs(context: Context, here: str) -> dict[str, Any]:
    """The rooms of the School that this reader may enter; `here` is the one she stands in."""
    account = context["request"].user
    tabs = [
        ("specimens", _("Lab")),
        ("cards", _("Cards of damage")),
        ("cases", _("Treatment")),
        ("read_climate", _("Reading a chart")),
    ]
    if isinstance(account, Account) and policy.scope(account, Permission.CONDITION_VIEW):
        tabs = [("passports", _("Passports")), ("rooms", _("Climate")), *tabs]
    return {"tabs": [(reverse(f"conservation:{name}"), label, name == here) for name, label in tabs]}


@register.filter
def said(words: Mapping[str, str] | None) -> str:
    """A text sealed in Kazakh and Russian, for the reader; an English one gets the Russian, as elsewhere (`kit.i18n.content`)."""
    if not words:
        return ""
    return next(words[code] for code in ORDER[current_language()] if code in words)


@register.filter
def named_steps(steps: Iterable[str]) -> str:
    """Steps with their names: «box (T40), copy (T45)»; a step that has to be there before («+T20») reads the same."""
    known = [STEPS[one.lstrip("+")] for one in steps if one.lstrip("+") in STEPS]
    return ", ".join(f"{one.name} ({one.id})" for one in known)


@register.filter
def circumstances(when: When) -> str:
    """When a rule holds, in words: «mould: active; or insects: live»."""
    said = []
    for one in when.alternatives:
        facts = []
        for key, values in one.items():
            words = [str(name) for value, name in FACTS[key].values.items() if value in values]
            facts.append(f"{FACTS[key].name}: {', '.join(words)}")
        said.append(" + ".join(facts))
    return f"; {_('or')} ".join(said)


@register.filter
def spoken_source(source: str) -> str:
    """The source of a rule: a title as it is printed, our own words in the reader's language."""
    return {GENERAL: _("general professional knowledge"), SCHOOL: _("School of Conservation")}.get(source, source)


@register.filter
def decided_by(rule: Rule) -> str:
    """Who gave a rule its standing: a restorer by her name, or the authors of the first set."""
    return _("authors of the first set") if rule.by.startswith(SCHOOL) else rule.by


@register.simple_tag
def levels() -> list[Level]:
    """Who may do a step: what the letters beside the steps mean."""
    return list(Level)
