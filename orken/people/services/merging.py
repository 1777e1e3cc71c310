"""Joining two rows of one woman, and taking them apart again.

    merging.register("network.Appointment", "person", Appointments())

Every model with a foreign key to Person has a rule (a test walks them all): what becomes of the rows
of the one who goes, and which pairs of rows cannot both stand, so that the person who decides has to
choose. Everything written is noted on the Merge as [model, pk, field, before, after]; undoing walks it
back and refuses when somebody changed such a row since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.people import events
from orken.people.models import (
    NAME_FIELDS,
    TRAIT_FIELDS,
    Account,
    Apart,
    Merge,
    Person,
    PersonTraits,
    PreviousName,
    ProtectedId,
)
from orken.people.models.person import SCRIPTS

KEPT, GONE = "kept", "gone"
CREATED, STRUCK = "created", "superseded_at"
# What is chosen on the side-by-side page: a group of fields moves together.
GROUPS: dict[str, tuple[str, ...]] = {
    **{f"name_{code}": tuple(name for name in NAME_FIELDS if name.endswith(code)) for code in SCRIPTS},
    "birth_on": ("birth_on",),
    "sex": ("sex",),
    "phone": ("phone",),
    "email": ("email",),
}


class CannotMerge(Exception):
    """The two cannot be joined: the same row twice, gone already, or a collision without an answer."""


class CannotUndoMerge(Exception):
    """A row that the merge wrote was changed since; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Collision:
    """Two rows that cannot both stand: the reader chooses «kept» or «gone»; `question` says about what."""

    key: str
    question: str | Promise
    kept: str
    gone: str


@dataclass
class Writing:
    """Writes a merge and notes each step of it."""

    kept: Person
    gone: Person
    now: datetime
    answers: Mapping[str, str]
    moves: list[list[Any]] = field(default_factory=list)

    def set(self, model: type[models.Model], pk: Any, **changes: Any) -> None:
        """Write `changes` to one row."""
        row = model._base_manager.get(pk=pk)
        for name, value in changes.items():
            before = getattr(row, name)
            if before != value:
                self.moves.append([model._meta.label, pk, name, _plain(before), _plain(value)])
        model._base_manager.filter(pk=pk).update(**changes)

    def add(self, row: models.Model) -> None:
        """Save a new row."""
        row.save(force_insert=True)
        self.moves.append([type(row)._meta.label, row.pk, CREATED, None, None])

    def answer(self, key: str) -> str:
        found = self.answers.get(key, "")
        if found not in (KEPT, GONE):
            raise CannotMerge(key)
        return found


class Rule(Protocol):
    """What becomes of the rows of a model when two persons are joined."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]: ...

    def move(self, writing: Writing) -> None: ...


@dataclass(frozen=True)
class Repoint:
    """The rows go over to the one who stays; none can collide."""

    label: str
    field: str

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        model = apps.get_model(self.label)
        for pk in model._base_manager.filter(**{self.field: writing.gone}).values_list("pk", flat=True):
            writing.set(model, pk, **{f"{self.field}_id": writing.kept.pk})


@dataclass(frozen=True)
class Stay:
    """The rows stay with the row that goes, which points to the one who stays; `why` says what reads them there."""

    why: str

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        return None


class TraitsOfBoth:
    """What is known of only one of them is known of her from today on; where both say something, the one who stays is believed."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine, theirs = writing.kept, writing.gone
        filled = {name: getattr(theirs, name) for name in TRAIT_FIELDS if _empty(getattr(mine, name))}
        filled = {name: value for name, value in filled.items() if not _empty(value)}
        if not filled:
            return
        values = {name: filled.get(name, getattr(mine, name)) for name in TRAIT_FIELDS}
        today = timezone.localdate()
        for row in PersonTraits.objects.live().filter(person=mine, valid_to=None):
            writing.set(PersonTraits, row.pk, superseded_at=writing.now)
            if row.valid_from < today:
                copied = {name: getattr(row, name) for name in TRAIT_FIELDS}
                writing.add(
                    PersonTraits(
                        person=mine, valid_from=row.valid_from, valid_to=today, recorded_at=writing.now, **copied
                    )
                )
        writing.add(PersonTraits(person=mine, valid_from=today, recorded_at=writing.now, **values))
        writing.set(Person, mine.pk, **filled)


