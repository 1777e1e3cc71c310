"""Events of every shape for Hypothesis: languages that are lacking, initials, foreign names, marks inside names, no talks."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from orken.newsroom.facts import FORMS, KINDS, Event
from orken.newsroom.reading import read

WOMEN = [
    {"kk": {"surname": "Шахметова", "given": "Шолпан", "patronymic": "Баянқызы"}, "ru": {"surname": "Шахметова", "given": "Шолпан", "patronymic": "Баяновна"}, "en": {"surname": "Shakhmetova", "given": "Sholpan"}},
    {"kk": {"surname": "Әбдірахманова", "given": "Гүлнар"}, "ru": {"surname": "Абдрахманова", "given": "Гульнара", "patronymic": "Сериковна"}},
    {"ru": {"surname": "Шевченко", "given": "Наталья", "patronymic": "Ивановна"}},
    {"kk": {"surname": "Төлегенқызы", "given": "Ұлжан"}},
    {"kk": {"surname": "Оспанова", "given": "Б.", "patronymic": "К."}, "ru": {"surname": "Оспанова", "given": "Б.", "patronymic": "К."}, "en": {"surname": "Ospanova", "given": "B."}},
    {"ru": {"surname": "Ким", "given": "Ольга"}, "kk": {"surname": "Ким", "given": "Ольга"}},
    {"en": {"surname": "Müller-Schmidt", "given": "Anna"}},
    {"kk": {"given": "Айгүл"}, "ru": {"given": "Айгуль"}},
]  # fmt: skip
MEN = [
    {"kk": {"surname": "Сейітқали", "given": "Нұрлан"}, "ru": {"surname": "Сейткали", "given": "Нурлан", "patronymic": "Ахметович"}},
    {"ru": {"surname": "Иванов", "given": "Игорь", "patronymic": "Петрович"}, "en": {"surname": "Ivanov", "given": "Igor"}},
    {"en": {"surname": "O'Brien", "given": "John"}},
    {"kk": {"surname": "Ілиясов", "given": "Бауыржан", "patronymic": "Мұратұлы"}},
]  # fmt: skip
UNITS = [
    {"kk": "Қазақстан Республикасының Ұлттық кітапханасы", "ru": "Национальная библиотека Республики Казахстан", "en": "National Library of the Republic of Kazakhstan"},
    {"kk": "«Отырар» ғылыми-әмбебап кітапханасы", "ru": "Научно-универсальная библиотека «Отырар»", "en": "Otyrar Library"},
    {"ru": "Восточно-Казахстанская ОУБ им. А. С. Пушкина"},
    {"kk": "С. Мұқанов атындағы ОӘҒК"},
    {"ru": "КГУ \"Централизованная библиотечная система\" города Риддер", "kk": "«Орталықтандырылған кітапхана жүйесі» КММ"},
    {"en": "Toraighyrov University", "ru": "Торайгыров университет", "kk": "Торайғыров университеті"},
    {"ru": "Областной центр детского чтения", "kk": "Облыстық балалар оқу орталығы", "en": "The Regional Centre of Children's Reading"},
    {"kk": "Орталық мемлекеттік архив", "ru": "Центральный государственный архив", "en": "Central State Archive"},
]  # fmt: skip
CITIES = [
    {"kk": "Алматы", "ru": "Алматы", "en": "Almaty"}, {"kk": "Өскемен", "ru": "Усть-Каменогорск", "en": "Oskemen"},
    {"kk": "Семей", "ru": "Семей"}, {"ru": "Павлодар"}, {"kk": "Көкшетау ауылы"}, {"en": "Bishkek"},
]  # fmt: skip
POSITIONS = [
    {"kk": "директор", "ru": "директор", "en": "Director"},
    {"kk": "кітапханаларды дамыту бөлімінің басшысы", "ru": "руководитель отдела развития библиотек", "en": "Head of the Library Development Department"},
    {"kk": "директор, Қазақстан Кітапхана одағының төрайымы", "ru": "директор, председатель Казахстанского Библиотечного Союза", "en": "Director, Chair of the Kazakhstan Library Union"},
    {"ru": "доктор педагогических наук; профессор"}, {"kk": "әдіскер"}, {"en": "librarian"},
]  # fmt: skip
TITLES = [
    {"kk": "Оқырман және кітапхана – 125 жыл бірге", "ru": "Читатель и библиотека – 125 лет вместе", "en": "Reader and Library: 125 Years Together"},
    {"ru": "Стратегия непрерывного образования: опыт работы"},
    {"kk": "«Оқитын ұлт» жобасы және ауыл кітапханасы", "ru": "Проект «Читающая нация» и сельская библиотека"},
    {"en": "What is “open” in open access?"},
    {"kk": "Каталогтаушы мектебі", "ru": "Школа каталогизатора", "en": "School of the Cataloguer"},
    {"ru": "ГОСТ 7.0.100-2018: практика описания"}, {"kk": "Сирек қорды сақтау негіздері"},
    {"ru": "Кадры решают", "kk": "Білікті кадрлар – табысты дамудың кепілі", "en": "Qualified staff"},
]  # fmt: skip
OCCASIONS = [
    {"kk": "кітапхананың 125 жылдығына", "ru": "125-летию библиотеки", "en": "the 125th anniversary of the library"},
    {"ru": "Дню библиотекаря", "kk": "Кітапханашылар күніне", "en": "Librarian's Day"}, {"kk": "Наурыз мейрамына"},
]  # fmt: skip
OTHERS = [
    {"kk": "басқа кітапханалардың мамандары", "ru": "специалисты других библиотек", "en": "specialists of other libraries"},
    {"ru": "студенты колледжа"}, {"kk": "колледж студенттері", "en": "college students"},
]  # fmt: skip
DISCUSSIONS = [
    {"kk": "кадрлардың кәсіби дамуының өзекті мәселелері", "ru": "актуальные вопросы профессионального развития кадров", "en": "topical questions of staff development"},
    {"ru": "по итогам года"}, {"ru": "обмен мнениями о будущем библиотек", "kk": "кітапхананың болашағы туралы", "en": "an exchange of views on the future of libraries"},
]  # fmt: skip

counts = st.one_of(st.none(), st.integers(1, 25000))


@st.composite
def talks(draw: Any) -> dict[str, Any]:
    sex = draw(st.sampled_from(["f", "m", None]))
    speaker = draw(st.sampled_from(MEN if sex == "m" else WOMEN))
    return {
        "speaker": speaker, "sex": sex, "position": draw(st.sampled_from([{}, *POSITIONS])),
        "unit": draw(st.sampled_from([{}, *UNITS])), "title": draw(st.sampled_from([{}, *TITLES])),
    }  # fmt: skip


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    first = draw(st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2027, 12, 31))))
    last = draw(st.one_of(st.none(), st.dates(first, date(2028, 12, 31)))) if first else None
    speakers = draw(st.lists(talks(), max_size=5, unique_by=lambda one: str(one["speaker"])))
    return {
        "kind": draw(st.sampled_from(KINDS)), "form": draw(st.sampled_from([None, *FORMS])),
        "title": draw(st.sampled_from(TITLES)), "occasion": draw(st.sampled_from([{}, *OCCASIONS])),
        "organiser": {"name": draw(st.sampled_from([{}, *UNITS])), "city": draw(st.sampled_from([{}, *CITIES]))},
        "place": {"name": draw(st.sampled_from([{}, *UNITS])), "city": draw(st.sampled_from([{}, *CITIES]))},
        "date": first.isoformat() if first else None, "end_date": last.isoformat() if last else None,
        "participants": [
            {"unit": unit, "city": draw(st.sampled_from([{}, *CITIES])), "people": draw(st.one_of(st.none(), st.integers(1, 60)))}
            for unit in draw(st.lists(st.sampled_from(UNITS), max_size=5, unique_by=str))
        ],
        "others": draw(st.sampled_from([{}, *OTHERS])), "talks": speakers,
        "discussion": draw(st.sampled_from([{}, *DISCUSSIONS])),
        "figures": {name: value for name in ("participants", "units", "regions", "hours", "certificates") if (value := draw(counts))},
    }  # fmt: skip


def events() -> Any:
    def made(document: dict[str, Any]) -> Event:
        return read(document)[0]

    return documents().map(made)
