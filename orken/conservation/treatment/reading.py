"""Reading a case and a plan: an unknown key or value is refused by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orken.conservation.treatment.facts import FACTS, Facts, Value
from orken.conservation.treatment.materials import MATERIALS
from orken.conservation.treatment.steps import STEPS
from orken.conservation.vocabulary import Refused, Words

MOST_STEPS = 200
W = Words


class CaseRefused(Refused):
    """The case or the plan cannot be read; `words` is a sentence that names what is wrong."""


@dataclass(frozen=True)
class Chosen:
    """One step of a plan as it was chosen, with its material and the figures given for it."""

    id: str
    material: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


NO_FACTS = W(
    "Жағдайда «facts» нысаны болуы керек.",
    "В случае должен быть объект «facts».",
    "A case must hold an object «facts».",
)
NO_STEPS = W(
    "Жоспарда «steps» тізімі болуы керек.", "В плане должен быть список «steps».", "A plan must hold a list «steps»."
)
UNKNOWN_FACT = W("«%(name)s» деген дерек жоқ.", "Факта «%(name)s» нет.", "There is no fact «%(name)s».")
UNKNOWN_VALUE = W(
    "«%(key)s» дерегінің «%(name)s» деген мәні жоқ; болатыны: %(known)s.",
    "У факта «%(key)s» нет значения «%(name)s»; бывает: %(known)s.",
    "The fact «%(key)s» has no value «%(name)s»; it may be: %(known)s.",
)
UNKNOWN_STEP = W(
    "%(place)d-орын: «%(name)s» деген қадам жоқ.",
    "Место %(place)d: шага «%(name)s» нет.",
    "Place %(place)d: there is no step «%(name)s».",
)
UNKNOWN_MATERIAL = W(
    "%(place)d-орын: «%(name)s» деген материал жоқ.",
    "Место %(place)d: материала «%(name)s» нет.",
    "Place %(place)d: there is no material «%(name)s».",
)
UNKNOWN_QUALITY = W(
    "%(place)d-орын: «%(material)s» материалында «%(name)s» көрсеткіші жоқ.",
    "Место %(place)d: у материала «%(material)s» нет показателя «%(name)s».",
    "Place %(place)d: the material «%(material)s» has no quality «%(name)s».",
)
UNKNOWN_KEY = W(
    "%(place)d-орын: «%(name)s» деген кілт жоқ.",
    "Место %(place)d: ключа «%(name)s» нет.",
    "Place %(place)d: there is no key «%(name)s».",
)
NOT_A_NUMBER = W(
    "%(place)d-орын: «%(name)s» сан болуы керек.",
    "Место %(place)d: «%(name)s» должно быть числом.",
    "Place %(place)d: «%(name)s» must be a number.",
)
TOO_LONG = W("Жоспарда қадам тым көп: %(n)d; ең көбі %(most)d.", "В плане слишком много шагов: %(n)d; не больше %(most)d.", "The plan has too many steps: %(n)d; at most %(most)d.")  # fmt: skip


def parse_case(raw: Any) -> Facts:
    """The facts of a case, with what is not said at its first value. Raises CaseRefused."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("facts"), Mapping):
        raise CaseRefused(NO_FACTS)
    found: dict[str, Value] = {key: fact.default for key, fact in FACTS.items()}
    for key, value in raw["facts"].items():
        if key not in FACTS:
            raise CaseRefused(UNKNOWN_FACT % {"name": str(key)[:60]})
        found[key] = _value(key, value)
    return found


def _value(key: str, value: Any) -> Value:
    fact = FACTS[key]
    given = value if isinstance(value, list) and fact.many else [value]
    texts: list[str] = []
    for one in given:
        text = _text(one)
        if text not in fact.values:
            known = ", ".join(fact.values)
            raise CaseRefused(UNKNOWN_VALUE % {"key": key, "name": text[:60], "known": known})
        texts.append(text)
    return tuple(dict.fromkeys(texts)) if fact.many else texts[0]


def _text(value: Any) -> str:
    """A value as people write it in JSON: true stands for «yes», 3 for «3»."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)


def parse_plan(raw: Any) -> tuple[Chosen, ...]:
    """The steps of a plan in their order. Raises CaseRefused."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("steps"), list):
        raise CaseRefused(NO_STEPS)
    if len(raw["steps"]) > MOST_STEPS:
        raise CaseRefused(TOO_LONG % {"n": len(raw["steps"]), "most": MOST_STEPS})
    return tuple(_step(place, one) for place, one in enumerate(raw["steps"], start=1))


def _step(place: int, raw: Any) -> Chosen:
    if isinstance(raw, str):
        raw = {"id": raw}
    name = raw.get("id") if isinstance(raw, Mapping) else None
    if not isinstance(raw, Mapping) or name not in STEPS:
        raise CaseRefused(UNKNOWN_STEP % {"place": place, "name": str(name)[:60]})
    for key in raw:
        if key not in ("id", "material", "values"):
            raise CaseRefused(UNKNOWN_KEY % {"place": place, "name": str(key)[:60]})
    material = raw.get("material") or ""
    if material and material not in MATERIALS:
        raise CaseRefused(UNKNOWN_MATERIAL % {"place": place, "name": str(material)[:60]})
    values: dict[str, float] = {}
    given = raw.get("values") or {}
    if not isinstance(given, Mapping):
        raise CaseRefused(NOT_A_NUMBER % {"place": place, "name": "values"})
    for key, value in given.items():
        if not material or key not in MATERIALS[material].ranges:
            raise CaseRefused(UNKNOWN_QUALITY % {"place": place, "material": material or "—", "name": str(key)[:60]})
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise CaseRefused(NOT_A_NUMBER % {"place": place, "name": str(key)[:60]})
        values[key] = float(value)
    return Chosen(str(name), str(material), values)