class OneNumber:
    """A person has one number: when each has one, somebody says which is right; the other stays with the row that goes."""

    KEY = "number"

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        pair = {row.person_id: row for row in ProtectedId.objects.filter(person__in=[kept, gone])}
        if len(pair) == 2:
            yield Collision(self.KEY, _("Which number is hers?"), pair[kept.pk].masked, pair[gone.pk].masked)

    def move(self, writing: Writing) -> None:
        mine = ProtectedId.objects.filter(person=writing.kept).first()
        theirs = ProtectedId.objects.filter(person=writing.gone).first()
        if theirs is None:
            return
        if mine is None:
            writing.set(ProtectedId, theirs.pk, person_id=writing.kept.pk)
        elif writing.answer(self.KEY) == GONE:
            # The content changes places: the hash is unique, so it passes through a word of its own.
            left = {"kind": mine.kind, "sealed": mine.sealed, "masked": mine.masked}
            right = {"kind": theirs.kind, "sealed": theirs.sealed, "masked": theirs.masked}
            writing.set(ProtectedId, mine.pk, blind=f"on its way {mine.pk}")
            writing.set(ProtectedId, theirs.pk, blind=mine.blind, **left)
            writing.set(ProtectedId, mine.pk, blind=theirs.blind, **right)


class OneAccount:
    """She signs in by one account: the one who stays keeps hers, the other is closed; a lone account goes over."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        theirs = Account.objects.filter(person=writing.gone).first()
        if theirs is None:
            return
        if Account.objects.filter(person=writing.kept).exists():
            writing.set(Account, theirs.pk, is_active=False)
        else:
            writing.set(Account, theirs.pk, person_id=writing.kept.pk)


class OneConsent:
    """Consents go over; where both agreed to the same text, hers of the one who stays is enough."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        from orken.people.models import Consent

        mine = set(Consent.objects.filter(person=writing.kept, withdrawn_at=None).values_list("version", flat=True))
        for row in Consent.objects.filter(person=writing.gone):
            if row.withdrawn_at is not None or row.version not in mine:
                writing.set(Consent, row.pk, person_id=writing.kept.pk)


class WaitingRequests:
    """Requests go over; where both wait with the same wish, the second stays with the row that goes."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        from orken.people.models import DataRequest

        waiting = set(DataRequest.objects.filter(person=writing.kept, state="sent").values_list("kind", flat=True))
        for row in DataRequest.objects.filter(person=writing.gone):
            if row.state != "sent" or row.kind not in waiting:
                writing.set(DataRequest, row.pk, person_id=writing.kept.pk)


_rules: dict[tuple[str, str], Rule] = {}


def register(label: str, field: str, rule: Rule | None = None) -> None:
    """Say what becomes of `label`'s rows; without a rule they go over to the one who stays."""
    _rules[label.lower(), field] = rule or Repoint(label, field)


def rules() -> dict[tuple[str, str], Rule]:
    return dict(_rules)


def collisions(kept: Person, gone: Person) -> list[Collision]:
    """Every pair of rows that somebody has to choose between."""
    return [one for _key, rule in sorted(_rules.items()) for one in rule.collisions(kept, gone)]


@dataclass(frozen=True)
class Difference:
    """A group of fields in which the two rows differ, both known."""

    key: str
    kept: str
    gone: str


def differences(kept: Person, gone: Person) -> list[Difference]:
    """What the page asks besides collisions: which spelling, date, contact holds."""
    found = []
    for key, names in GROUPS.items():
        mine, theirs = ([getattr(person, name) for name in names] for person in (kept, gone))
        if any(mine) and any(theirs) and mine != theirs:
            found.append(Difference(key, _shown(mine), _shown(theirs)))
    return found


def _shown(values: Sequence[Any]) -> str:
    return " ".join(str(value) for value in values if value)


