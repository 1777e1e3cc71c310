"""The verbs of passports: a draft is written, approved where it must be, issued once, followed by the next version."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.conservation.models import Item, Passport, PassportDamage
from orken.conservation.passport import paper
from orken.conservation.treatment import STEPS, Level
from orken.conservation.vocabulary import VERSION, ObjectClass, object_class
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.kit.files.models import StoredFile
from orken.kit.media.pictures import variants
from orken.kit.search import services as search
from orken.kit.text.sorting import sort_key
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account, Person

ITEM_FIELDS = ("shelfmark", "inventory", "title", "dated", "script", "kind", "owner")
SECTIONS: dict[str, tuple[str, ...]] = {
    "description": ("support", "media", "height_mm", "width_mm", "leaves", "binding", "anatomy"),
    "examination": ("purpose", "examined_on", "light", "instruments", "mentor"),
    "tests": ("ph", "ph_place", "iron", "solubility", "hazard"),
    "decision": ("object_class", "access", "decision"),
    "proposal": ("proposal",),
    "storage": ("norm_set", "enclosure", "place", "previous", "next_on"),
}
OVERVIEW_WIDTH = 1600


class IsIssued(Exception):
    """The passport was issued: it is never edited, the next version follows it."""


class EditedMeanwhile(Exception):
    """Somebody else changed the draft after this form was opened; nothing was written."""


class NotReady(Exception):
    """The passport cannot be issued or approved yet; `reasons` are sentences."""

    def __init__(self, reasons: list[str | Promise]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class HasDraft(Exception):
    """The item has a draft already."""


@transaction.atomic
def open_passport(*, unit: Unit, item: Mapping[str, Any], by: Account, purpose: str = "survey") -> Passport:
    """Take an item of `unit` into the survey: its number, and the draft of its first passport."""
    policy.require(by, Permission.CONDITION_EDIT, unit)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # the lock gives the number without twins
    serial = (Item.objects.filter(unit=unit).aggregate(last=Max("serial"))["last"] or 0) + 1
    made = Item(unit=unit, serial=serial, number=f"CP-{unit.code}-{serial:05d}", **{name: item.get(name, "") for name in ITEM_FIELDS})  # fmt: skip
    made.sort_title = sort_key(made.title)
    made.save(force_insert=True)
    passport = Passport.objects.create(item=made, purpose=purpose, examiner=by.person, by=by)
    audit.record("passport.opened", passport, by=by, scope_path=unit.path, after={"number": made.number})
    search.index("passport", [made.pk])
    return passport


@transaction.atomic
def describe_item(*, passport: Passport, values: Mapping[str, Any], by: Account, revision: int) -> Passport:
    """Correct what identifies the item, as long as its passport is a draft."""
    passport = _draft(passport, by, revision)
    item = passport.item
    before = {name: getattr(item, name) for name in ITEM_FIELDS}
    for name in ITEM_FIELDS:
        if name in values:
            setattr(item, name, values[name])
    item.sort_title = sort_key(item.title)
    item.save()
    search.index("passport", [item.pk])
    return _saved(passport, by, "passport.item", before, {name: getattr(item, name) for name in ITEM_FIELDS})


@transaction.atomic
def write(*, passport: Passport, section: str, values: Mapping[str, Any], by: Account, revision: int) -> Passport:
    """Write one section of a draft. A changed proposal needs a new approval."""
    passport = _draft(passport, by, revision)
    before, after = {}, {}
    for name in SECTIONS[section]:
        before[name] = getattr(passport, name)
        setattr(passport, name, values[name])
        after[name] = values[name]
    if section == "proposal" and before != after:
        passport.approved_by, passport.approved_at = None, None
    return _saved(passport, by, f"passport.{section}", before, after)


@transaction.atomic
def put_damage(*, passport: Passport, values: Mapping[str, Any], by: Account, damage: PassportDamage | None = None) -> PassportDamage:  # fmt: skip
    """Add a line to the damage table of a draft, or change one; the object class follows the worst."""
    passport = _draft(passport, by, None)
    if damage is None:
        last = passport.damages.aggregate(last=Max("number"))["last"] or 0
        damage = PassportDamage(passport=passport, number=last + 1)
    for name, value in values.items():
        setattr(damage, name, value)
    damage.save()
    _follow_class(passport)
    _saved(
        passport, by, "passport.damage", {}, {"number": damage.number, "code": damage.code, "severity": damage.severity}
    )
    return damage


@transaction.atomic
def drop_damage(*, damage: PassportDamage, by: Account) -> Passport:
    """Take a line out of a draft; those after it move up, so that the numbers on the picture have no gaps."""
    passport = _draft(damage.passport, by, None)
    gone = {"number": damage.number, "code": damage.code, "severity": damage.severity}
    damage.delete()
    for number, one in enumerate(passport.damages.order_by("number"), start=1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])
    return _saved(passport, by, "passport.damage_dropped", gone, {})


@transaction.atomic
def set_overview(*, passport: Passport, upload: UploadedFile[Any], by: Account) -> Passport:
    """Keep the overview picture of a draft: opened, turned upright, stripped of what the camera told.

    Raises PictureRefused and FileRefused with a sentence.
    """
    passport = _draft(passport, by, None)
    assert upload.file is not None, "Django hands over an open file"
    found = [one for one in variants(upload.file, (OVERVIEW_WIDTH,)) if one.media_type == "image/jpeg"][-1]
    return _keep_overview(passport, found.content, by)


def _keep_overview(passport: Passport, content: bytes, by: Account | None) -> Passport:
    kept: StoredFile = files.store(
        upload=SimpleUploadedFile(f"{passport.item.number}.jpg", content, "image/jpeg"),
        purpose="passport", by_id=by.pk if by else None, scope_path=passport.item.unit.path,
        allowed={"image/jpeg"}, most=20 * files.MB,
    )  # fmt: skip
    passport.overview = kept
    return _saved(passport, by, "passport.overview", {}, {"overview": kept.sha256[:12]})


@transaction.atomic
def drop(*, passport: Passport, by: Account) -> None:
    """Throw a draft away: nothing was issued, so nothing is lost but the writing. The item's number is never given again."""
    passport = _draft(passport, by, None)
    item, picture = passport.item, passport.overview
    audit.record(
        "passport.dropped", passport, by=by, scope_path=item.unit.path,
        before={"number": item.number, "version": passport.version, "damages": passport.damages.count()},
    )  # fmt: skip
    passport.delete()
    if not item.passports.exists():
        item.inventory = ""  # the inventory number is free for another passport
        item.save(update_fields=["inventory"])
    if picture is not None and not Passport.objects.filter(overview=picture).exists():
        files.remove(kept=picture)
    search.index("passport", [item.pk])


