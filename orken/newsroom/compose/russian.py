"""The article in Russian."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orken.kit.i18n.dates import month_name
from orken.kit.text import quotes
from orken.newsroom.compose import words_ru as ru
from orken.newsroom.compose.telling import Telling, headline, joined, sentence
from orken.newsroom.facts import Talk

FOREIGN = {"kk": "название на казахском языке", "en": "название на английском языке"}
ABOUT = re.compile(r"(по|о|об|обо|на|вокруг)\s", re.IGNORECASE)
SELF_SAID = re.compile(r"(обмен|дискусси|обсуждени|диалог|разговор|бесед)", re.IGNORECASE)
LONG = 70


@dataclass(frozen=True)
class Noun:
    """The word for what was held, in the cases that the article needs, with the preposition of «where»."""

    nomn: str
    gent: str
    accs: str
    where: str
    gender: str
    online: bool  # whether «онлайн-» can stand before it

    def prefixed(self) -> Noun:
        return Noun(
            f"онлайн-{self.nomn}",
            f"онлайн-{self.gent}",
            f"онлайн-{self.accs}",
            "в онлайн-" + self.where.partition(" ")[2],
            self.gender,
            False,
        )


NOUNS = {
    "meeting": Noun("встреча", "встречи", "встречу", "во встрече", "femn", True),
    "course": Noun("курс", "курса", "курс", "в курсе", "masc", True),
    "seminar": Noun("семинар", "семинара", "семинар", "в семинаре", "masc", True),
    "webinar": Noun("вебинар", "вебинара", "вебинар", "в вебинаре", "masc", False),
    "workshop": Noun("тренинг", "тренинга", "тренинг", "в тренинге", "masc", True),
    "master_class": Noun("мастер-класс", "мастер-класса", "мастер-класс", "в мастер-классе", "masc", False),
    "travelling": Noun("выездное занятие", "выездного занятия", "выездное занятие", "в выездном занятии", "neut", False),
    "internship": Noun("стажировка", "стажировки", "стажировку", "в стажировке", "femn", True),
    "conference": Noun("конференция", "конференции", "конференцию", "в конференции", "femn", True),
    "handover": Noun("вручение сертификатов", "вручения сертификатов", "вручение сертификатов", "во вручении сертификатов", "neut", False),
}  # fmt: skip
FORMS = {"online": "в онлайн-формате", "onsite": "в очном формате", "mixed": "в смешанном формате"}
PAST = {
    "прош": {"masc": "прошёл", "femn": "прошла", "neut": "прошло", "plur": "прошли"},
    "сост": {"masc": "состоялся", "femn": "состоялась", "neut": "состоялось", "plur": "состоялись"},
    "посв": {"masc": "посвящённый", "femn": "посвящённая", "neut": "посвящённое", "plur": "посвящённые"},
    "выст": {"masc": "выступил", "femn": "выступила", "neut": "выступило", "plur": "выступили"},
}
HER = {"masc": "нём", "femn": "ней", "neut": "нём"}


def write(t: Telling) -> tuple[str, str, list[str]]:
    """Title, lead and paragraphs."""
    event = t.event
    noun = NOUNS[event.kind]
    if event.form == "online" and noun.online:
        noun = noun.prefixed()
    lead = _lead(t, noun)
    body = [part for part in (_participants(t, noun), *_talks(t), _discussion(t), _outcome(t)) if part]
    return _title(t, noun), lead, body


def _called(t: Telling, noun: str) -> str:
    """«онлайн-встреча «…»», of a hand-over «вручение сертификатов по программе «…»»."""
    title, code = t.quoted(t.event.title, "title")
    note = f" ({FOREIGN[code]})" if code in FOREIGN else ""
    return f"{noun} по программе {title}{note}" if t.event.kind == "handover" else f"{noun} {title}{note}"


def _form(t: Telling, noun: Noun) -> str:
    """The form where the noun does not tell it already."""
    form = t.event.form
    if form is None:
        return ""
    t.say("form")
    if form == "online" and (noun.nomn.startswith("онлайн-") or t.event.kind == "webinar"):
        return ""
    return f" {FORMS[form]}"


def when(first: date, last: date | None) -> str:
    """«24 ноября 2021 года», «с 3 по 14 апреля 2023 года»."""
    if last is None or last == first:
        return f"{first.day} {month_name(first.month, 'ru')} {first.year} года"
    end = f"{last.day} {month_name(last.month, 'ru')} {last.year} года"
    if first.year != last.year:
        return f"с {first.day} {month_name(first.month, 'ru')} {first.year} года по {end}"
    if first.month != last.month:
        return f"с {first.day} {month_name(first.month, 'ru')} по {end}"
    return f"с {first.day} по {end}"


def _where(t: Telling) -> str:
    city, code = t.text(t.event.place.city, "place.city")
    if not city:
        return ""
    return f"в {ru.town(city, 'loct')}" if code == "ru" else f"в населённом пункте {city}"


def _title(t: Telling, noun: Noun) -> str:
    occasion = t.event.occasion.ru
    place = t.event.place.city.ru
    called = _called(t, noun.nomn)
    held = PAST["прош"][noun.gender]
    if occasion and len(called) > LONG and t.event.kind != "handover":
        t.say("occasion")
        return headline(t.pick(0, [f"{occasion} посвятили {noun.accs}", f"{noun.nomn} посвящена {occasion}" if noun.gender == "femn" else f"{occasion} посвятили {noun.accs}"]))  # fmt: skip
    if place:
        return headline(f"В {ru.town(place, 'loct')} {held} {called}")
    return headline(t.pick(0, [f"{PAST['сост'][noun.gender]} {called}", f"{held} {called}"]))


def _lead(t: Telling, noun: Noun) -> str:
    called, day, where, form = _called(t, noun.nomn), t.dated(when), _where(t), _form(t, noun)
    occasion, code = t.text(t.event.occasion, "occasion")
    own = code == "ru"
    marked = f", {PAST['посв'][noun.gender]} {occasion}" if occasion and own else ""
    verb = t.pick(1, [PAST["прош"][noun.gender], PAST["сост"][noun.gender]])
    if (day or where) and t.pick(2, ["day", "noun"]) == "day":
        first = f"{day} {where} {verb}{form} {called}{marked}"
    else:
        first = f"{called}{marked}{',' if marked else ''} {verb}{form} {day} {where}"
    parts = [sentence(first)]
    if occasion and not own:
        parts.append(sentence(f"повод — {occasion}"))
    parts += [_organiser(t, noun), _place(t)]
    return " ".join(part for part in parts if part)


def _organiser(t: Telling, noun: Noun) -> str:
    name, code = t.text(t.event.organiser.name, "organiser.name")
    city, _code = t.text(t.event.organiser.city, "organiser.city")
    if not name:
        return sentence(f"город организатора — {city}") if city else ""
    said = f"{name} ({city})" if city else name
    gender = ru.gender(name) if code == "ru" else None
    if gender is None:
        return sentence(f"организатор {noun.gent} — {said}")
    if gender == "plur":
        return sentence(f"организаторами выступили {said}")
    organised = {"masc": "организовал", "femn": "организовала", "neut": "организовало"}[gender]
    pronoun = "её" if noun.gender == "femn" else "его"
    return sentence(t.pick(3, [f"организатором выступил{gender_end(gender)} {said}", f"{pronoun} {organised} {said}"]))


def gender_end(gender: str) -> str:
    return {"masc": "", "femn": "а", "neut": "о"}[gender]


def _place(t: Telling) -> str:
    name, _code = t.text(t.event.place.name, "place.name")
    if not name or t.event.place.name == t.event.organiser.name:
        return ""
    return sentence(f"место проведения — {name}")


def _unit(name: str, code: str) -> str:
    """An institution in the genitive; of a name in another language a word before it carries the case."""
    return ru.phrase(name, "gent") if code == "ru" else f"организации {quotes.quoted(name, 'ru')}"


def _participants(t: Telling, noun: Noun) -> str:
    units = []
    for n, one in enumerate(t.event.participants):
        name, code = t.text(one.unit, f"participants[{n}].unit")
        beside = [t.text(one.city, f"participants[{n}].city")[0]]
        if one.people:
            t.say(f"participants[{n}].people")
            beside.append(ru.counted(one.people, "человек", "человека", "человек"))
        beside = [text for text in beside if text]
        units.append(_unit(name, code) + (f" ({', '.join(beside)})" if beside else ""))
    others, _code = t.text(t.event.others, "others")
    people = "представители" if others.startswith("специалист") else "специалисты"  # not the same word twice
    who = f"{people} {joined(units, 'и')}" if units else ""
    who = f"{who}, а также {others}" if who and others else who or others
    parts = []
    if who:
        parts.append(
            sentence(
                t.pick(
                    4,
                    [
                        f"в {HER[noun.gender]} приняли участие {who}",
                        f"участниками {noun.gent} стали {who}",
                        f"{noun.where} участвовали {who}",
                    ],
                )
            )
        )
    parts.append(_figures(t, noun))
    return " ".join(part for part in parts if part)


def _figures(t: Telling, noun: Noun) -> str:
    figures = t.event.figures
    people, units, regions = figures.participants, figures.units, figures.regions
    if people:
        t.say("figures.participants")
    if units:
        t.say("figures.units")
    if regions:
        t.say("figures.regions")
    many_units = f"{ru.of_counted(units, 'организации', 'организаций')}" if units else ""
    many_regions = f"{ru.of_counted(regions, 'региона', 'регионов')}" if regions else ""
    if people:
        origin = " ".join(part for part in (many_units, many_regions) if part)
        if origin and figures.guests:
            many = ru.counted(people, "человек", "человека", "человек")
            return sentence(f"всего {noun.where} участвовали {many}, среди них представители {origin}")
        verb = "участвовал" if people % 10 == 1 and people % 100 != 11 else "участвовали"
        return sentence(
            f"всего {noun.where} {verb} {ru.counted(people, 'человек', 'человека', 'человек')}{f' из {origin}' if origin else ''}"
        )
    if units:
        return sentence(
            f"состав {noun.gent} — {ru.counted(units, 'организация', 'организации', 'организаций')}{f' из {many_regions}' if regions else ''}"
        )
    if regions:
        return sentence(f"география {noun.gent} — {ru.counted(regions, 'регион', 'региона', 'регионов')}")
    return ""


def _who(t: Telling, talk: Talk, n: int) -> tuple[str, str]:
    """The speaker's post with her institution, and her name: «директор Национальной библиотеки», «Б. К. Оспанова».

    What cannot be bent (a post in another language) goes behind the name in brackets; then the first is empty.
    """
    name = talk.speaker.best("ru")[0].full
    t.say(f"talks[{n}].speaker")
    unit, unit_code = t.text(talk.unit, f"talks[{n}].unit")
    position, code = t.text(talk.position, f"talks[{n}].position")
    if not position or code != "ru":
        beside = ", ".join(part for part in (position, unit) if part)
        return "", f"{name} ({beside})" if beside else name
    offices, mine = t.offices(talk, unit)
    if unit and mine is not None:
        offices[mine] = f"{offices[mine]} {_unit(unit, unit_code)}"
    return ", ".join(offices), name


def _talk(t: Telling, talk: Talk, n: int) -> str:
    post, name = _who(t, talk, n)
    who = f"{post} {name}".strip()
    title, code = t.quoted(talk.title, f"talks[{n}].title")
    if code in FOREIGN:
        title = f"{title} ({FOREIGN[code]})"
    if talk.sex is None:
        return sentence(
            t.pick(8 + n, [f"автор доклада {title} — {who}", f"прозвучал доклад {title}; докладчик — {who}"])
        )
    end = "а" if talk.sex == "f" else ""
    ways = [
        f"с докладом {title} выступил{end} {who}",
        f"{who} представил{end} доклад {title}",
        f"тему {title} раскрыл{end} {who}",
    ]
    if post:
        ways.append(f"{name}, {post}, посвятил{end} своё выступление теме {title}")
    return sentence(ways[(t.seed[8] + n) % len(ways)])  # one after another, so that no two neighbours sound alike


def _talks(t: Telling) -> list[str]:
    """Two talks make a paragraph; those without a title are said together."""
    said = [_talk(t, talk, n) for n, talk in enumerate(t.event.talks) if talk.title]
    paragraphs = [" ".join(said[n : n + 2]) for n in range(0, len(said), 2)]
    rest = [(n, talk) for n, talk in enumerate(t.event.talks) if not talk.title]
    if rest:
        paragraphs.append(_without_title(t, rest))
    return paragraphs


LEADING = {
    "handover": ("сертификаты вручил{} {}", "сертификаты вручает {}", "сертификаты вручили {}"),
    "talk": ("выступил{} {}", "среди выступивших — {}", "выступили {}"),
    "class": ("занятия провёл {}", "преподаватель — {}", "занятия провели {}"),
}


def _without_title(t: Telling, rest: list[tuple[int, Talk]]) -> str:
    """Whoever spoke, taught or handed over, in one sentence; of one person of unknown sex nothing shows it."""
    people = [" ".join(part for part in _who(t, talk, n) if part) for n, talk in rest]
    kind = t.event.kind
    one, unknown, many = LEADING[
        "handover" if kind == "handover" else "talk" if kind in ("meeting", "conference") else "class"
    ]
    if len(people) > 1:
        return sentence(many.format(joined(people, "и")))
    sex = rest[0][1].sex
    if sex is None:
        return sentence(unknown.format(people[0]))
    if "провёл" in one:
        return sentence(f"занятия {'провела' if sex == 'f' else 'провёл'} {people[0]}")
    return sentence(one.format("а" if sex == "f" else "", people[0]))


def _discussion(t: Telling) -> str:
    text, code = t.text(t.event.discussion, "discussion")
    if not text:
        return ""
    talks = [talk for talk in t.event.talks if talk.title]
    begun = "затем "
    if len(talks) == 1 and talks[0].sex and (name := talks[0].speaker.ru) and name.surname:
        begun = f"после доклада {ru.person(name, talks[0].sex, 'gent').short} "
    elif talks:
        begun = t.pick(6, ["после докладов ", "затем "])
    if code == "ru" and SELF_SAID.match(text):
        gender = ru.gender(text) or "masc"
        return sentence(f"{begun}{PAST['сост'][gender]} {lower(text)}")
    if code == "ru" and ABOUT.match(text):
        return sentence(f"{begun}состоялся обмен мнениями {lower(text)}")
    return sentence(f"{begun}состоялся обмен мнениями; тема обсуждения — {text}")


def lower(text: str) -> str:
    """Without the capital of a first word that is no name and no short name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _outcome(t: Telling) -> str:
    parts = []
    hours, papers = t.event.figures.hours, t.event.figures.certificates
    if hours:
        t.say("figures.hours")
        parts.append(
            sentence(
                f"программа рассчитана на {ru.counted(hours, 'академический час', 'академических часа', 'академических часов')}"
            )
        )
    if papers:
        t.say("figures.certificates")
        given = "вручён" if t.event.kind == "handover" else "выдан"
        many = "вручено" if t.event.kind == "handover" else "выдано"
        verb = given if papers % 10 == 1 and papers % 100 != 11 else many
        parts.append(sentence(f"всего {verb} {ru.counted(papers, 'сертификат', 'сертификата', 'сертификатов')}"))
    return " ".join(parts)
