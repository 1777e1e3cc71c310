"""The letters of assignments: a work is marked or returned, a work is to be reviewed, its day is near."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from orken.notices.kinds import Kind, Placeholder, Text, register

GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}
WHAT = Placeholder(
    _("title of the assignment"),
    {"kk": "Қауіпсіз жұмыс орнының жоспары", "ru": "План безопасного рабочего места", "en": "Plan of a safe workplace"},
)
UNTIL = Placeholder(_("until which day"), date(2026, 12, 20))


def texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {code: Text(subject, f"{GREETING[code]}\n\n{body}") for code, (subject, body) in by_language.items()}


MARKED = Kind(
    "assignments.marked",
    texts(
        kk=("Жұмысыңыз бағаланды: {what}", "«{what}» тапсырмасы бойынша жұмысыңыз бағаланды. Балл мен ескертулер жұмыстың бетінде."),
        ru=("Ваша работа оценена: {what}", "Ваша работа по заданию «{what}» оценена. Балл и замечания – на странице работы."),
        en=("Your work is marked: {what}", "Your work on the assignment “{what}” is marked. The score and the remarks stand on its page."),
    ),
    {"what": WHAT},
    title=_("My work is marked"),
)  # fmt: skip
RETURNED = Kind(
    "assignments.returned",
    texts(
        kk=("Жұмысыңыз қайтарылды: {what}", "«{what}» тапсырмасы бойынша жұмысыңыз толықтыруға қайтарылды. Ескертулерді оқып, жаңа нұсқасын тапсырыңыз: бұрынғы мәтін көшіріліп тұрады."),
        ru=("Ваша работа возвращена: {what}", "Ваша работа по заданию «{what}» возвращена на доработку. Прочитайте замечания и сдайте новую: прежний текст в ней уже стоит."),
        en=("Your work is returned: {what}", "Your work on the assignment “{what}” is to be done again. Read the remarks and hand in another: the text of this one stands in it already."),
    ),
    {"what": WHAT},
    title=_("My work is to be done again"),
)  # fmt: skip
ASKED = Kind(
    "assignments.review_asked",
    texts(
        kk=("Әріптесіңіздің жұмысына пікір күтіледі: {what}", "«{what}» тапсырмасы бойынша басқа тыңдаушының жұмысын қарап, бағалау өлшемдері бойынша баға беріңіз. Мерзімі: {until}. Кімнің жұмысы екені де, кім бағалағаны да айтылмайды."),
        ru=("Работа на взаимную оценку: {what}", "Посмотрите работу другого слушателя по заданию «{what}» и оцените её по критериям. Срок: {until}. Чья это работа и кто оценил, не сообщается."),
        en=("A work to review: {what}", "Look at the work of another learner on the assignment “{what}” and mark it by the rubric until {until}. Neither whose work it is nor who reviews it is told."),
    ),
    {"what": WHAT, "until": UNTIL},
    title=_("A work of another learner is to be reviewed"),
)  # fmt: skip
DUE = Kind(
    "assignments.review_due",
    texts(
        kk=("Пікір мерзімі жақындады: {what}", "«{what}» тапсырмасы бойынша бір жұмыс сіздің бағаңызды күтіп тұр. Мерзімі: {until}. Одан кейін жұмысты тренер қарайды."),
        ru=("Подходит срок оценки: {what}", "Работа по заданию «{what}» ждёт вашей оценки до {until}. Потом её посмотрит тренер."),
        en=("Your review is due: {what}", "A work on the assignment “{what}” waits for your review until {until}. After that a trainer looks at it."),
    ),
    {"what": WHAT, "until": UNTIL},
    title=_("The day of my review is near"),
)  # fmt: skip


WAITING = Kind(
    "assignments.waiting",
    texts(
        kk=("Бағалауды күтіп тұрған жұмыстар: {n}", "Сіздің бағаңызды күтіп тұрған жұмыстар саны: {n}. Кезекте ең бұрын келгені бірінші тұр."),
        ru=("Работы ждут оценки: {n}", "Вашей оценки ждут работы: {n}. В очереди первой стоит та, что пришла раньше всех."),
        en=("Works wait to be marked: {n}", "So many works wait for your mark: {n}. The oldest stands first in the queue."),
    ),
    {"n": Placeholder(_("how many works wait"), 3)},
    title=_("Works wait for my mark"),
)  # fmt: skip


def register_all() -> None:
    for kind in (MARKED, RETURNED, ASKED, DUE, WAITING):
        register(kind)
