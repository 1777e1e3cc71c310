"""Materials with their allowed ranges; a forbidden one is a critical breach whatever the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orken.conservation.treatment.facts import When, when
from orken.conservation.vocabulary import Words

W = Words


@dataclass(frozen=True)
class Range:
    """The figures that are allowed for one quality of a material."""

    least: float
    most: float
    unit: str


@dataclass(frozen=True)
class Material:
    """A material: the steps that it serves, its ranges, and when it must not be used."""

    code: str
    name: Words
    steps: frozenset[str]
    ranges: Mapping[str, Range] = field(default_factory=dict)
    forbidden: bool = False
    never: When | None = None
    why: Words | None = None

    def __str__(self) -> str:
        return str(self.name)


def _steps(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REVERSIBLE = W(
    "Қайтымсыз және қартайғанда қағазды бұзады.",
    "Необратимо и при старении портит бумагу.",
    "It cannot be undone and harms paper as it ages.",
)

MATERIALS: dict[str, Material] = {
    one.code: one
    for one in (
        Material("japanese-paper", W("жапон қағазы", "японская бумага", "Japanese paper"), _steps("T31 T33 T36"), {"weight": Range(2, 40, "g/m2")}),
        Material("wheat-starch-paste", W("бидай крахмалының желімі", "пшеничный крахмальный клей", "wheat-starch paste"), _steps("T31 T33 T36"),
                 {"concentration": Range(5, 25, "%")}, never=when({"ink_corrosion": "3 4"}),
                 why=W("Су сия коррозиясын үдетеді.", "Вода ускоряет коррозию чернил.", "Water speeds up ink corrosion.")),
        Material("methylcellulose", W("метилцеллюлоза", "метилцеллюлоза", "methylcellulose"), _steps("T24 T31 T33"), {"concentration": Range(0.5, 5, "%")}),
        Material("remoistenable-tissue", W("қайта белсендірілетін қағаз", "реактивируемая бумага", "remoistenable tissue"), _steps("T32"), {"weight": Range(2, 12, "g/m2")}),
        Material("gelatine", W("желатин", "желатин", "gelatine"), _steps("T24 T32 T34"), {"concentration": Range(0.5, 5, "%"), "temperature": Range(25, 45, "C")}),
        Material("calcium-phytate", W("кальций фитаты", "фитат кальция", "calcium phytate"), _steps("T22"), {"ph": Range(5.5, 6.2, "pH"), "minutes": Range(10, 40, "min")}),
        Material("calcium-bicarbonate", W("кальций бикарбонаты", "бикарбонат кальция", "calcium bicarbonate"), _steps("T22 T23"), {"ph": Range(5.8, 8.5, "pH")}),
        Material("magnesium-oxide", W("магний тотығы, сусыз", "оксид магния, неводный", "magnesium oxide, non-aqueous"), _steps("T23"), {"ph": Range(7.5, 9, "pH")}),
        Material("ethanol", W("этанол, алдын ала дымқылдау", "этанол, предварительное смачивание", "ethanol, pre-wetting"), _steps("T21 T22"), {"concentration": Range(30, 70, "%")},
                 never=when({"solubility": "ethanol both"}), why=W("Бояу спиртте ериді.", "Краситель растворим в спирте.", "The medium is soluble in ethanol.")),
        Material("deionised-water", W("тұзсыздандырылған су", "деионизированная вода", "deionised water"), _steps("T21 T30"), {"ph": Range(6.5, 8.5, "pH"), "temperature": Range(15, 40, "C")}),
        Material("cyclododecane", W("циклододекан", "циклододекан", "cyclododecane"), _steps("T20")),
        Material("hydroxypropylcellulose", W("гидроксипропилцеллюлоза спиртте", "гидроксипропилцеллюлоза в спирте", "hydroxypropylcellulose in ethanol"), _steps("T34 T35"), {"concentration": Range(0.5, 4, "%")}),
        Material("soft-brush", W("жұмсақ қылқалам", "мягкая кисть", "soft brush"), _steps("T10")),
        Material("hepa-vacuum", W("тор арқылы HEPA шаңсорғыш", "пылесос HEPA через сетку", "HEPA vacuum through mesh"), _steps("T10")),
        Material("vinyl-eraser", W("жұмсақ винил өшіргіш", "мягкий виниловый ластик", "soft vinyl eraser"), _steps("T11")),
        Material("smoke-sponge", W("құрғақ губка", "сухая губка", "dry smoke sponge"), _steps("T11")),
        Material("freezer", W("мұздатқыш", "морозильная камера", "freezer"), _steps("T07 H09"), {"temperature": Range(-40, -20, "C"), "days": Range(3, 30, "d")}),
        Material("drying-cabinet", W("желдетілетін шкаф", "вентилируемый шкаф", "ventilated cabinet"), _steps("T06"), {"humidity": Range(30, 50, "%"), "hours": Range(48, 720, "h")}),
        Material("ffp2", W("FFP2 респиратор, нитрил қолғап", "респиратор FFP2, нитриловые перчатки", "FFP2 respirator, nitrile gloves"), _steps("T05")),
        Material("permanent-board", W("ISO 9706 картоны", "картон по ISO 9706", "board to ISO 9706"), _steps("T40"), {"ph": Range(7.5, 10, "pH")}),
        Material("linen-thread", W("зығыр жіп", "льняная нить", "linen thread"), _steps("T36")),
        Material("leaf-casting", W("парақты толықтырып құю", "листдоливка", "leaf casting"), _steps("T33"), never=when({"solubility": "water both unknown"}, {"ink_corrosion": "3 4"}),
                 why=W("Толықтырып құю — сулы әдіс, жууға болмайтын парақты бүлдіреді.", "Листдоливка — водный способ, лист, который нельзя мыть, она испортит.", "Leaf casting is aqueous: a leaf that cannot be washed is harmed.")),
        Material("pva", W("ПВА желімі", "клей ПВА", "PVA adhesive"), _steps("T31 T33 T36 T37"), forbidden=True, why=_REVERSIBLE),
        Material("pressure-tape", W("жабысқақ таспа", "скотч", "sticky tape"), _steps("T31 T36 T37"), forbidden=True, why=_REVERSIBLE),
        Material("laminate", W("ламинат", "ламинат", "laminate"), _steps("T37 T40"), forbidden=True, why=_REVERSIBLE),
        Material("chlorine-bleach", W("хлорлы ағартқыш", "хлорный отбеливатель", "chlorine bleach"), _steps("T25 T21"), forbidden=True,
                 why=W("Целлюлозаны бұзады.", "Разрушает целлюлозу.", "It breaks cellulose down.")),
        Material("oil-dressing", W("май жағу", "жировая смазка", "oil dressing"), _steps("T35"), forbidden=True,
                 why=W("Былғарыны қарайтады, шаң жинайды, қышқылдықты тоқтатпайды.", "Чернит кожу, собирает пыль, кислотность не останавливает.", "It darkens leather, gathers dust and stops no acid.")),
        Material("household-heater", W("тұрмыстық жылытқыш, үтік", "бытовой обогреватель, утюг", "household heater, iron"), _steps("T06 T30 H08 H13"), forbidden=True,
                 why=W("Қызу қағазды мортылдатады, былғары мен пергаментті жиырады.", "Нагрев делает бумагу ломкой, кожу и пергамен стягивает.", "Heat makes paper brittle and shrinks leather and parchment.")),
        Material("acidic-board", W("кәдімгі картон", "обычный картон", "ordinary board"), _steps("T40"), forbidden=True,
                 why=W("Қышқылы құжатқа көшеді.", "Его кислота переходит в документ.", "Its acid migrates into the document.")),
    )
}  # fmt: skip
