"""The letters of the household: sign-in, roles, staff lists, merges. The rows below tell of them by signals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.network import policy
from orken.network.models import RoleAssignment
from orken.network.roles import Permission
from orken.notices.kinds import Kind, Placeholder, Text
from orken.notices.kinds import register as register_kind
from orken.people.models import Account

_DAY = date(2026, 12, 25)
_MOMENT = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
_BY: dict[str, str] = {"kk": "Сәуле Әбдірахманова", "ru": "Сауле Абдрахманова", "en": "Saule Abdirakhmanova"}
_UNIT: dict[str, str] = {"kk": "Павлодар облысы", "ru": "Павлодарская область", "en": "Pavlodar region"}
_ROLE: dict[str, str] = {
    "kk": "Облыс әдіскері", "ru": "Методист области", "en": "Methodologist of a region",
}  # fmt: skip


def held_a_role(account: Account) -> bool:
    """Whether she holds a role or held one: the first comes as everybody's letters come."""
    return RoleAssignment.objects.filter(person=account.person_id).exists()


def _texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {language: Text(subject, body) for language, (subject, body) in by_language.items()}


def _code_facts() -> dict[str, Placeholder]:
    return {
        "code": Placeholder(_("the code"), "4817 0032 9954 1206"),
        "login": Placeholder(_("her sign-in name"), "zhumabekova.a"),
        "address": Placeholder(_("where the code is typed"), "https://orken.example/account/begin/#4817003299541206"),
        "until": Placeholder(_("the last day of the code"), _DAY),
    }


_BY_WHOM = Placeholder(_("who did it"), _BY)
_WHEN = Placeholder(_("when"), _MOMENT)

INVITATION = Kind(
    "account.invitation",
    _texts(
        kk=(
            "«Өркен» жүйесіне шақыру",
            "Қайырлы күн, {name}!\n\nСіз кітапханашылардың біліктілігін арттыратын «Өркен» жүйесіне шақырылдыңыз.\n\n1. Мына бетті ашыңыз: {address}\n2. Код өзі тұрмаса, теріңіз: {code}\n3. Өз құпиясөзіңізді және тілді таңдаңыз.\n\nКіру атыңыз: {login}\nКод бір рет жарайды. Мерзімі: {until}\n\nКодты ешкімге бермеңіз.",
        ),
        ru=(
            "Приглашение в «Өркен»",
            "Здравствуйте, {name}!\n\nВас приглашают в «Өркен», систему повышения квалификации библиотекарей.\n\n1. Откройте страницу: {address}\n2. Если код не стоит там сам, наберите его: {code}\n3. Выберите свой пароль и язык.\n\nВаше имя для входа: {login}\nКод действует один раз. Срок: {until}\n\nНикому не отдавайте код.",
        ),
        en=(
            "Invitation to Orken",
            "Good day, {name}!\n\nYou are invited to Orken, the system of professional development of librarians.\n\n1. Open the page: {address}\n2. If the code does not stand there already, type it: {code}\n3. Choose your own password and language.\n\nYour sign-in name: {login}\nThe code works once. Valid until: {until}\n\nGive the code to nobody.",
        ),
    ),
    _code_facts(),
    title=_("Invitation with a code"),
    compulsory=True,
    urgent=True,
    secret=frozenset({"code", "address"}),  # the address carries the code behind «#»
)

NEW_CODE = Kind(
    "account.new_code",
    _texts(
        kk=(
            "Өркенге кіретін жаңа код",
            "Қайырлы күн, {name}!\n\n{by} сізге жаңа код берді.\n\n1. Мына бетті ашыңыз: {address}\n2. Код өзі тұрмаса, теріңіз: {code}\n3. Жаңа құпиясөз таңдаңыз.\n\nКіру атыңыз: {login}\nКод бір рет жарайды. Мерзімі: {until}\n\nКод сұрамаған болсаңыз, оны пайдаланбаңыз және әдіскеріңізге айтыңыз: ескі құпиясөзіңіз жарай береді.",
        ),
        ru=(
            "Новый код для входа в «Өркен»",
            "Здравствуйте, {name}!\n\nВам выдан новый код. Выдал: {by}.\n\n1. Откройте страницу: {address}\n2. Если код не стоит там сам, наберите его: {code}\n3. Выберите новый пароль.\n\nВаше имя для входа: {login}\nКод действует один раз. Срок: {until}\n\nЕсли вы не просили код, не пользуйтесь им и скажите методисту: старый пароль продолжает действовать.",
        ),
        en=(
            "A new code for Orken",
            "Good day, {name}!\n\nYou have been given a new code by {by}.\n\n1. Open the page: {address}\n2. If the code does not stand there already, type it: {code}\n3. Choose a new password.\n\nYour sign-in name: {login}\nThe code works once. Valid until: {until}\n\nIf you did not ask for a code, do not use it and tell your methodologist: your old password still works.",
        ),
    ),
    {**_code_facts(), "by": _BY_WHOM},
    title=_("New code by mail"),
    compulsory=True,
    urgent=True,
    secret=frozenset({"code", "address"}),  # the address carries the code behind «#»
)

