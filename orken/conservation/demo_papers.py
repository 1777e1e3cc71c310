"""Passports and readings of the demo: a survey of 120 documents in three libraries, two stores over ninety days.

Titles are made up in the manner of what such libraries keep; no real object is meant.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import cos, pi
from uuid import UUID

from django.utils import timezone

from orken.conservation.models import Item, Passport, PassportDamage, Reading, Room
from orken.conservation.passport import paper
from orken.conservation.services.passports import digest
from orken.conservation.vocabulary import object_class
from orken.kit.demo import Stage
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Person

LIBRARIES = (("NL", 60, "national"), ("KZ-55-LIB", 40, "pavlodar"), ("KZ-55-D02", 20, "head"))
EXAMINED = date(2026, 5, 11)
DAYS, EVERY = 90, 2  # days of readings and hours between two
LAST = datetime(2026, 8, 31, 22, 0)
DAMP = (52, 55)  # days of the series at 68 %: three days, as the store of the demo had them

_TITLES = {
    "book": ("Қазақ әліппесі", "Айқап жинағы", "Оқу құралы", "Есеп тану кітабы", "Қисса-и Қобыланды", "Тіл құрал", "Жағрапия", "Табиғаттану", "Өлеңдер жинағы", "Ауыл шаруашылығы кітабы"),
    "manuscript": ("Шежіре", "Кеңсе хаттары", "Дәптер: өлеңдер көшірмесі", "Медресе дәптері", "Емшілік жазбалар", "Күнделік"),
    "newspaper": ("Еңбекші қазақ", "Сарыарқа", "Ауыл тілі", "Жаңа өмір"),
    "map": ("Облыс картасы", "Қала жоспары", "Жол картасы"),
    "photograph": ("Мұғалімдер альбомы", "Қала көрінісі", "Мектеп түлектері"),
}  # fmt: skip


@dataclass(frozen=True)
class _Look:
    """What is usually seen on one kind of document: code, severities, cause, place."""

    code: str
    severities: tuple[int, ...]
    cause: str
    zone: str


_SEEN: dict[str, tuple[_Look, ...]] = {
    "book": (
        _Look("C2", (1, 2, 2), "қышқыл қағаз", "шеттері"), _Look("S1", (1, 1, 2), "шаң", "жоғарғы қиығы"),
        _Look("K1", (2, 3), "пайдалану", "түбі"), _Look("C1", (1, 2), "ылғал", "беттің ортасы"),
        _Look("K2", (2, 3), "жіптің әлсіреуі", "2–3-дәптер"), _Look("M1", (1, 2), "ұқыпсыз ұстау", "төменгі шеті"),
        _Look("S3", (1,), "кітапхана мөрі", "титул парағы"), _Look("R1", (2,), "үйде жөндеу", "түп жиегі"),
    ),
    "manuscript": (
        _Look("C4", (1, 2, 3), "темір-галл сиясы", "мәтін жолдары"), _Look("W2", (2, 3), "су құйылған", "төменгі сыртқы бұрышы"),
        _Look("M2", (2, 3), "жыртылу", "сыртқы бұрышы"), _Look("C1", (1, 2), "ылғал", "бүкіл беті"),
        _Look("B2", (2,), "бұрынғы зең", "жоғарғы бұрышы"), _Look("C6", (2,), "жарық", "алғашқы беттер"),
        _Look("B3", (2, 3), "қоңыз", "түп жағы"),
    ),
    "newspaper": (
        _Look("C2", (2, 3), "ағаш массалы қағаз", "бүкіл беті"), _Look("C3", (2, 3), "қышқыл гидролиз", "жиектері"),
        _Look("M6", (2, 2), "пайдалану", "сыртқы жиегі"), _Look("M3", (1, 2), "бүктеу", "ортаңғы бүктеме"),
        _Look("M1", (2, 3), "бүктеу", "бүктеме бойы"),
    ),
    "map": (_Look("M3", (2,), "бүктеу", "бүктемелер"), _Look("M1", (2, 3), "ілу", "бүктеме қиылысы"), _Look("R2", (1,), "ескі жөндеу", "арты"), _Look("W2", (2,), "су", "төменгі шеті")),
    "photograph": (_Look("P2", (1, 2), "ылғал, тотығу", "қою жерлері"), _Look("C6", (1, 2), "жарық", "ашық жерлері"), _Look("S2", (1,), "саусақ ізі", "шеттері")),
}  # fmt: skip
_SUPPORT = {"book": "wood_pulp_paper", "manuscript": "rag_paper", "newspaper": "wood_pulp_paper", "map": "rag_paper", "photograph": "photograph"}  # fmt: skip
_MEDIA = {"book": ["printing_ink"], "manuscript": ["iron_gall"], "newspaper": ["printing_ink"], "map": ["printing_ink", "watercolour"], "photograph": ["printing_ink"]}  # fmt: skip
_SIZES = {
    "book": (210, 148),
    "manuscript": (220, 170),
    "newspaper": (580, 420),
    "map": (600, 800),
    "photograph": (130, 180),
}
_KINDS = ("book", "book", "book", "manuscript", "manuscript", "newspaper", "map", "photograph")


def build(stage: Stage) -> None:
    """Add the survey and the stores; nothing when the network has no personas (the large country of the benches)."""
    persons: dict[str, Person] = stage.made.get("persons", {})
    units: dict[str, Unit] = stage.made["units"]
    if not persons:
        return
    rng = random.Random(155)
    for code, count, login in LIBRARIES:
        _survey(stage, rng, units[code], count, persons[login])
    _store(stage, rng, units["NL"], ("Сирек қор қоймасы", "Хранилище редкого фонда", "Store of rare stock"), damp=True)
    _store(
        stage,
        rng,
        units["KZ-55-LIB"],
        ("Өлкетану қоймасы", "Краеведческое хранилище", "Local history store"),
        damp=False,
    )


def _survey(stage: Stage, rng: random.Random, unit: Unit, count: int, examiner: Person) -> None:
    items = [_item(rng, unit, serial) for serial in range(1, count + 1)]
    Item.objects.bulk_create(items)
    passports, damages = [], []
    for item in items:
        passport = Passport(
            item=item, examiner=examiner, purpose="survey", created_at=stage.recorded_at,
            examined_on=EXAMINED + timedelta(days=rng.randrange(60)), support=_SUPPORT[item.kind], media=_MEDIA[item.kind],
            light="күндізгі, қиғаш", instruments="лупа ×10, pH сызғышы",
        )  # fmt: skip
        height, width = _SIZES[item.kind]
        passport.height_mm, passport.width_mm = height + rng.randrange(-15, 16), width + rng.randrange(-12, 13)
        passport.leaves = {"book": rng.randrange(40, 260), "manuscript": rng.randrange(12, 120), "newspaper": 4}.get(
            item.kind, 1
        )
        passport.binding = "none" if item.kind in ("newspaper", "map", "photograph") else rng.choice(("cloth", "half", "leather", "paper"))  # fmt: skip
        if item.kind != "photograph" and rng.random() < 0.7:
            passport.ph = Decimal(str(round(rng.uniform(4.6, 7.2), 1)))
            passport.ph_place = "жолақ, 3-парақтың шеті"
        if item.kind == "manuscript":
            passport.iron = rng.choice(("positive", "negative"))
        found = _damages(rng, passport)
        _decide(rng, passport, found)
        passports.append(passport)
        damages += found
    Passport.objects.bulk_create(passports)
    for one in damages:
        one.passport_id = one.passport.pk
    PassportDamage.objects.bulk_create(damages)
    _issue(stage, rng, passports, examiner)


def _item(rng: random.Random, unit: Unit, serial: int) -> Item:
    kind = rng.choice(_KINDS)
    year = rng.randrange(1870, 1955)
    script = "arab" if year < 1924 and kind in ("book", "manuscript") else "tote" if year < 1929 else "latn" if year < 1940 else "cyrl"  # fmt: skip
    title = f"{rng.choice(_TITLES[kind])}, {year}"
    return Item(
        unit=unit, serial=serial, number=f"CP-{unit.code}-{serial:05d}", shelfmark=f"СҚ {rng.randrange(1, 40)}/{rng.randrange(1, 300)}",
        inventory=f"{unit.pk}-{10400 + serial}", title=title, sort_title=sort_key(title), dated=str(year), script=script, kind=kind,
        synthetic=True,
    )  # fmt: skip


def _damages(rng: random.Random, passport: Passport) -> list[PassportDamage]:
    looks = _SEEN[passport.item.kind]
    chosen = rng.sample(looks, min(len(looks), rng.choice((1, 2, 2, 3, 3, 4))))
    if rng.random() < 0.03:
        chosen.append(_Look("B1", (4,), "қойма ылғалы", "мұқаба"))
    found = []
    for number, look in enumerate(chosen, start=1):
        column, row = rng.randrange(0, 6), rng.randrange(0, 7)
        found.append(
            PassportDamage(
                passport=passport, number=number, code=look.code, leaf=str(rng.randrange(1, (passport.leaves or 1) + 1)),
                side="spine" if look.code == "K1" else rng.choice(("r", "r", "v")), zone=look.zone, size_mm=str(rng.randrange(8, 90)),
                extent=rng.choice(("under_5", "under_5", "5_25", "25_50")), severity=rng.choice(look.severities), cause=look.cause,
                active=look.code == "B1", x=column * 12.5, y=row * 10.0, w=12.5 * rng.choice((1, 2)), h=10.0 * rng.choice((1, 2, 3)),
            )
        )  # fmt: skip
    return found


def _decide(rng: random.Random, passport: Passport, found: list[PassportDamage]) -> None:
    state = object_class((one.code, one.severity) for one in found)
    passport.object_class = state.value
    passport.access = {"I": "open", "II": "care", "III": "help", "IV": "copy"}[state.value]
    steps = ["T01", "T02"]
    if any(one.code == "B1" for one in found):
        steps = ["T04", "T01", "T02", "T05", "T06"]
        passport.access, passport.hazard = "closed", "mould"
    if any(one.code == "M1" for one in found) and state.value in ("I", "II"):
        steps += ["T03", "T31", "T42", "T43"]
    passport.proposal = [{"id": step, **({"material": "japanese-paper"} if step == "T31" else {})} for step in (*steps, "T40", "T44")]  # fmt: skip
    passport.enclosure = rng.choice(("", "folder", "box", "made_box"))
    passport.place = f"{rng.randrange(1, 6)}-қойма, {rng.randrange(1, 30)}-стеллаж"
    months = {"I": 36, "II": 24, "III": 12, "IV": 3}[state.value]
    passport.next_on = passport.examined_on + timedelta(days=30 * months)


def _issue(stage: Stage, rng: random.Random, passports: list[Passport], examiner: Person) -> None:
    """Seven in eight are issued; the others are drafts that somebody is writing."""
    ready = [one for one in passports if rng.random() < 7 / 8]
    for one in Passport.objects.filter(pk__in=[one.pk for one in ready]).select_related("item__unit", "examiner").prefetch_related("damages"):  # fmt: skip
        one.state, one.issued_at, one.issued_by = Passport.State.ISSUED, stage.recorded_at, examiner
        one.issued = paper.facts(one)
        one.digest = digest(one.issued)
        one.save()


def _store(stage: Stage, rng: random.Random, unit: Unit, names: tuple[str, str, str], *, damp: bool) -> None:
    """Ninety days every two hours; in one store the humidity stands at 68 % for three days, in the other a logger stops."""
    room = Room.objects.create(
        unit=unit, name_kk=names[0], name_ru=names[1], name_en=names[2], device=f"логгер № {rng.randrange(1000, 9999)}",
        calibrated_on=date(2026, 3, 2), synthetic=True,
    )  # fmt: skip
    start = LAST - timedelta(hours=(DAYS * 24) - EVERY)
    batch = UUID(int=rng.getrandbits(128), version=4)
    rows = []
    for step in range(DAYS * 24 // EVERY):
        at = start + timedelta(hours=step * EVERY)
        day = step * EVERY / 24
        wave = cos((at.hour - 15) / 24 * 2 * pi)
        temperature = 18.2 + 0.8 * cos((day - 60) / 90 * pi) + 0.4 * wave + rng.uniform(-0.2, 0.2)
        humidity = 54.0 + 2.0 * cos((day - 30) / 45 * pi) - 1.2 * wave + rng.uniform(-0.6, 0.6)
        if damp and DAMP[0] <= day < DAMP[1]:
            humidity = 68.0 + rng.uniform(-0.9, 0.9)
        if not damp and 70.2 <= day < 72.4:
            continue
        if not damp and 33 <= day < 34:
            temperature += 1.6 * wave
        rows.append(
            Reading(
                room=room, at=timezone.make_aware(at), temperature=Decimal(str(round(temperature, 1))),
                humidity=Decimal(str(round(humidity, 1))), source="file", batch=batch, recorded_at=stage.recorded_at,
            )
        )  # fmt: skip
    Reading.objects.bulk_create(rows, batch_size=500)
