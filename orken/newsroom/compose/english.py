"""The article in English."""

from __future__ import annotations

import re
from datetime import date

from orken.kit.i18n.dates import month_name
from orken.kit.text import latin, quotes
from orken.newsroom.compose.telling import Telling, headline, sentence
from orken.newsroom.facts import Name, Talk

FOREIGN = {"kk": "title in Kazakh", "ru": "title in Russian"}
NOUNS = {
    "meeting": "meeting", "course": "course", "seminar": "seminar", "webinar": "webinar", "workshop": "skills workshop",
    "master_class": "master class", "travelling": "travelling class", "internship": "internship of staff",
    "conference": "conference", "handover": "hand-over of certificates",
}  # fmt: skip
FORMS = {"onsite": "in person", "mixed": "both online and in person", "online": "online"}
# Institutions that take the article; a university or a college called after somebody takes none.
ARTICLE = re.compile(
    r"\b(librar(y|ies)|museum|archives?|centre|center|institute|academy|department|ministry|union|association|committee|"
    r"fund|foundation|system|service|society|branch|house|school|council|agency|office)\b", re.IGNORECASE,
)  # fmt: skip
NO_ARTICLE = re.compile(r"\b(university|college)\b(?!.*\bof\b)", re.IGNORECASE)
OF = re.compile(
    r"(director|head|chair|chairman|chairwoman|chairperson|president|rector|deputy director|dean|secretary)\b",
    re.IGNORECASE,
)
LONG = 70


def write(t: Telling) -> tuple[str, str, list[str]]:
    """Title, lead and paragraphs."""
    noun = NOUNS[t.event.kind]
    if t.event.form == "online" and t.event.kind not in ("webinar", "handover", "travelling"):
        noun = f"online {noun}"
    lead = _lead(t, noun)
    body = [part for part in (_participants(t), *_talks(t), _discussion(t), _outcome(t)) if part]
    return _title(t, noun), lead, body


def the(name: str) -> str:
    """With the article where English wants it: the National Library, Toraighyrov University."""
    if latin.CYRILLIC.search(name):
        return quotes.quoted(name, "en")
    if name.lower().startswith("the "):
        return f"the {name[4:]}"
    if NO_ARTICLE.search(name) or not (ARTICLE.search(name) or re.search(r"\b(University|College)\b", name)):
        return name
    return f"the {name}"


def a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    mark = ";" if any(re.search(r",(?![^(]*\))", part) for part in parts) else ","
    return f"{f'{mark} '.join(parts[:-1])}{mark if mark == ';' else ''} and {parts[-1]}"


def when(first: date, last: date | None) -> str:
    """«on 24 November 2021», «from 3 to 14 April 2023»."""
    if last is None or last == first:
        return f"on {first.day} {month_name(first.month, 'en')} {first.year}"
    end = f"{last.day} {month_name(last.month, 'en')} {last.year}"
    if first.year != last.year:
        return f"from {first.day} {month_name(first.month, 'en')} {first.year} to {end}"
    if first.month != last.month:
        return f"from {first.day} {month_name(first.month, 'en')} to {end}"
    return f"from {first.day} to {end}"


def _occasion(t: Telling) -> str:
    text, code = t.text(t.event.occasion, "occasion")
    if code == "en" and re.match(r"(\d|anniversary|centenary|jubilee|day|week|year)", text, re.IGNORECASE):
        text = f"the {text}"
    return text


def _called(t: Telling, noun: str) -> str:
    title, code = t.quoted(t.event.title, "title")
    note = f" ({FOREIGN[code]})" if code in FOREIGN else ""
    return f"{noun} for the programme {title}{note}" if t.event.kind == "handover" else f"{noun} {title}{note}"


def _title(t: Telling, noun: str) -> str:
    occasion = t.event.occasion.en
    called = _called(t, noun)
    if occasion and len(called) > LONG and t.event.kind != "handover":
        return headline(t.pick(0, [f"{noun} marks {_occasion(t)}", f"{noun} held to mark {_occasion(t)}"]))
    place = t.event.place.city.en
    return headline(f"{called} held in {place}" if place else f"{called} held")


