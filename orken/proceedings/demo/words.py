"""What the recordings and proceedings of the demo say. Nobody's words are put into her mouth: the sample says that it is one."""

from __future__ import annotations

Text = tuple[str, str, str]  # kk, ru, en
LANGUAGES = ("kk", "ru", "en")


def texts(text: Text) -> dict[str, str]:
    return {f"title_{code}": words for code, words in zip(LANGUAGES, text, strict=True)}


SAMPLE: Text = (
    "Бірінші баяндаманың жазбасы (үлгі)", "Запись первого доклада (образец)", "The recording of the first talk (a sample)",
)  # fmt: skip
WHOLE: Text = ("Кездесудің толық жазбасы", "Полная запись встречи", "The whole meeting as it was recorded")
CAPTIONS: dict[str, list[tuple[int, int, str]]] = {
    "kk": [
        (0, 12, "Бұл — жазбаның үлгісі: сөз орнына жұмсақ үндер шығады."),
        (13, 28, "Субтитрлер осылай көрінеді; оларды адам теріп жазады."),
        (30, 46, "Оң жақтағы тарау мен төмендегі жолды бассаңыз, жазба сол сәтке көшеді."),
        (48, 62, "Қаралған бөлік санала береді: жетпіс пайызынан бастап ол сіздің жазбаңызға түседі."),
        (63, 74, "Байланыс үзілсе, қаралғаны жоғалмайды: ол келесі жолмен бірге жіберіледі."),
    ],
    "ru": [
        (0, 12, "Это образец записи: вместо речи звучат тихие тоны."),
        (13, 28, "Так выглядят субтитры; их набирает человек."),
        (30, 46, "Нажмите на главу справа или на строку ниже, и запись перейдёт к этому месту."),
        (48, 62, "Просмотренное учитывается: от семидесяти процентов оно попадает в ваш учёт."),
        (63, 74, "Если связь прервётся, просмотренное не пропадёт: оно уйдёт вместе со следующей строкой."),
    ],
}  # fmt: skip
SUMMARY: Text = (
    "Пікір алмасуда қатысушылар ауыл кітапханашылары үшін қысқа курстар мен көшпелі шеберлік сыныптарын көбейтуді, оқу материалдарын екі тілде ашық қоюды ұсынды. Баяндамашылар талқылаудағы сұрақтарға жазбаша жауап берді.",
    "В обмене мнениями участники предложили чаще проводить короткие курсы и выездные мастер-классы для сельских библиотекарей и открыто публиковать учебные материалы на двух языках. На вопросы обсуждения даны письменные ответы.",
    "In the exchange of opinions the participants proposed more short courses and travelling master-classes for village librarians and learning materials open to all in two languages. Questions of the discussion were answered in writing.",
)  # fmt: skip


def summary() -> dict[str, str]:
    return {f"summary_{code}": words for code, words in zip(LANGUAGES, SUMMARY, strict=True)}