CODE_RENEWED = Kind(
    "account.code_renewed",
    _texts(
        kk=(
            "Кіру кодыңыз жаңартылды",
            "Қайырлы күн, {name}!\n\nСіздің кіру кодыңыз жаңартылды. Жаңартқан: {by}. Уақыты: {when}\n\nКодты парақшада не хабарламада аласыз. Сұрамаған болсаңыз, әдіскеріңізге бірден айтыңыз: ол пайдаланылғанша ескі құпиясөзіңіз жарай береді.",
        ),
        ru=(
            "Ваш код для входа обновлён",
            "Здравствуйте, {name}!\n\nВаш код для входа обновлён. Обновил: {by}. Время: {when}\n\nКод вы получите на листке или в сообщении. Если вы об этом не просили, сразу скажите методисту: пока кодом не воспользовались, старый пароль действует.",
        ),
        en=(
            "Your sign-in code was renewed",
            "Good day, {name}!\n\nYour sign-in code was renewed by {by}, {when}.\n\nYou get the code on a slip or in a message. If you did not ask for it, tell your methodologist at once: until the code is used, your old password works.",
        ),
    ),
    {"by": _BY_WHOM, "when": _WHEN},
    title=_("Code renewed"),
    compulsory=True,
    urgent=True,
)

PASSWORD_CHANGED = Kind(
    "account.password_changed",
    _texts(
        kk=(
            "Құпиясөзіңіз өзгерді",
            "Қайырлы күн, {name}!\n\nҚұпиясөзіңіз өзгерді. Уақыты: {when}\n\nОны өзіңіз жасасаңыз, ештеңе істеудің қажеті жоқ. Өзіңіз емес болсаңыз, әдіскеріңізден жаңа код сұраңыз.",
        ),
        ru=(
            "Ваш пароль изменён",
            "Здравствуйте, {name}!\n\nВаш пароль изменён. Время: {when}\n\nЕсли это сделали вы, ничего делать не нужно. Если не вы, попросите у методиста новый код.",
        ),
        en=(
            "Your password was changed",
            "Good day, {name}!\n\nYour password was changed, {when}.\n\nIf it was you, there is nothing to do. If it was not, ask your methodologist for a new code.",
        ),
    ),
    {"when": _WHEN},
    title=_("Password changed"),
    compulsory=True,
    urgent=True,
)

SECOND_STEP = Kind(
    "account.second_step",
    _texts(
        kk=(
            "Кірудің екінші қадамы өзгерді",
            "Қайырлы күн, {name}!\n\n{what}. Уақыты: {when}\n\nОны өзіңіз жасасаңыз, ештеңе істеудің қажеті жоқ. Өзіңіз емес болсаңыз, құпиясөзді ауыстырып, әдіскеріңізге айтыңыз.",
        ),
        ru=(
            "Второй шаг входа изменён",
            "Здравствуйте, {name}!\n\n{what}. Время: {when}\n\nЕсли это сделали вы, ничего делать не нужно. Если не вы, смените пароль и скажите методисту.",
        ),
        en=(
            "Your second step of sign-in was changed",
            "Good day, {name}!\n\n{what}, {when}.\n\nIf it was you, there is nothing to do. If it was not, change your password and tell your methodologist.",
        ),
    ),
    {
        "what": Placeholder(
            _("what was changed"),
            {"kk": "Кіру кілті қосылды", "ru": "Добавлен ключ доступа", "en": "A passkey was added"},
        ),
        "when": _WHEN,
    },
    title=_("Second step of sign-in changed"),
    compulsory=True,
    urgent=True,
)

