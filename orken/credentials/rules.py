"""Which document a volume gives, by the rules that hold on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from orken.credentials.models import DocumentRule
from orken.credentials.models.rules import Kind

RULED_SINCE = date(2020, 1, 1)
ATTENDANCE = {"title_kk": "Қатысу туралы анықтама", "title_ru": "Справка об участии", "title_en": "Attendance note"}
PARTICIPANT = {"title_kk": "Қатысушы сертификаты", "title_ru": "Сертификат участника", "title_en": "Certificate of participation"}  # fmt: skip
DEVELOPMENT = {
    "title_kk": "Біліктілікті арттыру сертификаты",
    "title_ru": "Сертификат о повышении квалификации",
    "title_en": "Certificate of professional development",
}
INTERNSHIP = {"title_kk": "Тағылымдама куәлігі", "title_ru": "Свидетельство о стажировке", "title_en": "Certificate of internship"}  # fmt: skip
# Documents by volume (domain.md §1.5): the rows that a new installation begins with.
FIRST: tuple[dict[str, object], ...] = (
    {"kind": Kind.NOTE, "hours_from": 0, "hours_below": 8, **ATTENDANCE},
    {"kind": Kind.PARTICIPANT, "hours_from": 8, **PARTICIPANT},
    {"kind": Kind.DEVELOPMENT, "hours_from": 36, "final": True, **DEVELOPMENT},
    {"kind": Kind.INTERNSHIP, "training": "internship", "hours_from": 0, **INTERNSHIP},
)


_trainings: list[Callable[[], list[tuple[str, str]]]] = []


def register_trainings(choices: Callable[[], list[tuple[str, str]]]) -> None:
    """The app that holds training says which kinds there are: code and label."""
    _trainings[:] = [choices]


def trainings() -> list[tuple[str, str]]:
    return _trainings[0]() if _trainings else []


def load() -> None:
    """An installation without rules gets the first ones."""
    if not DocumentRule.objects.exists():
        DocumentRule.objects.bulk_create(
            DocumentRule(valid_from=RULED_SINCE, basis="Бастапқы норма · Начальная норма", **row) for row in FIRST
        )


def standing(on: date) -> list[DocumentRule]:
    return list(DocumentRule.objects.at(on).order_by("pk"))


def choose(rules: Iterable[DocumentRule], *, training: str, hours: Decimal, final: bool) -> DocumentRule | None:
    """The rule that fits: of the training's own kind before a general one, more hours before fewer, with a final before without."""
    fitting = [
        one
        for one in rules
        if one.training in ("", training)
        and one.hours_from <= hours
        and (one.hours_below is None or hours < one.hours_below)
        and (final or not one.final)
    ]
    return max(fitting, key=lambda one: (bool(one.training), one.hours_from, one.final), default=None)
