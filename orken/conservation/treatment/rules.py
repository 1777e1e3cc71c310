"""The rules that judge a plan: reviewed data of four kinds, each with its reason, source, author, status and day.

must                 the step has to be there
forbid_unless        the step has no place here, unless the steps named come before it
requires_before      the step needs another before it; without it, it fails too
if_both_before       when both are there, the order matters

An approved rule judges; a draft one only advises and never costs a mark. What is approved here was approved by the
authors of the School for the first set, from the sources named; restorers of the National Library confirm it or send
it back to draft (docs/decisions/0032).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from orken.conservation.treatment.facts import When, when
from orken.conservation.treatment.steps import STEPS, Level
from orken.conservation.vocabulary import Words

VERSION = "2026.1"
W = Words


class RuleKind(StrEnum):
    """The four ways in which a rule speaks."""

    MUST = "must"
    FORBID_UNLESS = "forbid_unless"
    REQUIRES_BEFORE = "requires_before"
    IF_BOTH_BEFORE = "if_both_before"


class Status(StrEnum):
    """Whether the rule was reviewed: a draft advises, an approved one judges."""

    DRAFT = "draft"
    APPROVED = "approved"

    @property
    def words(self) -> Words:
        return {"draft": W("жоба", "проект", "draft"), "approved": W("бекітілген", "утверждено", "approved")}[
            self.value
        ]


@dataclass(frozen=True)
class Rule:
    """One rule. `a` are the steps that must be there or come first, `b` those that it is about; `given` limits a
    `must` to plans with one of these steps. `weight` is its share, `critical` caps the whole score."""

    id: str
    kind: RuleKind
    a: tuple[str, ...]
    b: tuple[str, ...]
    when: When
    weight: float
    critical: bool
    why: Words
    source: str
    status: Status = Status.APPROVED
    by: str = "School of Conservation, first set"
    on: date = date(2026, 9, 1)
    given: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(
            sorted({STEPS[step.lstrip("+")].level for step in (*self.a, *self.b)}, key=lambda level: level.rank)
        )


ALWAYS = When()
INTERVENING = tuple(step.id for step in STEPS.values() if step.intervenes)
RESTORERS = tuple(step.id for step in STEPS.values() if step.level is Level.RESTORER and step.intervenes)
TOUCHING = tuple(
    step for step in STEPS if step[0] == "T" and step not in ("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T46")
)
TREATING = tuple(step for step in INTERVENING if step != "T37")
NOT_INCIDENT = when({"incident": "none"})
BPG = "AIC Book and Paper Group Wiki"
TNA = "The National Archives (UK), mould guidance"
RCE = "Netherlands heritage agency, ink corrosion, 2001"
GOST = "ГОСТ 7.50-2002"
SCHOOL = "School of Conservation"
GENERAL = "general professional knowledge"


def _must(
    id_: str,
    step: str,
    why: Words,
    source: str,
    when_: When = ALWAYS,
    weight: float = 1,
    *,
    critical: bool = False,
    given: Sequence[str] = (),
) -> Rule:
    return Rule(id_, RuleKind.MUST, (step,), (), when_, weight, critical, why, source, given=tuple(given))


def _never(
    id_: str,
    steps: str,
    why: Words,
    source: str,
    when_: When = ALWAYS,
    unless: str = "",
    weight: float = 3,
    *,
    critical: bool = True,
) -> Rule:
    return Rule(
        id_, RuleKind.FORBID_UNLESS, tuple(unless.split()), tuple(steps.split()), when_, weight, critical, why, source
    )


def _needs(
    id_: str,
    before: str,
    steps: str,
    why: Words,
    source: str,
    when_: When = ALWAYS,
    weight: float = 1,
    *,
    critical: bool = False,
) -> Rule:
    return Rule(
        id_, RuleKind.REQUIRES_BEFORE, tuple(before.split()), tuple(steps.split()), when_, weight, critical, why, source
    )


def _order(
    id_: str,
    before: str,
    after: str,
    why: Words,
    source: str,
    when_: When = ALWAYS,
    weight: float = 1,
    *,
    critical: bool = False,
) -> Rule:
    return Rule(
        id_, RuleKind.IF_BOTH_BEFORE, tuple(before.split()), tuple(after.split()), when_, weight, critical, why, source
    )


def _draft(rule: Rule) -> Rule:
    return replace(rule, status=Status.DRAFT)


ACTIVE, LIVE = when({"mould": "active"}), when({"insects": "live"})
FLOOD, FIRE, OUTBREAK = when({"incident": "flood"}), when({"incident": "fire"}), when({"incident": "mould_outbreak"})
ANY = when({"incident": "flood fire mould_outbreak"})

RULES: dict[str, Rule] = {
    one.id: one
    for one in (
        # What has to be there.
        _must("R-001", "T01", W("Өңдеуге дейінгі сурет болмаса, не өзгергені дәлелденбейді.", "Без снимка до обработки не доказать, что изменилось.", "Without a photograph before nothing that changed can be shown."), "EN 16095:2012", NOT_INCIDENT, 1.5),
        _must("R-002", "T02", W("Сақталуы сипатталмаған затқа өңдеу таңдалмайды.", "Нельзя выбрать обработку, не описав сохранность.", "No treatment is chosen before the condition is recorded."), "EN 16095:2012", NOT_INCIDENT, 1.5),
        _must("R-003", "T03", W("Негізі мен бояуы белгісіз болса, әр қадам тәуекел.", "Пока основа и краситель неизвестны, каждый шаг рискован.", "While support and media are unknown every step is a risk."), BPG, NOT_INCIDENT, 1, given=INTERVENING),
        _must("R-004", "T04", W("Белсенді зең мен тірі жәндік көршілерге жұғады.", "Активная плесень и живые насекомые переходят на соседей.", "Active mould and live insects spread to neighbours."), TNA, when({"mould": "active"}, {"insects": "live"}), 3, critical=True),
        _must("R-005", "T05", W("Споралар мен күйе өкпеге зиян.", "Споры и копоть вредят лёгким.", "Spores and soot harm the lungs."), TNA, when({"mould": "active"}, {"mould": "inactive", "dirt": "dust ingrained soot"}, {"dirt": "soot"}, {"hazard": "arsenic"}, {"incident": "mould_outbreak fire"}), 2),
        _must("R-006", "T06", W("Ылғал түспейінше зең өсе береді.", "Пока влажность не снижена, плесень растёт.", "Mould grows on until the humidity is down."), TNA, ACTIVE, 3),
        _must("R-007", "T07", W("Тірі жәндік мұздатылмаса, қорға тарайды.", "Живые насекомые без замораживания разойдутся по фонду.", "Live insects that are not frozen spread through the stock."), GENERAL, LIVE, 2),
        _must("R-008", "T40", W("Қорап — ең арзан және ең ұзақ қорғаныс.", "Короб — самая дешёвая и долгая защита.", "A box is the cheapest and longest protection."), GOST, NOT_INCIDENT, 3),
        _must("R-009", "T41", W("Себебі жойылмаса, зақым қайталанады.", "Без устранения причины повреждение повторится.", "The damage comes back unless its cause goes."), GOST, when({"incident": "none", "mould": "active inactive"}, {"incident": "none", "water": "damp wet"}, {"deformation": "cockled"}, {"stain": "tideline foxing"}), 1),
        _must("R-010", "T42", W("Өңдеу нәтижесі сол жарықта, сол масштабта түсіріледі.", "Результат снимают при том же свете и масштабе.", "The result is photographed in the same light and scale."), "EN 16095:2012", NOT_INCIDENT, 1, given=INTERVENING),
        _must("R-011", "T43", W("Материалдары жазылмаған өңдеуді кейінгі реставратор түсінбейді.", "Без записи материалов следующий реставратор не поймёт обработку.", "Without its materials on paper the next restorer cannot read a treatment."), "EN 16095:2012", NOT_INCIDENT, 1, given=INTERVENING),
        _must("R-012", "T44", W("Зақым дами ма, келесі тексеру көрсетеді.", "Развивается ли повреждение, покажет следующий осмотр.", "Only the next look shows whether it goes on."), GOST, NOT_INCIDENT, 1),
        _must("R-013", "T45", W("Морт не коррозиялы парақты беруге болмайды: көшірмесі беріледі.", "Ломкий или корродирующий лист не выдают: выдают копию.", "A brittle or corroding leaf is not handed out: a copy is."), RCE, when({"ink_corrosion": "3 4"}, {"brittle": "whole"}, {"flaking": "yes"}, {"faded": "yes", "use": "high"}), 1.5),
        # What comes before what.
        _order("R-020", "T01", " ".join(one for one in TOUCHING if one not in ("T42", "T43", "T44")), W("Сурет өңдеуден бұрын түсіріледі.", "Снимок делают до обработки.", "The photograph comes before the treatment."), "EN 16095:2012", weight=2),
        _order("R-021", "T02", " ".join(one for one in TOUCHING if one not in ("T42", "T43", "T44")), W("Сипаттама өңдеуден бұрын жасалады.", "Описание делают до обработки.", "The record comes before the treatment."), "EN 16095:2012", weight=2),
        _order("R-022", "T04", "T05 T06 T07 T10 T11", W("Алдымен оқшаулаңыз, сонда көршілерге жұқпайды.", "Сперва изолируйте, тогда соседи не заразятся.", "Isolate first, so that the neighbours are safe."), TNA, when({"mould": "active"}, {"insects": "live"}), 2),
        _order("R-023", "T05", "T06 T07 T10 T11", W("Қорғанышсыз зеңге қол тигізбеңіз.", "Без защиты плесени не касаются.", "No hand touches mould without protection."), TNA, when({"mould": "active inactive"}, {"dirt": "soot"}, {"hazard": "arsenic"}), 2),
        _needs("R-024", "T06", "T10 T11", W("Белсенді зеңді тазалау споралар мен жіпшелерді қағазға енгізеді.", "Чистка активной плесени втирает споры и гифы в бумагу.", "Cleaning active mould rubs spores and threads into the paper."), TNA, ACTIVE, 3, critical=True),
        _order("R-025", "T06 T07", "T10 T11", W("Алдымен кептіру мен мұздату, содан кейін тазалау.", "Сперва сушка и заморозка, потом чистка.", "Dry and freeze first, clean after."), TNA, when({"insects": "live"}, {"water": "damp wet"}), 2),
        _order("R-026", "T10", "T11", W("Өшіргіш қалған шаңды үйкейді.", "Ластик втирает оставшуюся пыль.", "An eraser rubs in the dust that is left."), BPG),
        _needs("R-027", "T09", "T12 T20 T21 T22", W("Су мен еріткіш бояуды ерітуі мүмкін: алдымен сынап көріңіз.", "Вода и растворитель могут смыть краситель: сначала проба.", "Water and solvent may dissolve the media: test first."), f"{BPG}, Washing", weight=3),
        _needs("R-028", "T10", "T21", W("Жуу беткі кірді талшыққа енгізеді.", "Промывка загоняет поверхностную грязь в волокна.", "Washing drives surface dirt into the fibres."), f"{BPG}, Washing", when({"dirt": "dust ingrained soot"}, {"mould": "inactive active"}), 2),
        _needs("R-029", "T08", "T23", W("Қышқылдығы өлшенбеген қағаз бейтараптандырылмайды.", "Не измерив кислотность, не нейтрализуют.", "No deacidification without a measured pH."), BPG, weight=2),
        _order("R-030", "T12", "T20 T21 T22 T23", W("Таспа желімі суда қағазға бекіп қалады.", "Клей ленты в воде закрепляется в бумаге.", "Water sets the adhesive of the tape."), BPG, weight=2),
        _order("R-031", "T20", "T21", W("Бекіту жуудан бұрын.", "Закрепление до промывки.", "Fixing comes before washing."), BPG, weight=2),
        _order("R-032", "T21", "T22 T23 T24", W("Жуу еритін қышқыл мен темірді алып кетеді, сонда өңдеу тереңге жетеді.", "Промывка уносит кислоту и железо, тогда обработка доходит вглубь.", "Washing carries acid and iron away, so that what follows goes deep."), BPG),
        _order("R-033", "T22", "T23 T24", W("Фитат темірді байлайды, сілтілік қор содан кейін беріледі.", "Фитат связывает железо, щелочной резерв вносят после.", "Phytate binds the iron, the reserve comes after."), RCE, weight=2),
        _order("R-034", "T23", "T24", W("Желімделген қағазға бейтараптандырғыш сіңбейді.", "В проклеенную бумагу нейтрализатор не входит.", "Sized paper takes no alkali."), BPG),
        _order("R-035", "T20 T21 T22 T23 T24", "T30 T31 T33", W("Жөндеу сулы өңдеуден кейін: су жапсырманы ажыратады.", "Ремонт после водных шагов: вода отделит заплаты.", "Mending comes after water: water loosens mends."), BPG),
        _order("R-036", "T10", "T30", W("Ылғал кірді бекітеді.", "Влага закрепляет грязь.", "Moisture sets dirt."), BPG),
        _order("R-037", "T30", "T31 T33", W("Жазылған параққа жапсырма дәл түседі.", "На распрямлённом листе заплата ложится точно.", "A mend sits true on a flat leaf."), BPG),
        _order("R-038", "T31 T32 T33", "T36", W("Алдымен кітап блогы, содан кейін түптеме.", "Сперва блок, потом переплёт.", "The text block before the binding."), BPG),
        _order("R-039", "T10 T11 T12 T21 T23 T30 T31 T32 T33 T34 T35 T36", "T40", W("Қорап соңында өлшенеді.", "Короб снимают по мерке в конце.", "The box is measured at the end."), GENERAL),
        _order("R-040", " ".join(INTERVENING), "T42 T43", W("Соңғы сурет пен есеп өңдеуден кейін.", "Снимок и отчёт — после обработки.", "The photograph after and the report come last."), "EN 16095:2012"),
        _needs("R-041", "T34", "T10 T11 T21 T30 T36", W("Үгілген бояу алдымен бекітіледі, әйтпесе қылқалам алып кетеді.", "Осыпающийся слой сперва укрепляют, иначе кисть его унесёт.", "Flaking media are consolidated first, or the brush takes them."), BPG, when({"flaking": "yes"}), 3, critical=True),
        _needs("R-042", "T46", " ".join(RESTORERS), W("Реставратор деңгейіндегі қадамды кітапханашы мен техник өздігінен жасамайды.", "Шаги уровня реставратора библиотекарь и техник сами не делают.", "A librarian or technician does no restorer's step on her own."), SCHOOL, when({"performer": "L T"}), 3, critical=True),
        _needs("R-043", "T46", "T31", W("Сирек кітаптың жыртығын реставратор ғана жөндейді.", "Разрывы редкой книги чинит только реставратор.", "Only a restorer mends a rare book."), SCHOOL, when({"performer": "L T", "rarity": "rare valuable"}), 2),
        # What has no place.
        _never("R-050", "T21", W("Еритін бояу бекітілмей жуылса, мәтін жоғалады.", "Растворимый краситель без закрепления смоется, текст пропадёт.", "Soluble media washed without fixing: the text is lost."), f"{BPG}, Washing", when({"solubility": "water both"}), "T09 T20"),
        _never("R-051", "T21", W("Сыналмаған бояу жуылмайды.", "Непроверенный краситель не моют.", "Untested media are not washed."), f"{BPG}, Washing", when({"solubility": "unknown"}), "T09"),
        _never("R-052", "T21 T22 T30", W("Үгілетін бояуды су алып кетеді.", "Осыпающийся красочный слой вода унесёт.", "Water carries friable media away."), f"{BPG}, Washing", when({"friable": "yes"})),
        _never("R-053", "T21", W("Коррозияның 3–4 сатысында судан жолдар бойымен жарық түседі; тек спиртпен дымқылдап, фитатпен.", "При коррозии 3–4 по штрихам от воды идут трещины; только со смачиванием спиртом и фитатом.", "At stages 3–4 water cracks the strokes; only with ethanol pre-wetting and phytate."), RCE, when({"ink_corrosion": "3 4"}), "+T22"),
        _never("R-054", "T21", W("Бұл негіз суға батырылмайды.", "Эту основу в воду не погружают.", "This support is not put into water."), f"{BPG}, Washing", when({"support": "parchment coated_paper leather photograph"}, {"wax_seal": "yes"})),
        _never("R-055", "T22", W("Суда да, спиртте де еритін бояуға фитат болмайды.", "Фитат нельзя, если краситель растворим и в воде, и в спирте.", "No phytate with media soluble in water and in ethanol."), RCE, when({"solubility": "both"})),
        _never("R-056", "T23", W("Сілті бұл түстерді өзгертеді, фотосуретті бұзады.", "Щёлочь меняет эти краски, портит фотографию.", "Alkali changes these colours and harms photographs."), BPG, when({"alkali_sensitive": "yes"}, {"support": "photograph"})),
        _never("R-057", "T25", W("Мектепте ағартуға тыйым салынған: талшық әлсірейді, ақпарат жоғалады.", "В Школе отбеливание запрещено: волокно слабеет, сведения теряются.", "Bleaching is forbidden in this School: fibres weaken, evidence is lost."), SCHOOL),
        _never("R-058", "T30", W("Ылғал коррозияны үдетеді, еритін бояу мен балауызды бүлдіреді.", "Влага ускоряет коррозию, портит растворимые красители и воск.", "Moisture speeds corrosion and harms soluble media and wax."), BPG, when({"ink_corrosion": "3 4"}, {"solubility": "water both"}, {"gilding": "yes"}, {"wax_seal": "yes"})),
        _never("R-063", "T20 T21 T22 T30 T31 T33", W("Белсенді зеңге ылғал берілмейді: алдымен тоқтатып, кептіріңіз.", "Активной плесени влагу не дают: сперва остановите и просушите.", "Active mould gets no moisture: stop and dry it first."), TNA, ACTIVE, "T06"),
        _never("R-059", "T37", W("Ламинат, таспа, ПВА қайтымсыз.", "Ламинат, скотч и ПВА необратимы.", "Laminate, tape and PVA cannot be undone."), SCHOOL, weight=3),
        _never("R-060", "T10", W("Пастель мен көмір қылқаламмен ұшып кетеді.", "Пастель и уголь кисть снимет.", "A brush lifts pastel and charcoal."), BPG, when({"friable": "yes"})),
        _never("R-061", "T11", W("Өшіргіш үгілген, морт, үйкелген бетті және қарындаш жазуды алып кетеді.", "Ластик снимает осыпь, ломкую и осаднённую поверхность и карандашные пометы.", "An eraser takes friable, brittle, abraded surfaces and pencil notes."), BPG, when({"friable": "yes"}, {"brittle": "edges whole"}, {"abrasion": "yes"}, {"pencil_notes": "yes"}, {"media": "pencil pastel"})),
        _never("R-062", "T31", W("Сулы желім коррозияны үдетеді: аз ылғалды қағаз (T32) қолданылады.", "Водный клей ускоряет коррозию: берут реактивируемую бумагу (T32).", "Wet paste speeds corrosion: use remoistenable tissue (T32)."), RCE, when({"ink_corrosion": "2 3 4"}, {"copper_corrosion": "yes"}), weight=2, critical=False),
        # The first hour.
        _must("R-070", "H01", W("Алдымен адам, содан кейін кітап.", "Сначала люди, потом книги.", "People first, books after."), SCHOOL, when({"incident": "fire flood"}), 3, critical=True),
        _must("R-071", "H02", W("Токты ажыратпай суға кіруге болмайды.", "В воду не входят, пока не отключён ток.", "Nobody enters water before the power is off."), SCHOOL, FLOOD, 3, critical=True),
        _must("R-072", "H03", W("Өрттен кейін рұқсатсыз кірмейді.", "После пожара без разрешения не входят.", "Nobody enters after a fire without leave."), SCHOOL, FIRE, 3, critical=True),
        _must("R-073", "H04", W("Алғашқы сағатта көмек шақырылады.", "В первый час зовут помощь.", "Help is called within the first hour."), SCHOOL, ANY, 1.5),
        _must("R-074", "H05", W("Тізім мен сурет сақтандыру мен жоспарға керек.", "Список и снимки нужны для страховой и плана.", "List and photographs serve insurance and plan."), SCHOOL, ANY, 1),
        _must("R-075", "H07", W("Су, дымқыл, құрғақ қор әр түрлі құтқарылады.", "Мокрое, влажное и сухое спасают по-разному.", "Wet, damp and dry are saved in different ways."), BPG, FLOOD, 1.5),
        _must("R-076", "H09", W("48 сағаттан кейін зең шығады: қазір мұздатыңыз.", "Через 48 часов появится плесень: замораживайте сейчас.", "After 48 hours mould comes: freeze now."), TNA, when({"incident": "flood", "water": "wet"}, {"incident": "fire", "water": "wet"}, {"water": "wet", "wet_hours": "over_48"}), 3, critical=True),
        _must("R-077", "H10", W("Салқын, құрғақ ауа уақыт ұтады.", "Прохладный сухой воздух выигрывает время.", "Cool dry air wins time."), TNA, when({"incident": "flood mould_outbreak"}), 2),
        _must("R-078", "H11", W("Спора мен күйе ауамен тарайды.", "Споры и копоть разносит воздух.", "Air carries spores and soot."), TNA, when({"incident": "mould_outbreak"}), 2),
        _must("R-079", "H12", W("Ылғал көзі қалса, зең қайтады.", "Останется источник влаги — плесень вернётся.", "While the damp has a source mould returns."), TNA, when({"incident": "mould_outbreak flood"}), 2),
        _must("R-080", "H06", W("Көршіні жабу жаңа шығынды тоқтатады.", "Укрыть соседей — остановить новые потери.", "To cover the neighbours is to stop new losses."), SCHOOL, FLOOD, 1.5),
        _order("R-081", "H01", " ".join(f"H{n:02}" for n in range(3, 13)), W("Адам шықпайынша құтқару басталмайды.", "Пока люди не выведены, спасать не начинают.", "No salvage while people are inside."), SCHOOL, when({"incident": "fire flood"}), 3),
        _order("R-082", "H02", "H05 H06 H07 H08 H09", W("Алдымен су мен ток жабылады.", "Сперва перекрывают воду и ток.", "Water and power go off first."), SCHOOL, FLOOD, 3),
        _order("R-083", "H03", "H05 H06 H07 H08 H09 H10 H11", W("Рұқсатсыз ештеңеге тимейді.", "Без разрешения ничего не трогают.", "Nothing is touched before leave is given."), SCHOOL, FIRE, 3),
        _order("R-084", "T05", "H05 H07 H08 T10", W("Респираторсыз зеңді, күйелі бөлмеде жұмыс істелмейді.", "Без респиратора в помещении с плесенью и копотью не работают.", "No work among mould or soot without a respirator."), TNA, when({"incident": "mould_outbreak fire"}), 2),
        _order("R-085", "H07", "H08 H09", W("Алдымен бөлінеді, сонда суы мұздатқышқа, дымқылы желге кетеді.", "Сначала разбирают: мокрое на мороз, влажное на воздух.", "Sort first: the wet to the freezer, the damp to the air."), BPG, when({"incident": "flood fire"}), 2),
        _never("R-086", "H13", W("Қызу зеңді өсіреді, қағазды мортылдатады.", "Нагрев растит плесень и делает бумагу ломкой.", "Heat grows mould and makes paper brittle."), TNA),
        _never("R-087", "H14", W("Дымқыл шүберек күйені қағазға сіңіреді.", "Влажная тряпка вотрёт копоть в бумагу.", "A wet cloth drives soot into the paper."), BPG),
        _never("R-088", "H15", W("Жабысқан парақ күшпен ажыратылса, беті сыдырылады.", "Слипшиеся листы при разъёме теряют поверхность.", "Blocked leaves lose their surface when pulled apart."), BPG),
        _never("R-089", "T21 T30 T31 T33 T36 T23", W("Апаттың алғашқы сағатында өңдеу жасалмайды: құтқару, кептіру, тіркеу.", "В первый час аварии не реставрируют: спасают, сушат, записывают.", "No treatment in the first hour: save, dry, record."), SCHOOL, ANY, weight=2, critical=False),
        # Not yet reviewed by restorers: they advise.
        _draft(_never("R-100", "T07", W("Пергамент пен былғарыны мұздатпас бұрын реставраторға көрсетіңіз.", "Прежде чем морозить пергамен и кожу, покажите реставратору.", "Show parchment and leather to a restorer before freezing."), GENERAL, when({"support": "parchment leather photograph"}), critical=False, weight=1)),
        _draft(_must("R-101", "T08", W("Сарғайған ағаш массалы қағаздың pH мәнін өлшеген жөн.", "У жёлтой бумаги из древесной массы стоит измерить pH.", "It is worth measuring the pH of yellow wood-pulp paper."), GENERAL, when({"support": "wood_pulp_paper", "acidity": "unknown"}))),
        _draft(_must("R-102", "T45", W("Жиі сұралатын құжатты цифрлаған жөн.", "Часто спрашиваемое стоит оцифровать.", "What is often asked for is worth digitising."), GENERAL, when({"use": "high"}))),
        _draft(_order("R-103", "T09", "T34", W("Бекіткіштің еріткіші бояуды ерітпей ме, тексеріңіз.", "Проверьте, не растворит ли закрепитель краситель.", "Make sure that the consolidant does not dissolve the medium."), GENERAL)),
    )
}  # fmt: skip
