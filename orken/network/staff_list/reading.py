"""What the cells of a row mean: names, dates, numbers, posts; each value is read, left out with a note, or refuses the row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from orken.kit.text.folding import fold_name
from orken.network.staff_list import words
from orken.network.staff_list.reasons import Note, note
from orken.people import contacts
from orken.people import iin as numbers
from orken.people.models.person import SCRIPTS, sound_of

FIRST_BIRTH, EXCEL_ZERO = date(1900, 1, 1), date(1899, 12, 30)
YOUNGEST = 14  # years: nobody younger may work
_DATE = re.compile(r"^\D{0,3}(\d{1,2})\s*[./,\-\s]\s*(\d{1,2})\s*[./,\-\s]\s*(\d{4}|\d{2})\D*$")
_ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_YEAR = re.compile(r"^\D*((?:19|20)\d{2})\D*$")
_MONTHS = (
    ("янв", "қаң", "кан", "jan"), ("фев", "ақп", "акп", "feb"), ("мар", "нау", "наур", "mar"), ("апр", "сәу", "сау", "apr"),
    ("мая", "май", "мам", "may"), ("июн", "мау", "маус", "jun"), ("июл", "шіл", "шил", "jul"), ("авг", "там", "тамыз", "aug"),
    ("сен", "қыр", "кыр", "sep"), ("окт", "қаз", "каз", "oct"), ("ноя", "қар", "кар", "nov"), ("дек", "жел", "желт", "dec"),
)  # fmt: skip
_INITIAL = re.compile(r"^[^\W\d_]{1,2}\.?$")
_FATHER = re.compile(r"(овна|евна|ична|инична|ович|евич|ич|[кқ]ызы|[ұу]лы|kyzy|qyzy|uly|ovna|evna|ovich|evich)$", re.I)
# Given names that end as surnames do: «Цой Марина» is in the usual order.
_GIVEN = frozenset(
    [
        "марина",
        "ирина",
        "галина",
        "нина",
        "полина",
        "карина",
        "алина",
        "арина",
        "екатерина",
        "катерина",
        "кристина",
        "валентина",
        "регина",
        "сабина",
        "ангелина",
        "эвелина",
        "альбина",
        "дина",
        "мадина",
        "зарина",
        "лина",
        "амина",
        "самина",
        "фаина",
        "антонина",
        "ангелина",
        "мелина",
        "розалина",
        "аделина",
        "агрипина",
        "августина",
        "юстина",
        "сарина",
        "ақбина",
        "жасмина",
        "константин",
        "валентин",
        "мартин",
        "амин",
        "ясин",
        "эмин",
        "августин",
        "ева",
        "marina",
        "irina",
        "galina",
        "nina",
        "polina",
        "karina",
        "alina",
        "arina",
        "ekaterina",
        "kristina",
        "valentina",
        "regina",
        "sabina",
        "angelina",
        "albina",
        "dina",
        "madina",
        "zarina",
        "amina",
        "valentin",
        "konstantin",
        "eva",
    ]
)
_SURNAME = re.compile(r"(ов|ев|ёв|ин|ова|ева|ёва|ина|ский|ская|ко|ов[аы]|баев|баева|ov|ev|ova|eva|in|ina)$", re.I)
_NO_NAME = re.compile(r"\d|@|http|[<>&{}\[\]=*#%$\\|_^~]")
_VOWEL = re.compile(r"[аәеёиіоөуұүыэюяaeiouyáäéıöüāēīōū]", re.I)
_NOBODY = re.compile(r"^(вакан\w*|бос( орын)?|vacan\w*|нет|жоқ|—|-+|\.+)$", re.I)


class Refused(Exception):
    """The row cannot be taken; the note says why."""

    def __init__(self, code: str, name: str, **parameters: Any) -> None:
        super().__init__(code)
        self.note = note(code, name, parameters)


@dataclass(slots=True)
class Values:
    """What a row says. Names by script; empty or None is «not told»."""

    names: dict[str, str] = field(default_factory=dict)
    initials: bool = False
    birth_on: date | None = None
    birth_year: int | None = None
    number: numbers.Iin | None = None
    sex: str = ""
    unit: str = ""
    posts: list[str] = field(default_factory=list)
    post_text: str = ""
    combined: bool = False
    rate: Decimal | None = None
    since: date | None = None
    phone: str = ""
    mail: str = ""
    traits: dict[str, Any] = field(default_factory=dict)
    years: int | None = None
    notes: list[Note] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)  # surname and given name, each spelling once
    sounds: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        for script in ("kk", "ru", "en"):
            parts = [self.names.get(f"{part}_{script}", "") for part in ("surname", "given", "patronymic")]
            if any(parts):
                return " ".join(filter(None, parts))
        return ""


def read(texts: Mapping[str, str], language: str, today: date) -> Values:
    """The values of a row whose cells are `texts` by field. Raises Refused."""
    values = Values()
    _names(values, texts, language)
    _number(values, texts.get("iin", ""))
    _birth(values, texts.get("birth_on", ""), today)
    _about(values, texts, today)
    values.unit = texts.get("unit", "").replace("\n", " ")
    values.post_text = texts.get("post", "")
    values.posts = words.posts_of(values.post_text)
    if values.number is not None:
        if values.number.disagrees_with(values.birth_on):
            values.notes.append(note("iin_date", "iin"))
        if values.sex and values.number.sex and values.number.sex != values.sex:
            values.notes.append(note("iin_sex", "iin"))
    return values


# --- names ---


_COLUMNS = {
    script: tuple(f"{part}_{script}" if script else part for part in ("name", "surname", "given", "patronymic"))
    for script in ("kk", "ru", "en", "")
}


def _names(values: Values, texts: Mapping[str, str], language: str) -> None:
    for script, columns in _COLUMNS.items():
        full, surname, given, patronymic = [texts.get(column, "") for column in columns]
        if full and surname:  # a column «Name» beside «Surname» holds the given name
            given, full = given or full, ""
        if full:
            surname, given, patronymic = split(full)
        if not (surname or given or patronymic):
            continue
        if not given and len(surname.split()) > 1:
            surname, given, patronymic = split(" ".join(filter(None, (surname, patronymic))))
        parts = [_proper(part) for part in (surname, given, patronymic)]
        found = script or script_of(parts, language)
        values.initials = values.initials or _only_initials(given, surname)
        for part, text in zip(("surname", "given", "patronymic"), parts, strict=True):
            if text and not (found == "en" and part == "patronymic"):
                values.names.setdefault(f"{part}_{found}", text)
    if not values.names:
        raise Refused("no_name", "name")
    for name, text in values.names.items():
        if len(text) > 100:
            raise Refused("name_long", name.split("_")[0])
        if _NO_NAME.search(text) or not fold_name(text):
            raise Refused("not_a_name", name.split("_")[0], text=text[:60])
    if _NOBODY.match(values.shown):
        raise Refused("not_a_name", "name", text=values.shown[:60])
    both = [(values.names.get(f"surname_{one}", ""), values.names.get(f"given_{one}", "")) for one in SCRIPTS]
    values.pairs = list(dict.fromkeys(pair for pair in both if all(pair)))
    values.sounds = list(dict.fromkeys(filter(None, (sound_of(*pair) for pair in values.pairs))))
    if not values.pairs:
        raise Refused("one_word", "name", text=values.shown[:60])


def _only_initials(given: str, surname: str) -> bool:
    """«С.», «С», «АС» beside «Ким»; Ян, Ия and Ли are whole names, however short."""
    given = given.strip()
    two = re.fullmatch(r"[^\W\d_]{2}", given) is not None
    return (
        "." in given
        or re.fullmatch(r"[^\W\d_]", given) is not None
        or (two and (not _VOWEL.search(given) or (given.isupper() and not surname.isupper())))
    )


@lru_cache(maxsize=50_000)
def split(full: str) -> tuple[str, str, str]:
    """Surname, given name, patronymic out of one cell, in either order: «А. С. Ким», «Айгүл Серікқызы Жұмабекова»."""
    text = re.sub(r"\([^)]*\)|[,;\d]|\s+(?=\.)", " ", full.replace("\n", " "))
    text = re.sub(r"\.(?=\S)", ". ", text)
    parts = text.split()
    if not parts:
        return "", "", ""
    if len(parts) > 2 and parts[-1].casefold() in ("қызы", "кызы", "ұлы", "улы", "kyzy", "uly"):
        parts = [*parts[:-2], parts[-2] + parts[-1].casefold()]
    initials = [part for part in parts if _INITIAL.match(part) and (part.endswith(".") or len(part) == 1)]
    if initials:
        rest = [part for part in parts if part not in initials]
        return (" ".join(rest), initials[0], initials[1] if len(initials) > 1 else "")
    if len(parts) == 1:
        return parts[0], "", ""
    if len(parts) == 2:
        given_last = parts[1].casefold() in _GIVEN or _FATHER.search(parts[1])
        surname_first = _SURNAME.search(parts[0]) and parts[0].casefold() not in _GIVEN
        if _SURNAME.search(parts[1]) and not surname_first and not given_last:
            return parts[1], parts[0], ""
        return parts[0], parts[1], ""
    if _FATHER.search(parts[1]) and not _FATHER.search(parts[-1]):
        return parts[-1], parts[0], parts[1]
    return parts[0], parts[1], " ".join(parts[2:])


@lru_cache(maxsize=50_000)
def _proper(text: str) -> str:
    """«ЖҰМАБЕКОВА», «жұмабекова» → «Жұмабекова»; what has capitals inside is left alone."""
    text = " ".join(text.replace("\n", " ").split()).strip(" .,;")
    if re.fullmatch(r"[^\W\d_]", text):
        return f"{text.upper()}."
    if text.isupper() or text.islower():
        text = re.sub(r"[^\W\d_]+", lambda word: word.group()[:1].upper() + word.group()[1:].lower(), text)
    return text


def script_of(parts: Sequence[str], language: str) -> str:
    """The script of a name by its letters, then by its patronymic, then by the language of the headings."""
    joined = " ".join(parts)
    if not re.search(r"[\u0400-\u04ff]", joined):
        return "en" if re.search(r"[a-z]", joined, re.I) else language
    if words.KAZAKH_LETTERS.search(joined):
        return "kk"
    if re.search(r"(овна|евна|ична|ович|евич|ич)$", parts[2], re.I):
        return "ru"
    if re.search(r"[ёщъьэ]|ц", joined, re.I):
        return "ru"
    return language if language in ("kk", "ru") else "ru"


# --- number and dates ---


def _number(values: Values, text: str) -> None:
    if not text or "•" in text or _NOBODY.match(text) or "*" in text:
        return
    plain = re.sub(r"\.0+$", "", text)
    digits = re.sub(r"\D", "", plain)
    short = len(digits) == 11 and plain.isdigit()  # a spreadsheet ate the zero in front
    try:
        values.number = numbers.parse(f"0{plain}" if short else plain)
    except numbers.NotAnIin as wrong:
        if short or wrong.reason == "length":
            raise Refused("iin_length", "iin", n=len(digits)) from wrong
        raise Refused(f"iin_{wrong.reason}", "iin") from wrong


def day_of(text: str, today: date) -> date | None:
    """A date in any of the ways people write it; None when it is none. Two-digit years lie in the last hundred."""
    return _day_of(text.strip(), today.year)


@lru_cache(maxsize=50_000)
def _day_of(text: str, year_now: int) -> date | None:
    found = _ISO.match(text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _DATE.match(text)
    if found:
        year = int(found[3])
        if year < 100:
            year += 2000 if year <= year_now % 100 else 1900
        return _date(year, int(found[2]), int(found[1]))
    if re.fullmatch(r"\d{8}", text):
        return _date(int(text[4:]), int(text[2:4]), int(text[:2])) or _date(
            int(text[:4]), int(text[4:6]), int(text[6:])
        )
    if re.fullmatch(r"\d{5}", text):  # a date that lost its format is the number of days
        return EXCEL_ZERO + timedelta(days=int(text))
    lower = text.casefold()
    month = next((n for n, forms in enumerate(_MONTHS, 1) if any(re.search(rf"\b{form}", lower) for form in forms)), 0)
    figures = [int(one) for one in re.findall(r"\d+", lower)]
    if month and len(figures) >= 2:
        year = next((one for one in figures if one >= 1900), 0)
        day = next((one for one in figures if one <= 31), 0)
        if year and day:
            return _date(year, month, day)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth(values: Values, text: str, today: date) -> None:
    if not text or _NOBODY.match(text):
        return
    found = day_of(text, today)
    if found is None:
        year = _YEAR.match(text)
        if year is None:
            raise Refused("birth_unread", "birth_on", text=text[:40])
        values.birth_year = int(year[1])
        values.notes.append(note("year_only", "birth_on"))
        return
    if found < FIRST_BIRTH or found.year > today.year - YOUNGEST:
        raise Refused("birth_range", "birth_on", text=f"{found:%d.%m.%Y}")
    values.birth_on, values.birth_year = found, found.year


# --- the rest ---


def _about(values: Values, texts: Mapping[str, str], today: date) -> None:
    traits = values.traits

    def word(name: str, pairs: tuple[tuple[str, str], ...], into: str) -> None:
        text = texts.get(name, "")
        if text and not _NOBODY.match(text):
            code = words.one_of(pairs, text)
            if code:
                traits[into] = code
            else:
                values.notes.append(note("value_unread", name, {"text": text[:60]}))

    def day(name: str) -> date | None:
        text = texts.get(name, "")
        if not text or _NOBODY.match(text):
            return None
        found = day_of(text, today)
        if found is None and (year := _YEAR.match(text)):
            found = date(int(year[1]), 1, 1)
        if found is None or not FIRST_BIRTH <= found <= today:
            values.notes.append(note("value_unread", name, {"text": text[:60]}))
            return None
        return found

    word("education", words.EDUCATION, "education")
    if texts.get("category"):
        text = texts["category"]
        if words.plain(text) in ("нет", "жоқ", "жок", "", "—"):
            traits["category"] = "none"
        else:
            word("category", words.CATEGORY, "category")
        if level := words.one_of(words.LEVEL, text):
            traits["category_level"] = level
    word("attestation", words.ATTESTATION, "attestation")
    _library_education(traits, texts)
    for name in ("category_on", "attested_on"):
        if (found := day(name)) is not None:
            traits[name] = found
    values.since = day("since")
    if texts.get("languages"):
        known = [code for code, pattern in words.LANGUAGES if re.search(pattern, words.plain(texts["languages"]))]
        if known:
            traits["languages"] = ",".join(known)
    sex = words.one_of(words.SEX, texts.get("sex", ""))
    values.sex = sex or ("" if not values.names else _sex_of(values.names))
    _seniority(values, texts.get("seniority", ""), today)
    _contacts(values, texts)
    employment = f"{texts.get('employment', '')} {texts.get('post', '')}"
    values.combined = bool(words.COMBINED.search(words.plain(employment)))
    _rate(values, texts.get("rate", ""))


def _library_education(traits: dict[str, Any], texts: Mapping[str, str]) -> None:
    told = texts.get("library_education", "")
    if told:
        plain = words.plain(told)
        if words.NO.match(plain):
            traits["library_education"] = False
        elif words.YES.search(plain):
            traits["library_education"] = True
    elif words.LIBRARY_SCIENCE.search(words.plain(f"{texts.get('speciality', '')} {texts.get('education', '')}")):
        traits["library_education"] = True


def _sex_of(names: Mapping[str, str]) -> str:
    """What the patronymic tells: it is the only part that always does."""
    for script in ("kk", "ru"):
        father = names.get(f"patronymic_{script}", "").casefold()
        if re.search(r"(овна|евна|ична|қызы|кызы)$", father):
            return "f"
        if re.search(r"(ович|евич|ич|ұлы|улы)$", father):
            return "m"
    return ""


def _seniority(values: Values, text: str, today: date) -> None:
    """Years are kept as the day since when: they grow by themselves."""
    if not text or _NOBODY.match(text):
        return
    begun = day_of(text, today) if re.search(r"\d{4}", text) else None
    if begun is not None and FIRST_BIRTH < begun <= today:
        values.traits["library_since"] = begun
        values.years = (today - begun).days // 365
        return
    figures = re.match(r"^\D*(\d{1,2})(?:[.,](\d))?(?!\d)", text)
    if figures is None or int(figures[1]) > 65:
        values.notes.append(note("value_unread", "seniority", {"text": text[:60]}))
        return
    values.years = int(figures[1])
    values.traits["library_since"] = date(today.year - values.years, 1, 1)


def _contacts(values: Values, texts: Mapping[str, str]) -> None:
    phone, mail = texts.get("phone", ""), texts.get("mail", "")
    if phone and "•" not in phone and not _NOBODY.match(phone):
        found = contacts.phone(re.sub(r"\.0$", "", phone))
        if found:
            values.phone = found
        else:
            values.notes.append(note("phone_unread", "phone", {"text": contacts.masked_phone(phone)[:40]}))
    if mail and "•" not in mail and not _NOBODY.match(mail):
        address = contacts.mail(mail)
        if address:
            values.mail = address
        else:
            values.notes.append(note("mail_unread", "mail", {"text": contacts.masked_mail(mail)[:60]}))


def _rate(values: Values, text: str) -> None:
    found = re.search(r"\d+(?:[.,]\d+)?|½", text)
    if not found:
        return
    rate = Decimal("0.5") if found[0] == "½" else Decimal(found[0].replace(",", "."))
    if rate.is_finite() and 0 < rate <= Decimal("1.5"):
        values.rate = rate.quantize(Decimal("0.01"))
        if not values.rate:
            values.rate = None
    else:
        values.notes.append(note("value_unread", "rate", {"text": text[:60]}))
