"""Questionnaires of the demo: four of the National Library, two surveys that are over and one that waits for answers.

What other parts of the demo asked in the past is written by `asked`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.demo import SEED, Stage
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.surveys.content import fingerprint
from orken.surveys.models import Invitation, Questionnaire, Sheet, Survey, Version
from orken.surveys.questions import Kind, Option, Question, Words, kept

PUBLISHED = datetime(2024, 1, 15, 5, 0, tzinfo=UTC)  # before the first run that asks with them
W = Words
AGREE = W("мүлде олай емес", "совсем не так", "not at all so")
FULLY = W("дәл солай", "именно так", "exactly so")
POOR, GOOD = W("нашар", "плохо", "poor"), W("өте жақсы", "отлично", "excellent")
NEVER, ALWAYS = W("мүлде қолданбаймын", "совсем не применяю", "not at all"), W("үнемі қолданамын", "применяю постоянно", "all the time")  # fmt: skip


def _options(*texts: Words) -> tuple[Option, ...]:
    return tuple(Option(f"a{n}", text) for n, text in enumerate(texts, start=1))


REACTION = [
    Question("q1", Kind.SCALE, W("Оқу менің жұмысыма керек болды", "Обучение нужно для моей работы", "The course is of use for my work"), low=AGREE, high=FULLY),
    Question("q2", Kind.MATRIX, W("Бағалаңыз:", "Оцените:", "Rate:"), low=POOR, high=GOOD, options=_options(
        W("оқытушының жұмысы", "работа преподавателя", "the trainer"), W("оқу материалдары", "учебные материалы", "the materials"),
        W("ұйымдастырылуы", "организация", "the organisation"), W("оқу тілі", "язык обучения", "the language"))),
    Question("q3", Kind.CHOICE, W("Оқудың ұзақтығы қалай болды?", "Какой была продолжительность?", "How was the length?"), options=_options(
        W("қысқа", "мало времени", "too short"), W("дәл келді", "как раз", "about right"), W("ұзақ", "слишком долго", "too long"))),
    Question("q4", Kind.SEVERAL, W("Келесіде не керек?", "Что нужно в следующий раз?", "What is needed next time?"), required=False, options=_options(
        W("көбірек тәжірибе", "больше практики", "more practice"), W("қазақ тіліндегі материалдар", "материалы на казахском", "materials in Kazakh"),
        W("үйде оқитын тапсырмалар", "задания на дом", "tasks to do at home"), W("кеңес алатын адам", "человек, с которым можно советоваться", "somebody to ask"))),
    Question("q5", Kind.TEXT, W("Бізге не айтқыңыз келеді?", "Что вы хотите нам сказать?", "What would you like to tell us?"), required=False),
]  # fmt: skip
FOLLOW_UP = [
    Question("q1", Kind.SCALE, W("Үйренгеніңізді жұмыста қаншалықты қолданасыз?", "Насколько вы применяете изученное в работе?", "How far do you use at work what you learned?"), low=NEVER, high=ALWAYS),
    Question("q2", Kind.SEVERAL, W("Қолдануға не кедергі?", "Что мешает применять?", "What stands in the way?"), required=False, options=_options(
        W("уақыт жоқ", "нет времени", "no time"), W("бағдарлама немесе құрал жоқ", "нет программы или оборудования", "no program or equipment"),
        W("ұмытып қалдым", "забылось", "I have forgotten it"), W("басшылық қолдамайды", "нет поддержки руководства", "no support from above"))),
    Question("q3", Kind.TEXT, W("Бір мысал келтіріңіз", "Приведите один пример", "Give one example"), required=False),
]  # fmt: skip
HEAD = [
    Question("q1", Kind.SCALE, W("Қызметкердің жұмысы оқудан кейін жақсарды", "Работа сотрудницы после обучения стала лучше", "Her work is better since the course"), low=AGREE, high=FULLY),
    Question("q2", Kind.TEXT, W("Бұл неден көрінеді?", "В чём это видно?", "How does it show?"), required=False),
]  # fmt: skip
NEEDS = [
    Question("q1", Kind.RANKING, W("Сізге ең керегін бірінші қойыңыз:", "Поставьте самое нужное на первое место:", "Put first what you need most:"), options=_options(
        W("каталогтау", "каталогизация", "cataloguing"), W("қорды сақтау", "сохранность фонда", "care of the collection"),
        W("оқырманмен жұмыс", "работа с читателями", "work with readers"), W("цифрлық дағдылар", "цифровые навыки", "digital skills"))),
    Question("q2", Kind.CHOICE, W("Қалай оқыған ыңғайлы?", "Как удобнее учиться?", "How do you like to learn?"), options=_options(
        W("орнында, топта", "очно, в группе", "in a group, on site"), W("интернет арқылы", "через интернет", "online"), W("өз бетімше, интернетсіз", "самостоятельно, без интернета", "by myself, without a line"))),
]  # fmt: skip
QUESTIONNAIRES: Sequence[tuple[str, str, Words, list[Question]]] = (
    ("NL-REACTION", "reaction", W("Оқу туралы пікіріңіз", "Ваше мнение об обучении", "Your opinion of the course"), REACTION),
    ("NL-FOLLOW-UP", "follow_up", W("Оқудан кейін: түлекке", "После обучения: выпускнице", "After the course: to the graduate"), FOLLOW_UP),
    ("NL-HEAD", "head", W("Оқудан кейін: басшыға", "После обучения: руководителю", "After the course: to the head"), HEAD),
    ("NL-NEEDS", "needs", W("Сізге не үйрену керек?", "Чему вам нужно учиться?", "What do you need to learn?"), NEEDS),
)  # fmt: skip
COMMENTS = (
    "Рахмет, тағы келіңіздер!", "Тәжірибе көбірек болса екен.", "Спасибо, всё было понятно.", "Не хватило времени на каталожные карточки.",
    "Қазақша үлгілер керек.", "Очень полезно для села.",
)  # fmt: skip


def _number(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def build(stage: Stage) -> None:
    chance = random.Random(SEED + 5)
    country = Unit.objects.get(code="NL")
    made: dict[str, Questionnaire] = {}
    for code, purpose, title, asked in QUESTIONNAIRES:
        owner = Questionnaire.objects.create(
            code=code, unit=country, purpose=purpose, synthetic=True, created_at=PUBLISHED
        )
        version = Version(
            questionnaire=owner, number=1, document=kept(asked), keys_given=[one.key for one in asked],
            published_at=PUBLISHED, **{f"title_{language}": getattr(title, language) for language in ("kk", "ru", "en")},
        )  # fmt: skip
        version.fingerprint = fingerprint(version)
        version.save()
        owner.published = version
        owner.save(update_fields=["published"])
        made[code] = owner
    region = Unit.objects.get(code="KZ-55")
    practicum = {
        "kk": "Ауыл кітапханашыларының практикумы",
        "ru": "Практикум сельских библиотекарей",
        "en": "Practicum of rural librarians",
    }
    _over(stage, chance, made["NL-REACTION"], region, practicum, date(2026, 4, 23), 26)
    small = {
        "kk": "Кітап жөндеу шеберлік сағаты",
        "ru": "Мастер-класс по ремонту книг",
        "en": "Master-class on mending books",
    }
    _over(stage, chance, made["NL-REACTION"], region, small, date(2026, 5, 14), 3)
    _waits(stage, chance, made["NL-NEEDS"], region)


def _survey(stage: Stage, chance: random.Random, owner: Questionnaire, unit: Unit, about: Mapping[str, str], first: date, days: int) -> Survey:  # fmt: skip
    assert owner.published is not None, "the questionnaires of the demo are published"
    return Survey.objects.create(
        id=_number(chance), version=owner.published, unit=unit, opens_on=first, closes_on=first + timedelta(days=days),
        synthetic=True, created_at=stage.recorded_at, **{f"about_{language}": text for language, text in about.items()},
    )  # fmt: skip


def _over(stage: Stage, chance: random.Random, owner: Questionnaire, unit: Unit, about: Mapping[str, str], day: date, sheets: int) -> None:  # fmt: skip
    """A survey on the last day, answered at a device by the door."""
    held = _survey(stage, chance, owner, unit, about, day, 1)
    Invitation.objects.create(survey=held, way=Invitation.Way.KIOSK, key=f"{chance.getrandbits(256):064x}", used=sheets)
    Sheet.objects.bulk_create(
        [Sheet(id=_number(chance), survey=held, answers=_reaction(chance, n)) for n in range(sheets)]
    )


def _reaction(chance: random.Random, n: int) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "q1": chance.choice((3, 4, 4, 5, 5, 5)),
        "q2": {f"a{line}": chance.choice((3, 4, 4, 5, 5)) for line in range(1, 5)},
        "q3": chance.choice(("a1", "a2", "a2", "a2", "a3")),
    }
    if several := [f"a{line}" for line in range(1, 5) if chance.random() < 0.4]:
        answers["q4"] = several
    if n % 4 == 0:
        answers["q5"] = COMMENTS[n // 4 % len(COMMENTS)]
    return answers


def _waits(stage: Stage, chance: random.Random, owner: Questionnaire, unit: Unit) -> None:
    """An open survey of needs: the persona of the village is asked by name until the end of the year."""
    about = {"kk": "2027 жылғы оқу жоспары", "ru": "План обучения на 2027 год", "en": "The plan of learning for 2027"}
    held = _survey(stage, chance, owner, unit, about, date(2026, 9, 15), 107)
    people = Account.objects.filter(login__in=("village", "head", "mentor")).exclude(person=None).order_by("login")
    Invitation.objects.bulk_create(
        [Invitation(survey=held, way=Invitation.Way.PAGE, person=account.person) for account in people]
    )


# --- what was asked in the past ---

EXAMPLES = (
    "Электрондық каталогқа екі жүз кітап енгіздім.", "Айына бір рет оқырмандармен кездесу өткіземін.", "Теперь сама проверяю годовой отчёт.",
    "Әріптестеріме көрсеттім.", "Сделала паспорта на двадцать книг.",
)  # fmt: skip
SEEN = ("Құжаттары ретке келді.", "Стала увереннее работать с каталогом.", "Іс-шараны өзі өткізеді.")


@dataclass(frozen=True)
class Asked:
    """A survey of the past: people by name on their own page, and whether each answered."""

    code: str
    unit: Unit
    about: Mapping[str, str]
    source: str
    address: str
    opens_on: date
    closes_on: date
    people: Sequence[tuple[Person, bool]]


def asked(rows: Sequence[Asked], chance: random.Random) -> None:
    """Surveys with their invitations, and as many sheets as were answered; the sheets come in no order of people."""
    by_code = {one.code: one for one in Questionnaire.objects.select_related("published")}
    held: list[tuple[Asked, Survey]] = []
    for one in rows:
        opened = _at(one.opens_on, "12:00")
        survey = Survey(
            id=_number(chance), version=by_code[one.code].published, unit=one.unit, source=one.source, address=one.address,
            opens_on=one.opens_on, closes_on=one.closes_on, synthetic=True, created_at=opened,
            **{f"about_{language}": text for language, text in one.about.items()},
        )  # fmt: skip
        if not all(answered for _person, answered in one.people):
            survey.reminded_at = _at(one.closes_on - timedelta(days=2), "09:30")
        held.append((one, survey))
    bulk.insert(Survey, [survey for _one, survey in held])
    invitations: list[Invitation] = []
    sheets: list[Sheet] = []
    trail: list[AuditEvent] = []
    for one, survey in held:
        invitations += [Invitation(survey=survey, way=Invitation.Way.PAGE, person=person, used=int(answered)) for person, answered in one.people]  # fmt: skip
        came = sum(answered for _person, answered in one.people)
        sheets += [Sheet(id=_number(chance), survey=survey, answers=_answers(one.code, chance, n)) for n in range(came)]
        about = {"questionnaire": one.code, "opens_on": str(one.opens_on), "closes_on": str(one.closes_on)}
        for verb, after in (("survey.opened", about), ("survey.invited", {"people": len(one.people)})):
            trail.append(
                audit.event(verb, survey, by=None, scope_path=one.unit.path, after=after, at=survey.created_at)
            )
    bulk.insert(Invitation, invitations)
    sheets.sort(key=lambda sheet: sheet.id)
    bulk.insert(Sheet, sheets)
    audit.record_all(trail)


def _at(day: date, at: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))


def _answers(code: str, chance: random.Random, n: int) -> dict[str, Any]:
    if code == "NL-REACTION":
        return _reaction(chance, n)
    if code == "NL-HEAD":
        return {"q1": chance.choice((3, 4, 4, 5)), "q2": chance.choice(SEEN)}
    answers: dict[str, Any] = {"q1": chance.choice((2, 3, 3, 4, 4, 4, 5))}
    if several := [f"a{line}" for line in range(1, 5) if chance.random() < 0.25]:
        answers["q2"] = several
    if n % 5 == 0:
        answers["q3"] = chance.choice(EXAMPLES)
    return answers
