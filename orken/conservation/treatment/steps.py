"""The steps of treatment T01–T46 and of the first hour H01–H14, with who may do them and what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orken.conservation.treatment.facts import When, when
from orken.conservation.vocabulary import Words

W = Words


class Level(StrEnum):
    """Who may do a step."""

    LIBRARIAN = "L"
    TECHNICIAN = "T"
    RESTORER = "R"

    @property
    def words(self) -> Words:
        return {
            "L": W("кітапханашы", "библиотекарь", "librarian"),
            "T": W("дайындалған техник", "подготовленный техник", "trained technician"),
            "R": W("тек реставратор", "только реставратор", "restorer only"),
        }[self.value]

    @property
    def rank(self) -> int:
        return "LTR".index(self.value)


class Stage(StrEnum):
    """The part of a plan that a step belongs to."""

    FIRST_HOUR = "first_hour"
    PREPARE = "prepare"
    CLEAN = "clean"
    AQUEOUS = "aqueous"
    STRUCTURE = "structure"
    CLOSE = "close"

    @property
    def words(self) -> Words:
        return {
            "first_hour": W("алғашқы сағат", "первый час", "the first hour"),
            "prepare": W("дайындық", "подготовка", "preparation"),
            "clean": W("тазалау", "очистка", "cleaning"),
            "aqueous": W("сулы өңдеу", "водная обработка", "aqueous treatment"),
            "structure": W("пішін мен құрылым", "форма и конструкция", "shape and structure"),
            "close": W("аяқтау", "завершение", "closing"),
        }[self.value]


ALWAYS = When()


@dataclass(frozen=True)
class Step:
    """A step: `indicated` says for which facts it is no over-treatment."""

    id: str
    name: Words
    level: Level
    stage: Stage
    indicated: When = ALWAYS

    def __str__(self) -> str:
        return f"{self.id} {self.name}"

    @property
    def intervenes(self) -> bool:
        """Whether the object itself is changed, so that an after-photograph and a report are owed."""
        return self.stage in (Stage.CLEAN, Stage.AQUEOUS, Stage.STRUCTURE)


L, T, R = Level.LIBRARIAN, Level.TECHNICIAN, Level.RESTORER
P, C, A, S, Z, H = Stage.PREPARE, Stage.CLEAN, Stage.AQUEOUS, Stage.STRUCTURE, Stage.CLOSE, Stage.FIRST_HOUR
NEVER = When(({"incident": frozenset()},))
DANGER = when({"mould": "active"}, {"insects": "live"})
ANY_INCIDENT = when({"incident": "flood mould_outbreak fire"})
WATER = when({"incident": "flood"}, {"incident": "fire"}, {"water": "damp wet"})

STEPS: dict[str, Step] = {
    one.id: one
    for one in (
        Step("T01", W("өңдеуге дейін суретке түсіру", "фотофиксация до обработки", "photograph before"), L, P),
        Step("T02", W("сақталуын сипаттау", "описание сохранности", "condition record"), L, P),
        Step("T03", W("негізі мен бояуын анықтау", "определение основы и красителей", "identify support and media"), T, P),
        Step("T04", W("оқшаулау: пакет не қорап, ескерту", "изоляция: пакет или короб, предупредить", "isolate: bag or box, warn"), L, P,
             when({"mould": "active"}, {"insects": "live"}, {"incident": "mould_outbreak"}, {"hazard": "arsenic"})),
        Step("T05", W("қорғаныш: қолғап, FFP2 респиратор", "защита: перчатки, респиратор FFP2", "protection: gloves, FFP2"), L, P,
             when({"mould": "inactive active"}, {"insects": "live old"}, {"dirt": "soot dust ingrained"}, {"hazard": "arsenic"},
                  {"incident": "flood mould_outbreak fire"}, {"red_rot": "yes"})),
        Step("T06", W("ылғалды түсіріп кептіру, зеңді тоқтату", "снизить влажность, просушить, остановить плесень", "lower the humidity, dry, make mould inactive"), T, P,
             when({"mould": "active"}, {"water": "damp wet"}, {"incident": "mould_outbreak flood"})),
        Step("T07", W("пакетте мұздату", "замораживание в пакете", "freeze in a sealed bag"), T, P,
             when({"insects": "live"}, {"water": "wet damp"}, {"blocking": "yes"}, {"incident": "flood"})),
        Step("T08", W("pH және Fe(II) сынағы", "пробы pH и Fe(II)", "pH and Fe(II) tests"), R, P,
             when({"acidity": "acid critical unknown"}, {"ink_corrosion": "1 2 3 4"}, {"copper_corrosion": "yes"})),
        Step("T09", W("әр бояудың ерігіштігін сынау", "проба растворимости каждого красителя", "spot test of every medium"), R, P),
        Step("T10", W("жұмсақ қылқалам, HEPA шаңсорғыш", "мягкая кисть, пылесос HEPA", "soft brush, HEPA vacuum"), T, C,
             when({"dirt": "dust ingrained soot"}, {"mould": "inactive active"}, {"insects": "old live"})),
        Step("T11", W("жұмсақ өшіргіш, ұнтақ, губка", "мягкий ластик, крошка, губка", "soft eraser, crumbs, sponge"), T, C,
             when({"dirt": "ingrained soot"})),
        Step("T12", W("таспа мен желімін алу", "удаление ленты и клея", "tape and adhesive removal"), R, C, when({"tape": "yes"})),
        Step("T20", W("еритін бояуды бекіту", "закрепление растворимых красителей", "fix soluble media"), R, A,
             when({"solubility": "water both unknown"})),
        Step("T21", W("жуу: сүзгіде, жүзгінде, батырып", "промывка: на фильтре, на плаву, погружением", "washing: blotter, float, immersion"), R, A,
             when({"acidity": "acid critical"}, {"stain": "tideline"}, {"ink_corrosion": "1 2 3 4"})),
        Step("T22", W("кальций фитаты мен бикарбонат", "фитат и бикарбонат кальция", "calcium phytate and bicarbonate"), R, A,
             when({"ink_corrosion": "1 2 3 4"})),
        Step("T23", W("қышқылдықты бейтараптандыру", "нейтрализация кислотности", "deacidification"), R, A,
             when({"acidity": "acid critical"}, {"ink_corrosion": "1 2 3 4"})),
        Step("T24", W("қайта желімдеу", "проклейка", "resizing"), R, A,
             when({"acidity": "acid critical"}, {"stain": "tideline"}, {"brittle": "edges whole"}, {"mould": "inactive"}, {"ink_corrosion": "1 2 3 4"})),
        Step("T25", W("ағарту", "отбеливание", "bleaching"), R, A, NEVER),
        Step("T30", W("ылғалдап жазу, жүк астында кептіру", "увлажнить и распрямить под грузом", "humidify and flatten"), R, S,
             when({"deformation": "cockled folded"}, {"acidity": "acid critical"}, {"stain": "tideline"})),
        Step("T31", W("жыртықты жапон қағазымен жөндеу", "ремонт разрывов японской бумагой", "mend tears with Japanese paper"), L, S,
             when({"tears": "minor severe"}, {"binding": "sewing_broken"})),
        Step("T32", W("аз ылғалмен жабысатын қағаз", "реактивируемая японская бумага", "remoistenable tissue"), R, S,
             when({"tears": "minor severe", "ink_corrosion": "1 2 3 4"}, {"tears": "minor severe", "copper_corrosion": "yes"},
                  {"tears": "minor severe", "solubility": "water both unknown"}, {"ink_corrosion": "3 4"})),
        Step("T33", W("кемтікті толықтыру", "восполнение утрат", "infill losses"), R, S, when({"losses": "small large"})),
        Step("T34", W("үгілген бояуды бекіту", "укрепление осыпающегося слоя", "consolidate flaking media"), R, S,
             when({"flaking": "yes"}, {"friable": "yes"})),
        Step("T35", W("қызыл шіруді бекіту, орау", "укрепление «красной гнили», обёртка", "consolidate red rot, wrap"), R, S, when({"red_rot": "yes"})),
        Step("T36", W("қайта тігу, түбі мен қақпағын бекіту", "шитьё, корешок, крепление крышек", "resew, reback, reattach boards"), R, S,
             when({"binding": "sewing_broken board_detached spine_split"})),
        Step("T37", W("ламинаттау, таспа, ПВА", "ламинирование, скотч, ПВА", "lamination, sticky tape, PVA"), L, S, NEVER),
        Step("T40", W("қорап, папка (тұрақты картон)", "короб, папка (долговечный картон)", "enclosure (permanent board)"), L, Z),
        Step("T41", W("сақтау климаты мен жарығын таңдау", "режим хранения и света", "storage climate and light"), L, Z),
        Step("T42", W("өңдеуден кейін суретке түсіру", "фотофиксация после обработки", "photograph after"), L, Z),
        Step("T43", W("өңдеу есебі: материал, концентрация, уақыт", "отчёт: материалы, концентрации, время", "treatment report"), L, Z),
        Step("T44", W("қайта қарау күнін белгілеу", "срок повторного осмотра", "re-inspection date"), L, Z),
        Step("T45", W("беру орнына цифрлау", "оцифровать вместо выдачи", "digitise instead of handing out"), L, Z),
        Step("T46", W("реставратордың мақұлдауы", "согласование с реставратором", "approval by a restorer"), L, P),
        Step("H01", W("адамдарды шығару, құтқару қызметін шақыру", "вывести людей, вызвать спасателей", "get people out, call the emergency service"), L, H, ANY_INCIDENT),
        Step("H02", W("суды, токты жабу", "перекрыть воду, отключить ток", "turn off water and power"), L, H, when({"incident": "flood fire"})),
        Step("H03", W("кіруге рұқсат күту", "дождаться разрешения войти", "wait for leave to enter"), L, H, when({"incident": "fire flood"})),
        Step("H04", W("басшылыққа, консервация орталығына хабарлау", "сообщить руководству и центру консервации", "tell the head and the conservation centre"), L, H, ANY_INCIDENT),
        Step("H05", W("зақымды суретке, тізімге түсіру", "снять и переписать повреждённое", "photograph and list what is hurt"), L, H, ANY_INCIDENT),
        Step("H06", W("көршілерді полиэтиленмен жабу, еденнен көтеру", "укрыть соседние плёнкой, поднять с пола", "cover neighbours, lift from the floor"), L, H, when({"incident": "flood fire"})),
        Step("H07", W("су, дымқыл, құрғақ деп бөлу", "разобрать: мокрые, влажные, сухие", "sort into wet, damp and dry"), L, H, WATER),
        Step("H08", W("дымқылын желдетіп кептіру, арасына сорғыш қағаз", "влажные сушить на воздухе с прокладкой", "air-dry the damp with interleaving"), L, H, WATER),
        Step("H09", W("суын 48 сағат ішінде мұздату", "мокрые заморозить в течение 48 часов", "freeze the wet within 48 hours"), T, H, WATER),
        Step("H10", W("ауаны салқындатып, ылғалын түсіру", "охладить и осушить воздух", "cool and dry the air"), L, H, ANY_INCIDENT),
        Step("H11", W("бөлмені оқшаулау, ауа ағынын тоқтату", "изолировать помещение, остановить вентиляцию", "close the room, stop its air flow"), L, H, when({"incident": "mould_outbreak fire"})),
        Step("H12", W("ылғал көзін тауып жою", "найти и устранить источник влаги", "find and stop the source of damp"), L, H, when({"incident": "mould_outbreak flood"}, {"mould": "active"})),
        Step("H13", W("жылытқышпен қыздырып кептіру", "сушить обогревателем", "dry with heaters"), L, H, NEVER),
        Step("H14", W("күйені дымқыл шүберекпен сүрту", "стереть копоть влажной тряпкой", "wipe soot with a wet cloth"), L, H, NEVER),
        Step("H15", W("жабысқан парақтарды ажырату", "разделить слипшиеся листы", "pull blocked leaves apart"), L, H, NEVER),
    )
}  # fmt: skip