NEW_BROWSER = Kind(
    "account.new_browser",
    _texts(
        kk=(
            "Жаңа құрылғыдан кіру",
            "Қайырлы күн, {name}!\n\nТіркелгіңізге бұрын болмаған құрылғыдан кірді: {browser}. Уақыты: {when}\n\nБұл өзіңіз болсаңыз, ештеңе істеудің қажеті жоқ. Өзіңіз емес болсаңыз, сол жерден шығып, құпиясөзді ауыстырыңыз.",
        ),
        ru=(
            "Вход с нового устройства",
            "Здравствуйте, {name}!\n\nВ вашу учётную запись вошли с устройства, с которого раньше не входили: {browser}. Время: {when}\n\nЕсли это были вы, ничего делать не нужно. Если не вы, завершите этот вход и смените пароль.",
        ),
        en=(
            "Sign-in from a new device",
            "Good day, {name}!\n\nYour account was opened from a device that was not used before: {browser}, {when}.\n\nIf it was you, there is nothing to do. If it was not, sign it out there and change your password.",
        ),
    ),
    {"browser": Placeholder(_("browser and system"), "Chrome, Windows"), "when": _WHEN},
    title=_("Sign-in from a new device"),
    compulsory=True,
    urgent=True,
)

ROLE_GIVEN = Kind(
    "role.given",
    _texts(
        kk=(
            "Сізге рөл берілді: {role}",
            "Қайырлы күн, {name}!\n\nСізге рөл берілді.\n\nРөл: {role}\nҚайда: {unit}\nБасталуы: {since}\nБерген: {by}\n\nРөл өзгелердің деректерін ашса, келесі кіргенде екінші қадам сұралады.",
        ),
        ru=(
            "Вам дана роль: {role}",
            "Здравствуйте, {name}!\n\nВам дана роль.\n\nРоль: {role}\nГде: {unit}\nС какого дня: {since}\nКто дал: {by}\n\nЕсли роль открывает чужие данные, при следующем входе понадобится второй шаг.",
        ),
        en=(
            "You were given a role: {role}",
            "Good day, {name}!\n\nYou were given a role.\n\nRole: {role}\nWhere: {unit}\nSince: {since}\nGiven by: {by}\n\nIf the role opens other people's data, a second step is asked when you sign in next.",
        ),
    ),
    {
        "role": Placeholder(_("the role"), _ROLE),
        "unit": Placeholder(_("where it holds"), _UNIT),
        "since": Placeholder(_("the first day"), _DAY),
        "by": _BY_WHOM,
    },
    title=_("Role given"),
    compulsory=True,
    concerns=held_a_role,
)

ROLE_ENDED = Kind(
    "role.ended",
    _texts(
        kk=(
            "Рөліңіз аяқталды: {role}",
            "Қайырлы күн, {name}!\n\nРөліңіз аяқталды.\n\nРөл: {role}\nҚайда: {unit}\nРөлсіз алғашқы күн: {on}\nАяқтаған: {by}",
        ),
        ru=(
            "Ваша роль окончена: {role}",
            "Здравствуйте, {name}!\n\nВаша роль окончена.\n\nРоль: {role}\nГде: {unit}\nПервый день без роли: {on}\nКто окончил: {by}",
        ),
        en=(
            "Your role ends: {role}",
            "Good day, {name}!\n\nYour role ends.\n\nRole: {role}\nWhere: {unit}\nFirst day without it: {on}\nEnded by: {by}",
        ),
    ),
    {
        "role": Placeholder(_("the role"), _ROLE),
        "unit": Placeholder(_("where it holds"), _UNIT),
        "on": Placeholder(_("the first day without it"), _DAY),
        "by": _BY_WHOM,
    },
    title=_("Role ended"),
    compulsory=True,
    concerns=held_a_role,
)

