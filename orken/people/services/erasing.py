"""What an erasure wipes: every column that tells who she was, of her row and of the rows joined into it, and her name in the trail.

What stays is the bare row that posts, roles and papers point to. A paper carries the name of its
day itself, so no duty needs the name here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.i18n.content import LANGUAGES
from orken.people.models import (
    NAME_FIELDS,
    TRAIT_FIELDS,
    Account,
    Consent,
    DataRequest,
    Merge,
    Person,
    PersonTraits,
    PreviousName,
    ProtectedId,
)
from orken.people.services import merging
from orken.people.services.record import _blank

# What lists and pages call her from then on, in the language of whoever reads.
ERASED_NAMES = {"surname_kk": "Деректері өшірілген", "surname_ru": "Данные удалены", "surname_en": "Data erased"}
# What the trail may go on telling of her rows: days, kinds and numbers of rows, nothing that she is or was called.
TOLD = frozenset(
    {
        "on",
        "reason",
        "kind",
        "state",
        "version",
        "way",
        "gone",
        "kept",
        "other",
        "purpose",
        "unit",
        "post",
        "posts",
        "row",
        "fields",
        "employment",
        "role",
    }
)


def rows_of(person: Person) -> list[Person]:
    """Her row and every row that was joined into it, locked."""
    found, waiting = [person], [person.pk]
    while waiting:
        joined = list(Person.objects.select_for_update(of=("self",), no_key=True).filter(merged_into__in=waiting))
        found += joined
        waiting = [row.pk for row in joined]
    return found


def wipe(rows: Sequence[Person], names: Sequence[str]) -> None:
    """Wipe the rows and what hangs on them in this app; `names` (see names_of) go out of the trail."""
    ids = [row.pk for row in rows]
    _mask_trail(rows, names)
    ProtectedId.objects.filter(person__in=ids).delete()
    PersonTraits.objects.filter(person__in=ids).delete()
    PreviousName.objects.filter(person__in=ids).delete()
    DataRequest.objects.filter(person__in=ids).update(text="")
    Consent.objects.filter(person__in=ids, withdrawn_at=None).update(withdrawn_at=timezone.now())
    # The way back of a joining holds what both were called; nobody takes an erased row apart.
    Merge.objects.filter(kept__in=ids).update(moves=[])
    Merge.objects.filter(gone__in=ids).update(moves=[])
    for row in rows:
        _wipe_row(row)


def _wipe_row(row: Person) -> None:
    for name in NAME_FIELDS:
        setattr(row, name, ERASED_NAMES.get(name, ""))
    for name in TRAIT_FIELDS:
        setattr(row, name, _blank(name))
    row.sex = row.phone = row.email = row.folded = ""
    row.birth_on = None
    row.erased_at = row.erased_at or timezone.now()
    row.save()


def _mask_trail(rows: Sequence[Person], names: Sequence[str]) -> None:
    """Her own rows of the trail keep verb, day and actor; in rows about her papers only the name goes."""
    ids = [row.pk for row in rows]
    accounts = list(Account.objects.filter(person__in=ids).values_list("pk", flat=True))
    audit.mask("people.person", ids, told=TOLD)
    audit.mask("people.account", accounts, told=TOLD)
    for label, field in merging.rules():
        model = apps.get_model(label)
        if model in (Person, Account):
            continue
        theirs = model._base_manager.filter(**{f"{field}__in": ids}).values_list("pk", flat=True)
        audit.mask_words(model._meta.label_lower, list(theirs), names)


def names_of(rows: Iterable[Person]) -> list[str]:
    """Every way in which she was ever called in full, the longest first."""
    found = set()
    for row in rows:
        for language in LANGUAGES:
            found |= {row.full_name(language), row.short_name(language)}
            found.add(" ".join(filter(None, (getattr(row, f"surname_{language}"), getattr(row, f"given_{language}")))))
    for old in PreviousName.objects.filter(person__in=rows):
        for script in LANGUAGES:
            parts = [getattr(old, f"{part}_{script}", "") for part in ("surname", "given", "patronymic")]
            found |= {" ".join(filter(None, some)) for some in (parts, parts[:2], (parts[1], parts[0]))}
    return sorted((name for name in found if " " in name), key=len, reverse=True)