def _lead(t: Telling, noun: str) -> str:
    called, day, occasion = _called(t, noun), t.dated(when), _occasion(t)
    city, _code = t.text(t.event.place.city, "place.city")
    where = f"in {city}" if city else ""
    form = ""
    if t.event.form:
        t.say("form")
        form = (
            ""
            if noun.startswith("online ") or (t.event.form == "online" and t.event.kind == "webinar")
            else FORMS[t.event.form]
        )
    own = bool(t.event.occasion.en)
    marked = f"to mark {occasion}" if occasion and own else ""
    if day and t.pick(2, ["day", "noun"]) == "day" and not marked:
        first = f"{day[:1].upper()}{day[1:]} the {called} was held {form} {where}"
    else:
        first = f"the {called} was held {form} {where} {day} {marked}"
    parts = [sentence(first)]
    if occasion and not own:
        parts.append(sentence(f"the occasion: {occasion}"))
    parts += [_organiser(t), _place(t)]
    return " ".join(part for part in parts if part)


def _organiser(t: Telling) -> str:
    name, _code = t.text(t.event.organiser.name, "organiser.name")
    city, _code = t.text(t.event.organiser.city, "organiser.city")
    if not name:
        return sentence(f"the town of the organiser is {city}") if city else ""
    said = f"{the(name)} ({city})" if city else the(name)
    return sentence(t.pick(3, [f"it was organised by {said}", f"the organiser was {said}"]))


def _place(t: Telling) -> str:
    name, _code = t.text(t.event.place.name, "place.name")
    if not name or t.event.place.name == t.event.organiser.name:
        return ""
    return sentence(f"the host was {the(name)}")


def _people(n: int) -> str:
    return f"{grouped(n)} {'person' if n == 1 else 'people'}"


def grouped(n: int) -> str:
    return f"{n:,}"


def _participants(t: Telling) -> str:
    units = []
    for n, one in enumerate(t.event.participants):
        name, _code = t.text(one.unit, f"participants[{n}].unit")
        beside = [t.text(one.city, f"participants[{n}].city")[0]]
        if one.people:
            t.say(f"participants[{n}].people")
            beside.append(_people(one.people))
        beside = [text for text in beside if text]
        units.append(the(name) + (f" ({', '.join(beside)})" if beside else ""))
    others, _code = t.text(t.event.others, "others")
    people = "representatives of" if others.startswith("specialist") else "specialists from"  # not the same word twice
    who = f"{people} {joined(units)}" if units else ""
    parts = []
    if who:
        also = f", as well as {others}" if others else ""
        parts.append(
            sentence(t.pick(4, [f"it brought together {who}{also}", f"among those who took part were {who}{also}"]))
        )
    elif others:
        parts.append(sentence(f"it brought together {others}"))
    parts.append(_figures(t))
    return " ".join(part for part in parts if part)


def _figures(t: Telling) -> str:
    figures = t.event.figures
    people, units, regions = figures.participants, figures.units, figures.regions
    if people:
        t.say("figures.participants")
    if units:
        t.say("figures.units")
    if regions:
        t.say("figures.regions")
    many_units = f"{grouped(units)} {'institution' if units == 1 else 'institutions'}" if units else ""
    many_regions = f"{grouped(regions)} {'region' if regions == 1 else 'regions'}" if regions else ""
    if people:
        origin = " in ".join(part for part in (many_units, many_regions) if part)
        if origin and figures.guests:
            return sentence(f"in all, {_people(people)} took part, among them representatives of {origin}")
        return sentence(f"in all, {_people(people)}{f' from {origin}' if origin else ''} took part")
    if units:
        return sentence(f"it covered {many_units}{f' in {many_regions}' if regions else ''}")
    return sentence(f"it covered {many_regions}") if regions else ""