STAFF_LIST = Kind(
    "staff.list_applied",
    _texts(
        kk=(
            "Қызметкерлер тізімі енгізілді",
            "Қайырлы күн, {name}!\n\nСіз жіберген тізім енгізілді: {file}\n\nЖаңа: {new}\nӨзгерген: {changed}\nСол қалпы: {same}\nКүмәнді: {doubtful}\nҚабылданбаған: {refused}\n\nКүмәнді және қабылданбаған жолдар себебімен бірге тізім бетінде тұр. Бәрін бір түймемен қайтаруға болады.",
        ),
        ru=(
            "Список сотрудников внесён",
            "Здравствуйте, {name}!\n\nВаш список внесён: {file}\n\nНовых: {new}\nИзменённых: {changed}\nБез изменений: {same}\nСомнительных: {doubtful}\nНе принятых: {refused}\n\nСомнительные и непринятые строки с причинами стоят на странице списка. Всё внесённое можно вернуть одной кнопкой.",
        ),
        en=(
            "The staff list is written down",
            "Good day, {name}!\n\nYour list is written down: {file}\n\nNew: {new}\nChanged: {changed}\nSame: {same}\nDoubtful: {doubtful}\nRefused: {refused}\n\nDoubtful and refused rows stand with their reasons on the page of the list. All of it can be taken back by one button.",
        ),
    ),
    {
        "file": Placeholder(_("name of the file"), "тізім.xlsx"),
        "new": Placeholder(_("how many are new"), 12),
        "changed": Placeholder(_("how many changed"), 5),
        "same": Placeholder(_("how many stayed the same"), 130),
        "doubtful": Placeholder(_("how many are doubtful"), 3),
        "refused": Placeholder(_("how many were refused"), 1),
    },
    title=_("Staff list written down"),
    concerns=lambda account: bool(policy.scope(account, Permission.STAFF_EDIT)),
)

MERGED = Kind(
    "person.merged",
    _texts(
        kk=(
            "Сіз туралы екі жазба біріктірілді",
            "Қайырлы күн, {name}!\n\nТізілімде сіз туралы екі жазба бар екен, олар біріктірілді. Біріктірген: {by}. Уақыты: {when}\n\nЕштеңе жоғалған жоқ. Өз бетіңізді қараңыз: бөтен нәрсе көрсеңіз, әдіскеріңізге айтыңыз, біріктіруді қайтаруға болады.",
        ),
        ru=(
            "Две записи о вас объединены",
            "Здравствуйте, {name}!\n\nВ реестре нашлись две записи о вас, их объединили. Объединил: {by}. Время: {when}\n\nНичего не потеряно. Посмотрите свою страницу: если там есть чужое, скажите методисту, объединение можно отменить.",
        ),
        en=(
            "Two records about you were joined",
            "Good day, {name}!\n\nThe register held two records about you; they were joined by {by}, {when}.\n\nNothing is lost. Look at your page: if something there is not yours, tell your methodologist, the joining can be undone.",
        ),
    ),
    {"by": _BY_WHOM, "when": _WHEN},
    title=_("Two records joined"),
    compulsory=True,
)

PARTED = Kind(
    "person.parted",
    _texts(
        kk=(
            "Жазбаларды біріктіру қайтарылды",
            "Қайырлы күн, {name}!\n\nСіз туралы жазбаны басқасымен біріктіру қайтарылды. Қайтарған: {by}. Уақыты: {when}\n\nӨз бетіңізді қарап шығыңыз.",
        ),
        ru=(
            "Объединение записей отменено",
            "Здравствуйте, {name}!\n\nОбъединение записи о вас с другой отменено. Отменил: {by}. Время: {when}\n\nПосмотрите, всё ли верно на вашей странице.",
        ),
        en=(
            "The joining of records was undone",
            "Good day, {name}!\n\nThe joining of your record with another was undone by {by}, {when}.\n\nPlease look whether your page is right.",
        ),
    ),
    {"by": _BY_WHOM, "when": _WHEN},
    title=_("Joining undone"),
    compulsory=True,
)

_POST = Placeholder(_("the post"), {"kk": "Кітапханашы", "ru": "Библиотекарь", "en": "Librarian"})

