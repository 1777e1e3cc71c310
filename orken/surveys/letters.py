"""The letters of a survey: asked once, reminded once. The sheet opens on her own page, so no letter holds a key to it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

PAGE = "/survey/mine/"
FACTS = {
    "about": Placeholder(
        _("what about"),
        {
            "kk": "Жазба құжаттарға алғашқы көмек",
            "ru": "Первая помощь письменным документам",
            "en": "First aid to written documents",
        },
    ),
    "until": Placeholder(_("last day"), date(2026, 12, 20)),
}

INVITED = Kind(
    "surveys.invited",
    {
        "kk": Text(
            "Сауалнама: {about}",
            "Қайырлы күн, {name}!\n\n«{about}» туралы пікіріңіз бізге керек. Сауалнама бірнеше минут алады, "
            "жауап берудің соңғы күні: {until}\n\nЖауаптар аты-жөннен бөлек сақталады: кім не жауап бергенін ешкім көрмейді.",
        ),
        "ru": Text(
            "Анкета: {about}",
            "Здравствуйте, {name}!\n\nНам важно ваше мнение: «{about}». Анкета займёт несколько минут, "
            "последний день: {until}\n\nОтветы хранятся отдельно от имён: кто что ответил, не увидит никто.",
        ),
        "en": Text(
            "Questionnaire: {about}",
            "Good day, {name}!\n\nWe need your opinion: “{about}”. It takes a few minutes, "
            "the last day is {until}\n\nAnswers are kept apart from names: nobody sees who said what.",
        ),
    },
    FACTS,
    title=_("An invitation to a questionnaire"),
)
REMINDED = Kind(
    "surveys.reminded",
    {
        "kk": Text(
            "Еске салу: {about}",
            "Қайырлы күн, {name}!\n\n«{about}» туралы сауалнамаға әлі жауап берген жоқсыз. Соңғы күні: {until}"
            "\n\nЖауаптар аты-жөннен бөлек сақталады.",
        ),
        "ru": Text(
            "Напоминание: {about}",
            "Здравствуйте, {name}!\n\nВы ещё не ответили на анкету «{about}». Последний день: {until}"
            "\n\nОтветы хранятся отдельно от имён.",
        ),
        "en": Text(
            "A reminder: {about}",
            "Good day, {name}!\n\nYou have not answered the questionnaire “{about}” yet. The last day is {until}"
            "\n\nAnswers are kept apart from names.",
        ),
    },
    FACTS,
    title=_("A reminder of a questionnaire"),
)


def install() -> None:
    for kind in (INVITED, REMINDED):
        register(kind)
