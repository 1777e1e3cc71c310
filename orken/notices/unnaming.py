"""Letters to others that name a person whose data are erased: her name goes out of the notices and of the outbox, sent or not.

A notice about a row of hers loses every form of her name. Of all others only forms that nobody
else of the register bears, so that a letter about a namesake stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db.models import Q, QuerySet

from orken.kit.audit.services import ERASED
from orken.kit.i18n.content import LANGUAGES
from orken.kit.mail.models import Letter
from orken.kit.text.naming import without_names
from orken.notices.models import Delivery, Notice
from orken.people.models import Account, Person
from orken.people.services import merging
from orken.people.services.erasing import ERASED_NAMES

NOTICE_TEXTS = tuple(f"{part}_{language}" for part in ("subject", "body") for language in LANGUAGES)
LETTER_TEXTS = ("subject", "text", "html")
STEP = 200  # rows of one writing


def unname(*, person: Person, names: Sequence[str], said: Iterable[str] = ()) -> int:
    """Take `names` (the longest first) out of what was told to others; `said` are free words in notices about her rows.

    Answers how many notices and letters were changed.
    """
    accounts = list(Account.objects.filter(person=person).values_list("pk", flat=True))
    hers = Notice.objects.filter(_about(person) | Q(by_id__in=accounts)).exclude(person=person)
    posted = Delivery.objects.filter(notice__in=hers).exclude(letter_key="").values("letter_key")
    every = [*said, *names]
    changed = _notices(hers, every, accounts) + _letters(Letter.objects.filter(key__in=posted), every)
    alone = borne_by_her_alone(person, names)
    if alone:
        changed += _notices(Notice.objects.filter(_holding(NOTICE_TEXTS, alone)).exclude(person=person), alone, ())
        changed += _letters(Letter.objects.filter(_holding(LETTER_TEXTS, alone)), alone)
    return changed


def _about(person: Person) -> Q:
    """Notices about a row that points to her, of whatever app (each tells its rule of merging)."""
    found = Q(about_kind="people.person", about_id=str(person.pk))
    for label, field in merging.rules():
        model = apps.get_model(label)
        ids = [str(pk) for pk in model._base_manager.filter(**{field: person}).values_list("pk", flat=True)]
        if ids and model is not Notice:
            found |= Q(about_kind=model._meta.label_lower, about_id__in=ids)
    return found


def borne_by_her_alone(person: Person, names: Sequence[str]) -> list[str]:
    """Those of her names that nobody else bears."""
    surnames = Q(pk__in=[])
    for language in LANGUAGES:
        if surname := getattr(person, f"surname_{language}"):
            surnames |= Q(**{f"surname_{language}": surname})
    borne: set[str] = set()
    for other in Person.objects.filter(surnames, erased_at=None, merged_into=None).exclude(pk=person.pk):
        if other.pk != person.merged_into_id:
            for language in LANGUAGES:
                borne |= {other.full_name(language), other.short_name(language)}
                borne.add(f"{getattr(other, f'surname_{language}')} {getattr(other, f'given_{language}')}")
    return [name for name in names if name not in borne]


def _holding(fields: Iterable[str], words: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    words = list(words)
    for field in fields:
        for word in words:
            found |= Q(**{f"{field}__contains": word})
    return found


def _notices(rows: QuerySet[Notice], words: Sequence[str], actors: Sequence[int]) -> int:
    changed = []
    for row in rows.iterator(chunk_size=STEP):
        before = [getattr(row, field) for field in NOTICE_TEXTS]
        for field in NOTICE_TEXTS:
            setattr(row, field, _without(getattr(row, field), words, field[-2:]))
        named = row.by_id in actors and row.by_name != ERASED
        if named:
            row.by_name = ERASED
        if named or before != [getattr(row, field) for field in NOTICE_TEXTS]:
            changed.append(row)
    Notice.objects.bulk_update(changed, [*NOTICE_TEXTS, "by_name"], batch_size=STEP)
    return len(changed)


def _letters(rows: QuerySet[Letter], words: Sequence[str]) -> int:
    changed = []
    for row in rows.iterator(chunk_size=STEP):
        before = [getattr(row, field) for field in LETTER_TEXTS]
        for field in LETTER_TEXTS:
            setattr(row, field, _without(getattr(row, field), words, row.language))
        if before != [getattr(row, field) for field in LETTER_TEXTS]:
            changed.append(row)
    Letter.objects.bulk_update(changed, LETTER_TEXTS, batch_size=STEP)
    return len(changed)


def _without(text: str, words: Sequence[str], language: str) -> str:
    return without_names(text, words, ERASED_NAMES.get(f"surname_{language}", ERASED))
