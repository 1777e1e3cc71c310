"""The staff of a scope as a list in the shape that can be sent in again, and what came of a list as a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.i18n.content import current_language
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Appointment
from orken.people import sealing
from orken.people.models import ProtectedId

# Headings that the import reads in any of the three languages.
HEADINGS: tuple[tuple[str, dict[str, str], int], ...] = (
    ("surname_kk", {"kk": "Тегі (қазақша)", "ru": "Фамилия (на казахском)", "en": "Surname (in Kazakh)"}, 22),
    ("given_kk", {"kk": "Аты (қазақша)", "ru": "Имя (на казахском)", "en": "Given name (in Kazakh)"}, 18),
    ("patronymic_kk", {"kk": "Әкесінің аты (қазақша)", "ru": "Отчество (на казахском)", "en": "Patronymic (in Kazakh)"}, 20),
    ("surname_ru", {"kk": "Тегі (орысша)", "ru": "Фамилия (на русском)", "en": "Surname (in Russian)"}, 22),
    ("given_ru", {"kk": "Аты (орысша)", "ru": "Имя (на русском)", "en": "Given name (in Russian)"}, 18),
    ("patronymic_ru", {"kk": "Әкесінің аты (орысша)", "ru": "Отчество (на русском)", "en": "Patronymic (in Russian)"}, 20),
    ("birth_on", {"kk": "Туған күні", "ru": "Дата рождения", "en": "Date of birth"}, 14),
    ("iin", {"kk": "ЖСН", "ru": "ИИН", "en": "IIN"}, 16),
    ("unit", {"kk": "Кітапхана", "ru": "Библиотека", "en": "Library"}, 18),
    ("post", {"kk": "Лауазымы", "ru": "Должность", "en": "Post"}, 30),
    ("employment", {"kk": "Жұмыс түрі", "ru": "Занятость", "en": "Employment"}, 16),
    ("rate", {"kk": "Мөлшерлеме", "ru": "Ставка", "en": "Rate"}, 10),
    ("since", {"kk": "Жұмысқа қабылданған күні", "ru": "Дата приёма на должность", "en": "In the post since"}, 14),
    ("education", {"kk": "Білімі", "ru": "Образование", "en": "Education"}, 24),
    ("library_education", {"kk": "Кітапханалық білімі", "ru": "Библиотечное образование", "en": "Library education"}, 12),
    ("seniority", {"kk": "Кітапханалық өтілі", "ru": "Библиотечный стаж", "en": "Years in libraries (experience in libraries)"}, 14),
    ("category", {"kk": "Санаты", "ru": "Категория", "en": "Category"}, 18),
    ("category_on", {"kk": "Санат берілген күні", "ru": "Дата присвоения категории", "en": "Date of the category"}, 14),
    ("attested_on", {"kk": "Аттестаттау күні", "ru": "Дата аттестации", "en": "Date of the attestation"}, 14),
    ("attestation", {"kk": "Аттестаттау нәтижесі", "ru": "Результат аттестации", "en": "Result of the attestation"}, 22),
    ("languages", {"kk": "Жұмыс тілдері", "ru": "Рабочие языки", "en": "Working languages"}, 18),
    ("phone", {"kk": "Телефоны", "ru": "Телефон", "en": "Telephone"}, 16),
    ("mail", {"kk": "Электрондық поштасы", "ru": "Электронная почта", "en": "E-mail"}, 24),
)  # fmt: skip


def export(rows: QuerySet[Appointment], *, numbers: bool = False) -> IO[bytes]:
    """These appointments in their order; numbers of persons in full only with the right (`numbers`), else masked."""
    language = current_language()
    columns = [Column(headings[language], width) for _name, headings, width in HEADINGS]
    return write_xlsx([Table(_("Staff"), columns, _rows(rows, numbers))])


def _rows(rows: QuerySet[Appointment], numbers: bool) -> Iterator[list[Any]]:
    today = timezone.localdate()
    kept = {
        person: (masked, sealed)
        for person, masked, sealed in ProtectedId.objects.filter(
            person__in=rows.order_by().values("person")
        ).values_list("person_id", "masked", "sealed")
    }
    for row in rows.iterator(chunk_size=1000):
        person = row.person
        masked, sealed = kept.get(person.pk, ("", ""))
        found: dict[str, Any] = {
            **person.names, "birth_on": person.birth_on, "iin": sealing.unseal(sealed) if numbers and sealed else masked,
            "unit": row.unit.code, "post": row.post.title, "employment": str(row.get_employment_display()), "rate": row.rate,
            "since": row.valid_from, "education": str(person.get_education_display()),
            "library_education": {True: _("yes"), False: _("no"), None: ""}[person.library_education],
            "seniority": (today - person.library_since).days // 365 if person.library_since else "",
            "category": str(person.get_category_display()), "category_on": person.category_on,
            "attested_on": person.attested_on, "attestation": str(person.get_attestation_display()),
            "languages": ", ".join(person.language_names), "phone": person.phone, "mail": person.email,
        }  # fmt: skip
        yield [found[name] for name, _headings, _width in HEADINGS]
