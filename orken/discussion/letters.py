"""The letters of discussions: a new word in a thread that she follows, her own word hidden, a word to be looked at."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}
ABOUT = Placeholder(
    _("what is discussed"),
    {"kk": "Кітапханашының үздіксіз білімі", "ru": "Непрерывное образование библиотекаря", "en": "A librarian's continuing education"},
)  # fmt: skip
WHO = Placeholder(_("who"), {"kk": "Айгүл Жұмабекова", "ru": "Айгуль Жумабекова", "en": "Aigul Zhumabekova"})
WORDS = Placeholder(_("the beginning of the text"), "Слайдтарды қайдан алуға болады?")
REASON = Placeholder(_("reason"), "Тақырыпқа қатысы жоқ.")


def texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {code: Text(subject, f"{GREETING[code]}\n\n{body}") for code, (subject, body) in by_language.items()}


WRITTEN = Kind(
    "discussion.post_written",
    texts(
        kk=("Талқылауда жаңа пікір: {about}", "«{about}» талқылауына жазған: {who}\n\n{words}\n\nЖауап беру үшін талқылаудың бетін ашыңыз. Хабар алғыңыз келмесе, сол жерде «Бақыламау» түймесін басыңыз."),
        ru=("Новая запись в обсуждении: {about}", "В обсуждение «{about}» написали: {who}\n\n{words}\n\nЧтобы ответить, откройте страницу обсуждения. Чтобы не получать писем, нажмите там «Не следить»."),
        en=("A new post: {about}", "In the discussion “{about}” wrote {who}:\n\n{words}\n\nOpen the page to answer. To hear no more of it press “Stop following” there."),
    ),
    {"about": ABOUT, "who": WHO, "words": WORDS},
    title=_("A new post in a discussion that I follow"),
)  # fmt: skip
HIDDEN = Kind(
    "discussion.post_hidden",
    texts(
        kk=("Жазбаңыз жасырылды: {about}", "«{about}» талқылауындағы жазбаңызды модератор жасырды.\nСебебі: {reason}\n\nКеліспесеңіз, ұйымдастырушыға жазыңыз."),
        ru=("Ваша запись скрыта: {about}", "Вашу запись в обсуждении «{about}» скрыл модератор.\nПричина: {reason}\n\nЕсли не согласны, напишите организатору."),
        en=("Your post is hidden: {about}", "A moderator has hidden your post in the discussion “{about}”.\nReason: {reason}\n\nIf you do not agree, write to the organiser."),
    ),
    {"about": ABOUT, "reason": REASON},
    title=_("My post is hidden"),
    compulsory=True,
)  # fmt: skip
REPORTED = Kind(
    "discussion.post_reported",
    texts(
        kk=("Жазбаны қарап шығыңыз: {about}", "«{about}» талқылауындағы жазбаға оқырман шағым түсірді.\nСебебі: {reason}\n\nЖазбаны қалдырыңыз немесе жасырыңыз."),
        ru=("Посмотрите запись: {about}", "На запись в обсуждении «{about}» пожаловался читатель.\nПричина: {reason}\n\nОставьте запись или скройте её."),
        en=("A post to be looked at: {about}", "A reader has reported a post in the discussion “{about}”.\nReason: {reason}\n\nLeave it or hide it."),
    ),
    {"about": ABOUT, "reason": REASON},
    title=_("A post is reported to me as a moderator"),
)  # fmt: skip


def register_all() -> None:
    for kind in (WRITTEN, HIDDEN, REPORTED):
        register(kind)
