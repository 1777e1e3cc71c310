"""Synthetic people: names that are common in the country, put together by chance, marked as made up."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from orken.people.models import Person

# Kazakh, Russian and Latin forms: none is a transliteration of another, as in life.
WOMEN = (
    ("Айгүл", "Айгуль", "Aigul"), ("Гүлнар", "Гульнара", "Gulnar"), ("Жұлдыз", "Жулдуз", "Zhuldyz"),
    ("Сәуле", "Сауле", "Saule"), ("Әсем", "Асем", "Asem"), ("Қарлығаш", "Карлыгаш", "Karlygash"),
    ("Ғалия", "Галия", "Galiya"), ("Ұлжан", "Улжан", "Ulzhan"), ("Мәншүк", "Маншук", "Manshuk"),
    ("Раушан", "Раушан", "Raushan"), ("Бибігүл", "Бибигуль", "Bibigul"), ("Майра", "Майра", "Maira"),
    ("Зәуре", "Зауре", "Zaure"), ("Дана", "Дана", "Dana"), ("Айнұр", "Айнур", "Ainur"),
    ("Шолпан", "Шолпан", "Sholpan"), ("Меруерт", "Меруерт", "Meruert"), ("Лаззат", "Лаззат", "Lazzat"),
    ("Күләш", "Куляш", "Kulyash"), ("Гүлмира", "Гульмира", "Gulmira"), ("Назгүл", "Назгуль", "Nazgul"),
    ("Ольга", "Ольга", "Olga"), ("Наталья", "Наталья", "Natalya"), ("Ирина", "Ирина", "Irina"),
    ("Светлана", "Светлана", "Svetlana"),
)  # fmt: skip
MEN = (
    ("Ілияс", "Ильяс", "Iliyas"), ("Бауыржан", "Бауржан", "Bauyrzhan"), ("Нұрлан", "Нурлан", "Nurlan"),
    ("Еркін", "Еркин", "Yerkin"), ("Серік", "Серик", "Serik"), ("Қайрат", "Кайрат", "Kairat"),
)  # fmt: skip
# Kazakh, Russian, Latin; "а" closes the woman's form where the surname bends.
SURNAMES = (
    ("Жұмабеков", "Жумабеков", "Zhumabekov"), ("Әбдірахманов", "Абдрахманов", "Abdirakhmanov"),
    ("Қасымов", "Касымов", "Kassymov"), ("Сейітқали", "Сейткали", "Seiitkali"), ("Оразбаев", "Оразбаев", "Orazbayev"),
    ("Мұратбеков", "Муратбеков", "Muratbekov"), ("Тоқтаров", "Токтаров", "Toktarov"),
    ("Ыбыраев", "Ибраев", "Ybyrayev"), ("Нұрғалиев", "Нургалиев", "Nurgaliyev"), ("Сәдуақас", "Садвакас", "Saduakas"),
    ("Бекмұхамбетов", "Бекмухамбетов", "Bekmukhambetov"), ("Өмірзақ", "Умирзак", "Omirzak"),
    ("Жақсылықов", "Жаксылыков", "Zhaksylykov"), ("Дүйсенов", "Дюсенов", "Duisenov"),
    ("Ким", "Ким", "Kim"), ("Шевченко", "Шевченко", "Shevchenko"), ("Иванов", "Иванов", "Ivanov"),
    ("Петров", "Петров", "Petrov"), ("Хасанов", "Хасанов", "Khassanov"), ("Смағұлов", "Смагулов", "Smagulov"),
)  # fmt: skip
FATHERS = (
    ("Серік", "Серик"), ("Төлеген", "Тулеген"), ("Марат", "Марат"), ("Қайрат", "Кайрат"), ("Болат", "Болат"),
    ("Ержан", "Ержан"), ("Асқар", "Аскар"), ("Нұрлан", "Нурлан"), ("Жанат", "Жанат"), ("Мұрат", "Мурат"),
)  # fmt: skip
SLAVIC = {"Ольга", "Наталья", "Ирина", "Светлана"}
SLAVIC_SURNAMES = [surname for surname in SURNAMES if surname[0] in ("Ким", "Шевченко", "Иванов", "Петров")]
KAZAKH_SURNAMES = [surname for surname in SURNAMES if surname not in SLAVIC_SURNAMES]


def somebody(chance: random.Random) -> Person:
    """A person not yet saved: nine of ten are women; born 22 to 63 years before the demo, 46 in the middle."""
    woman = chance.random() < 0.9
    given = chance.choice(WOMEN if woman else MEN)
    surname = chance.choice(SLAVIC_SURNAMES if given[0] in SLAVIC else KAZAKH_SURNAMES)
    person = Person(
        surname_kk=_bent(surname[0], woman),
        given_kk=given[0],
        surname_ru=_bent(surname[1], woman),
        given_ru=given[1],
        surname_en=_bent(surname[2], woman, "a"),
        given_en=given[2],
        sex=Person.Sex.FEMALE if woman else Person.Sex.MALE,
        birth_on=date(1980, 9, 1) + timedelta(days=round(chance.triangular(-17 * 365, 24 * 365, 0))),
        synthetic=True,
    )
    if given[0] not in SLAVIC and chance.random() < 0.8:
        father = chance.choice(FATHERS)
        person.patronymic_kk = father[0] + ("қызы" if woman else "ұлы")
        person.patronymic_ru = father[1] + ("овна" if woman else "ович")
    return person


def named(kk: tuple[str, str], ru: tuple[str, str], en: tuple[str, str], *, sex: str = "f", born: date) -> Person:
    """A person of the demo who is known by name; each pair is (surname, given name)."""
    return Person(
        surname_kk=kk[0], given_kk=kk[1], surname_ru=ru[0], given_ru=ru[1], surname_en=en[0], given_en=en[1],
        sex=sex, birth_on=born, synthetic=True,
    )  # fmt: skip


def ready(person: Person, recorded_at: datetime) -> Person:
    """`person` with what saving in bulk leaves out: order, sound and the moment of recording."""
    person.derive()
    person.created_at = recorded_at
    return person


def _bent(surname: str, woman: bool, ending: str = "а") -> str:
    return surname + ending if woman and surname.endswith(("ов", "ев", "ov", "ev")) else surname
