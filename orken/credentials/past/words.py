"""The words of registers of earlier years: headings in any wording, in Kazakh, Russian, English.

What such a register tells of a person (name, IIN, birth, library) is read as a staff list tells it.
"""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.network.staff_list import words as staff
from orken.network.staff_list.words import IGNORED, NAMES, plain

__all__ = ["CHOOSABLE", "DEFAULTS", "IGNORED", "NAMES", "field_of", "label_of", "names_a_training", "plain"]
_NUMBER = r"(№|#|\bn\b|\bno\b|ном\w*|нөм\w*|нем\w*|number|серия)"
_PAPER = r"(сертиф\w*|свидетел\w*|удостовер\w*|диплом\w*|документ\w*|құжат\w*|кужат\w*|куәлі\w*|certificate\w*|document\w*|diploma\w*)"
# Field: label, and how headings tell it. The first that matches, in this order, wins.
FIELDS: dict[str, tuple[str | Promise, str]] = {
    "starts_on": (_("First day"), r"начал[оа]|бастал\w*|басы\b|\bstart|\bbegin|first day|\bfrom\b"),
    "ends_on": (_("Last day"), r"оконч|заверш|аяқтал\w*|аякталу\w*|соңы\b|\bend\b|\bends\b|finish|last day|\buntil\b"),
    "issued_on": (_("Date of issue"), r"выда[чн]|берілген|берилген|берілу|issued|date of (the )?(document|certificate)|дата (документ|сертиф)\w*"),
    "hours": (_("Academic hours"), r"\bчас|к во ч\b|сағат|сагат|hours?\b|\bобъ[её]м\b|көлемі"),
    "period": (_("Days"), r"срок|период|мерзім|мерзим|кезең|\bдаты\b|dates|period|(дата|күн\w*|date\w*|время) (проведен|обучен|өт|оқ|of)\w*|(өт\w+|оқ\w+) (күн|уақыт)\w*|^дата$|^күні$|^date$|когда|\bwhen\b"),
    "organiser": (_("Who held it"), r"организатор|ұйымдастыр\w*|уйымдастыр\w*|organi[sz]er|кем провед\w*|өткізген|held by|provider|(орган\w*|кто) провод\w*"),
    "paper": (_("Number of the paper"), rf"{_PAPER}\W*(\w+ )?{_NUMBER}|{_NUMBER}\W*(\w+ )?{_PAPER}|^{_PAPER}$"),
    "journal": (_("Number in the journal"), rf"журнал\w*|\bрег\b|регистр\w*|тіркеу\w*|тиркеу\w*|journal|regist(er|ration)|{_NUMBER} кітап"),
    "kind": (pgettext_lazy("of a training", "Kind"), r"\bвид\w*|\bтүрі\b|\bтури\b|\bтип\b|\bkind\b|\btype\b|форма обучен\w*|оқу нысан\w*"),
    "title": (_("What it was called"), r"\bтема|тақыры\w*|такыры\w*|\bкурс\w*|програм\w*|бағдарлама\w*|семинар\w*|мероприят\w*|іс шара\w*|\btitle|course|programme|subject|topic|(наимен|назван)\w* (обучен|темы)\w*|оқу(дың)? ат(ы|ауы)|^обучение$|^оқу$"),
}  # fmt: skip
_FIELDS = [(name, re.compile(pattern)) for name, (_label, pattern) in FIELDS.items()]
_OF_PEOPLE = frozenset(
    {"iin", "birth_on", "unit", "post", "phone", "mail"}
)  # fields of staff lists that are read here too
_PERSON = re.compile(
    r"слушател\w*|тыңдаушы\w*|тындаушы\w*|қатысушы\w*|участни\w*|обучающ\w*|participant|listener|trainee"
)
_WORK = re.compile(r"мест\w* работы|жұмыс орны|жумыс орны|workplace")
_TRAINING = re.compile(
    r"курс|семинар|практикум|мастер|шеберлік|тренинг|вебинар|конференц|стажиров|тағылымдам|повышени\w* квалиф|біліктілі|оқыту|обучени|школ\w* |мектебі|course|workshop|training|program|бағдарлам"
)
DEFAULTS = ("title", "organiser", "starts_on", "ends_on", "hours")  # what a person may say for a whole register


def field_of(heading: str) -> str:
    """The field that a heading tells; empty when it tells none."""
    text = plain(heading)
    if not text or len(text) > 120:
        return ""
    of_person = staff.field_of(heading)
    if of_person in ("iin", "birth_on") or of_person.split("_")[0] in NAMES:
        return of_person
    if _WORK.search(text):
        return "unit"
    for name, pattern in _FIELDS:
        if pattern.search(text):
            return name
    if of_person in _OF_PEOPLE or of_person == "number":
        return of_person
    return "name" if _PERSON.search(text) else ""


def names_a_training(text: str) -> bool:
    """Whether a line alone names a training rather than a person or a library."""
    return bool(_TRAINING.search(plain(text)))


def label_of(field: str) -> str:
    """The field in the reader's words."""
    return str(FIELDS[field][0]) if field in FIELDS else staff.label_of(field)


CHOOSABLE = [
    *(name for name in staff.CHOOSABLE if name.split("_")[0] in NAMES),
    "iin", "birth_on", "unit", "post", *FIELDS, "number",
]  # fmt: skip
