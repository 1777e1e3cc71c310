"""Cases for practice: objects and first hours, each with its facts and plans that earn full marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orken.conservation.vocabulary import Words

W = Words


@dataclass(frozen=True)
class Case:
    """A case: what happened, its facts, one good plan, and the least plan that is right too."""

    code: str
    title: Words
    story: Words
    facts: Mapping[str, Any]
    expert: tuple[str, ...]
    least: tuple[str, ...]


def _plan(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CASES: dict[str, Case] = {
    one.code: one
    for one in (
        Case(
            "mouldy-ledger",
            W("Зеңденген кеңсе кітабы", "Заплесневелая конторская книга", "A mouldy ledger"),
            W("Жертөледен шыққан ХІХ ғасыр соңындағы кеңсе кітабы. Мұқабасы мен алғашқы парақтарында үлпілдек, дымқыл сұр-жасыл зең бар, иісі сезіледі. Мәтін темір-галл сиясымен жазылған (1-саты), суда ерімейді; бірнеше парақ жыртылған.",
              "Конторская книга конца XIX века из подвала. На крышке и первых листах пушистая влажная серо-зелёная плесень, есть запах. Текст железо-галловыми чернилами (стадия 1), в воде не растворим; несколько листов разорвано.",
              "An office ledger of the late 19th century from a cellar. Furry, damp, grey-green mould on the board and the first leaves, musty. The text is in iron-gall ink (stage 1), not soluble in water; a few leaves are torn."),
            {"support": "rag_paper", "media": ["iron_gall"], "solubility": "none", "ink_corrosion": "1", "mould": "active", "water": "damp", "dirt": "dust", "acidity": "acid", "tears": "minor", "rarity": "valuable", "use": "low"},
            _plan("T04 T01 T02 T03 T05 T06 T10 T08 T09 T21 T22 T23 T24 T30 T31 T42 T43 T40 T41 T44"),
            _plan("T04 T01 T02 T05 T06 T40 T41 T44"),
        ),
        Case(
            "soluble-diary",
            W("Суда ериятын сиялы күнделік", "Дневник растворимыми чернилами", "A diary in soluble ink"),
            W("1930-жылдардағы күнделік, анилин сиясы суда ериді. Қағаз қышқыл (pH 5,4), шаң басқан, жиегінде ұсақ жыртықтар.",
              "Дневник 1930-х, анилиновые чернила растворимы в воде. Бумага кислая (pH 5,4), запылена, по краю мелкие разрывы.",
              "A diary of the 1930s, its dye ink is soluble in water. The paper is acid (pH 5.4), dusty, with small tears at the edge."),
            {"support": "wood_pulp_paper", "media": ["dye_ink"], "solubility": "water", "acidity": "acid", "dirt": "dust", "tears": "minor", "rarity": "valuable", "use": "high"},
            _plan("T01 T02 T03 T05 T10 T08 T09 T23 T32 T42 T43 T40 T41 T44 T45"),
            _plan("T01 T02 T40 T44"),
        ),
        Case(
            "burnt-ink",
            W("Сиясы жеп жатқан қолжазба", "Рукопись, которую разъедают чернила", "A manuscript eaten by its ink"),
            W("XVIII ғасыр қолжазбасы: жолдар бойымен жарықтар, әріптер түсіп жатыр (4-саты). Бояу суда да, спиртте де ерімейді.",
              "Рукопись XVIII века: по строкам трещины, буквы выпадают (стадия 4). Красители не растворимы ни в воде, ни в спирте.",
              "A manuscript of the 18th century: cracks along the lines, letters drop out (stage 4). The media are soluble neither in water nor in ethanol."),
            {"support": "rag_paper", "media": ["iron_gall"], "solubility": "none", "ink_corrosion": "4", "acidity": "critical", "tears": "minor", "rarity": "rare", "use": "low"},
            _plan("T01 T02 T03 T08 T09 T32 T42 T43 T40 T41 T44 T45"),
            _plan("T01 T02 T40 T44 T45"),
        ),
        Case(
            "quiet-newspaper",
            W("Сарғайған газет", "Пожелтевшая газета", "A yellow newspaper"),
            W("1948 жылғы газет: сарғайған, жиегі морт, бірақ бүтін. Көшірмесі бар, сирек сұралады.",
              "Газета 1948 года: пожелтела, края ломкие, но цела. Копия есть, спрашивают редко.",
              "A newspaper of 1948: yellow, brittle at the edge, whole. A copy exists, it is rarely asked for."),
            {"support": "wood_pulp_paper", "media": ["printing_ink"], "solubility": "none", "acidity": "critical", "brittle": "edges", "rarity": "circulating", "use": "low"},
            _plan("T01 T02 T40 T41 T44 T45"),
            _plan("T01 T02 T40 T44"),
        ),
        Case(
            "taped-textbook",
            W("Скотчпен жапсырылған оқулық", "Учебник, заклеенный скотчем", "A textbook mended with tape"),
            W("1950-жылғы қазақ оқулығы: беттері скотчпен жапсырылған, түбі жарылған. Баспа бояуы ерімейді.",
              "Казахский учебник 1950 года: листы заклеены скотчем, корешок разорван. Печатная краска не растворима.",
              "A Kazakh textbook of 1950: leaves mended with sticky tape, the spine split. The printing ink is not soluble."),
            {"support": "wood_pulp_paper", "media": ["printing_ink"], "solubility": "none", "tape": True, "tears": "minor", "binding": "spine_split", "dirt": "dust", "rarity": "valuable", "use": "high"},
            _plan("T01 T02 T03 T05 T10 T09 T12 T31 T36 T42 T43 T40 T44 T45"),
            _plan("T01 T02 T40 T44"),
        ),
        Case(
            "live-beetles",
            W("Тірі қоңыздар", "Живые жуки", "Live beetles"),
            W("Сыйға келген кітаптар: тесіктерден жаңа ұнтақ түседі, қоңыз көрінді.",
              "Дарёные книги: из отверстий сыплется свежий порошок, виден жук.",
              "Books from a gift: fresh powder falls from the holes, a beetle was seen."),
            {"support": "wood_pulp_paper", "media": ["printing_ink"], "solubility": "none", "insects": "live", "dirt": "dust", "rarity": "circulating", "use": "low", "performer": "L"},
            _plan("T04 T01 T02 T03 T05 T07 T10 T42 T43 T40 T41 T44"),
            _plan("T04 T01 T02 T07 T40 T44"),
        ),
        Case(
            "flood",
            W("Алғашқы сағат: су басты", "Первый час: затопило", "The first hour: a flood"),
            W("Түнде жылу құбыры жарылды. Қоймада су тобықтан келеді, төменгі екі сөре су, жарық жанып тұр. Алғашқы сағатта не істейсіз?",
              "Ночью лопнула труба отопления. В хранилище воды по щиколотку, две нижние полки мокрые, свет горит. Что вы сделаете в первый час?",
              "A heating pipe burst at night. The water in the store is ankle-deep, the two lowest shelves are wet, the light is on. What do you do in the first hour?"),
            {"incident": "flood", "water": "wet", "wet_hours": "under_48", "support": "wood_pulp_paper", "performer": "L"},
            _plan("H01 H02 H04 H05 H06 H12 H10 H07 H08 H09"),
            _plan("H01 H02 H04 H05 H06 H07 H09 H10 H12"),
        ),
        Case(
            "outbreak",
            W("Алғашқы сағат: зең қаптады", "Первый час: вспышка плесени", "The first hour: a mould outbreak"),
            W("Демалыстан кейін қоймада иіс бар: 40 томның түбінде үлпілдек зең. Ылғалдылық 74 %.",
              "После праздников в хранилище запах: на корешках 40 томов пушистая плесень. Влажность 74 %.",
              "After the holidays the store smells: furry mould on the spines of 40 volumes. The humidity is 74 %."),
            {"incident": "mould_outbreak", "mould": "active", "water": "damp", "performer": "L"},
            _plan("H11 T04 T05 H04 H12 H10 H05 T06 T41"),
            _plan("H04 H11 T04 T05 H05 T06 H10 H12"),
        ),
        Case(
            "fire",
            W("Алғашқы сағат: өрттен кейін", "Первый час: после пожара", "The first hour: after a fire"),
            W("Оқу залында өрт сөндірілді. Сөрелерде күйе, бір бөлігі су болды. Өрт сөндірушілер әлі бөлмеде.",
              "В читальном зале потушен пожар. На полках копоть, часть книг залита. Пожарные ещё в помещении.",
              "A fire in the reading room was put out. There is soot on the shelves, some books are wet. The firemen are still inside."),
            {"incident": "fire", "dirt": "soot", "water": "wet", "wet_hours": "under_48", "performer": "L"},
            _plan("H01 H02 H03 H04 T05 H05 H11 H06 H07 H09 H08 H10 T41"),
            _plan("H01 H03 H04 T05 H05 H09"),
        ),
    )
}  # fmt: skip
