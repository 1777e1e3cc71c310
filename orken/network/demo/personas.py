"""The people a visitor of the demo can be. None exists; names, posts and papers are made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orken.kit.demo import Stage
from orken.network.models import Appointment, Post, RoleAssignment, Unit
from orken.network.roles import Role
from orken.people.demo import named, ready
from orken.people.models import Account, Person


@dataclass(frozen=True)
class Somebody:
    """A persona: her names, her post and her role."""

    login: str
    kk: tuple[str, str]
    ru: tuple[str, str]
    en: tuple[str, str]
    born: date
    unit: str
    post: str
    role: Role | None = None
    over: str = ""
    basis: str = ""
    sex: str = "f"
    language: str = ""


WHO = (
    Somebody("pavlodar", ("Әбдірахманова", "Сәуле"), ("Абдрахманова", "Сауле"), ("Abdirakhmanova", "Saule"), date(1979, 4, 2),
             "KZ-55-LIB", "chief-methodologist", Role.REGION_METHODOLOGIST, "KZ-55", "№ 12-К, 2024-01-08"),
    Somebody("village", ("Жұмабекова", "Айгүл"), ("Жумабекова", "Айгуль"), ("Zhumabekova", "Aigul"), date(1980, 7, 14),
             "KZ-55-D02-01", "rural-librarian"),
    Somebody("national", ("Қасымова", "Ғалия"), ("Касымова", "Галия"), ("Kassymova", "Galiya"), date(1974, 11, 23),
             "NL", "chief-methodologist", Role.NATIONAL_METHODOLOGIST, "KZ", "№ 3-К, 2024-01-08"),
    Somebody("head", ("Оразбаева", "Раушан"), ("Оразбаева", "Раушан"), ("Orazbayeva", "Raushan"), date(1971, 2, 9),
             "KZ-55-D02", "director", Role.HEAD, "KZ-55-D02", "№ 40-К, 2024-01-08"),
    Somebody("registrar", ("Шевченко", "Ирина"), ("Шевченко", "Ирина"), ("Shevchenko", "Irina"), date(1985, 6, 30),
             "NL", "registrar", Role.REGISTRAR, "KZ", "№ 5-К, 2024-01-08", language="ru"),
    Somebody("trainer", ("Нұрғалиев", "Ілияс"), ("Нургалиев", "Ильяс"), ("Nurgaliyev", "Iliyas"), date(1982, 9, 17),
             "NL-CONSERVATION", "trainer", Role.TRAINER, "NL-CONSERVATION", "№ 6-К, 2024-01-08", sex="m"),
    Somebody("curator", ("Тоқтарова", "Бибігүл"), ("Токтарова", "Бибигуль"), ("Toktarova", "Bibigul"), date(1976, 1, 19),
             "NL-CATALOGUER", "trainer", Role.CURATOR, "NL-CATALOGUER", "№ 7-К, 2024-01-08"),
    Somebody("mentor", ("Сейітқали", "Меруерт"), ("Сейткали", "Меруерт"), ("Seiitkali", "Meruert"), date(1977, 3, 5),
             "NL", "cataloguer", Role.MENTOR, "NL", "№ 9-К, 2024-01-08"),
    Somebody("student", ("Смағұлова", "Дана"), ("Смагулова", "Дана"), ("Smagulova", "Dana"), date(2006, 5, 19),
             "NL", "trainee", Role.STUDENT, "COL-ALM", "№ 77-С, 2024-01-08"),
    Somebody("director", ("Мұратбеков", "Қайрат"), ("Муратбеков", "Кайрат"), ("Muratbekov", "Kairat"), date(1968, 12, 1),
             "NL", "director", Role.DIRECTOR, "KZ", "№ 1-К, 2024-01-08", sex="m"),
    Somebody("administrator", ("Ким", "Еркін"), ("Ким", "Еркин"), ("Kim", "Yerkin"), date(1990, 8, 8),
             "NL", "engineer", Role.ADMINISTRATOR, "KZ", "№ 11-К, 2024-01-08", sex="m"),
)  # fmt: skip


def personas(stage: Stage) -> None:
    """Give each persona her person, post, account and role; who held the post before goes back to the reserve."""
    units: dict[str, Unit] = stage.made["units"]
    posts: dict[str, Post] = stage.made["posts"]
    for who in WHO:
        person = ready(named(who.kk, who.ru, who.en, sex=who.sex, born=who.born), stage.recorded_at)
        person.save()
        Appointment.objects.create(
            person=person,
            unit=units[who.unit],
            post=posts[who.post],
            valid_from=date(2019, 9, 2),
            recorded_at=stage.recorded_at,
        )
        roles = [(who.role, units[who.over], who.basis)] if who.role else []
        account(stage, who.login, person, roles, who.language)
        stage.made.setdefault("persons", {})[who.login] = person


def account(
    stage: Stage, login: str, person: Person, roles: Iterable[tuple[Role, Unit, str]] = (), language: str = ""
) -> Account:
    """An account without a password (the demo page signs in by a click), with its roles."""
    made = Account(person=person, login=login, language=language, created_at=stage.recorded_at)
    made.set_unusable_password()
    # The marker of an unusable password is random; the demo is the same every time.
    made.password = "!demo"
    made.save()
    for role, unit, basis in roles:
        RoleAssignment.objects.create(
            person=person, role=role, unit=unit, basis=basis, valid_from=date(2024, 1, 9), recorded_at=stage.recorded_at
        )
    stage.made.setdefault("accounts", {})[login] = made
    return made
