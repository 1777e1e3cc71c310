"""How orders speak of a run in both languages: cases of the kinds of runs, days, places, volume.

A Kazakh kind stands after the title in the third person possessive («… семинары»), whose cases are made here;
Russian ones are written out: nominative, genitive, accusative.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from orken.curriculum import selectors as curriculum
from orken.kit.i18n import numbers
from orken.kit.i18n.dates import date_range, long_date
from orken.network.models import Post, Unit
from orken.people.models import Person
from orken.records.kinds import Words
from orken.training.models import Result, Run, Session

K = Run.Kind
# Kazakh: the possessive and whether its last syllable is hard. Russian: nominative, genitive, accusative.
KINDS: dict[str, tuple[tuple[str, bool], tuple[str, str, str]]] = {
    K.COURSE: (("оқу курсы", True), ("курс", "курса", "курс")),
    K.SEMINAR: (("семинары", True), ("семинар", "семинара", "семинар")),
    K.WEBINAR: (("вебинары", True), ("вебинар", "вебинара", "вебинар")),
    K.WORKSHOP: (("тренингі", False), ("тренинг", "тренинга", "тренинг")),
    K.MASTER_CLASS: (("шеберлік сыныбы", True), ("мастер-класс", "мастер-класса", "мастер-класс")),
    K.TRAVELLING: (("көшпелі шеберлік сыныбы", True), ("выездной мастер-класс", "выездного мастер-класса", "выездной мастер-класс")),
    K.INTERNSHIP: (("тағылымдамасы", True), ("стажировка", "стажировки", "стажировку")),
    K.MEETING: (("онлайн-кездесуі", False), ("онлайн-встреча", "онлайн-встречи", "онлайн-встречу")),
    K.CONFERENCE: (("конференциясы", True), ("конференция", "конференции", "конференцию")),
}  # fmt: skip
ENDINGS = {"nominative": ("", ""), "genitive": ("ның", "нің"), "accusative": ("н", "н"), "dative": ("на", "не")}
JOIN = "\u2060"  # word joiner
RU_CASES = ("nominative", "genitive", "accusative")


def titles(run: Run) -> tuple[str, str]:
    return run.title_kk or run.title_ru, run.title_ru or run.title_kk


def named(run: Run, kk: str = "nominative", ru: str = "nominative") -> tuple[str, str]:
    """The run with its kind: «… » семинарын · семинара «…», each in its case."""
    (stem, hard), forms = KINDS[run.kind]
    title_kk, title_ru = titles(run)
    return f"«{title_kk}» {stem}{ENDINGS[kk][0 if hard else 1]}", f"{forms[RU_CASES.index(ru)]} «{title_ru}»"


def both(text: str | Promise) -> Words:
    """A word of the system in both languages of the papers."""
    found = {}
    for code in ("kk", "ru"):
        with override(code):
            found[code] = str(text)
    return Words(found["kk"], found["ru"])


def days(first: date, last: date) -> Words:
    """A range of days that never parts at its dash at the end of a line."""
    return Words(*(date_range(first, last, code).replace("–", f"{JOIN}–{JOIN}") for code in ("kk", "ru")))


def sentence(text: str) -> str:
    """Ends with one full stop, also after «2026 ж.»."""
    return text if text.endswith(".") else f"{text}."


def capital(words: Words) -> Words:
    """As the head of a column begins."""
    return Words(words.kk[:1].upper() + words.kk[1:], words.ru[:1].upper() + words.ru[1:])


def day(on: date) -> Words:
    return Words(long_date(on, "kk"), long_date(on, "ru"))


def unit(one: Unit) -> Words:
    return Words(one.name_kk, one.name_ru or one.name_kk)


def post(one: Post | None) -> Words:
    return Words(one.title_kk, one.title_ru or one.title_kk) if one else Words("", "")


def name(person: Person) -> dict[str, str]:
    return {"kk": person.full_name("kk"), "ru": person.full_name("ru")}


def names(people: list[Person]) -> Words:
    return Words(", ".join(one.full_name("kk") for one in people), ", ".join(one.full_name("ru") for one in people))


def place(run: Run) -> Words:
    """Where it is held: on line, or at its place, which is the host's own where none is named."""
    if run.place is None and run.form not in (Run.Form.ONSITE, Run.Form.BLENDED):
        return Words("онлайн", "онлайн")
    where = run.place or run.host
    city_kk, city_ru = where.city_kk, where.city_ru or where.city_kk
    return Words(
        f"{where.name_kk}, {city_kk}" if city_kk else where.name_kk,
        f"{where.name_ru or where.name_kk}, {city_ru}" if city_ru else where.name_ru or where.name_kk,
    )


def minutes_of(run: Run) -> int:
    """The volume by the programme, else by the timetable."""
    if run.version is not None:
        return int(run.version.total_minutes)
    return sum(one.minutes for one in Session.objects.filter(run=run, cancelled_at=None))


def hours(minutes: int, on: date) -> Words:
    found = curriculum.academic_hours(minutes, on)
    said = {}
    for code in ("kk", "ru"):
        with override(code):
            said[code] = numbers.short_number(found)
    return Words(f"{said['kk']} академиялық сағат", f"{said['ru']} ак. ч.")


def money(sum_of: int) -> Words:
    with override("ru"):
        said = numbers.number(sum_of)
    return Words(f"{said} теңге", f"{said} тенге")


def cell(words: Words) -> dict[str, str]:
    return words.data()


def small(words: Words) -> Words:
    """As it stands within a line: a post begins with a small letter, an abbreviation stays."""

    def one(text: str) -> str:
        return text[:1].lower() + text[1:] if text[1:2].islower() else text

    return Words(one(words.kk), one(words.ru))


def workplace(one: Any) -> dict[str, str]:
    """Of an enrolment or an applicant: the library, then the post, as they stand on it."""
    return _at_work(unit(one.unit), post(one.post))


def worked(result: Result) -> dict[str, str]:
    """Of a result: library and post as its sheet has frozen them."""
    return _at_work(Words(result.unit_kk, result.unit_ru), Words(result.post_kk, result.post_ru))


def _at_work(where: Words, post: Words) -> dict[str, str]:
    what = small(post)
    return {"kk": ", ".join(filter(None, (where.kk, what.kk))), "ru": ", ".join(filter(None, (where.ru, what.ru)))}
