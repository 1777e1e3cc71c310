"""The trail in the reader's words: each app says how its verbs, fields, values and things are called.

    words.register(
        about={"unit": _("Libraries")},                # what stands before the dot of a verb
        verbs={"unit.opened": _("opened a unit")},
        fields={"name_kk": _("Name in Kazakh")},
        values={"internet": Unit.Internet},            # a TextChoices
        named={"parent": units},                       # many codes or ids → their names, asked once for a page
        things={"network.unit": unit_names},           # the same for what a line is about, by ids
        also={"programme": ["curriculum.Module"]},     # models whose fields these verbs write beside their own
    )

A key of `fields`, `values` and `named` may be a field, or one field of some verbs: «person.asked.kind»,
«person.kind». What nobody named is read from the model that the line is about: the words of its field, its
choices, the row that a foreign key leads to. Days, moments, numbers, yes and no stand as the language writes them;
a text that was recorded in several languages ({"kk": …, "ru": …}) is read in the reader's. A field named None is kept
for proof and not shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.kit.audit.models import AuditEvent
from orken.kit.i18n.content import LANGUAGES, ORDER, current_language
from orken.kit.i18n.dates import short_date
from orken.kit.i18n.numbers import number
from orken.kit.text.sorting import sort_key

Text = str | Promise
Names = Callable[[Sequence[str]], Mapping[str, str]]  # codes or ids as texts → names in the reader's language
LONGEST = 400  # letters of one line of the trail
NOTHING: tuple[Any, ...] = (None, "", [], {})
BY = "by"  # the key under which whoever acted is named
DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_about: dict[str, Text] = {}
_verbs: dict[str, Text] = {}
_fields: dict[str, Text | None] = {}
_values: dict[str, Any] = {}
_named: dict[str, Names] = {}
_keys: dict[str, Names] = {}
_things: dict[str, Names] = {}
_also: dict[str, Sequence[str]] = {}


def register(
    *,
    about: Mapping[str, Text] | None = None,
    verbs: Mapping[str, Text] | None = None,
    fields: Mapping[str, Text | None] | None = None,
    values: Mapping[str, Any] | None = None,
    named: Mapping[str, Names] | None = None,
    keys: Mapping[str, Names] | None = None,
    things: Mapping[str, Names] | None = None,
    also: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Add the words of an app. `keys` names the fields of a verb when they are codes themselves (a level for each competency)."""
    _about.update(about or {})
    _verbs.update(verbs or {})
    _fields.update(fields or {})
    _values.update(values or {})
    _named.update(named or {})
    _keys.update(keys or {})
    _things.update(things or {})
    _also.update(also or {})


def in_languages(row: Any, field: str) -> dict[str, str]:
    """A text of `row` in every language it has, to be recorded: each reader gets her own."""
    return {code: text for code in LANGUAGES if (text := getattr(row, f"{field}_{code}", ""))}


def rows_of(label: str, *related: str, field: str = "pk", text: Callable[[Any], object] = str) -> Names:
    """Names of the rows of a model by `field`, in one query; `text` says a row."""

    def names(wanted: Sequence[str]) -> dict[str, str]:
        model = apps.get_model(label)
        fitting = [one for one in wanted if field != "pk" or _is_key(model, one)]
        rows = model._base_manager.filter(**{f"{field}__in": fitting}).select_related(*related)
        return {str(getattr(row, field)): str(text(row)) for row in rows}

    return names


def _is_key(model: type[models.Model], value: str) -> bool:
    """A line may keep a word where the row has a key (the start of a file's sum): it names no row, and stops no page."""
    if isinstance(model._meta.pk, models.IntegerField):
        return value.isdecimal() and len(value) < 19  # a longer one overflows the database's integer
    try:
        model._meta.pk.to_python(value)
    except ValidationError:
        return False
    return True


# --- verbs ---


def abouts() -> list[tuple[str, Text]]:
    """What a line can be about, for a filter: by the part of the verb before its dot."""
    return sorted(_about.items(), key=lambda pair: sort_key(str(pair[1])))


def verbs() -> list[tuple[str, Text]]:
    return list(_verbs.items())


def verbs_by_words(asked: str) -> list[str]:
    """The verbs whose words hold every word of `asked`; or the one verb that is named by its code."""
    if asked in _verbs:
        return [asked]
    wanted = [sort_key(word) for word in asked.split()]
    return [verb for verb, said in _verbs.items() if all(word in sort_key(str(said)) for word in wanted)]


def verb_of(event: AuditEvent) -> Text:
    return _verbs.get(event.verb, event.verb)


# --- lines ---


def read(events: Sequence[AuditEvent]) -> None:
    """Look up the names of everything that `events` speak of, at once for all of them."""
    reading = Reading(events)
    for event in events:
        event.reading = reading  # type: ignore[attr-defined]  # kept beside the row for this page


def _reading(event: AuditEvent) -> Reading:
    found: Reading | None = getattr(event, "reading", None)
    return found or Reading([event])


def who_of(event: AuditEvent) -> str:
    """Whoever acted, as the reader's language calls her; empty for the system."""
    return _reading(event).name(_named.get(BY), event.by_id) or event.by_name


def thing_of(event: AuditEvent) -> str:
    """What the line is about, as it is called today; what is gone, as it was called then."""
    return _reading(event).name(_thing(event.target_kind), event.target_id) or event.target_name