def reasons_against(passport: Passport) -> list[str | Promise]:
    """Why the draft cannot be issued yet, a sentence each; empty when it can."""
    found: list[str | Promise] = []
    if not passport.support or not passport.height_mm or not passport.width_mm:
        found.append(_("Say what it is made of and its size in millimetres."))
    least = computed_class(passport)
    if ObjectClass(passport.object_class).rank < least.rank:
        found.append(_("By its damages the object is of class %(class)s at best.") % {"class": least.value})
    if passport.object_class == "IV" and passport.access in (Passport.Access.OPEN, Passport.Access.CARE):
        found.append(_("An object of class IV is not handed out: choose another access."))
    if passport.object_class in ("III", "IV") and passport.next_on is None:
        found.append(_("Set the day of the next inspection: the class is III or IV."))
    if needs_approval(passport) and passport.approved_by_id is None:
        found.append(_("The proposal holds steps of a restorer: it waits for approval."))
    return found


def computed_class(passport: Passport) -> ObjectClass:
    """The class that the damage table gives."""
    return object_class((one.code, one.severity) for one in passport.damages.all())


def needs_approval(passport: Passport) -> bool:
    return any(
        STEPS[one["id"]].level is Level.RESTORER and STEPS[one["id"]].intervenes
        for one in passport.proposal
        if one.get("id") in STEPS
    )


