"""Lives of the demo that a register must be able to tell (domain.md §8): spellings, marriages, moves, returns, twins by name.

None of these people exists.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from orken.kit import bulk
from orken.kit.demo import SEED, Stage
from orken.network.demo.personas import WHO
from orken.network.models import Appointment, Post, Unit
from orken.people import iin, sealing
from orken.people.demo import describe, named, number_for, ready, somebody, told
from orken.people.models import NAME_FIELDS, Person, PersonTraits, PreviousName, ProtectedId
from orken.people.models.person import sound_of

TODAY, SINCE = date(2026, 9, 1), date(2026, 1, 1)
SPLIT = date(2022, 6, 8)  # Abai parts from East Kazakhstan
MAIN, COMBINED = Appointment.Employment.MAIN, Appointment.Employment.COMBINED
Names = tuple[str, str, str]


@dataclass(frozen=True)
class Held:
    """A post from a day to a day."""

    unit: str
    post: str
    since: date
    until: date | None = None
    employment: str = MAIN
    rate: str = "1.00"


@dataclass(frozen=True)
class Life:
    """Somebody by name: surname, given name, patronymic in Kazakh and Russian; empty parts are not known."""

    key: str
    kk: Names
    ru: Names
    born: date
    held: tuple[Held, ...]
    en: tuple[str, str] = ("", "")
    sex: str = "f"
    number: str = "own"  # own, none, a date that its digits tell, or a document of another state
    before: tuple[Names, Names, date] | None = None  # names up to that day
    phone: str = ""
    extra: dict[str, str] = field(default_factory=dict)


LIVES = (
    # One woman under three spellings in two libraries.
    Life("spelt-1", ("Жанболатова", "Гүлнар", "Серікқызы"), ("Жанболатова", "Гульнара", "Сериковна"), date(1983, 5, 17),
         (Held("KZ-55-D01", "bibliographer", date(2014, 9, 1)),), phone="+77005550101"),
    Life("spelt-2", ("", "", ""), ("Джанбулатова", "Гульнар", "Сериковна"), date(1983, 5, 17),
         (Held("KZ-55-D03", "librarian", date(2019, 2, 4), None, COMBINED, "0.50"),), number="none"),
    Life("spelt-3", ("Жанбулатова", "Гүлнар", ""), ("", "", ""), date(1983, 5, 17),
         (Held("KZ-55-D03", "cataloguer", date(2021, 3, 1), None, COMBINED, "0.25"),), number="none", phone="+77005550101"),
    # A surname changed by marriage.
    Life("married", ("Сейітқали", "Меруерт", "Болатқызы"), ("Сейткали", "Меруерт", "Болатовна"), date(1994, 3, 21),
         (Held("KZ-55-D02", "librarian", date(2017, 8, 21)),),
         before=(("Қасымова", "Меруерт", "Болатқызы"), ("Касымова", "Меруерт", "Болатовна"), date(2025, 7, 15))),
    # Two different people with equal name and year of birth.
    Life("twin-1", ("Ахметова", "Айгүл", ""), ("Ахметова", "Айгуль", ""), date(1979, 2, 3),
         (Held("KZ-55-D01", "librarian", date(2005, 9, 1)),)),
    Life("twin-2", ("Ахметова", "Айгүл", ""), ("Ахметова", "Айгуль", ""), date(1979, 11, 28),
         (Held("KZ-55-D02", "senior-librarian", date(2009, 4, 6)),)),
    # A trainee from Bishkek: no IIN, the number of her own document in its place.
    Life("bishkek", ("", "", ""), ("Осмонова", "Айжамал", ""), date(1991, 10, 9),
         (Held("NL", "trainee", date(2026, 6, 1)),), en=("Osmonova", "Aizhamal"), number="AN 4412907"),
    # The digits of the number tell another date of birth: no mistake (domain.md §2.3).
    Life("digits", ("Тоқтарова", "Раушан", "Ержанқызы"), ("Токтарова", "Раушан", "Ержановна"), date(1985, 3, 21),
         (Held("KZ-55-D03-02", "rural-librarian", date(2012, 9, 3), None, COMBINED, "0.50"),), number="1985-03-12"),
    # Two posts at a time.
    Life("combiner", ("Дүйсенова", "Сәуле", "Маратқызы"), ("Дюсенова", "Сауле", "Маратовна"), date(1976, 8, 30),
         (Held("KZ-55-D01", "methodologist", date(2010, 1, 11)),
          Held("KZ-55-D01", "bibliographer", date(2018, 5, 2), None, COMBINED, "0.50"))),
    # With the parting of Abai she went from Oskemen to Semey.
    Life("semey", ("Ыбыраева", "Шолпан", "Қайратқызы"), ("Ибраева", "Шолпан", "Кайратовна"), date(1981, 12, 5),
         (Held("KZ-63-LIB", "cataloguer", date(2008, 2, 18), SPLIT), Held("KZ-10-LIB", "cataloguer", SPLIT))),
    # She left and came back.
    Life("returned", ("Нұрғалиева", "Назгүл", "Асқарқызы"), ("Нургалиева", "Назгуль", "Аскаровна"), date(1988, 6, 14),
         (Held("KZ-55-LIB", "librarian", date(2012, 9, 1), date(2017, 10, 2)), Held("KZ-55-LIB", "bibliographer", date(2024, 1, 15)))),
)  # fmt: skip


def lives(stage: Stage) -> None:
    """Write these lives, numbers for most people of the demo, and a second pair of hands in every district."""
    chance = random.Random(SEED + 2)
    units: dict[str, Unit] = stage.made["units"]
    posts: dict[str, Post] = stage.made["posts"]
    for life in LIVES:
        stage.made.setdefault("persons", {})[life.key] = _write(stage, life, chance, units, posts)
    _told_of_personas(stage, chance)
    _hands(stage, chance, units, posts)
    _numbers(chance, stage)


def _write(stage: Stage, life: Life, chance: random.Random, units: dict[str, Unit], posts: dict[str, Post]) -> Person:
    person = named(life.kk[:2], life.ru[:2], life.en, sex=life.sex, born=life.born)
    person.patronymic_kk, person.patronymic_ru = life.kk[2], life.ru[2]
    describe(person, chance, TODAY)
    person.phone = life.phone
    ready(person, stage.recorded_at)
    if life.before:
        kk, ru, until = life.before
        names = dict(zip(NAME_FIELDS, (*kk, *ru, "", ""), strict=True))
        sound = sound_of(kk[0], kk[1])
        person.derive(others=sound)
        person.save()
        PreviousName.objects.create(
            person=person, valid_from=life.born, valid_to=until, reason=PreviousName.Reason.MARRIAGE, sound=sound,
            recorded_at=stage.recorded_at, **names,
        )  # fmt: skip
    else:
        person.save()
    told(person, SINCE, stage.recorded_at).save()
    for held in life.held:
        Appointment.objects.create(
            person=person, unit=units[held.unit], post=posts[held.post], employment=held.employment,
            rate=Decimal(held.rate), valid_from=held.since, valid_to=held.until, recorded_at=stage.recorded_at,
        )  # fmt: skip
    if life.number != "none":
        foreign = " " in life.number
        told_born = life.born if life.number == "own" or foreign else date.fromisoformat(life.number)
        text = life.number if foreign else number_for(told_born, chance).digits
        masked = f"{text[:2]}{'•' * (len(text) - 4)}{text[-2:]}" if foreign else iin.Iin(text).masked
        ProtectedId.objects.create(
            person=person, kind=ProtectedId.Kind.FOREIGN if foreign else ProtectedId.Kind.IIN,
            sealed=sealing.seal(text), blind=sealing.blind(text), masked=masked, recorded_at=stage.recorded_at,
        )  # fmt: skip
    return person


def _told_of_personas(stage: Stage, chance: random.Random) -> None:
    for who in WHO:
        person = describe(stage.made["persons"][who.login], chance, TODAY)
        person.save()
        told(person, SINCE, stage.recorded_at).save()


def _hands(stage: Stage, chance: random.Random, units: dict[str, Unit], posts: dict[str, Post]) -> None:
    """Two librarians more in every district: with them the demo has its 650 people."""
    systems = [unit for unit in units.values() if unit.kind == Unit.Kind.SYSTEM for _ in range(2)]
    people = [describe(ready(somebody(chance), stage.recorded_at), chance, TODAY) for _ in systems]
    bulk.insert(Person, people)
    bulk.insert(PersonTraits, [told(person, SINCE, stage.recorded_at) for person in people])
    bulk.insert(
        Appointment,
        [
            Appointment(
                person=person, unit=unit, post=posts["librarian"], recorded_at=stage.recorded_at,
                valid_from=date(chance.randint(2019, 2025), chance.randint(1, 12), 1),
            )
            for person, unit in zip(people, systems, strict=True)
        ],
    )  # fmt: skip


def _numbers(chance: random.Random, stage: Stage) -> None:
    """Nine of ten have a number; all are made up."""
    taken = set(ProtectedId.objects.values_list("blind", flat=True))
    rows = []
    for person in Person.objects.filter(protected_id=None).order_by("pk"):
        if person.birth_on is None or chance.random() < 0.1 or not person.surname_kk or "Жанбулат" in person.surname_kk:
            continue
        number = number_for(person.birth_on, chance, person.sex)
        blind = sealing.blind(number.digits)
        if blind not in taken:
            taken.add(blind)
            rows.append(
                ProtectedId(
                    person=person,
                    sealed=sealing.seal(number.digits),
                    blind=blind,
                    masked=number.masked,
                    recorded_at=stage.recorded_at,
                )
            )
    bulk.insert(ProtectedId, rows)
