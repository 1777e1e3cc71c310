"""The letters about certificates, training held elsewhere and past records: kinds with their texts."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from orken.network import policy as network
from orken.network.roles import Permission
from orken.notices.kinds import Kind, Placeholder, Text, register
from orken.people.models import Account

GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}
PROGRAMME = Placeholder(
    _("programme"), {"kk": "Каталогтау негіздері", "ru": "Основы каталогизации", "en": "Cataloguing basics"}
)
NUMBER = Placeholder(_("registration number"), {"kk": "ҰК-КШ-2026-000123-7", "ru": "ҰК-КШ-2026-000123-7", "en": "ҰК-КШ-2026-000123-7"})  # fmt: skip
BEFORE = Placeholder(_("earlier number"), {"kk": "ҰК-КШ-2026-000101-3", "ru": "ҰК-КШ-2026-000101-3", "en": "ҰК-КШ-2026-000101-3"})  # fmt: skip
HOURS = Placeholder(_("academic hours"), {"kk": "72", "ru": "72", "en": "72"})
REASON = Placeholder(
    _("reason"), {"kk": "Аты-жөнінде қате болған.", "ru": "Ошибка в имени.", "en": "A mistake in the name."}
)
WAY = Placeholder(_("way of delivery"), {"kk": "пошта арқылы", "ru": "по почте", "en": "by post"})
ON = Placeholder(_("date"), date(2026, 11, 24))
COPY = Placeholder(_("number of the duplicate"), 1)
WHO = Placeholder(_("who"), {"kk": "Айгүл Жұмабекова", "ru": "Айгуль Жумабекова", "en": "Aigul Zhumabekova"})
UNIT = Placeholder(_("library"), {"kk": "Ақсу ауылдық кітапханасы", "ru": "Аксуская сельская библиотека", "en": "Aksu village library"})  # fmt: skip
TITLE = Placeholder(_("training"), {"kk": "Каталогтау практикумы, 2019", "ru": "Практикум по каталогизации, 2019", "en": "Cataloguing workshop, 2019"})  # fmt: skip
TALK = Placeholder(_("talk"), {"kk": "Оқырман мен кітапхана", "ru": "Читатель и библиотека", "en": "The reader and the library"})  # fmt: skip
MEETING = Placeholder(_("meeting"), {"kk": "Кадрлардың кәсіби дамуы", "ru": "Профессиональное развитие кадров", "en": "Professional development of staff"})  # fmt: skip
BY = Placeholder(_("who decided"), {"kk": "С. Әбдірахманова", "ru": "С. Абдрахманова", "en": "S. Abdirakhmanova"})


def vouches(account: Account) -> bool:
    return bool(network.scope(account, Permission.CREDENTIAL_VOUCH))


def _texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {
        language: Text(subject, f"{GREETING[language]}\n\n{body}") for language, (subject, body) in by_language.items()
    }


ISSUED = Kind(
    "credentials.issued",
    _texts(
        kk=("Құжатыңыз берілді: {programme}", "«{programme}» бойынша құжатыңыз берілді: № {number}, {hours} академиялық сағат.\n\nОның қағаз нұсқасы мен цифрлық белгісі бетіңізде тұр, сағаттары есепке алынды. Құжаттың шын екенін кез келген адам нөмірі бойынша тексере алады."),
        ru=("Ваш документ выдан: {programme}", "Вам выдан документ по программе «{programme}»: № {number}, {hours} академических часов.\n\nЕго бумажная форма и цифровой знак стоят на вашей странице, часы учтены. Подлинность любой может проверить по номеру."),
        en=("Your document is issued: {programme}", "Your document for “{programme}” is issued: No. {number}, {hours} academic hours.\n\nIts paper and its badge stand on your page, the hours are counted. Anybody can check it by its number."),
    ),
    {"programme": PROGRAMME, "number": NUMBER, "hours": HOURS},
    title=_("A certificate was issued"),
)  # fmt: skip
REPLACED = Kind(
    "credentials.replaced",
    _texts(
        kk=("Сертификатыңыз ауыстырылды: {programme}", "«{programme}» бойынша № {before} сертификатыңыздың орнына № {number} берілді.\n\nСебебі: {reason}\n\nЕнді жаңа нөмір жарамды; ескісін тексерген адам жаңасын көреді."),
        ru=("Ваш сертификат заменён: {programme}", "Вместо сертификата № {before} по программе «{programme}» вам выдан № {number}.\n\nПричина: {reason}\n\nТеперь действует новый номер; кто проверит прежний, увидит новый."),
        en=("Your certificate was replaced: {programme}", "In place of your certificate No. {before} for “{programme}” No. {number} is issued.\n\nReason: {reason}\n\nThe new number holds from now on; whoever checks the earlier one is led to it."),
    ),
    {"programme": PROGRAMME, "number": NUMBER, "before": BEFORE, "reason": REASON},
    title=_("A certificate was replaced"),
    compulsory=True,
)  # fmt: skip
REVOKED = Kind(
    "credentials.revoked",
    _texts(
        kk=("Сертификатыңыз күшін жойды: {programme}", "«{programme}» бойынша № {number} сертификатыңыз күшін жойды.\n\nСебебі: {reason}\n\nОның сағаттары енді есептелмейді. Келіспесеңіз, сертификатты берген кітапханаға жазыңыз."),
        ru=("Ваш сертификат отозван: {programme}", "Сертификат № {number} по программе «{programme}» отозван.\n\nПричина: {reason}\n\nЕго часы больше не учитываются. Если вы не согласны, напишите библиотеке, которая его выдала."),
        en=("Your certificate was revoked: {programme}", "Your certificate No. {number} for “{programme}” is revoked.\n\nReason: {reason}\n\nIts hours are counted no more. If you do not agree, write to the library that issued it."),
    ),
    {"programme": PROGRAMME, "number": NUMBER, "reason": REASON},
    title=_("A certificate was revoked"),
    compulsory=True,
)  # fmt: skip
DUPLICATE = Kind(
    "credentials.duplicate",
    _texts(
        kk=("Сертификатыңыздың телнұсқасы тапсырылды: {programme}", "«{programme}» бойынша № {number} сертификатыңыздың {copy}-телнұсқасы тапсырылды: {way}, {on}.\n\nЕгер оны алмаған болсаңыз, сертификатты берген кітапханаға айтыңыз."),
        ru=("Дубликат вашего сертификата передан: {programme}", "Дубликат {copy} сертификата № {number} по программе «{programme}» передан: {way}, {on}.\n\nЕсли вы его не получили, скажите библиотеке, которая выдала сертификат."),
        en=("A duplicate of your certificate was handed over: {programme}", "Duplicate {copy} of your certificate No. {number} for “{programme}” was handed over: {way}, {on}.\n\nIf you have not got it, tell the library that issued the certificate."),
    ),
    {"programme": PROGRAMME, "number": NUMBER, "copy": COPY, "way": WAY, "on": ON},
    title=_("A duplicate was handed over"),
)  # fmt: skip
WAITS = Kind(
    "credentials.claim_waits",
    _texts(
        kk=("Сіздің сөзіңізді күтуде: {title}", "{who} ({unit}) «{title}» оқуының құжатын жіберді.\n\nҚұжатты қарап, растаңыз немесе себебін жазып, қайтарыңыз."),
        ru=("Ждёт вашего слова: {title}", "{who} ({unit}) прислала документ об обучении «{title}».\n\nПосмотрите его и поручитесь или откажите с указанием причины."),
        en=("Waits for your word: {title}", "{who} ({unit}) has sent the paper of a training, “{title}”.\n\nLook at it and vouch for it, or refuse it with a reason."),
    ),
    {"who": WHO, "unit": UNIT, "title": TITLE},
    title=_("A training waits for your word"),
    concerns=vouches,
)  # fmt: skip
VOUCHED = Kind(
    "credentials.claim_vouched",
    _texts(
        kk=("Оқуыңыз расталды: {title}", "{by} «{title}» оқуыңызды растады: {hours} академиялық сағат енді расталған болып есептеледі."),
        ru=("Ваше обучение подтверждено: {title}", "Подтверждено, кем: {by}. Обучение: «{title}». Академических часов, которые теперь считаются подтверждёнными: {hours}."),
        en=("Your training is confirmed: {title}", "{by} has vouched for your training “{title}”: {hours} academic hours count as confirmed from now on."),
    ),
    {"title": TITLE, "hours": HOURS, "by": BY},
    title=_("Your training was confirmed"),
)  # fmt: skip
REFUSED = Kind(
    "credentials.claim_refused",
    _texts(
        kk=("Оқуыңыз расталмады: {title}", "«{title}» оқуыңыз расталмады, сағаттары есептелмейді. Шешкен: {by}.\n\nСебебі: {reason}\n\nҚате болса немесе құжаттың анық көшірмесі табылса, оны қайта жіберіңіз."),
        ru=("Ваше обучение не подтверждено: {title}", "Обучение «{title}» не подтверждено, его часы не считаются. Решение приняла: {by}.\n\nПричина: {reason}\n\nЕсли это ошибка или нашлась ясная копия документа, пришлите его снова."),
        en=("Your training is not confirmed: {title}", "Your training “{title}” is not confirmed, its hours are not counted. Decided by: {by}.\n\nReason: {reason}\n\nIf this is a mistake, or a clear copy of the paper is found, send it again."),
    ),
    {"title": TITLE, "reason": REASON, "by": BY},
    title=_("Your training was not confirmed"),
    compulsory=True,
)  # fmt: skip
STRUCK = Kind(
    "credentials.past_struck",
    _texts(
        kk=("Бұрынғы оқу туралы жазба сызылды: {title}", "«{title}» туралы қағаздан алынған жазба сызылды, сағаттары енді есептелмейді. Шешкен: {by}.\n\nСебебі: {reason}\n\nКеліспесеңіз, сол кітапханаға жазыңыз."),
        ru=("Запись о прежнем обучении вычеркнута: {title}", "Запись с бумаги «{title}» вычеркнута, её часы больше не считаются. Решение приняла: {by}.\n\nПричина: {reason}\n\nЕсли вы не согласны, напишите этой библиотеке."),
        en=("A record of earlier years was struck out: {title}", "The record from paper “{title}” is struck out, its hours are counted no more. Decided by: {by}.\n\nReason: {reason}\n\nIf you do not agree, write to that library."),
    ),
    {"title": TITLE, "reason": REASON, "by": BY},
    title=_("A past record was struck out"),
    compulsory=True,
)  # fmt: skip
SPOKE = Kind(
    "credentials.spoke",
    _texts(
        kk=("Баяндамашы сертификатыңыз берілді: {programme}", "«{meeting}» іс-шарасында жасаған «{programme}» баяндамаңыз үшін сертификат берілді: № {number}.\n\nОның қағаз нұсқасы мен цифрлық белгісі бетіңізде тұр. Құжаттың шын екенін кез келген адам нөмірі бойынша тексере алады."),
        ru=("Вам выдан сертификат докладчика: {programme}", "За доклад «{programme}» на мероприятии «{meeting}» вам выдан сертификат: № {number}.\n\nЕго бумажная форма и цифровой знак стоят на вашей странице. Подлинность любой может проверить по номеру."),
        en=("Your speaker's certificate is issued: {programme}", "For your talk “{programme}” at “{meeting}” a certificate is issued: No. {number}.\n\nIts paper and its badge stand on your page. Anybody can check it by its number."),
    ),
    {"programme": TALK, "number": NUMBER, "meeting": MEETING},
    title=_("A speaker's certificate was issued"),
)  # fmt: skip
SPOKE_REVOKED = Kind(
    "credentials.spoke_revoked",
    _texts(
        kk=("Баяндамашы сертификатыңыз күшін жойды: {programme}", "«{programme}» баяндамасы үшін берілген № {number} сертификат күшін жойды.\n\nСебебі: {reason}\n\nКеліспесеңіз, сертификатты берген кітапханаға жазыңыз."),
        ru=("Ваш сертификат докладчика отозван: {programme}", "Сертификат № {number} за доклад «{programme}» отозван.\n\nПричина: {reason}\n\nЕсли вы не согласны, напишите библиотеке, которая его выдала."),
        en=("Your speaker's certificate was revoked: {programme}", "Your certificate No. {number} for the talk “{programme}” is revoked.\n\nReason: {reason}\n\nIf you do not agree, write to the library that issued it."),
    ),
    {"programme": TALK, "number": NUMBER, "reason": REASON},
    title=_("A speaker's certificate was revoked"),
    compulsory=True,
)  # fmt: skip
ALL = (ISSUED, SPOKE, SPOKE_REVOKED, REPLACED, REVOKED, DUPLICATE, WAITS, VOUCHED, REFUSED, STRUCK)


def register_all() -> None:
    for kind in ALL:
        register(kind)