APPOINTED = Kind(
    "staff.appointed",
    _texts(
        kk=(
            "Сіз лауазымға тағайындалдыңыз: {post}",
            "Қайырлы күн, {name}!\n\nТізілімде сіз лауазымға тағайындалдыңыз.\n\nЛауазым: {post}\nҚайда: {unit}\nБасталуы: {since}\nЖазған: {by}\n\nҚате болса, кітапханаңызға немесе әдіскеріңізге айтыңыз.",
        ),
        ru=(
            "Вы назначены на должность: {post}",
            "Здравствуйте, {name}!\n\nВ реестре записано ваше назначение.\n\nДолжность: {post}\nГде: {unit}\nС какого дня: {since}\nКто записал: {by}\n\nЕсли это ошибка, скажите своей библиотеке или методисту.",
        ),
        en=(
            "You are appointed: {post}",
            "Good day, {name}!\n\nYour appointment is written in the register.\n\nPost: {post}\nWhere: {unit}\nSince: {since}\nWritten by: {by}\n\nIf it is a mistake, tell your library or your methodologist.",
        ),
    ),
    {
        "post": _POST,
        "unit": Placeholder(_("where it holds"), _UNIT),
        "since": Placeholder(_("the first day"), _DAY),
        "by": _BY_WHOM,
    },
    title=_("Appointed to a post"),
    compulsory=True,
)

DISMISSED = Kind(
    "staff.dismissed",
    _texts(
        kk=(
            "Лауазымдағы жұмысыңыз аяқталады: {post}",
            "Қайырлы күн, {name}!\n\nТізілімде лауазымдағы жұмысыңыздың аяқталуы жазылды.\n\nЛауазым: {post}\nҚайда: {unit}\nЛауазымсыз алғашқы күн: {on}\nЖазған: {by}\n\nОқу нәтижелеріңіз бен сертификаттарыңыз сақталады. Қате болса, кітапханаңызға немесе әдіскеріңізге айтыңыз.",
        ),
        ru=(
            "Ваша работа в должности заканчивается: {post}",
            "Здравствуйте, {name}!\n\nВ реестре записано окончание вашей работы в должности.\n\nДолжность: {post}\nГде: {unit}\nПервый день без должности: {on}\nКто записал: {by}\n\nВаши результаты обучения и сертификаты сохраняются. Если это ошибка, скажите своей библиотеке или методисту.",
        ),
        en=(
            "Your post ends: {post}",
            "Good day, {name}!\n\nThe end of your post is written in the register.\n\nPost: {post}\nWhere: {unit}\nFirst day without it: {on}\nWritten by: {by}\n\nYour results and certificates stay. If it is a mistake, tell your library or your methodologist.",
        ),
    ),
    {
        "post": _POST,
        "unit": Placeholder(_("where it holds"), _UNIT),
        "on": Placeholder(_("the first day without it"), _DAY),
        "by": _BY_WHOM,
    },
    title=_("A post ends"),
    compulsory=True,
)

REQUEST_DECIDED = Kind(
    "person.request_decided",
    _texts(
        kk=(
            "Деректеріңіз туралы өтінішіңізге жауап",
            "Қайырлы күн, {name}!\n\nДеректеріңіз туралы өтінішіңіз қаралды.\n\nНе сұрадыңыз: {asked}\nШешім: {decision}\nЖауап: {answer}\nШешкен: {by}\n\nБәрі «Мен туралы не сақталады» бетінде тұр.",
        ),
        ru=(
            "Ответ на вашу просьбу о данных",
            "Здравствуйте, {name}!\n\nВаша просьба о данных рассмотрена.\n\nО чём просили: {asked}\nРешение: {decision}\nОтвет: {answer}\nКто решил: {by}\n\nВсё это стоит на странице «Что обо мне хранится».",
        ),
        en=(
            "The answer to your request about your data",
            "Good day, {name}!\n\nYour request about your data was decided.\n\nYou asked: {asked}\nDecision: {decision}\nAnswer: {answer}\nDecided by: {by}\n\nAll of it stands on the page “What is held about me”.",
        ),
    ),
    {
        "asked": Placeholder(
            _("what she asked for"),
            {"kk": "қатені түзету", "ru": "исправить неверное", "en": "correct what is wrong"},
        ),
        "decision": Placeholder(_("the decision"), {"kk": "орындалды", "ru": "удовлетворено", "en": "granted"}),
        "answer": Placeholder(
            _("the answer"), {"kk": "Аты-жөні түзетілді.", "ru": "Имя исправлено.", "en": "The name is corrected."}
        ),
        "by": _BY_WHOM,
    },
    title=_("A request about data is decided"),
    compulsory=True,
)

