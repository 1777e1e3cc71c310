"""What runs without a programme of the catalogue were about: titles and sittings, written by us."""

from __future__ import annotations

from dataclasses import dataclass

from orken.training.demo.sample import FIRST_AID, Sitting, Text


@dataclass(frozen=True)
class Topic:
    """A title and its timetable; days are counted from the first."""

    title: Text
    sittings: tuple[Sitting, ...]


def _seminar(title: Text, *parts: Text) -> Topic:
    """Two days: a lecture and a practice, a practice and the final work."""
    hours = ((0, "10:00", "13:00", "lecture"), (0, "14:30", "16:30", "practice"), (1, "09:30", "12:30", "practice"), (1, "14:00", "15:30", "assessment"))  # fmt: skip
    return Topic(title, tuple(Sitting(day, since, until, part, kind) for (day, since, until, kind), part in zip(hours, (*parts, FINAL), strict=True)))  # fmt: skip


def _webinar(title: Text, *parts: Text) -> Topic:
    hours = (("11:00", "12:30"), ("12:40", "13:30"))
    return Topic(title, tuple(Sitting(0, *time, part) for time, part in zip(hours, (*parts, QUESTIONS), strict=True)))


FINAL = ("Қорытынды жұмыс және талдау", "Итоговая работа и разбор", "Final work and how it went")
QUESTIONS = ("Сұрақ-жауап", "Вопросы и ответы", "Questions and answers")

