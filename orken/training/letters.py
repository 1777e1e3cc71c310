"""The letters of the training office: what an applicant, a listener and a trainer are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

_RUN = {
    "kk": "Жазба құжаттарға алғашқы көмек",
    "ru": "Первая помощь письменным документам",
    "en": "First aid to written documents",
}
RUN = Placeholder(_("title of the run"), _RUN)
FROM = Placeholder(_("first day"), date(2026, 12, 15))
TO = Placeholder(_("last day"), date(2026, 12, 17))
REASON = Placeholder(
    _("reason"), {"kk": "Орын жеткіліксіз.", "ru": "Не хватает мест.", "en": "There are not enough seats."}
)
WHO = Placeholder(_("who"), {"kk": "Айгүл Жұмабекова", "ru": "Айгуль Жумабекова", "en": "Aigul Zhumabekova"})
TOPIC = Placeholder(_("topic"), {"kk": "Зақымды тану", "ru": "Узнаём повреждения", "en": "Seeing damage"})
WHEN = Placeholder(_("when"), datetime(2026, 12, 15, 6, 30, tzinfo=UTC))


def _texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {language: Text(subject, body) for language, (subject, body) in by_language.items()}


ACCEPTED = Kind(
    "training.accepted",
    _texts(
        kk=("Сізге орын берілді: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасынан сізге орын берілді.\nБасталуы: {first}. Аяқталуы: {last}.\n\nКеле алмайтын болсаңыз, іс-шараның бетінде өтінімді қайтарып алыңыз: орын кезектегі адамға беріледі."),
        ru=("Вам дано место: {run}", "Здравствуйте, {name}!\n\nНа «{run}» вам дано место.\nНачало: {first}. Окончание: {last}.\n\nЕсли не сможете приехать, отзовите заявку на странице мероприятия: место получит тот, кто ждёт."),
        en=("You have a seat: {run}", "Good day, {name}!\n\nYou have a seat in «{run}».\nIt begins {first} and ends {last}.\n\nIf you cannot come, take the application back on the page of the run: the seat goes to whoever waits."),
    ),
    {"run": RUN, "first": FROM, "last": TO},
    title=_("A seat was given"),
    compulsory=True,
)  # fmt: skip
WAITING = Kind(
    "training.waiting",
    _texts(
        kk=("Кезек тізіміндесіз: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасында бос орын қалмады, сізді кезек тізіміне қостық. Орын босаса, бірден хабарлаймыз; кезектегі орныңыз іс-шараның бетінде көрінеді."),
        ru=("Вы в листе ожидания: {run}", "Здравствуйте, {name}!\n\nНа «{run}» свободных мест нет, вы в листе ожидания. Как только место освободится, мы сообщим; ваш номер виден на странице мероприятия."),
        en=("You are on the waiting list: {run}", "Good day, {name}!\n\n«{run}» has no free seat; you are on the waiting list. You are told at once when a seat is free; your place in line stands on the page of the run."),
    ),
    {"run": RUN},
    title=_("Put on the waiting list"),
)  # fmt: skip
DECLINED = Kind(
    "training.declined",
    _texts(
        kk=("Өтінім қабылданбады: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасына берілген өтінім қабылданбады.\nСебебі: {reason}\n\nКүнтізбеден басқа күнді таңдауға болады."),
        ru=("Заявка отклонена: {run}", "Здравствуйте, {name}!\n\nЗаявка на «{run}» отклонена.\nПричина: {reason}\n\nВ календаре можно выбрать другую дату."),
        en=("The application is declined: {run}", "Good day, {name}!\n\nThe application for «{run}» is declined.\nReason: {reason}\n\nThe calendar shows other dates."),
    ),
    {"run": RUN, "reason": REASON},
    title=_("The application is declined"),
    compulsory=True,
)  # fmt: skip
WITHDRAWN = Kind(
    "training.withdrawn",
    _texts(
        kk=("Өтінім қайтарып алынды: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасына берілген өтінім қайтарып алынды.\nСебебі: {reason}"),
        ru=("Заявка отозвана: {run}", "Здравствуйте, {name}!\n\nЗаявка на «{run}» отозвана.\nПричина: {reason}"),
        en=("The application is taken back: {run}", "Good day, {name}!\n\nThe application for «{run}» is taken back.\nReason: {reason}"),
    ),
    {"run": RUN, "reason": REASON},
    title=_("The application is taken back"),
)  # fmt: skip
REPLACED = Kind(
    "training.replaced",
    _texts(
        kk=("Орныңызға басқа адам барады: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасына сіздің орныңызға басқа адам барады. Мұны кітапханаңыз шешті: {who}."),
        ru=("Вместо вас поедет другой человек: {run}", "Здравствуйте, {name}!\n\nНа «{run}» вместо вас поедет другой человек. Так решила ваша библиотека: {who}."),
        en=("Somebody goes in your stead: {run}", "Good day, {name}!\n\nSomebody else goes to «{run}» in your stead. Your library decided so: {who}."),
    ),
    {"run": RUN, "who": WHO},
    title=_("Replaced by another person"),
    compulsory=True,
)  # fmt: skip
CANCELLED = Kind(
    "training.cancelled",
    _texts(
        kk=("Іс-шара болмайды: {run}", "Қайырлы күн, {name}!\n\n{first} басталатын «{run}» іс-шарасы болмайды.\nСебебі: {reason}"),
        ru=("Мероприятие отменено: {run}", "Здравствуйте, {name}!\n\nМероприятие «{run}» с началом {first} отменено.\nПричина: {reason}"),
        en=("The run is cancelled: {run}", "Good day, {name}!\n\n«{run}», which was to begin {first}, is cancelled.\nReason: {reason}"),
    ),
    {"run": RUN, "first": FROM, "reason": REASON},
    title=_("A run is cancelled"),
    compulsory=True,
    urgent=True,
)  # fmt: skip
CONFIRMED = Kind(
    "training.confirmed",
    _texts(
        kk=("Іс-шара расталды: {run}", "Қайырлы күн, {name}!\n\n«{run}» іс-шарасы расталды.\nБасталуы: {first}. Сабақ кестесі іс-шараның бетінде тұр, оны күнтізбеңізге қоса аласыз."),
        ru=("Мероприятие подтверждено: {run}", "Здравствуйте, {name}!\n\n«{run}» подтверждено.\nНачало: {first}. Расписание на странице мероприятия, его можно добавить в свой календарь."),
        en=("The run is confirmed: {run}", "Good day, {name}!\n\n«{run}» is confirmed.\nIt begins {first}. The timetable stands on the page of the run; you can take it into your calendar."),
    ),
    {"run": RUN, "first": FROM},
    title=_("A run is confirmed"),
)  # fmt: skip
SESSION_MOVED = Kind(
    "training.session_moved",
    _texts(
        kk=("Сабақ уақыты өзгерді: {run}", "Қайырлы күн, {name}!\n\n«{run}»: «{topic}» сабағының жаңа уақыты — {when}."),
        ru=("Занятие перенесено: {run}", "Здравствуйте, {name}!\n\n«{run}»: занятие «{topic}» теперь {when}."),
        en=("A session is moved: {run}", "Good day, {name}!\n\n«{run}»: the session «{topic}» is now at {when}."),
    ),
    {"run": RUN, "topic": TOPIC, "when": WHEN},
    title=_("A session is moved"),
    urgent=True,
)  # fmt: skip
SESSION_CANCELLED = Kind(
    "training.session_cancelled",
    _texts(
        kk=("Сабақ болмайды: {run}", "Қайырлы күн, {name}!\n\n«{run}»: {when} басталатын «{topic}» сабағы болмайды."),
        ru=("Занятие отменено: {run}", "Здравствуйте, {name}!\n\n«{run}»: занятие «{topic}» ({when}) отменено."),
        en=("A session is cancelled: {run}", "Good day, {name}!\n\n«{run}»: the session «{topic}» at {when} is cancelled."),
    ),
    {"run": RUN, "topic": TOPIC, "when": WHEN},
    title=_("A session is cancelled"),
    urgent=True,
)  # fmt: skip
ASKED_TO_TEACH = Kind(
    "training.asked_to_teach",
    _texts(
        kk=("Сабақ беруге шақырамыз: {run}", "Қайырлы күн, {name}!\n\nСізді «{run}» іс-шарасында сабақ беруге шақырамыз. Басталуы: {first}. Жауабыңызды іс-шараның бетінде белгілеңіз."),
        ru=("Приглашаем вести занятия: {run}", "Здравствуйте, {name}!\n\nПриглашаем вас вести занятия на «{run}». Начало: {first}. Отметьте ответ на странице мероприятия."),
        en=("We ask you to teach: {run}", "Good day, {name}!\n\nWe ask you to teach in «{run}», which begins {first}. Note your answer on the page of the run."),
    ),
    {"run": RUN, "first": FROM},
    title=_("Asked to teach"),
)  # fmt: skip
ALL = (ACCEPTED, WAITING, DECLINED, WITHDRAWN, REPLACED, CANCELLED, CONFIRMED, SESSION_MOVED, SESSION_CANCELLED, ASKED_TO_TEACH)  # fmt: skip


def register_all() -> None:
    for kind in ALL:
        register(kind)
