"""Synthetic people: names that are common in the country, put together by chance, marked as made up."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from orken.people import iin
from orken.people.models import TRAIT_FIELDS, Person, PersonTraits, Traits

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


E, C = Traits.Education, Traits.Category


def describe(person: Person, chance: random.Random, today: date) -> Person:
    """What her library tells of her, made up by the shares of the country (domain.md §8): 37 % with library education."""
    age = (today - person.birth_on).days // 365 if person.birth_on else 40
    person.education = chance.choices((E.HIGHER, E.SPECIAL, E.SECONDARY, ""), (52, 36, 6, 6))[0]
    person.library_education = person.education in (E.HIGHER, E.SPECIAL) and chance.random() < 0.42
    if not person.education:
        person.library_education = None
    person.languages = chance.choice(("kk", "kk,ru", "kk,ru", "kk,ru", "kk,ru,en", "ru"))
    years = chance.randint(0, max(0, min(40, age - 21)))
    person.library_since = date(today.year - years, chance.randint(1, 8), 1)
    person.category = chance.choices((C.NONE, C.SECOND, C.FIRST, C.HIGHEST, ""), (34, 24, 18, 10, 14))[0]
    if person.category in (C.SECOND, C.FIRST, C.HIGHEST):
        person.category_level = "higher" if person.education == E.HIGHER else "middle"
        person.category_on = date(today.year - chance.randint(0, 4), chance.randint(1, 8), chance.randint(1, 28))
    if chance.random() < 0.7:
        person.attested_on = date(today.year - chance.randint(0, 3), chance.randint(1, 8), chance.randint(1, 28))
        person.attestation = chance.choices(("fits", "again"), (95, 5))[0]
    if chance.random() < 0.8:
        person.phone = f"+7700{chance.randrange(10**7):07}"
    return person


def told(person: Person, on: date, recorded_at: datetime) -> PersonTraits:
    """The dated fact behind what `describe` wrote on a person; not yet saved."""
    values = {name: getattr(person, name) for name in TRAIT_FIELDS}
    return PersonTraits(person=person, valid_from=on, recorded_at=recorded_at, **values)


def number_for(born: date, chance: random.Random, sex: str = "f") -> iin.Iin:
    """A made-up number with a right check digit; serials from 9000 up keep away from what is issued."""
    century = {19: "34", 20: "56"}[born.year // 100]["mf".index(sex or "f")]
    while True:
        first = f"{born:%y%m%d}{century}{chance.randrange(9000, 10000)}"
        digit = iin.check_digit(first)
        if digit is not None:
            return iin.parse(f"{first}{digit}")


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
