"""Past records of the demo: a register of 2019–2021 that was entered, three rows of it that wait for somebody's word, two claims.

The people are those of the demo country; the register tells of them as such registers do.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from PIL import Image, ImageDraw, ImageFont

from orken.credentials import services
from orken.credentials.demo import keep_as_always
from orken.credentials.models import LedgerRow, OutsideTraining, PastList, PastRecord, PastRow
from orken.credentials.past import lists
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.pdf.rendering import FONTS
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Appointment
from orken.notices.models import Delivery, Notice
from orken.people.models import Account, Person

FOUND = 36
SHA256 = hashlib.sha256(
    b"demo"
).hexdigest()  # a table bears the moment of its making: its digest would be another each time
FILE = "Журнал регистрации 2019–2021.xlsx"
HEADINGS = ("№ п/п", "Рег. № в журнале", "Ф.И.О. слушателя", "Место работы", "Тема курса", "Сроки обучения", "Кол-во часов", "№ сертификата")  # fmt: skip
COURSES = (
    ("Библиотечное обслуживание детей: новые формы", "15–19.04.2019", "36"),
    ("Ведение электронного каталога сельской библиотеки", "с 10 по 14 февраля 2020 г.", "40 ч."),
    ("Краеведческая работа: от картотеки к базе данных", "12.04.2021 – 16.04.2021", "36 часов"),
)


def build(stage: Stage) -> None:
    by: Account = stage.made["accounts"]["pavlodar"]
    unit = stage.made["units"]["KZ-55-LIB"]
    persona = {person.pk for person in stage.made["persons"].values()}
    posts = [one for one in _posts() if one.person_id not in persona]
    village: Person = stage.made["persons"]["village"]
    asked = [posts[place % len(posts)] for place in range(FOUND)]  # some came to two courses
    lines = [_line(place, one.person, one.unit.name_ru) for place, one in enumerate(asked)]
    hers = village.appointments.select_related("unit").get(valid_to=None)
    lines.append(_line(FOUND, village, hers.unit.name_ru))
    lines += _in_doubt(posts, len(lines))
    columns = [Column(heading) for heading in HEADINGS]
    table = lists.take(file=write_xlsx([Table("2019-2021", columns, lines)]), file_name=FILE, unit=unit, by=by)
    lists.apply(table=table, by=by)
    _claims(stage, by)
    _settle(table, stage.recorded_at)


def _posts() -> list[Appointment]:
    """Main posts of the region's districts, a name once: namesakes of the demo wait in other tests.

    Only of those who completed something since: whoever never learned stands in no register either.
    """
    rows = Appointment.objects.at().filter(unit__code__startswith="KZ-55", employment=Appointment.Employment.MAIN)
    named = rows.exclude(person__surname_ru="").exclude(person__given_ru="")
    named = named.filter(person__enrolments__state="completed").distinct().select_related("person", "unit")
    found: dict[str, Appointment] = {}
    for one in named.order_by("unit__code", "pk"):
        found.setdefault(one.person.full_name("ru"), one)
    return list(found.values())


def _line(place: int, person: Person, library: str, name: str = "") -> list[str]:
    title, days, hours = COURSES[place * len(COURSES) // (FOUND + 4)]
    year = 2019 + place * len(COURSES) // (FOUND + 4)
    return [str(place + 1), f"{place + 101}", name or person.full_name("ru"), library, title, days, hours, f"ПВЛ-{year}/{place + 1:03}"]  # fmt: skip


def _in_doubt(posts: Sequence[Appointment], place: int) -> list[list[str]]:
    """Initials that fit several, initials that fit one, and a name with nothing beside it."""
    alike: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in posts:
        alike[one.person.surname_ru, one.person.given_ru[:1]].append(one.person)
    several = next(people[0] for people in alike.values() if len(people) > 1)
    rest = [people[0] for people in alike.values() if len(people) == 1][-2:]
    return [
        _line(place, several, "", f"{several.surname_ru} {several.given_ru[:1]}."),
        _line(place + 1, rest[0], "", f"{rest[0].surname_ru} {rest[0].given_ru[:1]}."),
        _line(place + 2, rest[1], "", f"{rest[1].surname_ru} {rest[1].given_ru}"),
    ]


def _claims(stage: Stage, by: Account) -> None:
    """The village librarian waits for a word about hers; the head of her district was vouched for, and sends a course abroad."""
    services.claim(
        by=stage.made["accounts"]["village"], title="Ауыл кітапханасының өлкетану жұмысы", organiser="С. Торайғыров атындағы облыстық кітапхана",
        hours_stated=24, starts_on=date(2018, 10, 8), ends_on=date(2018, 10, 10), paper="214",
        evidence=SimpleUploadedFile("sertifikat-2018.png", _paper("№ 214", "Ауыл кітапханасының өлкетану жұмысы", "8–10.10.2018")),
    )  # fmt: skip
    held = services.claim(
        by=stage.made["accounts"]["head"], title="Кітапхана ісін басқару", organiser="Қазақстан Республикасының Ұлттық кітапханасы",
        hours_stated=72, starts_on=date(2017, 3, 13), ends_on=date(2017, 3, 24), paper="0087",
        evidence=SimpleUploadedFile("sertifikat-2017.png", _paper("№ 0087", "Кітапхана ісін басқару", "13–24.03.2017")),
    )  # fmt: skip
    services.vouch(record=held, by=by)
    services.send_outside(
        by=stage.made["accounts"]["head"], title="Реставрация листа: базовый курс", organiser="Российская государственная библиотека", hours_stated=80,
        starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 14), paper="У-312",
        evidence=SimpleUploadedFile("udostoverenie-2025.png", _paper("№ У-312", "Реставрация листа: базовый курс", "3–14.03.2025")),
    )  # fmt: skip


def _paper(number: str, title: str, days: str) -> bytes:
    """A certificate as a telephone's camera sees it: a drawing of ours."""
    picture = Image.new("RGB", (900, 640), "#f4efe2")
    pen, face = ImageDraw.Draw(picture), str(FONTS / "golos-600.ttf")
    pen.rectangle((30, 30, 870, 610), outline="#7a5a2b", width=6)
    for y, size, text in ((110, 52, "СЕРТИФИКАТ"), (210, 30, number), (300, 34, title), (380, 28, days)):
        font = ImageFont.truetype(face, size)
        pen.text(((900 - pen.textlength(text, font=font)) / 2, y), text, fill="#222222", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _settle(table: PastList, at: datetime) -> None:
    """Every moment becomes the demo's own, so that the same seed gives the same rows."""
    fixed = uuid5(NAMESPACE_URL, f"past list/{table.file_name}")
    PastList.objects.filter(pk=table.pk).update(id=fixed, created_at=at, sha256=SHA256)
    PastRow.objects.filter(table_id=table.pk).update(table_id=fixed)
    PastRecord.objects.filter(source_id=table.pk).update(source_id=fixed)
    AuditEvent.objects.filter(batch=table.pk).update(batch=fixed)
    AuditEvent.objects.filter(target_kind="credentials.pastlist", target_id=str(table.pk)).update(target_id=str(fixed))
    for claim in PastRecord.objects.exclude(evidence=None).select_related("evidence"):
        keep_as_always(claim, "evidence", at)
    PastRow.objects.filter(table_id=fixed, applied_at__isnull=False).update(applied_at=at)
    PastRecord.objects.update(sent_at=at)
    PastRecord.objects.filter(decided_at__isnull=False).update(decided_at=at)
    for sent in OutsideTraining.objects.select_related("evidence"):
        OutsideTraining.objects.filter(pk=sent.pk).update(sent_at=at)
        keep_as_always(sent, "evidence", at)
    LedgerRow.objects.filter(Q(past__isnull=False) | Q(outside__isnull=False)).update(recorded_at=at)
    AuditEvent.objects.filter(verb="outside.sent").update(at=at)
    LedgerRow.objects.filter(past__isnull=False, superseded_at__isnull=False).update(superseded_at=at)
    AuditEvent.objects.filter(verb__startswith="past.").update(at=at)
    Notice.objects.filter(kind__startswith="credentials.").update(created_at=at)
    Delivery.objects.filter(notice__kind__startswith="credentials.").update(at=at)
