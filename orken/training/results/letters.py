"""What is told of a result."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder
from orken.training.letters import RUN, texts

WHY = Placeholder(
    _("what is lacking"),
    {
        "kk": "Қатысу: 600 минуттан 420, 70 %; кемінде 80 % керек.",
        "ru": "Посещаемость: 420 из 600 минут, 70 %; нужно не меньше 80 %.",
        "en": "Attendance: 420 of 600 minutes, 70 %; at least 80 % are needed.",
    },
)
PASSED = Kind(
    "training.result_passed",
    texts(
        kk=("Нәтижеңіз: аяқтадыңыз — {run}", "Комиссия нәтижені бекітті: «{run}» іс-шарасын аяқтадыңыз. Құттықтаймыз!\n\nҚалай есептелгені өз бетіңізде тұр."),
        ru=("Ваш результат: пройдено — {run}", "Комиссия утвердила результат: «{run}» пройдено. Поздравляем!\n\nКак он сложился, видно на вашей странице."),
        en=("Your result: passed — {run}", "The commission has confirmed the result: you passed “{run}”. Congratulations!\n\nHow it was counted stands on your own page."),
    ),
    {"run": RUN},
    title=_("A result: passed"),
    compulsory=True,
)  # fmt: skip
NOT_PASSED = Kind(
    "training.result_not_passed",
    texts(
        kk=("Нәтижеңіз: аяқталмады — {run}", "Комиссия нәтижені бекітті: «{run}» аяқталған жоқ.\n\nНе жетпеді:\n{why}\n\nҚате болса, ұйымдастырушыға жазыңыз: комиссия жаңа ведомостьпен түзетеді."),
        ru=("Ваш результат: не пройдено — {run}", "Комиссия утвердила результат: «{run}» не пройдено.\n\nЧего не хватило:\n{why}\n\nЕсли это ошибка, напишите организатору: комиссия исправит её новой ведомостью."),
        en=("Your result: not passed — {run}", "The commission has confirmed the result: “{run}” is not passed.\n\nWhat is lacking:\n{why}\n\nIf this is a mistake, write to the organiser: the commission corrects it by a new sheet."),
    ),
    {"run": RUN, "why": WHY},
    title=_("A result: not passed"),
    compulsory=True,
)  # fmt: skip
ALL = (PASSED, NOT_PASSED)
