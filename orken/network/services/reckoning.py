"""Changes of units reckoned in memory and written in a few statements, however many units there are.

Reading, judging, copies, sort keys and the words of the index are made before the write lock; under
it `write` only looks whether what was read still stands, and writes. One change and four thousand go
the same way (decision 0007).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from orken.kit import bulk, history
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.history import Dated
from orken.kit.search import services as search
from orken.network import copies, policy
from orken.network.copies import NAME_FIELDS, TRAIT_FIELDS, Facts
from orken.network.findable import unit_documents
from orken.network.models import Unit, UnitName, UnitPlace, UnitTraits
from orken.network.refusals import Meanwhile, UnitNotThere
from orken.network.roles import Permission
from orken.network.stays import Stays, earlier, spans
from orken.people.models import Account

NEW = "new/"  # the path of a unit in the moment before it has an id
MODELS: tuple[tuple[type[Dated], str], ...] = ((UnitName, "names"), (UnitTraits, "traits"), (UnitPlace, "places"))


class Reckoning:
    """What a set of changes will write. `by` is None only for set-up, demo data and the coming of a day."""

    def __init__(
        self, units: Iterable[Unit], *, by: Account | None, batch: UUID | None = None, stays: Stays | None = None
    ) -> None:
        self.by, self.batch, self.moment = by, batch, timezone.now()
        self.units = {unit.pk: unit for unit in units}
        self.by_code = {unit.code: unit for unit in self.units.values()}
        self.facts = copies.load(list(self.units)) if self.units else {}
        self.seen = {pk: (unit.revision, unit.path) for pk, unit in self.units.items()}
        self.stays = stays
        self.placed: set[str] = set()
        self.new: list[tuple[Unit, Facts]] = []
        self.struck: dict[type[Dated], list[int]] = {}
        self.fresh: list[Dated] = []
        self.events: list[tuple[Unit, AuditEvent]] = []
        self.changed: dict[int, Unit] = {}

    # --- the changes ---

    def open(
        self, unit: Unit, parent: Unit | None, *, names: Mapping[str, str], traits: Mapping[str, Any], on: date
    ) -> None:
        """A new unit under `parent`, which may be new itself."""
        if self.by is not None:
            if parent is None:
                raise policy.OutOfScope("only set-up makes a root")
            if parent.pk is not None:
                policy.require(self.by, Permission.UNIT_EDIT, parent)
        if parent is not None and parent.pk is not None:
            self.seen.setdefault(parent.pk, (parent.revision, parent.path))
        self._tree.put(unit.code, [], unit.kind)
        self._tree.state(unit.code, parent.code if parent else None, on, None)
        self.placed.add(unit.code)
        rows = {"valid_from": on, "recorded_at": self.moment}
        facts = Facts(
            [UnitName(unit=unit, **names, **rows)],
            [UnitTraits(unit=unit, **traits, **rows)],
            [UnitPlace(unit=unit, parent=parent, **rows)],
        )
        unit.parent, unit.path = parent, f"{NEW}{unit.code}/"
        self.new.append((unit, facts))
        self.by_code[unit.code] = unit
        self.fresh += [*facts.names, *facts.traits, *facts.places]
        self._tell("unit.opened", unit, {}, {**names, "on": str(on)})

    def rename(self, unit: Unit, names: Mapping[str, str], on: date, *, onward: bool = False) -> None:
        facts = self._facts(unit, on)
        standing = copies.nearest(facts.names, on)
        before = {field: getattr(standing, field) for field in NAME_FIELDS}
        values = {field: names.get(field, before[field]) for field in NAME_FIELDS}
        self._state(facts.names, UnitName(unit=unit, **values), on, onward)
        self._changes("unit.renamed", unit, before, values, on)

    def set_traits(self, unit: Unit, traits: Mapping[str, Any], on: date, *, onward: bool = False) -> None:
        facts = self._facts(unit, on)
        standing = copies.held(facts.traits, on)
        before = {field: getattr(standing, field, None) for field in TRAIT_FIELDS}
        values = {field: traits.get(field, before[field]) for field in TRAIT_FIELDS}
        values = {field: value for field, value in values.items() if value is not None}
        self._state(facts.traits, UnitTraits(unit=unit, **values), on, onward)
        self._changes("unit.traits_set", unit, before, values, on)

    def move(self, unit: Unit, parent: Unit, on: date, *, onward: bool = False) -> None:
        """To the next known move or, with `onward`, over all of them; never past the day on which it closes."""
        facts, end = self._facts(unit, on), self._tree.end(unit.code, on)
        stay = self._tree.require(unit.code, on)
        until = end if onward else earlier(end, history.end_of(facts.places, on))
        if parent.pk is not None:
            self.seen.setdefault(parent.pk, (parent.revision, parent.path))
        self._tree.state(unit.code, parent.code, on, until)
        self._place(unit, facts, UnitPlace(unit=unit, parent=parent), on, until)
        self._changes("unit.moved", unit, {"parent": stay.parent}, {"parent": parent.code}, on)

    def close(self, unit: Unit, on: date) -> None:
        """From `on` up to the day on which it was to close or, reopened, stands again."""
        facts, stay, until = self._facts(unit, on), self._tree.require(unit.code, on), self._tree.end(unit.code, on)
        self._tree.close(unit.code, on, until)
        self._place(unit, facts, None, on, until)
        self._changes("unit.closed", unit, {"parent": stay.parent}, {"parent": ""}, on)

    def reopen(self, unit: Unit, parent: Unit, on: date) -> None:
        facts = self.facts[unit.pk]
        until = history.end_of(facts.places, on)
        self.seen.setdefault(parent.pk, (parent.revision, parent.path))
        self._tree.state(unit.code, parent.code, on, until)
        self._place(unit, facts, UnitPlace(unit=unit, parent=parent), on, until)
        self._changes("unit.reopened", unit, {}, {"parent": parent.code}, on)

    def restore(
        self, unit: Unit, part: str, before: datetime, recorded: list[Dated], verb: str, event: AuditEvent
    ) -> bool:
        """What stood just before a moment stands again; `recorded` are all rows of that part, struck out or not."""
        facts = self.facts[unit.pk]
        revision = history.restored(recorded, before=before, moment=self.moment)
        if not revision.struck and not revision.fresh:
            return False
        self._take(getattr(facts, part), revision)
        if part == "places":
            self._rewrite_tree(unit, facts)
        self._changes(verb, unit, event.after, event.before, date.fromisoformat(event.after["on"]))
        return True

    def refresh(self, unit: Unit, wrong: Iterable[str], today: date | None = None) -> None:
        """A known day has come: the unit shows what its facts say of it."""
        day = today or timezone.localdate()
        before = {name: getattr(unit, name) for name in wrong}
        self.changed[unit.pk] = unit
        now = copies.of_day(unit, self.facts[unit.pk], day)
        if "parent_id" in before:
            codes = dict(Unit.objects.filter(pk__in=[before["parent_id"], now["parent_id"]]).values_list("pk", "code"))
            before["parent"], now["parent"] = codes.get(before.pop("parent_id")), codes.get(now["parent_id"])
        shown = [name for name in before if not name.startswith("sort_")]
        self._tell(
            "unit.took_effect", unit, {name: before[name] for name in shown},
            {**{name: now[name] for name in shown}, "on": str(day)},
        )  # fmt: skip

    # --- how ---

    @property
    def _tree(self) -> Stays:
        if self.stays is None:
            self.stays = Stays.load()
        return self.stays

    def _facts(self, unit: Unit, on: date) -> Facts:
        """The facts of the unit; refused on a day when it is not there."""
        facts = self.facts[unit.pk]
        if copies.held(facts.places, on) is None:
            row = sorted(facts.places, key=lambda place: place.valid_from)
            joined: list[tuple[date, date | None]] = []
            for place in row:
                if joined and joined[-1][1] == place.valid_from:
                    joined[-1] = (joined[-1][0], place.valid_to)
                else:
                    joined.append((place.valid_from, place.valid_to))
            raise UnitNotThere(unit.code, days=spans(joined))
        return facts

    def _state(self, rows: list[Any], fact: Dated, on: date, onward: bool) -> None:
        until = None if onward else history.end_of(rows, on)
        self._take(rows, history.revised(rows, fact, valid_from=on, valid_to=until, moment=self.moment))

    def _place(self, unit: Unit, facts: Facts, fact: UnitPlace | None, on: date, until: date | None) -> None:
        rows: list[Any] = facts.places
        self._take(rows, history.revised(rows, fact, valid_from=on, valid_to=until, moment=self.moment))
        self.placed.add(unit.code)

    def _rewrite_tree(self, unit: Unit, facts: Facts) -> None:
        from orken.network.stays import Stay

        parents = dict(Unit.objects.filter(pk__in={row.parent_id for row in facts.places}).values_list("pk", "code"))
        self._tree.put(
            unit.code,
            [
                Stay(row.valid_from, row.valid_to, parents[row.parent_id] if row.parent_id else None)
                for row in facts.places
            ],
        )
        self.placed.add(unit.code)

    def _take(self, rows: list[Any], revision: history.Revision[Any]) -> None:
        """Into the live rows of the unit and into what will be written; a row of this very set just goes."""
        for row in revision.struck:
            rows.remove(row)
            if row.pk is None:
                self.fresh = [one for one in self.fresh if one is not row]
            else:
                self.struck.setdefault(type(row), []).append(row.pk)
        rows += revision.fresh
        self.fresh += revision.fresh

    def _changes(self, verb: str, unit: Unit, before: Mapping[str, Any], after: Mapping[str, Any], on: date) -> None:
        changed = {key: value for key, value in after.items() if before.get(key) != value and key != "on"}
        unit.revision += 1
        self.changed[unit.pk] = unit
        self._tell(verb, unit, {key: before.get(key) for key in changed}, {**changed, "on": str(on)})

    def _tell(self, verb: str, unit: Unit, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        row = audit.event(
            verb, unit, by=self.by, scope_path=unit.path, before=before, after=after, batch=self.batch, at=self.moment
        )
        self.events.append((unit, row))

    # --- writing ---

    def judge(self) -> None:
        """Raise the refusal of the first rule of the tree that would be broken."""
        if self.placed and (refusal := self._tree.fault(self.placed)):
            raise refusal

    def ready(self, day: date | None = None) -> None:
        """Copies and the words of the index: the slow part, before any lock."""
        today = day or timezone.localdate()
        parents = self._parents(today)
        for unit, facts in self.new:
            self._copy(unit, facts, today, parents)
        for unit in self.changed.values():
            self._copy(unit, self.facts[unit.pk], today, parents)
        regions = dict(Unit.objects.filter(kind=Unit.Kind.REGION).values_list("pk", "code"))
        # Of those that stay where they are; the others have their words made when their path is known.
        staying = [unit for unit in self.changed.values() if unit.exists and self._path(unit) == unit.path]
        self._staying = {unit.pk: unit.path for unit in staying}
        self._difference = search.difference(
            "unit", list(self._staying), [one for unit in staying for one in unit_documents(unit, regions)]
        )
        self._regions = regions

    def _parents(self, today: date) -> dict[int, Unit]:
        ids = {
            row.parent_id
            for unit in self.changed.values()
            for row in self.facts[unit.pk].places
            if row.parent_id is not None
        } | {unit.parent_id for unit in self.changed.values() if unit.parent_id}
        missing = ids - set(self.units)
        found = {unit.pk: unit for unit in Unit.objects.filter(pk__in=missing).select_related("parent")}
        above = {pk for unit in self.units.values() if (pk := unit.parent_id)} - set(found) - set(self.units)
        found |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=above)} | self.units
        for unit in found.values():  # the words of a unit name two levels above it
            if unit.parent_id in found:
                unit.parent = found[unit.parent_id]
        return found

    def _copy(self, unit: Unit, facts: Facts, today: date, parents: Mapping[int, Unit]) -> None:
        found = copies.of_day(unit, facts, today)
        parent = unit.parent
        pk = found.pop("parent_id")
        for name, value in found.items():
            setattr(unit, name, value)
        if unit.pk:
            unit.parent = parents[pk] if pk is not None else None
        else:
            unit.parent = parent

    def _path(self, unit: Unit) -> str:
        return f"{unit.parent.path if unit.parent else ''}{unit.pk}/"

    def write(self) -> None:
        """Look whether all that was read still stands, then write. In the caller's transaction."""
        self._lock()
        self._open_new()
        for fact in self.fresh:
            row: Any = fact
            if row.unit_id is None:  # a new unit has its id only now
                row.unit = row.unit
            if isinstance(row, UnitPlace) and row.parent_id is None and row.parent is not None:
                row.parent = row.parent
        for model, ids in self.struck.items():
            for some in _parts(ids):
                model._default_manager.filter(pk__in=some).update(superseded_at=self.moment)
        for model, _part in MODELS:
            bulk.insert(model, [row for row in self.fresh if type(row) is model])
        self._update(list(self.changed.values()), (*copies.COPIES, "revision"))
        self._repath()
        self._index()
        for unit, event in self.events:
            event.target_id, event.target_name = str(unit.pk), str(unit)[:300]
            if event.verb == "unit.opened":
                event.scope_path = unit.path
        audit.record_all([event for _unit, event in self.events])

    def _lock(self) -> None:
        """The root for the tree, then the units one after the other; all as they were when they were read."""
        if self.placed:
            list(Unit.objects.select_for_update().filter(kind=Unit.Kind.COUNTRY).values_list("pk"))
        rows = Unit.objects.select_for_update().order_by("pk")
        if len(self.seen) <= 500:
            rows = rows.filter(pk__in=self.seen)
        stands = {pk: (revision, path) for pk, revision, path in rows.values_list("pk", "revision", "path")}
        if any(stands.get(pk) != seen for pk, seen in self.seen.items()):
            raise Meanwhile
        if self.new and Unit.objects.filter(code__in=[unit.code for unit, _facts in self.new]).exists():
            raise Meanwhile
        if self.placed:
            fresh = Stays.load()
            for code in self.placed:
                fresh.put(code, self._tree.of.get(code, []), self._tree.kind[code])
            if (refusal := fresh.fault(self.placed)) is not None:
                raise refusal

    def _open_new(self) -> None:
        """Parents first, so that each path is known when its children need it."""
        bulk.insert(Unit, [unit for unit, _facts in self.new])
        waiting = [unit for unit, _facts in self.new]
        while waiting:
            known = [unit for unit in waiting if unit.parent is None or not unit.parent.path.startswith(NEW)]
            assert known, "the tree has no circle"
            for unit in known:
                unit.parent = unit.parent
                unit.path = self._path(unit)
            waiting = [unit for unit in waiting if unit.path.startswith(NEW)]
        self._update([unit for unit, _facts in self.new], ("parent_id", "path"))

    def _repath(self) -> None:
        """Those that stand elsewhere now take all below them along."""
        moved = [unit for unit in self.changed.values() if self._path(unit) != unit.path]
        if not moved:
            return
        tree = {pk: (parent, path) for pk, parent, path in Unit.objects.values_list("pk", "parent_id", "path")}
        below: dict[int | None, list[int]] = {}
        for pk, (parent, _path) in tree.items():
            below.setdefault(parent, []).append(pk)
        now: dict[int, str] = {}
        waiting: list[tuple[int, str]] = [(pk, "") for pk in below.get(None, [])]
        while waiting:
            pk, above = waiting.pop()
            now[pk] = f"{above}{pk}/"
            waiting += [(child, now[pk]) for child in below.get(pk, [])]
        changed = [(path, pk) for pk, path in now.items() if tree[pk][1] != path]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE network_unit SET path = %s WHERE id = %s", changed)
        standing = {pk: path for pk, (_parent, path) in tree.items()}
        for unit in sorted(moved, key=lambda unit: now[unit.pk].count("/")):
            old, new = standing[unit.pk], now[unit.pk]
            if old == new:
                continue
            search.move(old, new)
            below_it = [unit.pk]
            while below_it:
                pk = below_it.pop()
                if standing[pk].startswith(old):
                    standing[pk] = new + standing[pk][len(old) :]
                below_it += below.get(pk, [])
        for unit in self.changed.values():
            unit.path = now[unit.pk]

    def _index(self) -> None:
        """The words made before the lock; of units that are new or stand elsewhere, now."""
        still = all(self.changed[pk].path == path for pk, path in self._staying.items())
        done = still and self._difference.write()
        late = [unit for unit, _facts in self.new]
        late += [unit for unit in self.changed.values() if not done or unit.pk not in self._staying]
        if late:
            documents = [one for unit in late if unit.exists for one in unit_documents(unit, self._regions)]
            search.replace("unit", [unit.pk for unit in late], search.ready(documents))

    @staticmethod
    def _update(units: list[Unit], names: tuple[str, ...]) -> None:
        if not units:
            return
        fields = {field.attname: field for field in Unit._meta.concrete_fields}
        chosen = [fields[name] for name in names]
        quote = connection.ops.quote_name
        sets = ", ".join(f"{quote(str(field.column))} = %s" for field in chosen)
        values = [
            [*(field.get_db_prep_save(getattr(unit, field.attname), connection) for field in chosen), unit.pk]
            for unit in units
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {quote(Unit._meta.db_table)} SET {sets} WHERE id = %s", values)


def _parts(ids: list[int], size: int = 20_000) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
