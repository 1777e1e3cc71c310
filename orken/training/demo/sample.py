"""What the demo's runs are: written by us, true in its rules, synthetic in its persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Text = tuple[str, str, str]


@dataclass(frozen=True)
class Sitting:
    """A session: day counted from the first of the run, from and to, topic, kind."""

    day: int
    begins: str
    ends: str
    topic: Text
    kind: str = "lecture"


@dataclass(frozen=True)
class Sample:
    """One run: `stops` are codes with days from the first; `pools` code → seats; `asks` region → people who apply."""

    code: str
    kind: str
    host: str
    programme: str
    title: Text
    starts: date
    days: int
    form: str
    languages: tuple[str, ...]
    capacity: int
    place: str = ""
    minimum: int = 1
    until: int = 14
    deciding: str = "reviewed"
    stops: tuple[tuple[str, int, int], ...] = ()
    pools: tuple[tuple[str, int], ...] = ()
    asks: tuple[tuple[str, int, int], ...] = ()
    sittings: tuple[Sitting, ...] = ()
    trainers: tuple[str, ...] = ()
    ways: tuple[str, ...] = ("confirm",)
    costs: tuple[tuple[str, int], ...] = field(default=())


FIRST_AID = (
    Sitting(0, "09:00", "11:15", ("Қор неден бүлінеді: жарық, ылғал, шаң, зең", "От чего гибнет фонд: свет, влага, пыль, плесень", "What harms a collection: light, damp, dust, mould")),
    Sitting(0, "11:30", "13:45", ("Зақымды тану: он екі үлгімен жұмыс", "Узнаём повреждения: работа с двенадцатью образцами", "Seeing damage: work with twelve samples"), "practice"),
    Sitting(0, "15:00", "16:30", ("Сақталу паспортын толтыру", "Заполняем паспорт сохранности", "Writing the condition report"), "practice"),
    Sitting(1, "09:00", "13:30", ("Құрғақ тазалау, жыртықты жапон қағазымен желімдеу", "Сухая очистка, заклейка разрывов японской бумагой", "Dry cleaning, mending tears with Japanese paper"), "practice"),
    Sitting(1, "15:00", "16:30", ("Су тиген кітап: алғашқы тәулік", "Намокшая книга: первые сутки", "A wet book: the first day"), "practice"),
    Sitting(2, "09:00", "12:45", ("Өз қорыңызды тексеру: жүз құжаттан тұратын іріктеме", "Обследуем свой фонд: выборка из ста документов", "Surveying your own stacks: a sample of a hundred"), "practice"),
    Sitting(2, "14:00", "16:15", ("Қорытынды жұмыс", "Итоговая работа", "Final work"), "assessment"),
)  # fmt: skip
REGISTER = (
    Sitting(0, "09:00", "12:00", ("Каталог не үшін керек", "Зачем нужен каталог", "What a catalogue is for")),
    Sitting(0, "14:00", "16:30", ("Бес кітапты сипаттаймыз", "Описываем пять книг", "Describing five books"), "practice"),
    Sitting(1, "09:00", "12:00", ("Қателерді табамыз", "Ищем ошибки", "Finding mistakes"), "practice"),
    Sitting(1, "14:00", "15:30", ("Қорытынды", "Итоги", "Summing up"), "assessment"),
)  # fmt: skip
WEBINAR = (
    Sitting(
        0, "11:00", "12:30", ("Негізгі бөлім және сұрақтар", "Основная часть и вопросы", "Main part and questions")
    ),
)

SAMPLES: tuple[Sample, ...] = (
    Sample("NL-2026-41", "webinar", "NL-VIRTUAL", "VL-10", ("Жасанды интеллект және цифрлық қауіпсіздік: кітапханашыға не керек", "Искусственный интеллект и цифровая безопасность: что нужно библиотекарю", "Artificial intelligence and digital safety: what a librarian needs"),
           date(2026, 12, 10), 1, "live", ("kk", "ru"), 120, deciding="at_once", until=0, asks=(("KZ-55", 4, 1), ("KZ-11", 5, 1), ("KZ-61", 6, 1)), sittings=WEBINAR, trainers=("national",)),
    Sample("NL-2026-42", "travelling", "NL-CONSERVATION", "", ("Жазба құжаттарға алғашқы көмек", "Первая помощь письменным документам", "First aid to written documents"),
           date(2026, 12, 15), 3, "onsite", ("kk", "ru"), 24, place="KZ-55-LIB", minimum=8, until=5,
           stops=(("KZ-55-LIB", 0, 0), ("KZ-55-D01", 1, 1), ("KZ-55-D03", 2, 2)), pools=(("KZ-55", 7), ("KZ-10", 5), ("KZ-63", 4)),
           asks=(("KZ-10", 4, 1), ("KZ-63", 3, 1)), sittings=FIRST_AID, trainers=("trainer",), ways=(), costs=(("travel", 420000), ("per_diem", 168000), ("materials", 95000))),
    Sample("NL-2027-01", "course", "NL-CATALOGUER", "CAT-72", ("", "", ""), date(2027, 1, 18), 12, "blended", ("ru",), 12, place="NL", minimum=6, until=20,
           pools=(("KZ-75", 2), ("KZ-35", 2)), asks=(("KZ-35", 3, 1), ("KZ-19", 5, 1), ("KZ-59", 6, 2)),
           sittings=(Sitting(0, "10:00", "13:00", ("Нормалар: МЕМСТ 7.1-2003 және жаңа стандарт", "Нормы: ГОСТ 7.1-2003 и новый стандарт", "Norms: GOST 7.1-2003 and the new standard")),
                     Sitting(1, "10:00", "13:00", ("Кітап сипаттамасы: практика", "Описание книг: практика", "Describing books: practice"), "practice")),
           trainers=("curator",)),
    Sample("PVL-2027-02", "seminar", "KZ-55-LIB", "", ("Ауыл кітапханасының бір күні: есеп, оқырман, электрондық каталог", "Один день сельской библиотеки: учёт, читатель, электронный каталог", "A day of a village library: records, readers, electronic catalogue"),
           date(2027, 2, 3), 2, "onsite", ("kk",), 26, place="KZ-55-LIB", minimum=10, until=10, asks=(("KZ-55", 9, 1),),
           sittings=(Sitting(0, "09:30", "12:30", ("Есепке алу және есептілік", "Учёт и отчётность", "Records and reporting")), Sitting(1, "09:30", "12:30", ("Электрондық каталогпен жұмыс", "Работа с электронным каталогом", "Working with the electronic catalogue"), "practice")),
           trainers=("pavlodar",), ways=()),
    Sample("NL-2027-03", "internship", "NL-CONSERVATION", "CON-80", ("", "", ""), date(2027, 2, 15), 12, "onsite", ("ru",), 4, place="NL", minimum=2, until=30,
           asks=(("KZ-31", 2, 1), ("KZ-39", 3, 1), ("KZ-43", 2, 2)), trainers=("trainer",), ways=()),
    Sample("NL-2027-04", "course", "NL-VIRTUAL", "VL-06", ("", "", ""), date(2027, 3, 1), 28, "own_pace", ("kk", "ru"), 200, deciding="at_once", until=7, asks=(("KZ-27", 8, 1), ("KZ-47", 6, 1)), ways=()),
    Sample("NL-2027-05", "meeting", "NL", "", ("Ауыл кітапханасы: кадр және қолдау", "Сельская библиотека: кадры и поддержка", "The village library: staff and support"),
           date(2027, 3, 17), 1, "live", ("kk", "ru"), 300, deciding="at_once", until=1, sittings=(Sitting(0, "15:00", "17:00", ("Баяндамалар және пікір алмасу", "Доклады и обмен мнениями", "Talks and an exchange of opinions")),), ways=()),
    Sample("NL-2027-06", "travelling", "NL-CONSERVATION", "", ("Жазба құжаттарға алғашқы көмек", "Первая помощь письменным документам", "First aid to written documents"),
           date(2027, 4, 7), 3, "onsite", ("kk",), 24, place="KZ-61-LIB", minimum=8, until=20, stops=(("KZ-61-LIB", 0, 0), ("KZ-61-D01", 1, 1), ("KZ-61-D03", 2, 2)),
           pools=(("KZ-61", 12), ("KZ-79", 4)), asks=(("KZ-61", 5, 1),), sittings=FIRST_AID, trainers=("trainer",), ways=()),
    Sample("PVL-2026-30", "seminar", "KZ-55-LIB", "", ("Ауыл кітапханасының каталогы: бірінші қадамдар", "Каталог сельской библиотеки: первые шаги", "The catalogue of a village library: first steps"),
           date(2026, 10, 14), 2, "onsite", ("kk",), 12, place="KZ-55-LIB", minimum=3, until=7, deciding="at_once", asks=(("KZ-55", 12, 1),), sittings=REGISTER, trainers=("pavlodar", "combiner"), ways=("confirm", "begin", "close")),
    Sample("NL-2026-38", "travelling", "NL-CONSERVATION", "", ("Жазба құжаттарға алғашқы көмек", "Первая помощь письменным документам", "First aid to written documents"),
           date(2026, 11, 24), 3, "onsite", ("kk", "ru"), 24, place="KZ-55-LIB", minimum=3, until=10, deciding="at_once", asks=(("KZ-55", 9, 1), ("KZ-63", 4, 1)), sittings=FIRST_AID, trainers=("trainer",), ways=("confirm", "begin")),
    Sample("NL-2026-40", "course", "NL-VIRTUAL", "VL-03", ("", "", ""), date(2026, 11, 30), 12, "own_pace", ("kk",), 30, deciding="at_once", until=-7, asks=(("KZ-33", 7, 1), ("KZ-55", 3, 1)), ways=("cancel",)),
)  # fmt: skip
CANCELLED_BECAUSE = "Тренердің ауыруына байланысты. Курс наурыз айында қайта ашылады."
