"""The letters of the training office: what an applicant, a listener and a trainer are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.network import policy as network
from orken.network.models import RoleAssignment
from orken.network.roles import Permission, Role
from orken.notices.kinds import Kind, Placeholder, Text, register
from orken.people.models import Account
from orken.training.models import Trainer

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


GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}


def teaches(account: Account) -> bool:
    """Whether she is asked to teach: a trainer by her role, or by a run that asked her before."""
    trainer = RoleAssignment.objects.filter(person=account.person_id, role__in=(Role.TRAINER, Role.CURATOR)).exists()
    return trainer or Trainer.objects.filter(person=account.person_id).exists()


def organises(account: Account) -> bool:
    """Whether she leads runs anywhere."""
    return bool(network.scope(account, Permission.RUN_MANAGE))


def texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    """Subject and body by language; every body begins with the greeting."""
    return {
        language: Text(subject, f"{GREETING[language]}\n\n{body}") for language, (subject, body) in by_language.items()
    }


def _of_session(code: str, title: Promise, texts: dict[str, Text]) -> Kind:
    """What becomes of one session is told at once: tomorrow she may already be on the way."""
    return Kind(code, texts, {"run": RUN, "topic": TOPIC, "when": WHEN}, title=title, urgent=True)


ACCEPTED = Kind(
    "training.accepted",
    texts(
        kk=("Сізге орын берілді: {run}", "«{run}» іс-шарасынан сізге орын берілді.\nБасталуы: {first}. Аяқталуы: {last}.\n\nКеле алмайтын болсаңыз, іс-шараның бетінде өтінімді қайтарып алыңыз: орын кезектегі адамға беріледі."),
        ru=("Вам дано место: {run}", "На «{run}» вам дано место.\nНачало: {first}. Окончание: {last}.\n\nЕсли не сможете приехать, отзовите заявку на странице мероприятия: место получит тот, кто ждёт."),
        en=("You have a seat: {run}", "You have a seat in “{run}”.\nIt begins {first} and ends {last}.\n\nIf you cannot come, take the application back on the page of the run: the seat goes to whoever waits."),
    ),
    {"run": RUN, "first": FROM, "last": TO},
    title=_("A seat was given"),
    compulsory=True,
)  # fmt: skip
OFFERED = Kind(
    "training.offered",
    texts(
        kk=("Сізге орын сақталды: {run}", "«{run}» іс-шарасынан сізге орын сақталды.\nБасталуы: {first}. Аяқталуы: {last}.\n\nІс-шараның өтетін-өтпейтіні мына күнге дейін шешіледі: {by}. Келе алмайтын болсаңыз, сол күнге дейін іс-шараның бетінде өтінімді қайтарып алыңыз: орын кезектегі адамға беріледі. Билетті растау хаты келгеннен кейін алыңыз."),
        ru=("За вами оставлено место: {run}", "На «{run}» за вами оставлено место.\nНачало: {first}. Окончание: {last}.\n\nСостоится ли мероприятие, решается до этого дня: {by}. Если не сможете приехать, до этого дня отзовите заявку на странице мероприятия: место получит тот, кто ждёт. Билеты берите, когда придёт письмо о подтверждении."),
        en=("A seat is kept for you: {run}", "A seat in “{run}” is kept for you.\nIt begins {first} and ends {last}.\n\nWhether it is held is decided by {by}. If you cannot come, take the application back on the page of the run by that day: the seat goes to whoever waits. Buy tickets when the letter of confirmation has come."),
    ),
    {"run": RUN, "first": FROM, "last": TO, "by": Placeholder(_("day by which the run is confirmed"), date(2026, 12, 1))},
    title=_("A seat is kept until the run is confirmed"),
    compulsory=True,
)  # fmt: skip
TO_CONFIRM = Kind(
    "training.to_confirm",
    texts(
        kk=("Шешім күтеді: {run}", "«{run}» іс-шарасын растау немесе болдырмау керек. Соңғы күні: {by}\nҚабылданғаны: {have}. Кемінде {need} адам керек.\n\nРасталғанша адамдар билет алмай күтіп отыр."),
        ru=("Нужно решить: {run}", "«{run}» нужно подтвердить или отменить. Последний день: {by}\nПринято: {have}, нужно не меньше {need}.\n\nПока нет подтверждения, люди ждут и не берут билеты."),
        en=("To be decided: {run}", "“{run}” is to be confirmed or cancelled. The last day for it is {by}\nAccepted: {have}; at least {need} are needed.\n\nUntil it is confirmed people wait and buy no tickets."),
    ),
    {"run": RUN, "by": Placeholder(_("day by which the run is confirmed"), date(2026, 12, 1)), "have": Placeholder(_("how many are accepted"), 9), "need": Placeholder(_("how many are needed"), 12)},
    title=_("A run is to be confirmed or cancelled"),
    concerns=organises,
)  # fmt: skip
WAITING = Kind(
    "training.waiting",
    texts(
        kk=("Кезек тізіміндесіз: {run}", "«{run}» іс-шарасында бос орын қалмады, сізді кезек тізіміне қостық. Орын босаса, бірден хабарлаймыз; кезектегі орныңыз іс-шараның бетінде көрінеді."),
        ru=("Вы в листе ожидания: {run}", "На «{run}» свободных мест нет, вы в листе ожидания. Как только место освободится, мы сообщим; ваш номер виден на странице мероприятия."),
        en=("You are on the waiting list: {run}", "“{run}” has no free seat; you are on the waiting list. You are told at once when a seat is free; your place in line stands on the page of the run."),
    ),
    {"run": RUN},
    title=_("Put on the waiting list"),
)  # fmt: skip
DECLINED = Kind(
    "training.declined",
    texts(
        kk=("Өтінім қабылданбады: {run}", "«{run}» іс-шарасына берілген өтінім қабылданбады.\nСебебі: {reason}\n\nКүнтізбеден басқа күнді таңдауға болады."),
        ru=("Заявка отклонена: {run}", "Заявка на «{run}» отклонена.\nПричина: {reason}\n\nВ календаре можно выбрать другую дату."),
        en=("The application is declined: {run}", "The application for “{run}” is declined.\nReason: {reason}\n\nThe calendar shows other dates."),
    ),
    {"run": RUN, "reason": REASON},
    title=_("The application is declined"),
    compulsory=True,
)  # fmt: skip
WITHDRAWN = Kind(
    "training.withdrawn",
    texts(
        kk=("Өтінім қайтарып алынды: {run}", "«{run}» іс-шарасына берілген өтінім қайтарып алынды.\nСебебі: {reason}"),
        ru=("Заявка отозвана: {run}", "Заявка на «{run}» отозвана.\nПричина: {reason}"),
        en=("The application is taken back: {run}", "The application for “{run}” is taken back.\nReason: {reason}"),
    ),
    {"run": RUN, "reason": REASON},
    title=_("The application is taken back"),
)  # fmt: skip
REPLACED = Kind(
    "training.replaced",
    texts(
        kk=("Орныңызға басқа адам барады: {run}", "«{run}» іс-шарасына сіздің орныңызға басқа адам барады. Мұны кітапханаңыз шешті: {who}."),
        ru=("Вместо вас поедет другой человек: {run}", "На «{run}» вместо вас поедет другой человек. Так решила ваша библиотека: {who}."),
        en=("Somebody goes in your stead: {run}", "Somebody else goes to “{run}” in your stead. Your library decided so: {who}."),
    ),
    {"run": RUN, "who": WHO},
    title=_("Replaced by another person"),
    compulsory=True,
)  # fmt: skip
CANCELLED = Kind(
    "training.cancelled",
    texts(
        kk=("Іс-шара болмайды: {run}", "{first} басталатын «{run}» іс-шарасы болмайды.\nСебебі: {reason}"),
        ru=("Мероприятие отменено: {run}", "Мероприятие «{run}» с началом {first} отменено.\nПричина: {reason}"),
        en=("The run is cancelled: {run}", "“{run}”, which was to begin {first}, is cancelled.\nReason: {reason}"),
    ),
    {"run": RUN, "first": FROM, "reason": REASON},
    title=_("A run is cancelled"),
    compulsory=True,
    urgent=True,
)  # fmt: skip
CONFIRMED = Kind(
    "training.confirmed",
    texts(
        kk=("Іс-шара расталды: {run}", "«{run}» іс-шарасы расталды.\nБасталуы: {first}. Сабақ кестесі іс-шараның бетінде тұр, оны күнтізбеңізге қоса аласыз."),
        ru=("Мероприятие подтверждено: {run}", "«{run}» подтверждено.\nНачало: {first}. Расписание на странице мероприятия, его можно добавить в свой календарь."),
        en=("The run is confirmed: {run}", "“{run}” is confirmed.\nIt begins {first}. The timetable stands on the page of the run; you can take it into your calendar."),
    ),
    {"run": RUN, "first": FROM},
    title=_("A run is confirmed"),
)  # fmt: skip
MOVED = Kind(
    "training.moved",
    texts(
        kk=("Іс-шара күні өзгерді: {run}", "«{run}» іс-шарасының күні өзгерді.\nБасталуы: {first}. Аяқталуы: {last}.\n\nБұл күндері келе алмайтын болсаңыз, іс-шараның бетінде өтінімді қайтарып алыңыз."),
        ru=("Мероприятие перенесено: {run}", "«{run}» перенесено.\nНачало: {first}. Окончание: {last}.\n\nЕсли в эти дни вы не сможете, отзовите заявку на странице мероприятия."),
        en=("The run has new days: {run}", "“{run}” has new days.\nIt begins {first} and ends {last}.\n\nIf you cannot come on these days, take the application back on the page of the run."),
    ),
    {"run": RUN, "first": FROM, "last": TO},
    title=_("A run has new days"),
    compulsory=True,
    urgent=True,
)  # fmt: skip
SESSION_MOVED = _of_session(
    "training.session_moved",
    _("A session is moved"),
    texts(
        kk=("Сабақ уақыты өзгерді: {run}", "«{run}»: «{topic}» сабағының жаңа уақыты — {when}."),
        ru=("Занятие перенесено: {run}", "«{run}»: занятие «{topic}» теперь {when}."),
        en=("A session is moved: {run}", "“{run}”: the session “{topic}” is now at {when}."),
    ),
)  # fmt: skip
ROOM = Placeholder(_("where"), {"kk": "Оқу залы", "ru": "Читальный зал", "en": "Reading room"})
SESSION_CHANGED = Kind(
    "training.session_changed",
    texts(
        kk=("Сабақ өзгерді: {run}", "«{run}»: «{topic}» сабағы өзгерді.\nБасталуы: {when}\nАяқталуы: {until}\nӨтетін жері: {room}"),
        ru=("Занятие изменено: {run}", "«{run}»: занятие «{topic}» изменено.\nНачало: {when}\nОкончание: {until}\nГде: {room}"),
        en=("A session is changed: {run}", "“{run}”: the session “{topic}” is changed.\nBegins: {when}\nEnds: {until}\nWhere: {room}"),
    ),
    {"run": RUN, "topic": TOPIC, "when": WHEN, "until": Placeholder(_("until when"), datetime(2026, 12, 15, 8, 0, tzinfo=UTC)), "room": ROOM},
    title=_("A session is held elsewhere or longer"),
    urgent=True,
)  # fmt: skip
SESSION_ADDED = Kind(
    "training.session_added",
    texts(
        kk=("Кестеге сабақ қосылды: {run}", "«{run}»: «{topic}» сабағы қосылды.\nБасталуы: {when}\nАяқталуы: {until}\nӨтетін жері: {room}"),
        ru=("В расписание добавлено занятие: {run}", "«{run}»: добавлено занятие «{topic}».\nНачало: {when}\nОкончание: {until}\nГде: {room}"),
        en=("A session is added: {run}", "“{run}”: the session “{topic}” is added.\nBegins: {when}\nEnds: {until}\nWhere: {room}"),
    ),
    SESSION_CHANGED.placeholders,
    title=_("A session is added"),
    urgent=True,
)  # fmt: skip
LOOSENED = Kind(
    "training.loosened",
    texts(
        kk=("Іс-шара әзірге расталмаған: {run}", "«{run}» іс-шарасының расталуы кері қайтарылды, оның өтетін-өтпейтіні қайта шешіледі.\nСебебі: {reason}\n\nОрныңыз сақталады. Билетті растау хаты қайта келгеннен кейін алыңыз."),
        ru=("Мероприятие пока не подтверждено: {run}", "Подтверждение «{run}» снято: состоится ли оно, решается заново.\nПричина: {reason}\n\nВаше место остаётся за вами. Билеты берите, когда снова придёт письмо о подтверждении."),
        en=("The run is not confirmed for now: {run}", "The confirmation of “{run}” is taken back: whether it is held is decided anew.\nReason: {reason}\n\nYour seat stays yours. Buy tickets when a letter of confirmation has come again."),
    ),
    {"run": RUN, "reason": REASON},
    title=_("A run is tentative again"),
    compulsory=True,
    urgent=True,
)  # fmt: skip
TRAINER_ANSWERED = Kind(
    "training.trainer_answered",
    texts(
        kk=("Тренердің жауабы: {run}", "«{run}» іс-шарасында сабақ беруге шақырылған: {who}\nЖауабы: {answer}\n\nБас тартқан адамның алдағы сабақтары тренерсіз қалады: кестеде басқа адамды белгілеңіз."),
        ru=("Ответ тренера: {run}", "Приглашение вести занятия на «{run}»: {who}\nОтвет: {answer}\n\nПредстоящие занятия того, кто отказался, остаются без тренера: укажите в расписании другого."),
        en=("A trainer has answered: {run}", "Asked to teach in “{run}”: {who}\nThe answer: {answer}\n\nComing sessions of whoever declined are left without a trainer: name another in the timetable."),
    ),
    {"run": RUN, "who": WHO, "answer": Placeholder(_("answer"), {"kk": "келісті", "ru": "согласен", "en": "accepted"})},
    title=_("A trainer answered an invitation"),
    concerns=organises,
)  # fmt: skip
SESSION_CANCELLED = _of_session(
    "training.session_cancelled",
    _("A session is cancelled"),
    texts(
        kk=("Сабақ болмайды: {run}", "«{run}»: {when} басталатын «{topic}» сабағы болмайды."),
        ru=("Занятие отменено: {run}", "«{run}»: занятие «{topic}» ({when}) отменено."),
        en=("A session is cancelled: {run}", "“{run}”: the session “{topic}” at {when} is cancelled."),
    ),
)  # fmt: skip
SESSION_HANDED_ON = _of_session(
    "training.session_handed_on",
    _("A session is taught by somebody else"),
    texts(
        kk=("Сабақты басқа адам береді: {run}", "«{run}»: {when} басталатын «{topic}» сабағын енді Сіз бермейсіз. Сұрақ болса, ұйымдастырушыға жазыңыз."),
        ru=("Занятие ведёт другой: {run}", "«{run}»: занятие «{topic}» ({when}) теперь ведёте не вы. Если есть вопросы, напишите организатору."),
        en=("Somebody else teaches: {run}", "“{run}”: you no longer teach the session “{topic}” at {when}. If you have a question, write to the organiser."),
    ),
)  # fmt: skip
ASKED_TO_TEACH = Kind(
    "training.asked_to_teach",
    texts(
        kk=("Сабақ беруге шақырамыз: {run}", "Сізді «{run}» іс-шарасында сабақ беруге шақырамыз. Басталуы: {first}. Жауабыңызды іс-шараның бетінде белгілеңіз."),
        ru=("Приглашаем вести занятия: {run}", "Приглашаем вас вести занятия на «{run}». Начало: {first}. Отметьте ответ на странице мероприятия."),
        en=("We ask you to teach: {run}", "We ask you to teach in “{run}”, which begins {first}. Note your answer on the page of the run."),
    ),
    {"run": RUN, "first": FROM},
    title=_("Asked to teach"),
    concerns=teaches,
)  # fmt: skip
BEGUN = Kind(
    "training.begun",
    texts(
        kk=("Іс-шара басталды: {run}", "«{run}» іс-шарасы басталды. Соңғы күні: {last}\nСабақ кестесі іс-шараның бетінде тұр."),
        ru=("Мероприятие началось: {run}", "«{run}» началось. Последний день: {last}\nРасписание на странице мероприятия."),
        en=("The run has begun: {run}", "“{run}” has begun. Its last day is {last}\nThe timetable stands on the page of the run."),
    ),
    {"run": RUN, "last": TO},
    title=_("A run has begun"),
)  # fmt: skip
ASSESSED = Kind(
    "training.assessed",
    texts(
        kk=("Қорытынды бағалау: {run}", "«{run}» іс-шарасында сабақтар аяқталды, қорытынды бағалау жүріп жатыр. Тапсырылмаған жұмысыңыз болса, тапсырыңыз."),
        ru=("Итоговая оценка: {run}", "Занятия «{run}» окончены, идёт итоговая оценка. Если какая-то работа не сдана, сдайте её."),
        en=("Final assessment: {run}", "The lessons of “{run}” are over and the final assessment goes on. If a work of yours is wanting, hand it in."),
    ),
    {"run": RUN},
    title=_("The final assessment goes on"),
)  # fmt: skip
CLOSED = Kind(
    "training.closed",
    texts(
        kk=("Іс-шара аяқталды: {run}", "«{run}» іс-шарасы аяқталып, қорытындысы шығарылды. Қатысқаныңызға рахмет!"),
        ru=("Мероприятие завершено: {run}", "«{run}» завершено, итоги подведены. Спасибо за участие!"),
        en=("The run is closed: {run}", "“{run}” is over and its results are drawn up. Thank you for taking part!"),
    ),
    {"run": RUN},
    title=_("A run is closed"),
)  # fmt: skip
EXCUSED = Kind(
    "training.excused",
    texts(
        kk=("Келе алмайтыныңыз жазылды: {run}", "«{run}» іс-шарасына келе алмайтыныңыз жазылды.\nСебебі: {reason}\n\nКеле алсаңыз, ұйымдастырушыға айтыңыз: ол белгіні алып тастайды."),
        ru=("Отмечено, что вы не сможете быть: {run}", "Отмечено, что на «{run}» вы быть не сможете.\nПричина: {reason}\n\nЕсли всё же приедете, скажите организатору: он снимет отметку."),
        en=("It is noted that you cannot be there: {run}", "It is noted that you cannot be at “{run}”.\nReason: {reason}\n\nIf you come after all, tell the organiser, who takes the note back."),
    ),
    {"run": RUN, "reason": REASON},
    title=_("An apology is noted"),
)  # fmt: skip
MISSED = Kind(
    "training.missed",
    texts(
        kk=("Келмегеніңіз белгіленді: {run}", "«{run}» іс-шарасына келмегеніңіз белгіленді.\nНе белгілі: {reason}\n\nҚате болса немесе себебі болса, ұйымдастырушыға жазыңыз."),
        ru=("Отмечено, что вы не пришли: {run}", "Отмечено, что на «{run}» вы не пришли.\nЧто известно: {reason}\n\nЕсли это ошибка или была причина, напишите организатору."),
        en=("It is noted that you did not come: {run}", "It is noted that you did not come to “{run}”.\nWhat is known: {reason}\n\nIf this is a mistake, or there was a reason, write to the organiser."),
    ),
    {"run": RUN, "reason": REASON},
    title=_("Noted as not having come"),
    compulsory=True,
)  # fmt: skip
ALL = (ACCEPTED, OFFERED, TO_CONFIRM, WAITING, DECLINED, WITHDRAWN, REPLACED, CANCELLED, CONFIRMED, MOVED, SESSION_MOVED, SESSION_CHANGED, SESSION_ADDED, SESSION_CANCELLED, SESSION_HANDED_ON, LOOSENED, ASKED_TO_TEACH, TRAINER_ANSWERED, BEGUN, ASSESSED, CLOSED, EXCUSED, MISSED)  # fmt: skip


def register_all() -> None:
    for kind in ALL:
        register(kind)
