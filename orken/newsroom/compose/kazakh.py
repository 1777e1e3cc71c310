"""The article in Kazakh."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from orken.kit.i18n.dates import month_name
from orken.kit.text import quotes
from orken.newsroom.compose import words_kk as kk
from orken.newsroom.compose.telling import Telling, headline, joined, sentence
from orken.newsroom.facts import Talk

FOREIGN = {"ru": "атауы орыс тілінде", "en": "атауы ағылшын тілінде"}
ABOUT = re.compile(r"(туралы|бойынша|жөнінде|төңірегінде|жайлы|жайында)$")
SELF_SAID = re.compile(r"(пікір алмасу|талқылау|пікірталас|сұхбат|әңгіме)$")
LONG = 70


@dataclass(frozen=True)
class Noun:
    """The word for what was held; «онлайн-» stands before it where that is said so."""

    word: str
    online: bool

    def bent(self, case: str) -> str:
        return kk.phrase(self.word, case)

    def prefixed(self) -> Noun:
        return Noun(f"онлайн-{self.word}", False)


NOUNS = {
    "meeting": Noun("кездесу", True), "course": Noun("курс", True), "seminar": Noun("семинар", True),
    "webinar": Noun("вебинар", False), "workshop": Noun("тренинг", True), "master_class": Noun("шеберлік сыныбы", False),
    "travelling": Noun("көшпелі сабақ", False), "internship": Noun("тағылымдама", True),
    "conference": Noun("конференция", True), "handover": Noun("сертификат табыстау", False),
}  # fmt: skip
FORMS = {"online": "онлайн форматта", "onsite": "бетпе-бет форматта", "mixed": "аралас форматта"}


def write(t: Telling) -> tuple[str, str, list[str]]:
    """Title, lead and paragraphs."""
    noun = NOUNS[t.event.kind]
    if t.event.form == "online" and noun.online:
        noun = noun.prefixed()
    lead = _lead(t, noun)
    body = [part for part in (_participants(t, noun), *_talks(t), _discussion(t), _outcome(t)) if part]
    return _title(t, noun), lead, body


def _called(t: Telling) -> str:
    """««…» атты», of a hand-over ««…» бағдарламасы бойынша»."""
    title, code = t.quoted(t.event.title, "title")
    note = f" ({FOREIGN[code]})" if code in FOREIGN else ""
    return f"{title}{note} бағдарламасы бойынша" if t.event.kind == "handover" else f"{title}{note} атты"


def _form(t: Telling, noun: Noun) -> str:
    form = t.event.form
    if form is None:
        return ""
    t.say("form")
    if form == "online" and (noun.word.startswith("онлайн-") or t.event.kind == "webinar"):
        return ""
    return FORMS[form]


def when(first: date, last: date | None) -> str:
    """«2021 жылғы 24 қарашада», «2023 жылғы 3–14 сәуір аралығында»."""
    if last is None or last == first:
        return f"{first.year} жылғы {first.day} {kk.bent(month_name(first.month, 'kk'), 'locative')}"
    end = f"{last.day} {month_name(last.month, 'kk')} аралығында"
    if first.year != last.year:
        return f"{first.year} жылғы {first.day} {month_name(first.month, 'kk')} – {last.year} жылғы {end}"
    if first.month != last.month:
        return f"{first.year} жылғы {first.day} {month_name(first.month, 'kk')} – {end}"
    return f"{first.year} жылғы {first.day}–{end}"


def _where(t: Telling) -> str:
    city, code = t.text(t.event.place.city, "place.city")
    if not city:
        return ""
    return kk.phrase(city, "locative") if code == "kk" else f"{city} елді мекенінде"


def _title(t: Telling, noun: Noun) -> str:
    called, occasion = _called(t), t.event.occasion.kk
    place = t.event.place.city.kk
    if t.event.kind == "handover":
        return headline(f"{called} сертификаттар табысталды")
    if occasion and len(called) > LONG:
        t.say("occasion")
        return headline(t.pick(0, [f"{occasion} арналған {noun.word} өтті", f"{noun.word} {occasion} арналды"]))
    if place:
        return headline(f"{kk.phrase(place, 'locative')} {called} {noun.word} өтті")
    return headline(f"{called} {noun.word} өтті")


def _lead(t: Telling, noun: Noun) -> str:
    called, day, where, form = _called(t), t.dated(when), _where(t), _form(t, noun)
    occasion, code = t.text(t.event.occasion, "occasion")
    own = occasion and code == "kk"
    if t.event.kind == "handover":
        parts = [sentence(f"{day} {where} {called} {form} сертификаттар табысталды")]
        if own:
            parts.append(sentence(f"шара {occasion} арналды"))
    else:
        marked = f"{occasion} арналған" if own else ""
        if marked and t.pick(2, ["one", "two"]) == "two":
            parts = [
                sentence(f"{day} {where} {called} {noun.word} {form} өтті"),
                sentence(f"{noun.word} {occasion} арналды"),
            ]
        else:
            parts = [sentence(f"{day} {where} {marked} {called} {noun.word} {form} өтті")]
    if occasion and not own:
        parts.append(sentence(f"шараның арналуы – {occasion}"))
    parts += [_organiser(t, noun), _place(t)]
    return " ".join(part for part in parts if part)


def _organiser(t: Telling, noun: Noun) -> str:
    name, _code = t.text(t.event.organiser.name, "organiser.name")
    city, _code = t.text(t.event.organiser.city, "organiser.city")
    if not name:
        return sentence(f"ұйымдастырушының қаласы – {city}") if city else ""
    said = f"{name} ({city})" if city else name
    thing = noun.bent("accusative") if t.event.kind != "handover" else "шараны"
    return sentence(t.pick(3, [f"{thing} {said} ұйымдастырды", f"оны {said} ұйымдастырды", f"ұйымдастырушы – {said}"]))


def _place(t: Telling) -> str:
    name, _code = t.text(t.event.place.name, "place.name")
    if not name or t.event.place.name == t.event.organiser.name:
        return ""
    return sentence(f"өткен орны – {name}")


def _unit(name: str, code: str) -> str:
    """An institution in the genitive; of a name in another language a word behind it carries the case."""
    if code != "kk":
        return f"{quotes.quoted(name, 'kk')} ұйымының"
    return kk.phrase(name, "genitive")


def _participants(t: Telling, noun: Noun) -> str:
    units = []
    for n, one in enumerate(t.event.participants):
        name, code = t.text(one.unit, f"participants[{n}].unit")
        beside = [t.text(one.city, f"participants[{n}].city")[0]]
        if one.people:
            t.say(f"participants[{n}].people")
            beside.append(f"{grouped(one.people)} адам")
        beside = [text for text in beside if text]
        units.append(_unit(name, code) + (f" ({', '.join(beside)})" if beside else ""))
    others, _code = t.text(t.event.others, "others")
    people = "" if others.endswith(" мамандары") else " мамандары"  # said once for both
    who = f"{joined(units, 'және')}{people}" if units else ""
    who = f"{who}, сондай-ақ {others}" if who and others else who or others
    parts = []
    if who:
        to = noun.bent("dative") if t.event.kind != "handover" else "шараға"
        parts.append(sentence(t.pick(4, [f"{to} {who} қатысты", f"қатысушылар қатарында {who} болды"])))
    parts.append(_figures(t, noun))
    return " ".join(part for part in parts if part)


def grouped(n: int) -> str:
    return f"{n:,}".replace(",", " ") if n >= 10_000 else str(n)


def _figures(t: Telling, noun: Noun) -> str:
    figures = t.event.figures
    people, units, regions = figures.participants, figures.units, figures.regions
    if people:
        t.say("figures.participants")
    if units:
        t.say("figures.units")
    if regions:
        t.say("figures.regions")
    to = noun.bent("dative") if t.event.kind != "handover" else "шараға"
    if people and figures.guests and (units or regions):
        whose = " ".join(part for part in (f"{grouped(regions)} өңірдің" if regions else "", f"{grouped(units)} {'ұйымының' if regions else 'ұйымның'}" if units else "") if part)  # fmt: skip
        return sentence(f"барлығы {grouped(people)} адам қатысты, олардың арасында {whose} өкілдері бар")
    if people:
        if units and regions:
            origin = f"{grouped(regions)} өңірдің {grouped(units)} ұйымынан "
        else:
            origin = f"{grouped(units)} ұйымнан " if units else f"{grouped(regions)} өңірден " if regions else ""
        return sentence(f"барлығы {origin}{grouped(people)} адам қатысты")
    if units:
        return sentence(
            f"{to} {f'{grouped(regions)} өңірдің ' if regions else ''}{grouped(units)} {'ұйымы' if regions else 'ұйым'} қатысты"
        )
    return sentence(f"{noun.word} {grouped(regions)} өңірді қамтыды") if regions else ""


def _who(t: Telling, talk: Talk, n: int) -> tuple[str, str]:
    """Her post with her institution, and her name: «Ұлттық кітапхананың директоры», «Б. Қ. Оспанова»."""
    name = talk.speaker.best("kk")[0].full
    t.say(f"talks[{n}].speaker")
    unit, unit_code = t.text(talk.unit, f"talks[{n}].unit")
    position, code = t.text(talk.position, f"talks[{n}].position")
    if not position or code != "kk":
        beside = ", ".join(part for part in (position, unit) if part)
        return "", f"{name} ({beside})" if beside else name
    offices, mine = t.offices(talk, unit)
    if unit and mine is not None:
        offices[mine] = f"{_unit(unit, unit_code)} {kk.office(offices[mine])}"
    return ", ".join(offices), name


def _talk(t: Telling, talk: Talk, n: int) -> str:
    who = " ".join(part for part in _who(t, talk, n) if part)
    title, code = t.quoted(talk.title, f"talks[{n}].title")
    if code in FOREIGN:
        return sentence(f"{who} {title} атты баяндама жасады ({FOREIGN[code]})")
    ways = [
        f"{who} {title} тақырыбында баяндама жасады",
        f"{who} {title} атты баяндамасын ұсынды",
        f"{title} деген тақырыпта {who} сөз сөйледі",
        f"{who} {title} тақырыбындағы баяндамасымен таныстырды",
    ]
    return sentence(ways[(t.seed[8] + n) % len(ways)])


def _talks(t: Telling) -> list[str]:
    said = [_talk(t, talk, n) for n, talk in enumerate(t.event.talks) if talk.title]
    paragraphs = [" ".join(said[n : n + 2]) for n in range(0, len(said), 2)]
    rest = [
        " ".join(part for part in _who(t, talk, n) if part) for n, talk in enumerate(t.event.talks) if not talk.title
    ]
    if rest:
        people = joined(rest, "және")
        ways = {"handover": "сертификаттарды {} табыстады", "meeting": "{} сөз сөйледі", "conference": "{} сөз сөйледі"}
        paragraphs.append(sentence(ways.get(t.event.kind, "сабақтарды {} жүргізді").format(people)))
    return paragraphs


def _discussion(t: Telling) -> str:
    text, code = t.text(t.event.discussion, "discussion")
    if not text:
        return ""
    talks = [talk for talk in t.event.talks if talk.title]
    begun = "содан кейін "
    if len(talks) == 1 and (name := talks[0].speaker.kk) and name.surname:
        begun = f"{kk.person(name, 'genitive').short} баяндамасынан кейін "
    elif len(talks) > 1:
        begun = t.pick(6, ["баяндамалардан кейін ", "содан кейін "])
    if code == "kk" and SELF_SAID.search(text):
        return sentence(f"{begun}{text[:1].lower()}{text[1:]} өтті")
    if code == "kk" and ABOUT.search(text):
        return sentence(f"{begun}{text[:1].lower()}{text[1:]} пікір алмасу өтті")
    return sentence(f"{begun}пікір алмасу өтті; талқылау тақырыбы – {text}")


def _outcome(t: Telling) -> str:
    parts = []
    hours, papers = t.event.figures.hours, t.event.figures.certificates
    if hours:
        t.say("figures.hours")
        parts.append(sentence(f"бағдарлама {grouped(hours)} академиялық сағатқа есептелген"))
    if papers:
        t.say("figures.certificates")
        parts.append(
            sentence(
                f"барлығы {grouped(papers)} сертификат {'табысталды' if t.event.kind == 'handover' else 'берілді'}"
            )
        )
    return " ".join(parts)
