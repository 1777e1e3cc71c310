"""The letters of study: a message of a trainer, a course that is finished."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}
RUN = Placeholder(
    _("title of the run"),
    {"kk": "Кітапхана статистикасы және СРДГОБ-1", "ru": "Библиотечная статистика и СРДГОБ-1", "en": "Library statistics and SRDGOB-1"},
)  # fmt: skip
WHO = Placeholder(_("who"), {"kk": "Қасымова Ғалия", "ru": "Касымова Галия", "en": "Kasymova Galiya"})
TEXT = Placeholder(_("message"), "Үшінші сабақтан кейін хабарласайық.")


def texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {code: Text(subject, f"{GREETING[code]}\n\n{body}") for code, (subject, body) in by_language.items()}


MESSAGE = Kind(
    "study.message",
    texts(
        kk=("Тренер хат жазды: {run}", "«{run}» курсы бойынша {who} жазады:\n\n{text}"),
        ru=("Письмо тренера: {run}", "По курсу «{run}» пишет {who}:\n\n{text}"),
        en=("A word of your trainer: {run}", "On the course “{run}” {who} writes:\n\n{text}"),
    ),
    {"run": RUN, "who": WHO, "text": TEXT},
    title=_("My trainer writes to me"),
)  # fmt: skip
FINISHED = Kind(
    "study.finished",
    texts(
        kk=("Курсты аяқтадыңыз: {run}", "«{run}» курсының барлық сабағын оқып, жаттығуларын орындадыңыз. Нәтижені комиссия бекіткеннен кейін сертификат шығады: ол туралы бөлек хат келеді."),
        ru=("Вы завершили курс: {run}", "Вы прочли все уроки курса «{run}» и выполнили его упражнения. Сертификат выйдет, когда комиссия утвердит результат: об этом придёт отдельное письмо."),
        en=("You have finished the course: {run}", "You have read all lessons of the course “{run}” and done its exercises. The certificate comes when the commission has confirmed the result: you are told in a letter of its own."),
    ),
    {"run": RUN},
    title=_("I have finished a course"),
)  # fmt: skip


def register_all() -> None:
    for kind in (MESSAGE, FINISHED):
        register(kind)
