"""What a learner is told when a person has looked at her mark."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

DECIDED = Kind(
    "cataloguing.mark_decided",
    {
        "kk": Text("Бағаңыз қаралды: {book}", "Қайырлы күн, {name}!\n\nОқытушы «{book}» кітабының сипаттамасын қарады. Баға {score} болатын, енді {final}.\nОқытушының сөзі: {reason}"),
        "ru": Text("Оценка рассмотрена: {book}", "Здравствуйте, {name}!\n\nПреподаватель посмотрел ваше описание книги «{book}». Оценка была {score}, теперь {final}.\nСлова преподавателя: {reason}"),
        "en": Text("Your mark was looked at: {book}", "Good day, {name}!\n\nA teacher has looked at your description of “{book}”. The mark was {score} and is {final} now.\nThe teacher's words: {reason}"),
    },
    {
        "book": Placeholder(_("title of the book"), "Көктемгі көш"), "score": Placeholder(_("mark of the grader"), {"kk": "64,5", "ru": "64,5", "en": "64.5"}),
        "final": Placeholder(_("mark that counts"), "72"), "reason": Placeholder(_("words of the teacher"), "Дұрыс."),
    },
    title=_("Your mark in cataloguing was looked at"),
)  # fmt: skip


def register_all() -> None:
    register(DECIDED)
