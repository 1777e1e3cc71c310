"""The bank of the National Library: thirty-six questions of all kinds on three topics, and three tests put together of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.competencies.models import Competency
from orken.kit.demo import Stage
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.media import pictures
from orken.people.models import Account
from orken.questions import content
from orken.questions.demo import catalogue, drawing, safety, statistics
from orken.questions.demo.shapes import Sample
from orken.questions.models import (
    Bank,
    Category,
    Exercise,
    ExerciseVersion,
    Picture,
    Publication,
    Question,
    QuestionOutcome,
    QuestionTag,
    QuestionVersion,
    Slot,
)

WRITTEN = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)
OUT = datetime(2026, 6, 8, 5, 0, tzinfo=UTC)
BANK = "NL-BANK"
TOPICS = (
    ("srdgob", statistics.QUESTIONS, "Кітапхана статистикасы / Библиотечная статистика", "H1"),
    ("ecat", catalogue.QUESTIONS, "Электрондық каталог / Электронный каталог", "C1"),
    ("safe", safety.QUESTIONS, "Цифрлық қауіпсіздік / Цифровая безопасность", "E1"),
)
TESTS: tuple[tuple[str, str, tuple[str, str, str], tuple[str, str, str], dict[str, Any]], ...] = (
    ("SRDGOB-TEST", "srdgob",
     ("Қорытынды тест: кітапхана статистикасы және СРДГОБ-1", "Итоговый тест: библиотечная статистика и СРДГОБ-1", "Final test: library statistics and form SRDGOB-1"),
     ("Есептегіш пайдалануға болады.", "Калькулятором пользоваться можно.", "You may use a calculator."), {"minutes": 40, "attempts": 3, "reveal": "at_last"}),
    ("ECAT-TEST", "ecat",
     ("Қорытынды тест: ауыл кітапханасының электрондық каталогы", "Итоговый тест: электронный каталог сельской библиотеки", "Final test: the electronic catalogue of a rural library"),
     ("Сұрақтар MARC 21 форматы бойынша.", "Вопросы по формату MARC 21.", "The questions follow MARC 21."), {"minutes": 40, "attempts": 3, "reveal": "at_last"}),
    ("SAFE-TEST", "safe",
     ("Қорытынды тест: кітапханадағы цифрлық қауіпсіздік", "Итоговый тест: цифровая безопасность в библиотеке", "Final test: digital safety in the library"),
     ("Асықпаңыз: уақыт шектелмеген.", "Не торопитесь: время не ограничено.", "Take your time: there is no limit."), {"attempts": 5, "reveal": "at_last"}),
)  # fmt: skip


def build(stage: Stage) -> None:
    """Bank, questions, tests and a short exercise that checks at once; all published on a day of June."""
    unit = stage.made["units"]["NL-VIRTUAL"]
    by: Account | None = stage.made.get("accounts", {}).get("national")
    bank = Bank.objects.create(
        code=BANK, unit=unit, school=unit, synthetic=True, created_at=WRITTEN, title_kk="Виртуалды кітапхана мектебінің сұрақтары",
        title_ru="Вопросы Виртуальной библиотечной школы", title_en="Questions of the Virtual Library School",
    )  # fmt: skip
    picture = _picture(bank)
    codes = {row.code: row for row in Competency.objects.all()}
    by_topic: dict[str, list[Question]] = {}
    for topic, samples, shelf, competency in TOPICS:
        category = Category.objects.create(bank=bank, name=shelf)
        by_topic[topic] = [_question(bank, category, topic, n, one, picture, by, codes.get(competency)) for n, one in enumerate(samples, start=1)]  # fmt: skip
    for code, topic, titles, intros, rules in TESTS:
        held = [one for one in by_topic[topic] if one.kind not in ("question.essay", "question.file")]
        _exercise(unit, code, titles, intros, {"shuffle": True, "pass_mark": 70, **rules}, held, by)
    quick = by_topic["safe"][:5]
    _exercise(unit, "SAFE-QUICK", ("Өзін-өзі тексеру: цифрлық қауіпсіздік", "Проверьте себя: цифровая безопасность", "Check yourself: digital safety"),
        ("Әр сұрақ бірден тексеріледі, үш рет көруге болады.", "Каждый вопрос проверяется сразу, есть три попытки.", "Each question is checked at once; there are three tries."),
        {"behaviour": "retry", "pass_mark": 60}, quick, by)  # fmt: skip
    works = [one for topic in by_topic.values() for one in topic if one.kind in ("question.essay", "question.file")]
    _exercise(unit, "VIRT-WORK", ("Жазбаша жұмыс", "Письменная работа", "Written work"),
        ("Жауаптарды оқытушы бағалайды.", "Ответы оценивает преподаватель.", "A trainer marks the answers."),
        {"pass_mark": 60, "attempts": 2}, works, by)  # fmt: skip


def _uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"orken-demo:question:{name}")


def _picture(bank: Bank) -> Picture:
    """The drawn page, recoded as any picture is; its file has the key and the moment of the demo."""
    made = next(one for one in pictures.variants(io.BytesIO(drawing.title_page()), (960,)) if one.media_type == "image/webp")  # fmt: skip
    kept = files.store_made([("title-page.webp", made.content)], media_type=made.media_type, purpose="question", by_id=None, scope_path=bank.unit.path)[0]  # fmt: skip
    StoredFile.objects.filter(pk=kept.pk).update(id=_uid("file:title-page"), created_at=WRITTEN)
    return Picture.objects.create(
        uid=_uid("picture:title-page"), bank=bank, file_id=_uid("file:title-page"), width=made.width, height=made.height, created_at=WRITTEN
    )  # fmt: skip


def _question(
    bank: Bank, category: Category, topic: str, number: int, one: Sample, picture: Picture, by: Account | None, competency: Competency | None
) -> Question:  # fmt: skip
    payload = one.payload
    if one.kind == "question.hotspot":
        payload = {**payload, "picture": str(picture.uid), "width": picture.width, "height": picture.height}
    question = Question.objects.create(uid=_uid(f"{topic}:{number}"), bank=bank, kind=one.kind, category=category, created_at=WRITTEN)  # fmt: skip
    version = QuestionVersion(question=question, number=1, payload=payload, created_at=WRITTEN, created_by=by, published_at=OUT, published_by=by)  # fmt: skip
    version.fingerprint = content.fingerprint(content.of_question(version))
    version.save()
    question.published = version
    question.save(update_fields=["published"])
    QuestionTag.objects.bulk_create(QuestionTag(question=question, name=name) for name in sorted(set(one.tags.split())))
    if competency is not None:
        QuestionOutcome.objects.create(question=question, competency=competency)
    Publication.objects.create(question=question, kind="published", number=1, by=by, at=OUT)
    return question


def _exercise(
    unit: Any, code: str, titles: tuple[str, str, str], intros: tuple[str, str, str], rules: dict[str, Any], held: list[Question], by: Account | None
) -> None:  # fmt: skip
    exercise = Exercise.objects.create(code=code, unit=unit, synthetic=True, created_at=WRITTEN)
    words = {
        f"{name}_{language}": text for name, texts in (("title", titles), ("intro", intros)) for language, text in zip(("kk", "ru", "en"), texts, strict=True)
    }  # fmt: skip
    version = ExerciseVersion(exercise=exercise, number=1, created_at=WRITTEN, created_by=by, **words, **rules)
    version.save()
    Slot.objects.bulk_create(
        Slot(version=version, position=place, question=one, pinned=one.published, mark=_worth(one)) for place, one in enumerate(held, start=1)
    )  # fmt: skip
    version.published_at, version.published_by = OUT, by
    version.fingerprint = content.fingerprint(content.of_exercise(version))
    version.save()
    exercise.published = version
    exercise.save(update_fields=["published"])
    Publication.objects.create(exercise=exercise, kind="published", number=1, by=by, at=OUT)


def _worth(question: Question) -> int:
    return 2 if question.kind in ("question.matching", "question.ordering", "question.sorting", "question.essay") else 1