def name_of(talk: Talk) -> str:
    """In Latin letters; where nobody wrote them so, transcribed, with the name as it was given beside."""
    name, code = talk.speaker.best("en")
    if code == "en" or not latin.CYRILLIC.search(name.full):
        return name.full
    made = Name(latin.latin(name.surname), latin.latin(name.given), latin.latin(name.patronymic))
    return f"{made.full} ({name.full})"


def _who(t: Telling, talk: Talk, n: int) -> tuple[str, str]:
    """Her name, and her post with her institution; the second is empty when there is none."""
    t.say(f"talks[{n}].speaker")
    name = name_of(talk)
    unit, _code = t.text(talk.unit, f"talks[{n}].unit")
    position, code = t.text(talk.position, f"talks[{n}].position")
    if not position:
        return name, the(unit) if unit else ""
    if code != "en":
        return name, ", ".join(part for part in (f"“{position}”", the(unit) if unit else "") if part)
    offices, mine = t.offices(talk, unit)
    if unit and mine is not None:
        office = offices[mine]
        offices[mine] = f"{office} {'of' if OF.fullmatch(office) else 'at'} {the(unit)}"
    return name, ", ".join(offices)


def _talk(t: Telling, talk: Talk, n: int) -> str:
    name, post = _who(t, talk, n)
    title, code = t.quoted(talk.title, f"talks[{n}].title")
    if code in FOREIGN:
        title = f"{title} ({FOREIGN[code]})"
    subject, end = (f"{name}, {post},", f"{name}, {post}") if post else (name, name)
    ways = [
        f"{subject} gave a talk entitled {title}",
        f"{subject} spoke on {title}",
        f"the talk {title} was given by {end}",
        f"{subject} presented the paper {title}",
    ]
    return sentence(ways[(t.seed[8] + n) % len(ways)])


def _talks(t: Telling) -> list[str]:
    said = [_talk(t, talk, n) for n, talk in enumerate(t.event.talks) if talk.title]
    paragraphs = [" ".join(said[n : n + 2]) for n in range(0, len(said), 2)]
    rest = [
        ", ".join(part for part in _who(t, talk, n) if part) for n, talk in enumerate(t.event.talks) if not talk.title
    ]
    if rest:
        people = joined(rest)
        kind = t.event.kind
        if kind == "handover":
            said_so = f"the certificates were handed over by {people}"
        elif kind in ("meeting", "conference"):
            said_so = f"the speakers were {people}" if len(rest) > 1 else f"among the speakers was {people}"
        else:
            said_so = f"classes were taught by {people}"
        paragraphs.append(sentence(said_so))
    return paragraphs


def _discussion(t: Telling) -> str:
    text, code = t.text(t.event.discussion, "discussion")
    if not text:
        return ""
    talks = [talk for talk in t.event.talks if talk.title]
    begun = (
        ("the talk was followed by " if len(talks) == 1 else "the talks were followed by ") if talks else "there was "
    )
    if code == "en" and re.match(r"(an? |the )?(exchange|discussion|debate|conversation)", text, re.IGNORECASE):
        small = text[:1].lower() + text[1:]
        return sentence(f"{begun}{small if re.match(r'(an?|the) ', small) else a(small)}")
    if code == "en":
        small = text[:1].lower() + text[1:] if text[1:2].islower() else text
        about = small if re.match(r"(on|about) ", small) else f"on {small}"
        return sentence(f"{begun}an exchange of views {about}")
    return sentence(f"{begun}an exchange of views; its subject: {text}")


def _outcome(t: Telling) -> str:
    parts = []
    hours, papers = t.event.figures.hours, t.event.figures.certificates
    if hours:
        t.say("figures.hours")
        parts.append(sentence(f"the programme runs to {grouped(hours)} academic {'hour' if hours == 1 else 'hours'}"))
    if papers:
        t.say("figures.certificates")
        given = "handed over" if t.event.kind == "handover" else "issued"
        parts.append(
            sentence(f"in all, {grouped(papers)} {'certificate was' if papers == 1 else 'certificates were'} {given}")
        )
    return " ".join(parts)
