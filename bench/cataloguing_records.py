"""Clean records of our own, made up: the ground for the seeded errors, the speeds and the rate of false alarms.

Deterministic: the same seed gives the same records. Kazakh, Russian and English; monographs, textbooks,
translations, proceedings, multipart sets and their volumes, serials, articles, electronic resources,
maps and music; MARC 21 with the marks typed (RDA and AACR2) and left out, and RUSMARC.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

KINDS = (
    "monograph", "textbook", "translation", "proceedings", "set", "volume", "serial", "article", "online", "map", "music",
)  # fmt: skip
LANGUAGES = ("kaz", "rus", "eng")


@dataclass(frozen=True)
class Made:
    """A clean record, with what it is."""

    format: str
    kind: str
    language: str
    record: Record


_PEOPLE = {
    "kaz": (
        ("Сейтқалиев", "Нұрлан"),
        ("Қасымова", "Әсем"),
        ("Жұмабекова", "Гүлнар"),
        ("Ибрагимов", "Ілияс"),
        ("Тұрсынбаев", "Бауыржан"),
        ("Әбдірахманова", "Сәуле"),
    ),
    "rus": (
        ("Шевченко", "Ольга"),
        ("Соколов", "Андрей"),
        ("Морозова", "Ирина"),
        ("Ким", "Виктор"),
        ("Абдрахманова", "Айгуль"),
        ("Ефимов", "Пётр"),
    ),
    "eng": (
        ("Harper", "Joan"),
        ("Whitfield", "Martin"),
        ("Osborne", "Clara"),
        ("Nurlanova", "Dana"),
        ("O'Neill", "Patrick"),
        ("Smith-Jones", "Edith"),
    ),
}
_PATRONYMICS = {"kaz": ("Ғалымқызы", "Серікұлы"), "rus": ("Петровна", "Ильич"), "eng": ("Louise", "B.")}
_TITLES = {
    "kaz": (
        "Ұлы дала шежіресі",
        "Көктем келген күн",
        "Қала мен дала арасында",
        "Өзен бойындағы ауыл",
        "Жібек жолының керуендері",
        "Тау бөктеріндегі бау",
        "Әке өсиеті",
        "Кітап әлеміне саяхат",
        "Ауыл кітапханасының тарихы",
        "Күміс қоңырау",
        "1916 жылғы көтеріліс",
        "Сөз бен сурет",
    ),
    "rus": (
        "Книга степных дорог",
        "Утро над Иртышом",
        "История сельской библиотеки",
        "Сад у подножия гор",
        "Записки краеведа",
        "Город и степь",
        "Письма с целины",
        "Основы книжного дела",
        "Каталог как зеркало фонда",
        "Серебряный колокольчик",
        "1916 год в Семиречье",
        "Слово и образ",
    ),
    "eng": (
        "A history of the steppe libraries",
        "The river and the road",
        "Cataloguing for small libraries",
        "An introduction to rare books",
        "Letters from the frontier",
        "Beyond the mountains",
        "Silk and paper",
        "The keeper of maps",
        "Reading in two scripts",
        "1916 and after",
    ),
}
_OTHER = {
    "kaz": ("роман", "әңгімелер жинағы", "оқу құралы", "тарихи очерктер", "өлеңдер"),
    "rus": ("роман", "сборник рассказов", "учебное пособие", "исторические очерки", "стихотворения"),
    "eng": ("a novel", "selected essays", "a practical guide", "sketches", "poems"),
}
_PLACES = {
    "kaz": (("Алматы", "kz ", "KZ"), ("Астана", "kz ", "KZ"), ("Шымкент", "kz ", "KZ"), ("Павлодар", "kz ", "KZ")),
    "rus": (
        ("Москва", "ru ", "RU"),
        ("Санкт-Петербург", "ru ", "RU"),
        ("Алматы", "kz ", "KZ"),
        ("Караганда", "kz ", "KZ"),
    ),
    "eng": (("London", "enk", "GB"), ("New York", "nyu", "US"), ("Almaty", "kz ", "KZ"), ("Chicago", "ilu", "US")),
}
_PUBLISHERS = {
    "kaz": ("Мектеп", "Фолиант", "Жазушы", "Ан Арыс"),
    "rus": ("Наука", "Фолиант", "Книжная палата", "Школьный мир"),
    "eng": ("Facet House", "North Press", "Steppe Books", "Library Guild"),
}
_SUBJECTS = {
    "kaz": ("Кітапхана ісі", "Қазақ әдебиеті", "Өлкетану", "Кітап басу"),
    "rus": ("Библиотечное дело", "Краеведение", "Каталогизация", "Книгопечатание"),
    "eng": ("Libraries", "Cataloging", "Rare books", "Central Asia"),
}
_UDC = (
    "025.3",
    "027.022(574)",
    "821.512.122-31",
    "94(574)",
    "811.512.122'36(075.8)",
    "655.4/.5",
    "908(574.2)",
    "37.018.1",
    "910.4(574)",
)
_BBK = ("78.37", "84(5Каз)6-44", "63.3(5Каз)", "78.34(5Каз)я73", "26.89(5Каз)", "Ч736.4", "81.632.1я72", "74.200.5")
_PAGES = {"kaz": "бет", "rus": "с.", "eng": "pages"}
_SIZE = {"kaz": "см", "rus": "см", "eng": "cm"}
_ILL = {"kaz": "сур.", "rus": "ил.", "eng": "illustrations"}
_CONTENT = {
    "kaz": ("мәтін", "құралсыз", "том"),
    "rus": ("текст", "непосредственное", "том"),
    "eng": ("text", "unmediated", "volume"),
}
_AGENCY = {"kaz": "kaz", "rus": "rus", "eng": "eng"}


def _isbn(rng: random.Random, group: str = "978601") -> str:
    digits = group + "".join(str(rng.randrange(10)) for _ in range(6))
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def _issn(rng: random.Random) -> str:
    digits = [rng.randrange(10) for _ in range(7)]
    rest = -sum(digit * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    text = "".join(map(str, digits)) + ("X" if rest == 10 else str(rest))
    return f"{text[:4]}-{text[4:]}"


def _ismn(rng: random.Random) -> str:
    return _isbn(rng, "979023")


def _field(tag: str, indicators: str, *parts: tuple[str, str]) -> DataField:
    return DataField(tag, indicators[0], indicators[1], tuple(Subfield(code, text) for code, text in parts if text))


@dataclass(frozen=True)
class _Facts:
    """What both formats say of one made-up document."""

    kind: str
    language: str
    number: int
    author: tuple[str, str]
    second: tuple[str, str]
    middle: str
    title: str
    other: str
    place: tuple[str, str, str]
    publisher: str
    year: int
    last: int
    pages: int
    illustrated: bool
    subject: str
    udc: str
    bbk: str
    isbn: str
    issn: str
    with_author: bool
    with_second: bool
    bibliography: bool
    volume: int
    born: int


def _facts(rng: random.Random, number: int) -> _Facts:
    kind = KINDS[number % len(KINDS)]
    language = LANGUAGES[(number // len(KINDS)) % 3]
    author, second = rng.sample(_PEOPLE[language], 2)
    year = rng.randrange(1992, 2025)
    return _Facts(
        kind, language, number, author, second, rng.choice(_PATRONYMICS[language]), rng.choice(_TITLES[language]),
        rng.choice(_OTHER[language]), rng.choice(_PLACES[language]), rng.choice(_PUBLISHERS[language]), year,
        min(2025, year + rng.randrange(1, 5)), rng.randrange(48, 640), rng.random() < 0.5, rng.choice(_SUBJECTS[language]),
        rng.choice(_UDC), rng.choice(_BBK), _isbn(rng), _issn(rng), rng.random() < 0.8, rng.random() < 0.4,
        rng.random() < 0.3, rng.randrange(1, 9), rng.randrange(1930, 1985),
    )  # fmt: skip


def _filing(title: str, language: str) -> str:
    if language == "eng":
        for article in ("A ", "An ", "The "):
            if title.startswith(article):
                return str(len(article))
    return "0"


# --- MARC 21 ---


def marc21(facts: _Facts, form: str = "i") -> Record:
    """`form`: i (RDA, marks typed), a (AACR2, 260), c (marks left out)."""
    f = facts
    serial, article, online = f.kind == "serial", f.kind == "article", f.kind == "online"
    kind = {"map": "e", "music": "c"}.get(f.kind, "a")
    level = "s" if serial else "a" if article else "m"
    part = {"set": "a", "volume": "c"}.get(f.kind, " ")
    leader = f"00000n{kind}{level} a2200000 {form}{part}4500"
    fields: list[Field] = [
        ControlField("001", f"ork{f.number:06d}"),
        ControlField("003", "KZ-AlNLR"),
        ControlField("005", "20250110091500.0"),
    ]
    if online:
        fields.append(ControlField("006", "m     o  d f      "))
        fields.append(ControlField("007", "cr ||||||||||| "[:14]))
    fields.append(ControlField("008", _008(f, serial, online)))
    typed = form != "c"
    if serial:
        fields.append(_field("022", "0 ", ("a", f.issn)))
    elif f.kind == "music":
        fields.append(_field("024", "2 ", ("a", _ismn(random.Random(f.number)))))
    elif not article:
        fields.append(_field("020", "  ", ("a", f.isbn)))
    fields.append(
        _field(
            "040",
            "  ",
            ("a", "KZ-AlNLR"),
            ("b", _AGENCY[f.language]),
            ("e", "rda" if form != "a" else ""),
            ("c", "KZ-AlNLR"),
        )
    )
    if f.kind == "translation":
        fields.append(_field("041", "1 ", ("a", f.language), ("h", "eng" if f.language != "eng" else "kaz")))
    if f.kind == "map":
        fields.append(_field("034", "1 ", ("a", "a"), ("b", "500000")))
    fields.append(_field("043", "  ", ("a", "a-kz---")))
    fields.append(_field("080", "  ", ("a", f.udc)))
    if f.language != "eng":
        fields.append(_field("084", "  ", ("a", f.bbk), ("2", "rubbk")))
    named = f.with_author and not serial and f.kind not in ("proceedings", "map")
    if named:
        surname = f"{f.author[0]}, {f.author[1]}"
        if f.number % 4 == 0:
            fields.append(_field("100", "1 ", ("a", surname + ","), ("d", f"{f.born}-"), ("e", "author.")))
        else:
            fields.append(_field("100", "1 ", ("a", surname + ("." if typed else ""))))
    fields.append(_title_marc21(f, named, typed, form))
    if f.number % 5 == 0 and not serial and not article:
        fields.append(
            _field(
                "250",
                "  ",
                (
                    "a",
                    {"kaz": "2-бас.", "rus": "2-е изд.", "eng": "Second edition"}[f.language]
                    + ("." if typed and f.language == "eng" else ""),
                ),
            )
        )
    if f.kind == "map":
        fields.append(
            _field(
                "255", "  ", ("a", "1:500 000" if f.language != "eng" else "Scale 1:500,000" + ("." if typed else ""))
            )
        )
    if not article:
        fields.append(_publication_marc21(f, serial, typed, form))
    fields.append(_physical_marc21(f, serial, article, online, typed))
    if serial:
        fields.append(
            _field("310", "  ", ("a", {"kaz": "Ай сайын", "rus": "Ежемесячно", "eng": "Monthly"}[f.language]))
        )
    if form != "a":
        content, media, carrier = _CONTENT[f.language]
        codes = ("txt", "c" if online else "n", "cr" if online else "nc")
        if f.kind == "map":
            content, codes = (
                {"kaz": "картографиялық бейне", "rus": "картографическое изображение", "eng": "cartographic image"}[
                    f.language
                ],
                ("cri", "n", "nb"),
            )
            carrier = {"kaz": "парақ", "rus": "лист", "eng": "sheet"}[f.language]
        elif f.kind == "music":
            content, codes = (
                {"kaz": "нота мәтіні", "rus": "нотный текст", "eng": "notated music"}[f.language],
                ("ntm", "n", "nc"),
            )
        elif online:
            media = {"kaz": "компьютерлік", "rus": "компьютерное", "eng": "computer"}[f.language]
            carrier = {"kaz": "онлайн ресурс", "rus": "онлайновый ресурс", "eng": "online resource"}[f.language]
        fields += [
            _field("336", "  ", ("a", content), ("b", codes[0]), ("2", "rdacontent")),
            _field("337", "  ", ("a", media), ("b", codes[1]), ("2", "rdamedia")),
            _field("338", "  ", ("a", carrier), ("b", codes[2]), ("2", "rdacarrier")),
        ]
    if f.number % 6 == 1 and not serial and not article:
        fields.append(
            _field(
                "490",
                "0 ",
                (
                    "a",
                    {"kaz": "Кітапханашыға көмек", "rus": "В помощь библиотекарю", "eng": "Library series"}[f.language]
                    + (" ;" if typed else ""),
                ),
                ("v", str(f.volume)),
            )
        )
    if f.bibliography and f.kind in ("monograph", "textbook"):
        fields.append(
            _field(
                "504",
                "  ",
                (
                    "a",
                    {
                        "kaz": "Библиогр.: 40–42 б.",
                        "rus": "Библиогр.: с. 40–42.",
                        "eng": "Includes bibliographical references (pages 40-42).",
                    }[f.language],
                ),
            )
        )
    if f.number % 3 == 0:
        fields.append(
            _field(
                "500",
                "  ",
                (
                    "a",
                    {"kaz": "Атауы мұқабадан алынды.", "rus": "Заглавие с обложки.", "eng": "Title from cover."}[
                        f.language
                    ],
                ),
            )
        )
    if f.kind == "textbook":
        fields.append(
            _field(
                "520",
                "  ",
                (
                    "a",
                    {
                        "kaz": "Жоғары сынып оқушыларына арналған оқу құралы.",
                        "rus": "Пособие для старших классов.",
                        "eng": "A guide for upper secondary schools.",
                    }[f.language],
                ),
            )
        )
    fields.append(_field("650", " 7", ("a", f.subject + ("." if form == "a" else "")), ("2", "local")))
    if f.number % 4 == 1:
        fields.append(
            _field(
                "651",
                " 7",
                ("a", {"kaz": "Қазақстан", "rus": "Казахстан", "eng": "Kazakhstan"}[f.language]),
                ("x", {"kaz": "Тарихы", "rus": "История", "eng": "History"}[f.language]),
                ("2", "local"),
            )
        )
    if f.with_second or f.kind in ("proceedings", "map", "music"):
        fields.append(
            _field(
                "700",
                "1 ",
                ("a", f"{f.second[0]}, {f.second[1]}," if typed else f"{f.second[0]}, {f.second[1]}"),
                ("e", {"kaz": "редактор", "rus": "редактор", "eng": "editor"}[f.language] + ("." if typed else "")),
            )
        )
    if f.kind == "proceedings":
        fields.append(
            _field(
                "711",
                "2 ",
                (
                    "a",
                    {"kaz": "Кітапхана конференциясы", "rus": "Библиотечная конференция", "eng": "Library Conference"}[
                        f.language
                    ],
                ),
                ("d", f"({f.year} :"),
                ("c", f"{f.place[0]})"),
            )
        )
    if article:
        fields.append(
            _field(
                "773",
                "0 ",
                ("t", {"kaz": "Кітапхана әлемі", "rus": "Мир библиотеки", "eng": "Library world"}[f.language] + "."),
                ("d", f"{f.place[0]}, {f.year}."),
                ("g", f"№ {f.volume}"),
                ("x", f.issn),
            )
        )
    if online:
        fields.append(_field("856", "40", ("u", f"https://example.kz/books/{f.number}")))
    return Record(leader, tuple(fields))


def _008(f: _Facts, serial: bool, online: bool) -> str:
    if serial:
        dates = f"c{f.year}9999"
        rest = "mr p" + (" o" if online else "  ") + "    " + " 0" + "   " + ("c" if f.language != "eng" else "a") + "0"
    elif f.kind == "map":
        dates = f"s{f.year}    "
        rest = "a   " + "  " + " " + "a" + "  " + " " + " " + " " + "0" + " " + "  "
    elif f.kind == "music":
        dates = f"s{f.year}    "
        rest = "sg" + "a" + " " + " " + " " + "      " + "n " + " " + "n" + " "
    else:
        dates = f"m{f.year}{f.last}" if f.kind == "set" else f"s{f.year}    "
        illustrated = "a   " if f.illustrated and f.kind != "article" else "    "
        form = "o" if online else " "
        nature = "b   " if f.bibliography and f.kind in ("monograph", "textbook") else "    "
        fiction = "f" if f.other in ("роман", "a novel") else "0"
        conference = "1" if f.kind == "proceedings" else "0"
        rest = illustrated + " " + form + nature + " " + conference + "0" + "0" + " " + fiction + " "
    text = f"250110{dates}{f.place[1]}{rest}{f.language} d"
    assert len(text) == 40, (len(text), f.kind, text)
    return text


def _mark(text: str, mark: str, typed: bool) -> str:
    return text + mark if typed else text


def _title_marc21(f: _Facts, named: bool, typed: bool, form: str) -> DataField:
    parts: list[tuple[str, str]] = []
    responsible = ""
    if named:
        responsible = f"{f.author[1]} {f.author[0]}"
    if f.with_second or f.kind in ("proceedings", "map", "music"):
        editor = f"{f.second[1]} {f.second[0]}"
        responsible = f"{responsible} ; {editor}" if responsible else editor
    title = f.title
    if f.kind == "volume":
        number = {"kaz": f"{f.volume}-том", "rus": f"Том {f.volume}", "eng": f"Volume {f.volume}"}[f.language]
        parts.append(("a", _mark(title, ".", typed)))
        parts.append(("n", _mark(number, " /" if responsible else ".", typed)))
    elif f.kind == "serial" or f.number % 7 == 3:
        parts.append(("a", _mark(title, " /" if responsible else ".", typed)))
    else:
        parts.append(("a", _mark(title, " :", typed)))
        parts.append(("b", _mark(f.other, " /" if responsible else ".", typed)))
    if responsible:
        parts.append(("c", _mark(responsible, ".", typed)))
    return _field("245", f"{'1' if named else '0'}{_filing(title, f.language)}", *parts)


def _publication_marc21(f: _Facts, serial: bool, typed: bool, form: str) -> DataField:
    date = f"{f.year}-" if serial else f"{f.year}-{f.last}" if f.kind == "set" else str(f.year)
    tag, indicators = ("260", "  ") if form == "a" else ("264", " 1")
    stop = "." if typed and not serial else ""
    return _field(
        tag,
        indicators,
        ("a", _mark(f.place[0], " :", typed)),
        ("b", _mark(f.publisher, ",", typed)),
        ("c", date + stop),
    )


def _physical_marc21(f: _Facts, serial: bool, article: bool, online: bool, typed: bool) -> DataField:
    if article:
        return _field("300", "  ", ("a", {"kaz": "5–9 беттер", "rus": "С. 5–9", "eng": "pages 5-9"}[f.language]))
    if serial:
        extent = {"kaz": "томдар", "rus": "тома", "eng": "volumes"}[f.language]
        return _field("300", "  ", ("a", _mark(extent, " ;", typed)), ("c", f"29 {_SIZE[f.language]}"))
    if f.kind == "map":
        extent = {"kaz": "1 карта", "rus": "1 карта", "eng": "1 map"}[f.language]
        return _field("300", "  ", ("a", _mark(extent, " ;", typed)), ("c", f"60 × 80 {_SIZE[f.language]}"))
    if f.kind == "set":
        extent = {"kaz": "3 том", "rus": "3 т.", "eng": "3 volumes"}[f.language]
    elif f.kind == "music":
        extent = {"kaz": "1 партитура", "rus": "1 партитура", "eng": "1 score"}[
            f.language
        ] + f" ({f.pages} {_PAGES[f.language]})"
    elif online:
        extent = {"kaz": "1 онлайн ресурс", "rus": "1 онлайн-ресурс", "eng": "1 online resource"}[
            f.language
        ] + f" ({f.pages} {_PAGES[f.language]})"
    else:
        extent = f"{f.pages} {_PAGES[f.language]}"
    parts = [("a", extent)]
    if f.illustrated and f.kind != "music":
        parts[-1] = ("a", _mark(extent, " :", typed))
        parts.append(("b", _ILL[f.language]))
    if not online:
        code, text = parts[-1]
        parts[-1] = (code, _mark(text, " ;", typed))
        parts.append(("c", f"21 {_SIZE[f.language]}"))
    return _field("300", "  ", *parts)


# --- RUSMARC ---


def rusmarc(facts: _Facts) -> Record:
    f = facts
    serial, article, online = f.kind == "serial", f.kind == "article", f.kind == "online"
    kind = {"map": "e", "music": "c"}.get(f.kind, "l" if online else "a")
    level = "s" if serial else "a" if article else "m"
    upper = "2" if article or f.kind == "volume" else "1" if f.kind == "set" else "0"
    leader = f"00000n{kind}{level}{upper} 2200000   450 "
    fields: list[Field] = [ControlField("001", f"KZ\\NLRK\\{f.number:06d}"), ControlField("005", "20250110091500.0")]
    if serial:
        fields.append(_field("011", "  ", ("a", f.issn)))
    elif f.kind == "music":
        fields.append(_field("013", "  ", ("a", _ismn(random.Random(f.number)))))
    elif not article:
        fields.append(_field("010", "  ", ("a", f.isbn), ("9", "500 экз." if f.number % 2 else "")))
    kind_of_date = f"a{f.year}9999" if serial else f"g{f.year}{f.last}" if f.kind == "set" else f"d{f.year}    "
    script = "ba" if f.language == "eng" else "ca"
    fields.append(
        _field(
            "100", "  ", ("a", f"20250110{kind_of_date}m  y0{'kaz' if f.language == 'kaz' else 'rus'}y50      {script}")
        )
    )
    if f.kind == "translation":
        fields.append(_field("101", "1 ", ("a", f.language), ("c", "eng" if f.language != "eng" else "kaz")))
    else:
        fields.append(_field("101", "0 ", ("a", f.language)))
    fields.append(_field("102", "  ", ("a", f.place[2])))
    illustrated = f.illustrated and not article
    if kind == "a" and level == "m":
        nature = "a   " if f.bibliography and f.kind in ("monograph", "textbook") else "    "
        form = "1" if f.kind == "proceedings" else "0"
        literature = "a" if f.other in ("роман", "a novel") else "y"
        fields.append(_field("105", "  ", ("a", f"{'a' if illustrated else 'y'}   {nature}{form}00{literature}y")))
    if serial:
        fields.append(_field("110", "  ", ("a", "afaz   0yy0")))
    if f.kind == "map":
        fields.append(_field("120", "  ", ("a", "by" + "y" + "a   " + "  " + "    ")))
        fields.append(_field("123", "0 ", ("a", "a"), ("b", "500000")))
    if f.kind == "music":
        fields.append(_field("125", "  ", ("a", "ax")))
    if online:
        fields.append(_field("135", "  ", ("a", "drcnu---uauua")))
    if f.number % 2 == 0:
        content = {"map": "b", "music": "d"}.get(f.kind, "i")
        fields.append(_field("181", " 0", ("a", f"{content}#"), ("b", "xxxe##")))
        fields.append(_field("182", " 0", ("a", "b" if online else "n")))
    fields.append(_title_rusmarc(f))
    if f.number % 5 == 0 and not serial and not article:
        fields.append(
            _field("205", "  ", ("a", {"kaz": "2-бас.", "rus": "2-е изд.", "eng": "2nd edition"}[f.language]))
        )
    if f.kind == "map":
        fields.append(_field("206", "  ", ("a", "1:500 000")))
    if serial:
        fields.append(_field("207", " 0", ("a", f"{f.year}, № 1 –")))
    if not article:
        date = f"{f.year}-" if serial else f"{f.year}-{f.last}" if f.kind == "set" else str(f.year)
        fields.append(_field("210", "  ", ("a", f.place[0]), ("c", f.publisher), ("d", date)))
        fields.append(_physical_rusmarc(f, online, illustrated))
    if f.number % 6 == 1 and not serial and not article:
        fields.append(
            _field(
                "225",
                "1 ",
                (
                    "a",
                    {"kaz": "Кітапханашыға көмек", "rus": "В помощь библиотекарю", "eng": "Library series"}[f.language],
                ),
                ("v", str(f.volume)),
            )
        )
    if f.number % 3 == 0:
        fields.append(
            _field(
                "300",
                "  ",
                (
                    "a",
                    {"kaz": "Атауы мұқабадан алынды", "rus": "Заглавие с обложки", "eng": "Title from cover"}[
                        f.language
                    ],
                ),
            )
        )
    if f.bibliography and f.kind in ("monograph", "textbook"):
        fields.append(_field("320", "  ", ("a", "Библиогр.: с. 40–42")))
    if serial:
        fields.append(
            _field("326", "  ", ("a", {"kaz": "Ай сайын", "rus": "Ежемесячно", "eng": "Monthly"}[f.language]))
        )
    if f.kind == "textbook":
        fields.append(
            _field(
                "330",
                "  ",
                (
                    "a",
                    {
                        "kaz": "Оқушыларға арналған оқу құралы",
                        "rus": "Пособие для старших классов",
                        "eng": "A guide for schools",
                    }[f.language],
                ),
            )
        )
    if f.kind == "volume":
        fields.append(
            _field("461", " 1", ("1", "001KZ\\NLRK\\900001"), ("1", "2001 "), ("a", f.title), ("v", str(f.volume)))
        )
    if article:
        host = {"kaz": "Кітапхана әлемі", "rus": "Мир библиотеки", "eng": "Library world"}[f.language]
        fields.append(
            _field(
                "463",
                " 1",
                ("1", "2001 "),
                ("a", host),
                ("v", f"№ {f.volume}"),
                ("1", "210  "),
                ("a", f.place[0]),
                ("d", str(f.year)),
                ("1", "215  "),
                ("a", "С. 5–9"),
            )
        )
    fields.append(_field("606", "1 ", ("a", f.subject), ("2", "nlr_sh")))
    if f.number % 4 == 1:
        fields.append(
            _field(
                "607",
                "  ",
                ("a", {"kaz": "Қазақстан", "rus": "Казахстан", "eng": "Kazakhstan"}[f.language]),
                ("2", "nlr_sh"),
            )
        )
    fields.append(_field("675", "  ", ("a", f.udc), ("v", "4"), ("z", "rus")))
    if f.language != "eng":
        fields.append(_field("686", "  ", ("a", f.bbk), ("2", "rubbk")))
    named = f.with_author and not serial and f.kind not in ("proceedings", "map")
    if named:
        given = f.author[1]
        dates = f"{f.born}-" if f.number % 4 == 0 else ""
        fields.append(
            _field(
                "700",
                " 1",
                ("a", f.author[0]),
                ("b", f"{given[0]}."),
                ("g", f"{given} {f.middle}"),
                ("f", dates),
                ("4", "070"),
            )
        )
    if f.with_second or f.kind in ("proceedings", "map", "music"):
        fields.append(
            _field("702", " 1", ("a", f.second[0]), ("b", f"{f.second[1][0]}."), ("g", f.second[1]), ("4", "340"))
        )
    if f.kind == "proceedings":
        fields.append(
            _field(
                "711",
                "12",
                (
                    "a",
                    {"kaz": "Кітапхана конференциясы", "rus": "Библиотечная конференция", "eng": "Library Conference"}[
                        f.language
                    ],
                ),
                ("f", str(f.year)),
                ("e", f.place[0]),
            )
        )
    fields.append(
        _field(
            "801",
            " 0",
            ("a", "KZ"),
            ("b", "Қазақстан Республикасының Ұлттық кітапханасы"),
            ("c", "20250110"),
            ("g", "RCR"),
        )
    )
    if online:
        fields.append(_field("856", "40", ("u", f"https://example.kz/books/{f.number}")))
    return Record(leader, tuple(fields))


def _title_rusmarc(f: _Facts) -> DataField:
    parts: list[tuple[str, str]] = [("a", f.title)]
    if f.kind == "volume":
        parts.append(("h", {"kaz": f"{f.volume}-том", "rus": f"Т. {f.volume}", "eng": f"Vol. {f.volume}"}[f.language]))
    elif f.kind != "serial" and f.number % 7 != 3:
        parts.append(("e", f.other))
    named = f.with_author and f.kind not in ("serial", "proceedings", "map")
    if named:
        parts.append(("f", f"{f.author[1][0]}. {f.author[0]}"))
    if f.with_second or f.kind in ("proceedings", "map", "music"):
        editor = {"kaz": "ред.", "rus": "ред.", "eng": "edited by"}[f.language] + f" {f.second[1][0]}. {f.second[0]}"
        parts.append(("g" if named else "f", editor))
    return _field("200", "1 ", *parts)


def _physical_rusmarc(f: _Facts, online: bool, illustrated: bool) -> DataField:
    extent = f"{f.pages} {_PAGES[f.language]}"
    if f.kind == "serial":
        return _field(
            "215",
            "  ",
            ("a", {"kaz": "томдар", "rus": "тома", "eng": "volumes"}[f.language]),
            ("d", f"29 {_SIZE[f.language]}"),
        )
    if f.kind == "set":
        extent = {"kaz": "3 том", "rus": "3 т.", "eng": "3 volumes"}[f.language]
    if f.kind == "map":
        return _field(
            "215",
            "  ",
            ("a", {"kaz": "1 карта", "rus": "1 к.", "eng": "1 map"}[f.language]),
            ("d", f"60 × 80 {_SIZE[f.language]}"),
        )
    return _field(
        "215",
        "  ",
        ("a", extent),
        ("c", _ILL[f.language] if illustrated and f.kind != "music" else ""),
        ("d", "" if online else f"21 {_SIZE[f.language]}"),
    )


def clean(count: int, seed: int = 2026) -> Iterator[Made]:
    """`count` documents, each in one format; MARC 21 in its three manners and RUSMARC take turns."""
    rng = random.Random(seed)
    for number in range(count):
        facts = _facts(rng, number)
        turn = number % 5
        if turn in (0, 1, 2):
            yield Made("marc21", facts.kind, facts.language, marc21(facts, "iia"[turn]))
        elif turn == 3:
            yield Made("marc21", facts.kind, facts.language, marc21(facts, "c"))
        else:
            yield Made("rusmarc", facts.kind, facts.language, rusmarc(facts))


def clean_in(format: str, count: int, seed: int = 2026) -> Iterator[Made]:
    """`count` documents in one format; MARC 21 with the marks typed."""
    rng = random.Random(seed)
    for number in range(count):
        facts = _facts(rng, number)
        record = marc21(facts, "i" if number % 3 else "a") if format == "marc21" else rusmarc(facts)
        yield Made(format, facts.kind, facts.language, record)