def _locked(*ids: int) -> dict[int, Person]:
    """The rows in one order for all, so that two who merge crosswise never wait for each other."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


@transaction.atomic
def merge(*, kept: Person, gone: Person, answers: Mapping[str, str], by: Account | None, scope_path: str) -> Merge:
    """Join `gone` into `kept`. `answers` say «kept» or «gone» for collisions (compulsory) and differences.

    Raises CannotMerge. No row is lost: each goes over, or stays with the row of `gone`, which stays too.
    """
    both = _locked(kept.pk, gone.pk)
    if len(both) != 2:
        raise CannotMerge("same")
    kept, gone = both[kept.pk], both[gone.pk]
    if kept.merged_into_id or gone.merged_into_id or kept.erased_at or gone.erased_at:
        raise CannotMerge("gone")
    writing = Writing(kept, gone, timezone.now(), answers)
    for one in collisions(kept, gone):
        writing.answer(one.key)
    for _key, rule in sorted(_rules.items()):
        rule.move(writing)
    _join_names(writing)
    writing.set(Person, gone.pk, merged_into_id=kept.pk)
    done = Merge.objects.create(
        kept=kept, gone=gone, by_id=by.pk if by else None, by_name=str(by)[:300] if by else "", at=writing.now,
        moves=writing.moves,
    )  # fmt: skip
    _touched(kept, gone)
    search.index("person", [kept.pk, gone.pk])
    events.merged.send(Merge, merge=done, by=by)
    audit.record(
        "person.merged", kept, by=by, scope_path=scope_path, batch=done.pk,
        before={"gone": gone.pk}, after={"kept": kept.pk, "name": str(gone)},
    )  # fmt: skip
    return done


def _touched(*people: Person) -> None:
    """Both rows changed: forms that were opened before are told."""
    Person.objects.filter(pk__in=[person.pk for person in people]).update(revision=F("revision") + 1)
    for person in people:
        person.refresh_from_db()


def _join_names(writing: Writing) -> None:
    """Take over chosen and missing fields; a spelling that gives way stays as a previous one."""
    kept, gone = writing.kept, writing.gone
    values: dict[str, Any] = {}
    given_way = False
    for key, names in GROUPS.items():
        mine, theirs = ([getattr(person, name) for name in names] for person in (kept, gone))
        if any(theirs) and (not any(mine) or (mine != theirs and writing.answers.get(key) == GONE)):
            values |= dict(zip(names, theirs, strict=True))
            given_way |= key.startswith("name_") and any(mine)
    if given_way:
        writing.add(
            PreviousName(
                person=kept, valid_from=kept.created_at.date(), reason=PreviousName.Reason.SPELLING,
                recorded_at=writing.now, sound=next(iter(kept.sounds), ""), **kept.names,
            )
        )  # fmt: skip
    joined = Person.objects.get(pk=kept.pk)
    for name, value in values.items():
        setattr(joined, name, value)
    joined.derive(others=f"{kept.folded} {gone.folded}")
    derived = ("sort_kk", "sort_ru", "sound_kk", "sound_ru", "sound_en", "folded")
    writing.set(Person, kept.pk, **values, **{name: getattr(joined, name) for name in derived})


@transaction.atomic
def undo(*, merge: Merge, by: Account | None, scope_path: str) -> Merge:
    """Take the two apart again, as they were. Raises CannotUndoMerge when a row was changed since."""
    _locked(merge.kept_id, merge.gone_id)
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at is not None or merge.kept.erased_at or merge.gone.erased_at:
        raise CannotUndoMerge("")
    for label, pk, name, before, after in reversed(merge.moves):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()
        if name == CREATED:
            # A dated fact is struck out, never wiped.
            model._base_manager.filter(pk=pk, superseded_at=None).update(superseded_at=timezone.now())
            continue
        if row is None or _plain(getattr(row, name)) != after:
            raise CannotUndoMerge(str(row or label))
        column = next(one for one in model._meta.concrete_fields if name in (one.name, one.attname))
        model._base_manager.filter(pk=pk).update(**{name: column.to_python(before)})
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _touched(merge.kept, merge.gone)
    search.index("person", [merge.kept_id, merge.gone_id])
    events.parted.send(Merge, merge=merge, by=by)
    audit.record(
        "person.merge_undone", merge.kept, by=by, scope_path=scope_path, after={"gone": merge.gone_id}, batch=merge.pk
    )
    return merge


@transaction.atomic
def keep_apart(*, one: Person, other: Person, by: Account | None, scope_path: str) -> Apart:
    """Remember that the two are different people."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    row, made = Apart.objects.get_or_create(
        one=first, other=second, defaults={"by_id": by.pk if by else None, "by_name": str(by)[:300] if by else ""}
    )
    if made:
        audit.record("person.kept_apart", first, by=by, scope_path=scope_path, after={"other": second.pk})
    return row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _empty(value: Any) -> bool:
    return value is None or value == ""