TOPICS: dict[str, Topic] = {
    "catalogue": _seminar(
        ("Ауыл кітапханасындағы электрондық каталог", "Электронный каталог в сельской библиотеке", "The electronic catalogue in a village library"),
        ("Каталог кімге және не үшін қызмет етеді", "Кому и для чего служит каталог", "Whom a catalogue serves and why"),
        ("Жүйеге он кітап енгіземіз", "Вводим в систему десять книг", "Entering ten books into the system"),
        ("Жиі кездесетін қателер", "Частые ошибки", "Common mistakes")),
    "local": _seminar(
        ("Өлкетану жұмысы: естеліктен қорға дейін", "Краеведение: от воспоминаний к фонду", "Local history: from memories to a collection"),
        ("Естелікті қалай жазып аламыз", "Как записывать воспоминания", "How memories are written down"),
        ("Отбасы фотосуретін сипаттау", "Описываем семейную фотографию", "Describing a family photograph"),
        ("Өлкетану картотекасы", "Краеведческая картотека", "The local-history file")),
    "children": _seminar(
        ("Балалар мен жасөспірімдердің оқуы", "Чтение детей и подростков", "The reading of children and teenagers"),
        ("Бала неге оқымайды және біз не істей аламыз", "Почему ребёнок не читает и что можем мы", "Why a child does not read and what we can do"),
        ("Кітап туралы әңгіме: үш әдіс", "Разговор о книге: три приёма", "Talking about a book: three ways"),
        ("Отбасылық оқу күнін дайындау", "Готовим день семейного чтения", "Preparing a day of family reading")),
    "accounts": _seminar(
        ("Есеп пен статистика: жылды қатесіз жабу", "Учёт и статистика: закрываем год без ошибок", "Accounts and statistics: closing the year without mistakes"),
        ("Күнделік пен жиынтық есеп кітабы", "Дневник и книга суммарного учёта", "The diary and the book of totals"),
        ("Есептен шығару актісін толтырамыз", "Заполняем акт о списании", "Filling in a deed of write-off"),
        ("Жылдық нысандағы сандарды тексеру", "Проверяем числа годовой формы", "Checking the figures of the yearly form")),
    "methods": _seminar(
        ("Әдіскер күні: филиалға қалай көмектесеміз", "День методиста: как помогать филиалу", "A methodologist's day: how to help a branch"),
        ("Сапар жоспары және бақылау парағы", "План выезда и лист наблюдения", "The plan of a visit and what is noted"),
        ("Кеңес беру: үш жағдайды талдау", "Консультация: разбираем три случая", "Advice: three cases"),
        ("Бір күндік оқуды жобалау", "Проектируем учебный день", "Designing a day of learning")),
    "mending": _seminar(
        ("Кітап жөндеу: шағын кітапхана не істей алады", "Ремонт книг: что может малая библиотека", "Mending books: what a small library can do"),
        ("Зақымның түрлері және жөндеуге болмайтын кітап", "Виды повреждений и книги, которые чинить нельзя", "Kinds of damage, and books that are not to be mended"),
        ("Жыртықты жапон қағазымен желімдеу", "Заклеиваем разрыв японской бумагой", "Mending a tear with Japanese paper"),
        ("Түптің шетін бекіту", "Укрепляем края переплёта", "Strengthening the edges of a binding")),
    "storage": _seminar(
        ("Сирек кітап қоры: сақтау режимі және алғашқы тексеру", "Фонд редких книг: режим хранения и первое обследование", "Rare books: the storage regime and a first survey"),
        ("Қойманың климаты: не өлшейміз, қалай жазамыз", "Климат хранилища: что измеряем и как записываем", "The climate of stacks: what is measured and noted"),
        ("Он құжаттың паспорты", "Паспорта десяти документов", "Condition reports of ten documents"),
        ("Зеңді тану және оқшаулау", "Узнаём плесень и изолируем", "Recognising mould and isolating it")),
    "grant": _seminar(
        ("Ауыл кітапханасына грант: өтінім жазу", "Грант для сельской библиотеки: пишем заявку", "A grant for a village library: writing the application"),
        ("Мәселеден мақсатқа", "От проблемы к цели", "From a problem to an aim"),
        ("Бюджет және күнтізбе", "Бюджет и календарь", "Budget and calendar"),
        ("Өтінімді өзара тексеру", "Взаимная проверка заявок", "Reading one another's applications")),
    "year": _webinar(
        ("Жылдық есепті тапсыру: жаңалықтар мен жиі қателер", "Сдаём годовой отчёт: новое и частые ошибки", "The annual report: what is new and what goes wrong"),
        ("Нысанның әр бағаны бойынша", "По каждой графе формы", "Column by column")),
    "reading": _webinar(
        ("«Бір ел – бір кітап»: науқанға дайындық", "«Одна страна — одна книга»: готовимся к кампании", "One country, one book: getting ready for the campaign"),
        ("Биылғы кітап және іс-шара үлгілері", "Книга года и примеры мероприятий", "The book of the year and what can be done with it")),
    "privacy": _webinar(
        ("Кітапханадағы дербес деректер: не сұрауға болады", "Персональные данные в библиотеке: что можно спрашивать", "Personal data in a library: what may be asked"),
        ("Заң, келісім, сақтау мерзімі", "Закон, согласие, срок хранения", "The law, consent, how long data are kept")),
    "first_ai": _webinar(
        ("Кітапханадағы жасанды интеллект: алғашқы тәжірибе", "Искусственный интеллект в библиотеке: первый опыт", "Artificial intelligence in a library: first experience"),
        ("Не істей алады және қай жерде қателеседі", "Что умеет и где ошибается", "What it can do and where it goes wrong")),
    "lesson": Topic(
        ("Онлайн-сабақ: кітапты таза және бүтін сақтау", "Онлайн-урок: как сохранить книгу чистой и целой", "Online lesson: keeping books clean and whole"),
        (Sitting(0, "10:00", "12:00", ("Шаң, жарық, ылғал: күнделікті күтім", "Пыль, свет, влага: ежедневный уход", "Dust, light, damp: daily care")),
         Sitting(1, "10:00", "11:30", ("Үйде жасалған жұмысты талдау", "Разбор домашней работы", "Going through what was done at home"), "assessment"))),
    "staff": Topic(
        ("Кітапхана кадры: кім келеді, кім қалады", "Кадры библиотек: кто приходит и кто остаётся", "The staff of libraries: who comes and who stays"),
        (Sitting(0, "15:00", "17:00", ("Баяндамалар және пікір алмасу", "Доклады и обмен мнениями", "Talks and an exchange of opinions")),)),
    "conference": Topic(
        ("Кітапхана – аймақтың жады", "Библиотека — память региона", "The library as a region's memory"),
        (Sitting(0, "09:30", "12:30", ("Жалпы отырыс", "Пленарное заседание", "Plenary session")),
         Sitting(0, "14:00", "16:00", ("Секциялар", "Секции", "Sections")),
         Sitting(0, "16:15", "17:15", ("Қорытынды құжат", "Итоговый документ", "The closing paper")))),
    "first_aid": Topic(
        ("Жазба құжаттарға алғашқы көмек", "Первая помощь письменным документам", "First aid to written documents"), FIRST_AID),
}  # fmt: skip