_WHOM = Placeholder(
    _("whom it is about"), {"kk": "Айгүл Жұмабекова", "ru": "Айгуль Жумабекова", "en": "Aigul Zhumabekova"}
)
_ASKING = Placeholder(_("the library that asks"), _UNIT)
_HOW = Placeholder(
    _("move or second post"),
    {"kk": "екінші жұмыс орны", "ru": "вторая должность", "en": "second post"},
)  # fmt: skip
_FROM = Placeholder(_("the first day"), _DAY)
_WHY = Placeholder(
    _("reason"), {"kk": "Қор көшіп келді.", "ru": "К нам переехал фонд.", "en": "A collection moved to us."}
)

TRANSFER_WAITS = Kind(
    "transfer.waits",
    _texts(
        kk=(
            "Қызметкеріңізді сұрайды: {person}",
            "Қайырлы күн, {name}!\n\nБасқа кітапхана сіздің қызметкеріңізді жұмысқа алғысы келеді. Сіздің жауабыңызсыз тағайындау болмайды.\n\nКім: {person}\nСұраған: {unit} ({by})\nЛауазымы: {post}\nТүрі: {kind}\nБасталуы: {on}\nСебебі: {reason}\n\nӨтінімді ашып, келісіңіз немесе себебін жазып бас тартыңыз.",
        ),
        ru=(
            "Просят вашего сотрудника: {person}",
            "Здравствуйте, {name}!\n\nДругая библиотека хочет принять на работу вашего сотрудника. Без вашего ответа назначения не будет.\n\nКто: {person}\nПросит: {unit} ({by})\nДолжность: {post}\nКак: {kind}\nС какого дня: {on}\nПричина: {reason}\n\nОткройте запрос и согласитесь или откажите, написав почему.",
        ),
        en=(
            "Somebody of your staff is asked for: {person}",
            "Good day, {name}!\n\nAnother library wants to employ somebody of your staff. Without your answer she is not appointed.\n\nWho: {person}\nAsked by: {unit} ({by})\nPost: {post}\nHow: {kind}\nSince: {on}\nReason: {reason}\n\nOpen the request and agree, or say why not.",
        ),
    ),
    {"person": _WHOM, "unit": _ASKING, "by": _BY_WHOM, "post": _POST, "kind": _HOW, "on": _FROM, "reason": _WHY},
    title=_("A request of transfer waits for an answer"),
    compulsory=True,
)

TRANSFER_ASKED = Kind(
    "transfer.asked",
    _texts(
        kk=(
            "Сізді жұмысқа шақырады: {unit}",
            "Қайырлы күн, {name}!\n\n{unit} сізді жұмысқа алғысы келеді. Қазіргі кітапханаңыздың келісімі сұралды.\n\nЛауазымы: {post}\nТүрі: {kind}\nБасталуы: {on}\nСебебі: {reason}\n\nЖауап берілгенше деректеріңіз оларға ашылмайды. Бұған қарсы болсаңыз, әдіскеріңізге айтыңыз.",
        ),
        ru=(
            "Вас хотят принять на работу: {unit}",
            "Здравствуйте, {name}!\n\n{unit} хочет принять вас на работу. У вашей библиотеки спросили согласие.\n\nДолжность: {post}\nКак: {kind}\nС какого дня: {on}\nПричина: {reason}\n\nДо ответа ваши данные им не открываются. Если вы против, скажите своему методисту.",
        ),
        en=(
            "You are asked for: {unit}",
            "Good day, {name}!\n\n{unit} wants to employ you. Your library was asked whether it agrees.\n\nPost: {post}\nHow: {kind}\nSince: {on}\nReason: {reason}\n\nUntil the answer they do not see your data. If you do not want it, tell your methodologist.",
        ),
    ),
    {"unit": _ASKING, "post": _POST, "kind": _HOW, "on": _FROM, "reason": _WHY},
    title=_("A library asks to employ her"),
    compulsory=True,
)

