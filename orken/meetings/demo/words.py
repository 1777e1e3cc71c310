"""What the meetings of the demo say. The programme of 24 November 2021 is public; everybody else is made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Text = tuple[str, str, str]  # kk, ru, en


def texts(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_{code}": words for code, words in zip(("kk", "ru", "en"), text, strict=True)}


@dataclass(frozen=True)
class Spoken:
    """A speaker of the story with her talk: names as her documents have them, position and institution of the day."""

    surname: tuple[str, str]
    given: tuple[str, str]
    patronymic: str
    position: Text
    unit: str
    title: Text
    sex: str = "f"

    @property
    def values(self) -> dict[str, Any]:
        return {
            "surname_kk": self.surname[0], "surname_ru": self.surname[0], "surname_en": self.surname[1], "given_kk": self.given[0],
            "given_ru": self.given[0], "given_en": self.given[1], "patronymic_kk": self.patronymic, "patronymic_ru": self.patronymic,
            "sex": self.sex, **texts("position", self.position),
        }  # fmt: skip


TITLE: Text = (
    "Кадрлардың кәсіби дамуы — кітапханаларды жаңғыртудың шарты",
    "Профессиональное развитие кадров как условие модернизации библиотек",
    "Professional development of staff as a condition of the modernisation of libraries",
)
OCCASION: Text = (
    "С. Торайғыров атындағы облыстық кітапхананың 125 жылдығына",
    "125-летию Павлодарской областной библиотеки имени С. Торайгырова",
    "the 125th anniversary of the Pavlodar regional library named after S. Toraighyrov",
)
SESSION: Text = ("Баяндамалар және пікір алмасу", "Доклады и обмен мнениями", "Talks and an exchange of opinions")
SECTION: Text = ("Онлайн-кездесу", "Онлайн-встреча", "Online meeting")
OPENING: Text = ("Кездесудің ашылуы", "Открытие встречи", "Opening of the meeting")
OPINIONS: Text = (
    "Кітапхана кадрларының кәсіби дамуының өзекті мәселелері бойынша пікір алмасу",
    "Обмен мнениями по актуальным вопросам профессионального развития библиотечных кадров",
    "An exchange of opinions on topical questions of the professional development of library staff",
)
SPOKEN = (
    Spoken(
        ("Оспанова", "Ospanova"), ("Б.", "B."), "К.",
        ("директор, Қазақстан Кітапхана Одағының төрағасы", "директор, председатель Казахстанского Библиотечного Союза", "Director, Chair of the Library Union of Kazakhstan"), "NL",
        ("Қазақстан Республикасының Ұлттық кітапханасы — елдің кітапхана мамандарының біліктілігін арттыратын білім беру алаңы",
         "Национальная библиотека Республики Казахстан как образовательная площадка для повышения квалификации библиотечных специалистов страны",
         "The National Library of the Republic of Kazakhstan as an educational platform for the professional development of the country's library specialists"),
    ),
    Spoken(
        ("Шахметова", "Shakhmetova"), ("Шолпан", "Sholpan"), "Баяновна", ("директор", "директор", "Director"), "KZ-55-LIB",
        ("Оқырман мен кітапхана: 125 жыл бірге", "Читатель и библиотека – 125 лет вместе", "The reader and the library: 125 years together"),
    ),
    Spoken(
        ("Шагиева", "Shagieva"), ("Бибигуль", "Bibigul"), "Жамбыловна", ("директор", "директор", "Director"), "KZ-63-LIB",
        ("Кітапханашылардың үздіксіз білім алу стратегиясы: жұмыс тәжірибесі", "Стратегия непрерывного образования библиотекарей: опыт работы",
         "A strategy of continuing education for librarians: what our work has shown"),
    ),
    Spoken(
        ("Жилкибекова", "Zhilkibekova"), ("Айнагуль", "Ainagul"), "Айтжановна",
        ("кітапханаларды дамыту бөлімінің басшысы", "руководитель отдела развития библиотек", "Head of the Department of Library Development"), "KZ-55-LIB",
        ("Білікті кадрлар — Павлодар облысы кітапханаларының табысты дамуының кепілі",
         "Квалифицированные кадры – залог успешного развития библиотек Павлодарской области",
         "Qualified staff: the pledge of the successful development of the libraries of Pavlodar region"),
    ),
)  # fmt: skip

# What was asked and answered afterwards: of which talk (None: of the meeting), who, hours after the end, what; an answer follows its question.
ORGANISER = "organiser"
WRITTEN: tuple[tuple[int | None, str, int, str, str], ...] = (
    (2, "first", 1, "ru", "Как вы отпускаете на учёбу единственного библиотекаря сельского филиала? У нас на это время закрывается читальный зал."),
    (2, ORGANISER, 20, "ru", "Собираем такие вопросы для докладчика. У нас в области на эти дни приезжает библиотекарь из района: график составляется на квартал вперёд."),
    (2, "second", 23, "kk", "Бізде де солай: кезекшілік кестесі бар. Екі күндік семинарға барғанда көрші ауылдың кітапханашысы ауыстырады."),
    (0, "third", 2, "kk", "Каталогтаушы мектебіне ауыл кітапханасынан қалай өтінім беруге болады? Келесі топ қашан жиналады?"),
    (0, ORGANISER, 21, "kk", "Өтінімді облыстық кітапхана арқылы беріңіз, біз тізімді Ұлттық кітапханаға жібереміз. Келесі топтың күні күнтізбеде жарияланады."),
    (None, "fourth", 3, "kk", "Кездесу үшін рахмет! Баяндамалардың слайдтарын әріптестерімізге көрсеткіміз келеді, оларды қайдан аламыз?"),
    (None, ORGANISER, 22, "kk", "Слайдтар әр баяндаманың бетіне қойылды."),
    (None, "fifth", 26, "ru", "Предлагаем собираться так раз в полгода: опыт соседних областей очень помогает."),
)  # fmt: skip

COMING: Text = (
    "Ауыл кітапханашысының үздіксіз білімі: кім, қашан, қалай",
    "Непрерывное образование сельского библиотекаря: кто, когда и как",
    "Continuing education of the village librarian: who, when and how",
)
CALL: Text = (
    "Ауыл кітапханашысы қалай оқып жүргені туралы баяндамаларды күтеміз: жалғыз қызметкерді кім ауыстырады, интернет нашар жерде қалай оқиды, оқудан кейін кітапханада не өзгерді. Баяндама 15 минутқа дейін.",
    "Ждём доклады о том, как учится сельский библиотекарь: кто заменяет единственного сотрудника, как учиться при слабом интернете, что изменилось в библиотеке после учёбы. Доклад до 15 минут.",
    "We look for talks on how a village librarian learns: who stands in for the only one, how one learns on a weak line, what changed in the library afterwards. Up to 15 minutes.",
)
PLENARY: Text = ("Жалпы отырыс", "Пленарное заседание", "Plenary")
PROPOSED = (
    ("village", ("Оқырман күтіп тұрғанда қалай оқимын: ауыл кітапханашысының бір аптасы", "Как учиться, когда ждёт читатель: неделя сельского библиотекаря", ""),
     ("Бір адам жұмыс істейтін филиалда оқуға уақытты қайдан табамын: таңғы сағат, кезекшілік, офлайн сабақтар. Бір аптаның күнделігі мен қорытындысы.", "Где взять время на учёбу в филиале с одним сотрудником: утренний час, дежурства, уроки без сети. Дневник одной недели и выводы.", "")),
    ("head", ("Ауыстыру кестесі: екі ауыл — бір кітапханашы", "График замен: два села — один библиотекарь", "A rota of stand-ins: two villages, one librarian"),
     ("Ауданда қызметкерлерді оқуға жіберіп, филиалды жаппаудың тәжірибесі.", "Опыт района: отправить сотрудника на учёбу и не закрыть филиал.", "")),
)  # fmt: skip
ASKED_FOR = (
    "pavlodar",
    ("Облыс бойынша оқу қажеттілігі: 2026 жылдың қорытындысы", "Потребности области в обучении: итоги 2026 года", "What the region needs to learn: results of 2026"),
)  # fmt: skip
