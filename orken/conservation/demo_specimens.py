"""The specimens of the demo: leaves in three scripts and many manners, each with what is to be found on it.

Added as rows at once, drawn by a worker after the start. Difficulty rises with the number; some leaves are sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from orken.conservation.services import specimens
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.network.models import Unit

SCHOOL = "NL-CONSERVATION"
SEED = 19_100


@dataclass(frozen=True)
class Plan:
    """One specimen: titles kk, ru, en; script, language, layout, paper; size in mm; damages; groups that are asked."""

    titles: tuple[str, str, str]
    script: str
    lang: str
    layout: str
    stock: str
    size: tuple[float, float]
    damages: str
    groups: str = ""
    mm_per_px: float = 0.11


BOOK, OCTAVO, QUARTO, FOLIO, PAPER = (145.0, 210.0), (130.0, 190.0), (170.0, 225.0), (200.0, 270.0), (215.0, 290.0)

PLANS = (
    Plan(("Оқу кітабынан парақ", "Лист книги для чтения", "A leaf of a reader"), "cyrl", "ru", "book", "wove", BOOK, "W2:3 C1:2"),
    Plan(("Қолжазба парағы", "Лист рукописи", "A leaf of a manuscript"), "arab", "kk", "manuscript", "rag", QUARTO, "M1:3 S1:2"),
    Plan(("1930-жылдардағы газет", "Газета 1930-х годов", "A newspaper of the 1930s"), "latn", "kk", "columns", "newsprint", PAPER, "C2:3 M3:2 M1:2"),
    Plan(("Ауылдан келген хат", "Письмо из аула", "A letter from an aul"), "cyrl", "kk", "letter", "writing", QUARTO, "M3:2 S2:2 C6:2"),
    Plan(("Өлең жинағынан", "Из сборника стихов", "From a book of verse"), "arab", "kk", "verse", "wove", OCTAVO, "C1:3 S3:1"),
    Plan(("Тізім дәптері", "Тетрадь-ведомость", "A register"), "cyrl", "kk", "register", "writing", FOLIO, "C8:2 S1:3"),
    Plan(("Кітаптың титул парағы", "Титульный лист", "A title page"), "cyrl", "ru", "title", "wove", BOOK, "S3:1 C1:2 M2:2"),
    Plan(("Зақымсыз парақ (1)", "Лист без повреждений (1)", "A sound leaf (1)"), "cyrl", "kk", "book", "wove", OCTAVO, ""),
    Plan(("Төте жазумен басылған кітап", "Книга арабским шрифтом", "A book in Arabic type"), "arab", "kk", "book", "wove", BOOK, "W2:2 B2:3"),
    Plan(("Орысша қолжазба хат", "Рукописное письмо", "A letter in Russian"), "cyrl", "ru", "letter", "rag", QUARTO, "C4:3 M3:1"),
    Plan(("Латын әрпімен оқулық", "Учебник латиницей", "A textbook in Latin letters"), "latn", "kk", "book", "newsprint", BOOK, "C2:2 B3:3"),
    Plan(("Скотчпен желімделген парақ", "Лист, заклеенный скотчем", "A leaf mended with tape"), "cyrl", "kk", "book", "wove", BOOK, "R1:3 M1:3 W1:2"),
    Plan(("Ылғал қоймадан", "Из сырого хранилища", "From a damp store"), "arab", "kk", "manuscript", "rag", QUARTO, "B1:3 W2:3"),
    Plan(("Болыстың тізімі", "Ведомость уездная", "A district list"), "cyrl", "ru", "register", "writing", FOLIO, "C8:3 W1:2"),
    Plan(("Газеттің бүктемесі", "Газетный сгиб", "The fold of a newspaper"), "cyrl", "ru", "columns", "newsprint", PAPER, "M3:3 C2:3 M2:3"),
    Plan(("Кітапқұмар жәндік ізі", "Следы книжного червя", "Traces of a bookworm"), "arab", "kk", "book", "rag", BOOK, "B3:4 C1:1"),
    Plan(("Зақымсыз парақ (2)", "Лист без повреждений (2)", "A sound leaf (2)"), "arab", "kk", "book", "rag", OCTAVO, ""),
    Plan(("Шай төгілген дәптер", "Тетрадь, залитая чаем", "An exercise book with tea on it"), "cyrl", "kk", "letter", "writing", BOOK, "W1:3 S2:2 S1:2"),
    Plan(("Терезе алдында жатқан парақ", "Лист, лежавший у окна", "A leaf that lay by the window"), "cyrl", "ru", "book", "newsprint", BOOK, "C6:3 C2:2"),
    Plan(("Зең бе, кір ме?", "Плесень или грязь?", "Mould or dirt?"), "latn", "kk", "book", "wove", BOOK, "B2:2 S1:3", "BS"),
    Plan(("Фоксинг пе, зең бе?", "Фоксинги или плесень?", "Foxing or mould?"), "cyrl", "kk", "book", "wove", OCTAVO, "C1:3 B2:2", "CB"),
    Plan(("Бүгін не істеу керек?", "Что делать сегодня?", "What has to be done today?"), "arab", "kk", "book", "wove", BOOK, "B1:2 C1:2 M3:1"),
    Plan(("Темір-галл сиясы", "Железо-галловые чернила", "Iron-gall ink"), "arab", "kk", "manuscript", "rag", QUARTO, "C4:4 C1:1"),
    Plan(("Су басқан сөреден", "С затопленной полки", "From a flooded shelf"), "cyrl", "ru", "book", "wove", BOOK, "W2:4 B2:2 M1:2"),
    Plan(("Тамшы мен сызат", "Капли и заломы", "Drops and creases"), "latn", "kk", "columns", "newsprint", PAPER, "W1:2 M3:3 R1:2 C2:2"),
    Plan(("Бұрышы жоқ парақ", "Лист без угла", "A leaf that lost its corner"), "arab", "kk", "verse", "rag", OCTAVO, "M2:4 M1:2 S1:2"),
    Plan(("Зақымсыз парақ (3)", "Лист без повреждений (3)", "A sound leaf (3)"), "cyrl", "ru", "letter", "writing", BOOK, ""),
    Plan(("Мөр астындағы дақ", "Пятно под штампом", "A stain under a stamp"), "cyrl", "kk", "title", "wove", BOOK, "S3:1 S2:3 W2:2"),
    Plan(("Ескі дүкен кітабы", "Торговая книга", "A shopkeeper's book"), "arab", "kk", "register", "rag", FOLIO, "B3:2 C8:2 S1:2 M1:2"),
    Plan(("Күрделі жағдай: газет", "Сложный случай: газета", "A hard case: a newspaper"), "cyrl", "ru", "columns", "newsprint", PAPER, "C2:3 W2:3 M2:2 R1:2 C1:2"),
    Plan(("Күрделі жағдай: қолжазба", "Сложный случай: рукопись", "A hard case: a manuscript"), "arab", "kk", "manuscript", "rag", QUARTO, "C4:3 W2:2 B2:3 M1:2 B3:2"),
    Plan(("Толық тексеру", "Полный осмотр", "A full examination"), "latn", "kk", "book", "wove", FOLIO, "C2:2 W2:3 C1:3 B1:2 M1:3 M2:2 M3:2 R1:2 S1:2 B3:2", "", 0.08),
    Plan(("Кітапхана мұқабасы", "Библиотечный переплёт", "A library binding"), "cyrl", "kk", "cover", "cloth", BOOK, "K3:3 K5:3"),
    Plan(("Былғары мұқаба", "Кожаный переплёт", "A leather binding"), "cyrl", "kk", "cover", "leather", OCTAVO, "K4:3 K1:2 K5:2"),
    Plan(("Пергамент грамота", "Пергаменная грамота", "A charter on parchment"), "arab", "kk", "manuscript", "parchment", QUARTO, "P1:3 S2:2"),
    Plan(("Дала көрінісі", "Вид степи", "A view of the steppe"), "cyrl", "kk", "photograph", "print", OCTAVO, "P2:3 M4:2"),
    Plan(("Өрттен кейін", "После пожара", "After the fire"), "cyrl", "kk", "book", "wove", BOOK, "C9:3 W3:2 S1:2"),
    Plan(("Тышқан кеміргені ме?", "Мыши или жуки?", "Mice or beetles?"), "arab", "kk", "book", "rag", BOOK, "B4:3 B3:2 B5:3"),
    Plan(("Ағып кеткен сия", "Расплывшиеся чернила", "Ink that ran"), "cyrl", "ru", "letter", "writing", QUARTO, "W4:3 W2:2 R2:2"),
    Plan(("Безендірілген парақ", "Украшенный лист", "A decorated leaf"), "arab", "kk", "manuscript", "rag", QUARTO, "C5:3 S4:3 C10:2"),
    Plan(("Жұқарған жиек", "Обветшалый край", "An edge worn out"), "latn", "kk", "book", "newsprint", BOOK, "C3:3 M6:2 M5:2 C7:2"),
    Plan(("Судан кейін жабысқан", "Слиплось после воды", "Stuck after the flood"), "cyrl", "ru", "book", "wove", BOOK, "W5:3 W2:3 K2:2"),
)  # fmt: skip


def build(stage: Stage) -> None:
    """Add the specimens; the worker's clock finds them and draws them one after another (drawing_jobs.take_up)."""
    from orken.conservation.specimens.drawing import VERSION

    unit = Unit.objects.get(code=SCHOOL)
    for place, plan in enumerate(PLANS, start=1):
        damages = [
            (code, int(severity))
            for code, severity in (one.split(":") for one in plan.damages.split())
            if int(severity)
        ]
        recipe = {
            "leaf": {
                "width": plan.size[0], "height": plan.size[1], "script": plan.script, "lang": plan.lang,
                "layout": plan.layout, "stock": plan.stock,
            },
            "seed": SEED + place * 101, "damages": damages, "version": VERSION,
        }  # fmt: skip
        specimen = specimens.add_drawn(
            recipe=recipe, titles=dict(zip(("kk", "ru", "en"), plan.titles, strict=True)), unit=unit, script=plan.script,
            mm_per_px=plan.mm_per_px, groups=list(plan.groups), by=None, pk=uuid5(NAMESPACE_URL, f"urn:orken:specimen:{place}"),
        )  # fmt: skip
        specimen.created_at = stage.recorded_at
        specimen.save(update_fields=["created_at"])
    AuditEvent.objects.filter(verb="specimen.added").update(at=stage.recorded_at)