TRANSFER_AGREED = Kind(
    "transfer.agreed",
    _texts(
        kk=(
            "Сіз тағайындалдыңыз: {unit}",
            "Қайырлы күн, {name}!\n\nҚазіргі кітапханаңыз келісті, сіз тағайындалдыңыз.\n\nҚайда: {unit}\nЛауазымы: {post}\nТүрі: {kind}\nБасталуы: {on}",
        ),
        ru=(
            "Вы назначены: {unit}",
            "Здравствуйте, {name}!\n\nВаша библиотека согласилась, вы назначены.\n\nГде: {unit}\nДолжность: {post}\nКак: {kind}\nС какого дня: {on}",
        ),
        en=(
            "You are appointed: {unit}",
            "Good day, {name}!\n\nYour library agreed, and you are appointed.\n\nWhere: {unit}\nPost: {post}\nHow: {kind}\nSince: {on}",
        ),
    ),
    {"unit": _ASKING, "post": _POST, "kind": _HOW, "on": _FROM},
    title=_("Appointed after a request of transfer"),
    compulsory=True,
)

TRANSFER_ACCEPTED = Kind(
    "transfer.accepted",
    _texts(
        kk=(
            "Келісім берілді: {person}",
            "Қайырлы күн, {name}!\n\nСіз сұраған қызметкер тағайындалды.\n\nКім: {person}\nҚайда: {unit}\nБасталуы: {on}\nКеліскен: {by}",
        ),
        ru=(
            "Согласие получено: {person}",
            "Здравствуйте, {name}!\n\nСотрудник, которого вы просили, назначен.\n\nКто: {person}\nГде: {unit}\nС какого дня: {on}\nСогласие дал(а): {by}",
        ),
        en=(
            "Agreed: {person}",
            "Good day, {name}!\n\nWhom you asked for is appointed.\n\nWho: {person}\nWhere: {unit}\nSince: {on}\nAgreed by: {by}",
        ),
    ),
    {"person": _WHOM, "unit": _ASKING, "on": _FROM, "by": _BY_WHOM},
    title=_("A request of transfer was accepted"),
    compulsory=True,
)

TRANSFER_REFUSED = Kind(
    "transfer.refused",
    _texts(
        kk=(
            "Келісім берілмеді: {person}",
            "Қайырлы күн, {name}!\n\nСіздің өтініміңізге келісім берілмеді.\n\nКім: {person}\nҚайда: {unit}\nСебебі: {reason}\nЖауап берген: {by}",
        ),
        ru=(
            "В согласии отказано: {person}",
            "Здравствуйте, {name}!\n\nНа ваш запрос не согласились.\n\nКто: {person}\nКуда: {unit}\nПричина: {reason}\nОтветил(а): {by}",
        ),
        en=(
            "Not agreed: {person}",
            "Good day, {name}!\n\nYour request was not agreed to.\n\nWho: {person}\nWhere: {unit}\nReason: {reason}\nAnswered by: {by}",
        ),
    ),
    {"person": _WHOM, "unit": _ASKING, "reason": _WHY, "by": _BY_WHOM},
    title=_("A request of transfer was refused"),
    compulsory=True,
)

ALL = (
    INVITATION, NEW_CODE, CODE_RENEWED, PASSWORD_CHANGED, SECOND_STEP, NEW_BROWSER, ROLE_GIVEN, ROLE_ENDED, STAFF_LIST,
    MERGED, PARTED, APPOINTED, DISMISSED, REQUEST_DECIDED, TRANSFER_WAITS, TRANSFER_ASKED, TRANSFER_AGREED, TRANSFER_ACCEPTED, TRANSFER_REFUSED,
)  # fmt: skip

# What happened to a second step, said in each language: (what, step) as the signal names them.
STEP_WORDS: dict[tuple[str, str], dict[str, Any]] = {
    ("added", "webauthn"): {"kk": "Кіру кілті қосылды", "ru": "Добавлен ключ доступа", "en": "A passkey was added"},
    ("removed", "webauthn"): {"kk": "Кіру кілті алынды", "ru": "Убран ключ доступа", "en": "A passkey was removed"},
    ("added", "totp"): {
        "kk": "Цифр көрсететін қосымша орнатылды", "ru": "Настроено приложение с цифрами",
        "en": "An app with figures was set up",
    },
    ("removed", "totp"): {
        "kk": "Цифр көрсететін қосымша алынды", "ru": "Убрано приложение с цифрами",
        "en": "The app with figures was removed",
    },
    ("reset", "recovery_codes"): {
        "kk": "Қалпына келтіру кодтары жаңадан жасалды", "ru": "Созданы новые коды восстановления",
        "en": "New recovery codes were made",
    },
}  # fmt: skip


def register() -> None:
    for kind in ALL:
        register_kind(kind)