def changes_of(event: AuditEvent) -> str:
    """«Name in Kazakh: old → new; since: 25 November 2026»."""
    return _reading(event).changes(event)[:LONGEST]


class Reading:
    """The names that the lines of one page need, by who gives them."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        wanted: dict[Names, set[str]] = defaultdict(set)
        for event in events:
            for names, value in _needs(event):
                if names is not None:
                    wanted[names] |= set(_atoms(value))
        self._names = {names: names(sorted(found)) for names, found in wanted.items()}

    def name(self, names: Names | None, value: Any) -> str:
        """The name of one code or id; empty when it has none."""
        return "" if names is None or value is None else self._names.get(names, {}).get(str(value), "")

    def changes(self, event: AuditEvent) -> str:
        lines = []
        for key in dict.fromkeys((*event.after, *event.before)):
            old, new = event.before.get(key), event.after.get(key)
            if _kept_silent(event, key) or (old in NOTHING and new in NOTHING):
                continue
            label, said = self.label(event, key), self.said(event, key, new)
            changed = key in event.before
            lines.append(f"{label}: {self.said(event, key, old)} → {said}" if changed else f"{label}: {said}")
        return "; ".join(lines)

    def label(self, event: AuditEvent, key: str) -> str:
        """How the reader calls a field of this line."""
        named = _of(_fields, event, key)
        words = getattr(_field(event, key), "verbose_name", None)
        return str(
            named or (words if isinstance(words, Promise) else "") or self.name(_keys.get(event.verb), key) or key
        )

    def said(self, event: AuditEvent, key: str, value: Any) -> str:
        """A value of this line in the reader's words."""
        if value in NOTHING:
            return "—"
        if isinstance(value, (list, tuple)):
            return ", ".join(self.said(event, key, one) for one in value)
        if isinstance(value, Mapping) and set(value) <= set(LANGUAGES):
            return next((str(value[code]) for code in ORDER[current_language()] if value.get(code)), "—")
        if isinstance(value, Mapping):
            return ", ".join(f"{self.said(event, key, one)}: {_plain(more)}" for one, more in value.items())
        named = self.name(_names_of(event, key), value)
        if named:
            return named
        choices = _choices(event, key)
        return str(choices[value]) if choices and value in choices else _plain(value)


def _needs(event: AuditEvent) -> Iterator[tuple[Names | None, Any]]:
    yield _named.get(BY), event.by_id
    yield _thing(event.target_kind), event.target_id
    for side in (event.before, event.after):
        for key, value in side.items():
            yield _names_of(event, key), value
            yield _keys.get(event.verb), key


def _atoms(value: Any) -> Iterator[str]:
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _atoms(one)
    elif value not in NOTHING and not isinstance(value, (bool, Mapping)):
        yield str(value)


def _of(known: Mapping[str, Any], event: AuditEvent, key: str) -> Any:
    """The words of a field: of this verb, of its kind of verbs, of all."""
    kind = event.verb.partition(".")[0]
    return next((known[one] for one in (f"{event.verb}.{key}", f"{kind}.{key}", key) if one in known), None)


def _names_of(event: AuditEvent, key: str) -> Names | None:
    found: Names | None = _of(_named, event, key)
    if found is not None:
        return found
    field = _field(event, key)
    return _thing(field.related_model._meta.label_lower) if isinstance(field, models.ForeignKey) else None


def _choices(event: AuditEvent, key: str) -> dict[Any, Text] | None:
    kind = event.verb.partition(".")[0]
    special = _values.get(f"{event.verb}.{key}") or _values.get(f"{kind}.{key}")
    own = getattr(_field(event, key), "flatchoices", None)
    common = special or (None if own else _values.get(key))
    return dict(common.choices) if common is not None else dict(own) if own else None


@lru_cache(maxsize=500)
def _thing(label: str) -> Names | None:
    """Who names the rows of a model: its app, or the rows themselves."""
    if label in _things:
        return _things[label]
    try:
        apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return rows_of(label)


def _field(event: AuditEvent, key: str) -> Any:
    return _field_of((event.target_kind, *_also.get(event.verb.partition(".")[0], ())), key)


@lru_cache(maxsize=2000)
def _field_of(labels: tuple[str, ...], key: str) -> Any:
    for label in labels:
        try:
            return apps.get_model(label)._meta.get_field(key)
        except (LookupError, ValueError, FieldDoesNotExist):
            continue
    return None


def _kept_silent(event: AuditEvent, key: str) -> bool:
    kind = event.verb.partition(".")[0]
    return any(_fields.get(one, "") is None for one in (f"{event.verb}.{key}", f"{kind}.{key}", key))


def _plain(value: Any) -> str:
    """What stands for itself: yes and no, a number, a day, a moment, a text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float, Decimal)):
        return number(value)
    text = str(value)
    try:
        if DAY.match(text):
            return short_date(date.fromisoformat(text))
        if MOMENT.match(text):
            moment = datetime.fromisoformat(text)
            here = timezone.localtime(moment) if timezone.is_aware(moment) else moment
            return f"{short_date(here.date())}, {here:%H:%M}"
    except ValueError:
        return text
    return number(Decimal(text)) if re.fullmatch(r"-?\d+\.\d+", text) else text