@transaction.atomic
def approve(*, passport: Passport, by: Account) -> Passport:
    """A restorer agrees with the proposal of a draft. Raises NotReady when there is nothing to approve."""
    passport = _locked(passport)
    policy.require(by, Permission.CONDITION_APPROVE, passport.item.unit)
    if not passport.is_draft:
        raise IsIssued
    if not needs_approval(passport):
        raise NotReady([_("The proposal holds no step of a restorer.")])
    passport.approved_by, passport.approved_at = by.person, timezone.now()
    return _saved(passport, by, "passport.approved", {}, {"approved_by": str(by.person)})


@transaction.atomic
def issue(*, passport: Passport, by: Account) -> Passport:
    """Seal the draft: what it says is kept as it is today, with its digest; the version before is superseded.

    Raises NotReady with every reason.
    """
    passport = _draft(passport, by, None)
    reasons = reasons_against(passport)
    if reasons:
        raise NotReady(reasons)
    now = timezone.now()
    Passport.objects.filter(item=passport.item, state=Passport.State.ISSUED).update(state=Passport.State.SUPERSEDED)
    passport.state, passport.issued_at, passport.issued_by = Passport.State.ISSUED, now, by.person
    passport.vocabulary = VERSION
    passport.issued = paper.facts(passport)
    passport.digest = digest(passport.issued)
    return _saved(passport, by, "passport.issued", {}, {"version": passport.version, "digest": passport.digest})


def digest(facts: Mapping[str, Any]) -> str:
    """What proves that a paper says what was issued: SHA-256 over the facts as canonical JSON."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def renew(*, passport: Passport, by: Account) -> Passport:
    """The draft of the next version, with what was known carried over; approval and date of examination are new."""
    old = _locked(passport)
    policy.require(by, Permission.CONDITION_EDIT, old.item.unit)
    if Passport.objects.filter(item=old.item, state=Passport.State.DRAFT).exists():
        raise HasDraft
    carried = {name: getattr(old, name) for names in SECTIONS.values() for name in names}
    carried |= {"examined_on": timezone.localdate(), "next_on": None, "overview": old.overview}
    last = Passport.objects.filter(item=old.item).aggregate(last=Max("version"))["last"]
    fresh = Passport.objects.create(item=old.item, version=last + 1, examiner=by.person, by=by, **carried)
    for one in old.damages.all():
        one.pk, one.passport = None, fresh
        one._state.adding = True
        one.save(force_insert=True)
    audit.record("passport.renewed", fresh, by=by, scope_path=old.item.unit.path, after={"version": fresh.version})
    return fresh


def _follow_class(passport: Passport) -> None:
    """Raise the class of a draft to what its damages say; an examiner may set it worse, never better."""
    least = computed_class(passport)
    if ObjectClass(passport.object_class).rank < least.rank:
        passport.object_class = least.value


def _locked(passport: Passport) -> Passport:
    Passport.objects.select_for_update(of=("self",)).get(pk=passport.pk)
    return Passport.objects.select_related("item__unit", "examiner", "mentor", "approved_by", "overview").get(
        pk=passport.pk
    )


def _draft(passport: Passport, by: Account, revision: int | None) -> Passport:
    fresh = _locked(passport)
    policy.require(by, Permission.CONDITION_EDIT, fresh.item.unit)
    if not fresh.is_draft:
        raise IsIssued
    if revision is not None and revision != fresh.revision:
        raise EditedMeanwhile
    return fresh


def _saved(
    passport: Passport, by: Account | None, verb: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Passport:
    passport.revision += 1
    passport.save()
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    audit.record(
        verb, passport, by=by, scope_path=passport.item.unit.path,
        before={key: _plain(before.get(key)) for key in changed if key in before},
        after={key: _plain(value) for key, value in changed.items()} or dict(after and {}),
    )  # fmt: skip
    return passport


def _plain(value: Any) -> Any:
    if isinstance(value, Person):
        return str(value)
    return str(value) if isinstance(value, (date, Decimal)) else value


def overview_bytes(passport: Passport) -> bytes | None:
    """The overview picture as it lies in the store."""
    if passport.overview is None:
        return None
    with files.read(passport.overview) as file:
        return io.BytesIO(file.read()).getvalue()
