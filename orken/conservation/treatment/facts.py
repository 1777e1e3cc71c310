"""What can be known of a case: the dictionary of facts with their allowed values, and conditions over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orken.conservation.vocabulary import Words

W = Words
Value = str | tuple[str, ...]
Facts = Mapping[str, Value]


@dataclass(frozen=True)
class Fact:
    """One fact: its key, its question, its values (the first stands when nothing is said), whether it takes several."""

    key: str
    name: Words
    values: Mapping[str, Words]
    many: bool = False

    @property
    def default(self) -> Value:
        first = next(iter(self.values))
        return (first,) if self.many else first


_NO = {"no": W("жоқ", "нет", "no"), "yes": W("бар", "есть", "yes")}


def _fact(key: str, name: Words, values: Mapping[str, Words], *, many: bool = False) -> Fact:
    return Fact(key, name, values, many)


FACTS: dict[str, Fact] = {
    one.key: one
    for one in (
        _fact("incident", W("оқиға", "происшествие", "incident"), {
            "none": W("жоқ", "нет", "none"),
            "flood": W("су басу", "затопление", "flood"),
            "mould_outbreak": W("зеңнің жаппай өсуі", "вспышка плесени", "mould outbreak"),
            "fire": W("өрт", "пожар", "fire"),
        }),
        _fact("support", W("негізі", "основа", "support"), {
            "rag_paper": W("шүберек қағаз", "тряпичная бумага", "rag paper"),
            "wood_pulp_paper": W("ағаш массалы қағаз", "бумага из древесной массы", "wood-pulp paper"),
            "coated_paper": W("борланған қағаз", "мелованная бумага", "coated paper"),
            "parchment": W("пергамент", "пергамен", "parchment"),
            "leather": W("былғары", "кожа", "leather"),
            "photograph": W("фотосурет", "фотография", "photograph"),
        }),
        _fact("media", W("жазу, бояу құралы", "средство письма и краски", "media"), {
            "printing_ink": W("баспа бояуы", "печатная краска", "printing ink"),
            "iron_gall": W("темір-галл сиясы", "железо-галловые чернила", "iron-gall ink"),
            "carbon_ink": W("күйе сиясы", "сажевые чернила", "carbon ink"),
            "dye_ink": W("анилин сиясы", "анилиновые чернила", "dye ink"),
            "watercolour": W("акварель, гуашь", "акварель, гуашь", "watercolour, gouache"),
            "copper_green": W("мыс жасылы", "медная зелень", "copper green"),
            "pencil": W("қарындаш", "карандаш", "pencil"),
            "pastel": W("пастель, көмір", "пастель, уголь", "pastel, charcoal"),
            "stamp_ink": W("мөр бояуы", "штемпельная краска", "stamp ink"),
        }, many=True),
        _fact("solubility", W("бояудың ерігіштігі", "растворимость красителя", "solubility of the media"), {
            "unknown": W("сыналмаған", "не проверена", "not tested"),
            "none": W("ерімейді", "не растворим", "not soluble"),
            "water": W("суда ериді", "растворим в воде", "soluble in water"),
            "ethanol": W("спиртте ериді", "растворим в спирте", "soluble in ethanol"),
            "both": W("суда да, спиртте де ериді", "растворим в воде и спирте", "soluble in both"),
        }),
        _fact("friable", W("бояу үгіле ме", "осыпается ли красочный слой", "friable media"), _NO),
        _fact("flaking", W("бояу қабыршақтана ма", "шелушится ли красочный слой", "flaking media"), _NO),
        _fact("alkali_sensitive", W("сілтіге сезімтал бояу", "краски, чувствительные к щёлочи", "alkali-sensitive colours"), _NO),
        _fact("ink_corrosion", W("сия коррозиясының сатысы", "стадия коррозии чернил", "stage of ink corrosion"), {
            "0": W("жоқ", "нет", "none"),
            "1": W("1, аз", "1, слабая", "1, minor"),
            "2": W("2, орташа", "2, средняя", "2, moderate"),
            "3": W("3, ауыр", "3, сильная", "3, severe"),
            "4": W("4, дағдарысты", "4, критическая", "4, critical"),
        }),
        _fact("copper_corrosion", W("мыс коррозиясы", "медная коррозия", "copper corrosion"), _NO),
        _fact("mould", W("зең", "плесень", "mould"), {
            "none": W("жоқ", "нет", "none"),
            "inactive": W("белсенді емес", "неактивная", "inactive"),
            "active": W("белсенді", "активная", "active"),
        }),
        _fact("insects", W("жәндіктер", "насекомые", "insects"), {
            "none": W("жоқ", "нет", "none"),
            "old": W("ескі іздер", "старые следы", "old traces"),
            "live": W("тірі", "живые", "live"),
        }),
        _fact("dirt", W("кір", "загрязнение", "dirt"), {
            "none": W("жоқ", "нет", "none"),
            "dust": W("шаң", "пыль", "dust"),
            "ingrained": W("сіңген кір", "въевшееся", "ingrained"),
            "soot": W("күйе", "копоть", "soot"),
        }),
        _fact("water", W("сулану", "намокание", "wetting"), {
            "dry": W("құрғақ", "сухой", "dry"),
            "damp": W("дымқыл", "влажный", "damp"),
            "wet": W("су", "мокрый", "wet"),
        }),
        _fact("wet_hours", W("су күйінде қанша уақыт", "сколько времени мокрый", "hours wet"), {
            "under_48": W("48 сағатқа дейін", "до 48 часов", "up to 48 hours"),
            "over_48": W("48 сағаттан көп", "больше 48 часов", "over 48 hours"),
        }),
        _fact("blocking", W("парақтар жабысқан", "листы слиплись", "leaves blocked"), _NO),
        _fact("acidity", W("қышқылдық (pH)", "кислотность (pH)", "acidity (pH)"), {
            "neutral": W("бейтарап, 6,5 және жоғары", "нейтральная, 6,5 и выше", "neutral, 6.5 and more"),
            "acid": W("қышқыл, 5,0–6,4", "кислая, 5,0–6,4", "acid, 5.0–6.4"),
            "critical": W("5,0-ден төмен", "ниже 5,0", "under 5.0"),
            "unknown": W("өлшенбеген", "не измерена", "not measured"),
        }),
        _fact("brittle", W("морттық", "ломкость", "brittleness"), {
            "no": W("жоқ", "нет", "no"),
            "edges": W("жиегі морт", "ломкие края", "brittle edges"),
            "whole": W("бүкіл парақ морт", "ломкий весь лист", "the whole leaf"),
        }),
        _fact("stain", W("дақ", "пятна", "stains"), {
            "none": W("жоқ", "нет", "none"),
            "tideline": W("су жиегінің ізі", "затёк", "tideline"),
            "foxing": W("фоксинг", "фоксинги", "foxing"),
        }),
        _fact("tears", W("жыртықтар", "разрывы", "tears"), {
            "none": W("жоқ", "нет", "none"),
            "minor": W("ұсақ", "мелкие", "minor"),
            "severe": W("ірі, мәтін арқылы", "крупные, через текст", "large, through the text"),
        }),
        _fact("losses", W("кемтіктер", "утраты", "losses"), {
            "none": W("жоқ", "нет", "none"),
            "small": W("ұсақ", "мелкие", "small"),
            "large": W("ірі", "крупные", "large"),
        }),
        _fact("abrasion", W("үйкелген бет", "осаднение", "abraded surface"), _NO),
        _fact("deformation", W("пішіннің бұзылуы", "деформация", "deformation"), {
            "none": W("жоқ", "нет", "none"),
            "cockled": W("толқынданған", "коробление", "cockled"),
            "folded": W("бүктелген", "заломы", "folded"),
        }),
        _fact("tape", W("жабысқақ таспа", "липкая лента", "sticky tape"), _NO),
        _fact("binding", W("түптеме", "переплёт", "binding"), {
            "none": W("түптелмеген", "без переплёта", "unbound"),
            "sound": W("бүтін", "цел", "sound"),
            "sewing_broken": W("тігісі үзілген", "разрушено шитьё", "sewing broken"),
            "board_detached": W("мұқабасы ажыраған", "крышка оторвана", "board detached"),
            "spine_split": W("түбі жарылған", "корешок разорван", "spine split"),
        }),
        _fact("red_rot", W("былғарының қызыл шіруі", "«красная гниль»", "red rot"), _NO),
        _fact("wax_seal", W("балауыз мөр", "восковая печать", "wax seal"), _NO),
        _fact("gilding", W("алтындау", "позолота", "gilding"), _NO),
        _fact("pencil_notes", W("қарындаш жазбалар", "карандашные пометы", "pencil notes"), _NO),
        _fact("faded", W("мәтін оңған", "текст угасает", "faded text"), _NO),
        _fact("hazard", W("қауіп", "опасность", "hazard"), {
            "none": W("белгісіз", "нет признаков", "no sign"),
            "arsenic": W("күшән, сынап күдігі", "подозрение на мышьяк, ртуть", "arsenic or mercury suspected"),
        }),
        _fact("rarity", W("құндылығы", "ценность", "rarity"), {
            "circulating": W("айналымдағы қор", "обращающийся фонд", "circulating stock"),
            "valuable": W("құнды", "ценный", "valuable"),
            "rare": W("сирек, бірегей", "редкий, уникальный", "rare, unique"),
        }),
        _fact("use", W("пайдалану", "использование", "use"), {
            "low": W("сирек", "редкое", "rare"),
            "high": W("жиі", "частое", "frequent"),
            "exhibition": W("көрмеге", "на выставку", "for display"),
        }),
        _fact("performer", W("кім орындайды", "кто выполняет", "who does it"), {
            "R": W("реставратор", "реставратор", "restorer"),
            "T": W("дайындалған техник", "подготовленный техник", "trained technician"),
            "L": W("кітапханашы", "библиотекарь", "librarian"),
        }),
    )
}  # fmt: skip


@dataclass(frozen=True)
class When:
    """A condition over facts: one of the alternatives holds; in an alternative every fact has one of its values.

    `When()` without alternatives always holds.
    """

    alternatives: tuple[Mapping[str, frozenset[str]], ...] = ()

    def holds(self, facts: Facts) -> bool:
        return not self.alternatives or any(
            all(_has(facts, key, values) for key, values in one.items()) for one in self.alternatives
        )

    def as_text(self) -> str:
        if not self.alternatives:
            return "true"
        return " or ".join(
            " and ".join(f"{key} in {'|'.join(sorted(values))}" for key, values in one.items())
            for one in self.alternatives
        )


def when(*alternatives: Mapping[str, str]) -> When:
    """`when({"mould": "active"}, {"insects": "live"})`; several values of a fact stand with spaces between."""
    made = tuple({key: frozenset(values.split()) for key, values in one.items()} for one in alternatives)
    for one in made:
        for key, values in one.items():
            unknown = values - set(FACTS[key].values)
            if unknown:
                raise ValueError(f"{key} has no value {sorted(unknown)}")
    return When(made)


def value_of(facts: Facts, key: str) -> Value:
    return facts.get(key, FACTS[key].default)


def _has(facts: Facts, key: str, values: frozenset[str]) -> bool:
    found = value_of(facts, key)
    return found in values if isinstance(found, str) else bool(values & set(found))


def dictionary() -> dict[str, Any]:
    """Everything a case or a plan may say, as `orken treatment facts --json` prints it."""
    from orken.conservation.treatment.materials import MATERIALS
    from orken.conservation.treatment.rules import VERSION
    from orken.conservation.treatment.steps import STEPS

    return {
        "version": VERSION,
        "facts": {
            key: {
                "name": fact.name.as_dict(),
                "many": fact.many,
                "default": list(fact.default) if fact.many else fact.default,
                "values": {value: words.as_dict() for value, words in fact.values.items()},
            }
            for key, fact in FACTS.items()
        },
        "steps": {
            step.id: {"name": step.name.as_dict(), "level": step.level.value, "stage": step.stage.value,
                      "indicated": step.indicated.as_text()}
            for step in STEPS.values()
        },
        "materials": {
            material.code: {
                "name": material.name.as_dict(),
                "steps": sorted(material.steps),
                "forbidden": material.forbidden,
                "ranges": {
                    name: {"least": one.least, "most": one.most, "unit": one.unit}
                    for name, one in material.ranges.items()
                },
            }
            for material in MATERIALS.values()
        },
    }  # fmt: skip
