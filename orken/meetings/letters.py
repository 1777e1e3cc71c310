"""The letters of meetings: to those who propose and speak, to libraries that are invited, to whoever holds a seat."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n import dates
from orken.meetings.models import Speaker, Talk
from orken.network import policy as network
from orken.network.roles import Permission
from orken.notices.kinds import Kind, Placeholder, register
from orken.people.models import Account
from orken.training.letters import REASON, WHO, organises, texts
from orken.training.models import Run, Session

MEETING = Placeholder(
    _("title of the meeting"),
    {
        "kk": "Ауыл кітапханасы: кадр және қолдау", "ru": "Сельская библиотека: кадры и поддержка",
        "en": "The village library: staff and support",
    },
)  # fmt: skip
TALK = Placeholder(
    _("title of the talk"),
    {"kk": "Кітапханашының үздіксіз білімі", "ru": "Непрерывное образование библиотекаря", "en": "A librarian's continuing education"},
)  # fmt: skip
DAY = Placeholder(_("first day"), date(2027, 3, 17))
WHEN = Placeholder(_("when"), datetime(2027, 3, 17, 10, 20, tzinfo=UTC))
HOST = Placeholder(
    _("organiser"),
    {
        "kk": "С. Торайғыров атындағы кітапхана",
        "ru": "Библиотека имени С. Торайгырова",
        "en": "The Toraighyrov library",
    },
)
LIBRARY = Placeholder(
    _("library"), {"kk": "Успен ауданының кітапханасы", "ru": "Библиотека Успенского района", "en": "The library of Uspen district"},
)  # fmt: skip


def speaks(account: Account) -> bool:
    """Whether she has ever proposed a talk or stood in a programme."""
    return Speaker.objects.filter(person=account.person_id).exists() or Talk.objects.filter(by=account).exists()


def sends(account: Account) -> bool:
    """Whether she answers for a library."""
    return bool(network.scope(account, Permission.APPLICATION_SEND))


PROPOSED = Kind(
    "meetings.talk_proposed",
    texts(
        kk=("Баяндама ұсынылды: {meeting}", "«{meeting}» кездесуіне баяндама ұсынылды.\nТақырыбы: {talk}\nҰсынған: {who}\n\nШешім қабылданғанша екі адам қарап шығуы керек."),
        ru=("Предложен доклад: {meeting}", "На встречу «{meeting}» предложен доклад.\nТема: {talk}\nКто предложил: {who}\n\nДо решения его смотрят двое."),
        en=("A talk is proposed: {meeting}", "A talk is proposed for “{meeting}”.\nTitle: {talk}\nBy: {who}\n\nTwo look at it before it is decided."),
    ),
    {"meeting": MEETING, "talk": TALK, "who": WHO},
    title=_("A talk is proposed"),
    concerns=organises,
)  # fmt: skip
ACCEPTED = Kind(
    "meetings.talk_accepted",
    texts(
        kk=("Баяндамаңыз қабылданды: {meeting}", "«{talk}» баяндамаңыз «{meeting}» кездесуіне қабылданды.\nБасталуы: {first}.\n\nСлайдтарды «Менің баяндамаларым» бетіне жүктеңіз. Уақыты бағдарлама шыққанда белгілі болады."),
        ru=("Ваш доклад принят: {meeting}", "Ваш доклад «{talk}» принят на встречу «{meeting}».\nНачало: {first}.\n\nСлайды загрузите на странице «Мои доклады». Время станет известно, когда выйдет программа."),
        en=("Your talk is accepted: {meeting}", "Your talk “{talk}” is accepted for “{meeting}”.\nIt begins {first}.\n\nUpload your slides on the page “My talks”. The hour is known when the programme is released."),
    ),
    {"meeting": MEETING, "talk": TALK, "first": DAY},
    title=_("A talk is accepted"),
    compulsory=True,
    concerns=speaks,
)  # fmt: skip
DECLINED = Kind(
    "meetings.talk_declined",
    texts(
        kk=("Баяндама қабылданбады: {meeting}", "«{talk}» баяндамаңыз «{meeting}» кездесуіне қабылданбады.\nСебебі: {reason}\n\nТыңдаушы ретінде өтінім бере аласыз: кездесудің бетін ашыңыз."),
        ru=("Доклад не принят: {meeting}", "Ваш доклад «{talk}» на встречу «{meeting}» не принят.\nПричина: {reason}\n\nВы можете подать заявку как слушатель: откройте страницу встречи."),
        en=("The talk is declined: {meeting}", "Your talk “{talk}” for “{meeting}” is declined.\nReason: {reason}\n\nYou may apply as a listener: open the page of the meeting."),
    ),
    {"meeting": MEETING, "talk": TALK, "reason": REASON},
    title=_("A talk is declined"),
    compulsory=True,
    concerns=speaks,
)  # fmt: skip
ASKED = Kind(
    "meetings.speaker_asked",
    texts(
        kk=("Сөз сөйлеуге шақырамыз: {meeting}", "{host} сізді «{meeting}» кездесуінде сөз сөйлеуге шақырады.\nБасталуы: {first}.\n\nЖауабыңызды және жазып алуға келісіміңізді «Менің баяндамаларым» бетінде белгілеңіз."),
        ru=("Приглашаем выступить: {meeting}", "{host} приглашает вас выступить на встрече «{meeting}».\nНачало: {first}.\n\nОтвет и согласие на запись отметьте на странице «Мои доклады»."),
        en=("We invite you to speak: {meeting}", "{host} invites you to speak at “{meeting}”.\nIt begins {first}.\n\nNote your answer and whether you may be recorded on the page “My talks”."),
    ),
    {"meeting": MEETING, "host": HOST, "first": DAY},
    title=_("An invitation to speak"),
    compulsory=True,
)  # fmt: skip
RELEASED = Kind(
    "meetings.programme_released",
    texts(
        kk=("Бағдарлама шықты: {meeting}", "«{meeting}» кездесуінің бағдарламасы шықты.\nБасталуы: {first}.\n\nКім, қашан, не туралы айтатынын кездесудің бетінен оқыңыз."),
        ru=("Вышла программа: {meeting}", "Вышла программа встречи «{meeting}».\nНачало: {first}.\n\nКто, когда и о чём говорит, читайте на странице встречи."),
        en=("The programme is out: {meeting}", "The programme of “{meeting}” is out.\nIt begins {first}.\n\nRead on the page of the meeting who speaks when and about what."),
    ),
    {"meeting": MEETING, "first": DAY},
    title=_("The programme of a meeting is released"),
)  # fmt: skip
PLACED = Kind(
    "meetings.place_told",
    texts(
        kk=("Бағдарламадағы орныңыз: {meeting}", "«{meeting}» кездесуінің бағдарламасында сізге қатысты өзгеріс бар.\n{what}\n\nСәйкес келмесе, ұйымдастырушыға бірден жазыңыз."),
        ru=("Ваше место в программе: {meeting}", "В программе встречи «{meeting}» есть изменение, которое касается вас.\n{what}\n\nЕсли не подходит, сразу напишите организатору."),
        en=("Your place in the programme: {meeting}", "Something that concerns you has changed in the programme of “{meeting}”.\n{what}\n\nIf it does not suit you, write to the organiser at once."),
    ),
    {"meeting": MEETING, "what": Placeholder(_("what has changed"), {"kk": "«Кітапханашының үздіксіз білімі»: 17 наурыз 2027 ж., 15:20", "ru": "«Непрерывное образование библиотекаря»: 17 марта 2027 г., 15:20", "en": "“A librarian's continuing education”: 17 March 2027, 15:20"})},
    title=_("A place in the programme has changed"),
    compulsory=True,
    urgent=True,
    concerns=speaks,
)  # fmt: skip
INVITED = Kind(
    "meetings.institution_invited",
    texts(
        kk=("Кітапхананы кездесуге шақырамыз: {meeting}", "{host} «{meeting}» кездесуіне шақырады.\nШақырылған кітапхана: {library}\nБасталуы: {first}.\n\nҚатысатын-қатыспайтыныңызды және қанша адам болатынын шақыру бетінде белгілеңіз. Адамдарды кездесудің өз бетінен жіберіңіз."),
        ru=("Приглашаем библиотеку на встречу: {meeting}", "{host} приглашает на встречу «{meeting}».\nПриглашённая библиотека: {library}\nНачало: {first}.\n\nНа странице приглашения отметьте, участвуете ли вы и сколько будет человек. Людей направьте на странице самой встречи."),
        en=("Your library is invited: {meeting}", "{host} invites you to “{meeting}”.\nLibrary invited: {library}\nIt begins {first}.\n\nNote on the page of the invitation whether you take part and with how many people. Send your people on the page of the meeting itself."),
    ),
    {"meeting": MEETING, "host": HOST, "library": LIBRARY, "first": DAY},
    title=_("A library is invited to a meeting"),
    concerns=sends,
)  # fmt: skip
ALL = (PROPOSED, ACCEPTED, DECLINED, ASKED, RELEASED, PLACED, INVITED)

# To whoever has no account the letter goes by its address alone, in both languages of the country.
OUTSIDE = {
    "speaker": (
        "{meeting_kk}: сөз сөйлеуге шақыру / приглашение выступить",
        "Қайырлы күн, {name_kk}!\n\n{host_kk} сізді «{meeting_kk}» кездесуінде сөз сөйлеуге шақырады.\nӨтетін уақыты: {when_kk}.\n\nЖауабыңызды, слайдтарды және жазып алуға келісіміңізді осы сілтеме арқылы жіберіңіз:\n{link}\n\nЗдравствуйте, {name_ru}!\n\n{host_ru} приглашает вас выступить на встрече «{meeting_ru}».\nКогда: {when_ru}.\n\nПо этой же ссылке можно ответить, прислать слайды и сказать, можно ли вести запись.\n",
    ),
    "guest": (
        "{meeting_kk}: шақыру / приглашение",
        "Қайырлы күн, {name_kk}!\n\n{host_kk} сізді «{meeting_kk}» кездесуіне шақырады.\nӨтетін уақыты: {when_kk}.\n\nБағдарлама осы сілтемеде, сол жерде жауап беріңіз:\n{link}\n\nЗдравствуйте, {name_ru}!\n\n{host_ru} приглашает вас на встречу «{meeting_ru}».\nКогда: {when_ru}.\n\nПрограмма по этой ссылке, там же можно ответить.\n",
    ),
}  # fmt: skip


def register_all() -> None:
    for kind in ALL:
        register(kind)


def to_outsider(what: str, run: Run, names: dict[str, str], link: str) -> tuple[str, str]:
    """Subject and text to somebody without an account, as the letter says them and as the organiser hands them over herself."""
    subject, body = OUTSIDE[what]
    said_of = {"link": link}
    first = Session.objects.filter(run=run, cancelled_at=None).order_by("starts_at").first()
    for code in ("kk", "ru"):
        said_of |= {
            f"name_{code}": names[code], f"meeting_{code}": getattr(run, f"title_{code}") or run.title_kk,
            f"host_{code}": getattr(run.host, f"name_{code}") or run.host.name_kk, f"when_{code}": _when(run, first, code),
        }  # fmt: skip
    return subject.format(**said_of), body.format(**said_of)


def _when(run: Run, first: Session | None, code: str) -> str:
    """The day and the hour of the first session; without one the days of the meeting."""
    if first is None:
        return dates.date_range(run.starts_on, run.ends_on, code)
    return f"{dates.short_date(first.starts_at, code)}, {timezone.localtime(first.starts_at):%H:%M}"
