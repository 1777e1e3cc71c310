"""What differs between two versions of a programme, in the words of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.curriculum import content
from orken.curriculum.hours import Norm, academic
from orken.curriculum.models import Module, Outcome, ProgrammeVersion
from orken.kit.i18n.dates import short_date
from orken.kit.i18n.numbers import number
from orken.kit.text.marking import Sided

Words = str | Promise


@dataclass(frozen=True)
class Difference(Sided):
    """A line of the comparison: what, and how it was and is; None where it was not or is not."""

    what: Words
    before: str | None
    after: str | None


def differences(old: ProgrammeVersion, new: ProgrammeVersion, norm: Norm) -> list[Difference]:
    """Every difference from `old` to `new`, in the order of the pages (four queries)."""
    found = [
        Difference(_label(field), said(old, field), said(new, field))
        for field in content.FIELDS
        if getattr(old, field) != getattr(new, field)
    ]
    found += _outcomes(list(old.outcomes.select_related("competency")), list(new.outcomes.select_related("competency")))
    return [*found, *_modules(list(old.modules.all()), list(new.modules.all()), norm)]


def said(version: ProgrammeVersion, field: str) -> str:
    """The value of a field as a page says it."""
    value: Any = getattr(version, field)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if field == "approved_on":
        return short_date(value) if value else "—"
    display = getattr(version, f"get_{field}_display", None)
    return str(display() if display else value) or "—"


def _label(field: str) -> Words:
    label: Words = ProgrammeVersion._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # only plain fields are asked
    return label


def _outcomes(old: list[Outcome], new: list[Outcome]) -> list[Difference]:
    def line(outcome: Outcome) -> str:
        return f"{outcome.competency.code} · {outcome.level} · {outcome.text}"

    was, now = [line(one) for one in old], [line(one) for one in new]
    gone = [Difference(_("Outcome"), one, None) for one in was if one not in now]
    return [*gone, *(Difference(_("Outcome"), None, one) for one in now if one not in was)]


def _modules(old: list[Module], new: list[Module], norm: Norm) -> list[Difference]:
    was, now = {module.key: module for module in old}, {module.key: module for module in new}
    found = [Difference(_("Module"), _module(module, norm), None) for module in old if module.key not in now]
    for module in new:
        before = was.get(module.key)
        if before is None:
            found.append(Difference(_("Module"), None, _module(module, norm)))
            continue
        if any(getattr(before, field) != getattr(module, field) for field in content.MODULE_FIELDS):
            found.append(Difference(_("Module"), _module(before, norm), _module(module, norm)))
    kept_before = [module.key for module in old if module.key in now]
    kept_after = [module.key for module in new if module.key in was]
    if kept_before != kept_after:
        found.append(
            Difference(
                _("Order of the modules"),
                " → ".join(was[key].title for key in kept_before), " → ".join(now[key].title for key in kept_after),
            )
        )  # fmt: skip
    return found


def _module(module: Module, norm: Norm) -> str:
    hours = [number(academic(getattr(module, kind), norm)) for kind in content.MINUTES]
    parts = [
        str(_("lecture {0}, practice {1}, independent {2}, assessment {3}")).format(*hours),
        *(getattr(module, f"content_{language}") for language in ("kk", "ru", "en")),
    ]
    titles = " / ".join(filter(None, (module.title_kk, module.title_ru, module.title_en)))
    return " · ".join(filter(None, [titles, *parts]))
