"""Severity of one damage, extent on the object, and the class of the whole object (conservation.md §1.2).

The thresholds are the School's own; restorers of the National Library confirm or change them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from orken.conservation.vocabulary.words import Words


@dataclass(frozen=True)
class Severity:
    """A step of the four-step scale: its name, its anchor, and the bridge to a library survey."""

    number: int
    name: Words
    anchor: Words
    consult: Words


SEVERITIES: dict[int, Severity] = {
    one.number: one
    for one in (
        Severity(
            1,
            Words("аз", "слабое", "minor"),
            Words(
                "ақпарат та, беріктік те жоғалмаған; тұрақты",
                "ни сведения, ни прочность не утрачены; стабильно",
                "no loss of information or strength; stable",
            ),
            Words("беруге болады", "выдавать можно", "may be consulted"),
        ),
        Severity(
            2,
            Words("орташа", "среднее", "moderate"),
            Words(
                "мәтін оқылады, ұқыпты пайдалануға болады; баяу дамиды",
                "текст читается, бережно пользоваться можно; развивается медленно",
                "the text can be read, careful use is possible; slow progress",
            ),
            Words("ұқыпты беруге болады", "выдавать бережно", "may be consulted with care"),
        ),
        Severity(
            3,
            Words("ауыр", "сильное", "severe"),
            Words(
                "мәтінге тиген немесе беріктік жергілікті жоғалған; тек тірекпен пайдалану",
                "затронут текст или местами утрачена прочность; пользоваться только с опорой",
                "the text is touched or strength is gone locally; use only with support",
            ),
            Words("маманның көмегімен ғана", "только с помощью специалиста", "with help only"),
        ),
        Severity(
            4,
            Words("дағдарысты", "критическое", "critical"),
            Words(
                "ақпарат немесе материал дәл қазір жоғалуда, не адамдарға, көрші құжаттарға қауіп бар; шара көрілгенше берілмейді",
                "сведения или материал теряются сейчас либо есть опасность для людей и соседних документов; не выдавать до принятия мер",
                "information or material is being lost now, or there is danger to people or neighbours; no access until acted on",
            ),
            Words("берілмейді", "не выдавать", "no access"),
        ),
    )
}


class Extent(StrEnum):
    """The share of the leaf that a damage takes, recorded apart from severity."""

    UNDER_5 = "under_5"
    TO_25 = "5_25"
    TO_50 = "25_50"
    OVER_50 = "over_50"

    @property
    def text(self) -> str:
        return {"under_5": "< 5 %", "5_25": "5–25 %", "25_50": "25–50 %", "over_50": "> 50 %"}[self.value]

    @classmethod
    def of(cls, share: float) -> Extent:
        """The extent of a `share` between 0 and 1."""
        if share < 0.05:
            return cls.UNDER_5
        if share <= 0.25:
            return cls.TO_25
        return cls.TO_50 if share <= 0.5 else cls.OVER_50


class ObjectClass(StrEnum):
    """The state of the whole object."""

    GOOD = "I"
    SATISFACTORY = "II"
    POOR = "III"
    EMERGENCY = "IV"

    @property
    def words(self) -> Words:
        return {
            "I": Words("жақсы", "хорошее", "good"),
            "II": Words("қанағаттанарлық", "удовлетворительное", "satisfactory"),
            "III": Words("нашар", "неудовлетворительное", "poor"),
            "IV": Words("апатты", "аварийное", "emergency"),
        }[self.value]

    @property
    def rank(self) -> int:
        return ("I", "II", "III", "IV").index(self.value) + 1


# Damages that are gates and not only weights (conservation.md §0, point 6): a miss caps the mark.
ALWAYS_CRITICAL = frozenset({"B1", "W5"})


def is_critical(code: str, severity: int, *, active: bool = False) -> bool:
    """Whether to miss this damage endangers people, neighbours or the text: active mould, live insects,
    ink corrosion from severity 3, blocking."""
    if code in ALWAYS_CRITICAL:
        return True
    if code == "C4":
        return severity >= 3
    # Live insects: told by the flag of the record, or by the anchor of severity 4 («danger to neighbours»).
    return code in ("B3", "B5") and (active or severity >= 4)


def object_class(damages: Iterable[tuple[str, int]]) -> ObjectClass:
    """The class of an object from its damages (code, severity), the worst that applies.

    IV: any severity 4, or two of severity 3, or ink corrosion of 3 and more; III: one severity 3;
    II: any severity 2; I: else.
    """
    found = list(damages)
    severe = sum(severity >= 3 for _code, severity in found)
    if severe >= 2 or any(severity >= 4 or (code == "C4" and severity >= 3) for code, severity in found):
        return ObjectClass.EMERGENCY
    if severe:
        return ObjectClass.POOR
    return ObjectClass.SATISFACTORY if any(severity == 2 for _code, severity in found) else ObjectClass.GOOD
