"""A table of units judged row by row, and applied in one transaction; its shape is `unit_table`'s.

An empty cell leaves what stands; a row is new, changed, same or refused, with the reason. Applying
the same table twice changes nothing the second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, time
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from orken.kit.i18n.content import LANGUAGES
from orken.kit.jobs.registry import job, timetable
from orken.kit.jobs.running import Refused, Run
from orken.kit.text.plain import has_letter
from orken.network import policy, services
from orken.network.models import Unit, UnitImport, UnitTraits
from orken.network.policy import Scope
from orken.network.refusals import CODE_OF_OTHERS, NO_TELEPHONE, Refusal, UnitNotThere, filled
from orken.network.roles import Permission
from orken.network.selectors import region_of_code
from orken.network.stays import Stays, earlier, spans
from orken.network.unit_table import CHOICES, NAMES, TRAITS, key_of, language_of_reader
from orken.network.unit_table import HEADINGS as HEADINGS
from orken.network.unit_table import Line as Line
from orken.network.unit_table import ListRefused as ListRefused
from orken.network.unit_table import export as export
from orken.network.unit_table import rows_of as rows_of
from orken.people.contacts import are_numbers
from orken.people.models import Account

CODE = re.compile(r"^[A-Z0-9][A-Z0-9-]{1,38}$")
SET_UP = (Unit.Kind.COUNTRY, Unit.Kind.REGION)  # opened by set-up, never by a table
STEP = 200  # rows between two tellings of the progress
Progress = Callable[[int, int], None]

# --- judging ---


def judge(
    rows: Sequence[dict[str, Any]], scope: Scope, *, on: date | None = None, progress: Progress | None = None
) -> list[Line]:
    """Judge every row against the register as it stands; nothing is written.

    What the rows say of the tree is judged together, since one row may bring the parent of another.
    """
    units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    traits = {row.unit_id: row for row in UnitTraits.objects.at()}
    coming = {str(row.get("code", "")).upper(): row for row in rows}
    seen: dict[str, int] = {}
    lines: list[Line] = []
    for row in rows:
        lines.append(_judge(row, units, traits, coming, seen, scope))
        if progress and len(lines) % STEP == 0:
            progress(len(lines), 2 * len(rows))
    _settle(lines, on or timezone.localdate())
    if progress:
        progress(len(lines), 2 * len(lines))
    return lines


def _settle(lines: Sequence[Line], on: date) -> None:
    """Refuse the rows with which the tree would be none, until what is left makes one."""
    waiting = [line for line in lines if line.state == "new" or "parent" in line.changes]
    if not waiting:
        return
    refused = {line.code: line.row for line in lines if line.state == "refused"}
    while True:
        stays = Stays.load()
        wrong: list[tuple[Line, Refusal]] = []
        for line in waiting:
            if line.state == "new":
                stays.put(line.code, [], line.values["kind"])
                stays.state(line.code, line.values["parent"], on, None)
                continue
            stay = stays.on(line.code, on)
            if stay is None:
                wrong.append((line, UnitNotThere(line.code, days=spans(stays.open_days(line.code)))))
                continue
            later = min((one.since for one in stays.of[line.code] if one.since > on), default=None)
            stays.state(line.code, line.values["parent"], on, earlier(stays.end(line.code, on), later))
        by_code = {line.code: line for line in waiting}
        # A row whose parent stays out is refused before those whose tree it would have been part of.
        orphans = [
            line for line in waiting if line.values["parent"] in refused and line.values["parent"] not in stays.of
        ]
        if orphans:
            for line in orphans:
                _refuse(
                    line,
                    "parent",
                    filled(
                        _("Its parent stands in row %(row)s, which is refused."), row=refused[line.values["parent"]]
                    ),
                )
        else:
            wrong += [(by_code[code], refusal) for code, refusal in stays.faults(by_code)]
            for line, refusal in wrong:
                _refuse(line, "parent", refusal.sentence)
        refused |= {line.code: line.row for line in waiting if line.state == "refused"}
        left = [line for line in waiting if line.state != "refused"]
        if len(left) == len(waiting):
            return
        waiting = left


def _refuse(line: Line, column: str, reason: str | Promise) -> Line:
    line.state, line.column, line.reason = "refused", column, reason
    return line


def _judge(
    row: dict[str, Any], units: dict[str, Unit], traits: dict[int, UnitTraits], coming: dict[str, Any],
    seen: dict[str, int], scope: Scope,
) -> Line:  # fmt: skip
    code = str(row.get("code", "")).upper()
    line = Line(row["row"], code, row.get("name_kk") or row.get("name_ru") or "")

    def refuse(column: str, reason: str | Promise) -> Line:
        return _refuse(line, column, reason)

    if not CODE.match(code):
        return refuse(
            "code", _("The code is missing or has other signs than capital Latin letters, digits and hyphens.")
        )
    if code in seen:
        return refuse("code", filled(_("The code stands in row %(row)s already."), row=seen[code]))
    seen[code] = row["row"]
    values: dict[str, str] = {"code": code}
    for name, pairs in CHOICES.items():
        if row.get(name):
            value = _choice(pairs, row[name])
            if value is None:
                return refuse(
                    name,
                    filled(
                        _("“%(value)s” is none of the known words: %(words)s."),
                        value=row[name],
                        words=_words([label for value, label in pairs if value not in SET_UP]),
                    ),
                )
            values[name] = value
    for name in (*NAMES, *TRAITS):
        if name not in CHOICES and row.get(name):
            longest = (
                300
                if name in NAMES or name == "address"
                else 100
                if name.startswith("city")
                else 254
                if name == "email"
                else 40
            )
            if len(row[name]) > longest:
                return refuse(name, filled(_("It is longer than %(n)s letters."), n=longest))
            if name in NAMES and not has_letter(row[name]):
                return refuse(name, _("A name needs at least one letter."))
            values[name] = row[name]
    if "email" in values:
        try:
            validate_email(values["email"])
        except ValidationError:
            return refuse("email", _("This is not an e-mail address."))
    if "phone" in values and not are_numbers(values["phone"]):
        return refuse("phone", NO_TELEPHONE)
    parent_code = str(row.get("parent", "")).upper()
    unit = units.get(code)
    if unit is not None and not unit.exists:
        return refuse("code", _("This unit is closed."))
    if unit is not None and not scope.contains(unit.path):
        return refuse("code", _("This unit is not in your scope."))
    if parent_code and (unit is None or unit.parent is None or parent_code != unit.parent.code):
        parent = units.get(parent_code)
        known = parent is not None and parent.exists and scope.contains(parent.path)
        if not known and (parent is not None or parent_code not in coming):
            return refuse("parent", _("There is no such unit where you may act. Check the code."))
        values["parent"] = parent_code
    line.values = values
    if unit is None:
        missing = next((name for name in ("parent", "name_kk", "kind") if name not in values), None)
        if missing:
            return refuse(missing, _("A new unit needs it."))
        if values["kind"] in SET_UP:
            return refuse("kind", _("Regions are not opened by a table."))
        region = region_of_code(code, units)
        if region is not None and not scope.contains(region.path):
            return refuse("code", filled(CODE_OF_OTHERS, region=region.name))
        line.state = "new"
        return line
    if "kind" in values and values["kind"] != unit.kind:
        return refuse("kind", _("The kind of a unit does not change. Close it and open another."))
    standing = traits.get(unit.pk)
    for name in (*NAMES, *TRAITS, "parent"):
        if name not in values:
            continue
        old = (
            (unit.parent.code if unit.parent else "")
            if name == "parent"
            else getattr(unit if name in NAMES else standing, name, "")
        )
        if old != values[name]:
            line.changes[name] = (old, values[name])
    line.state = "changed" if line.changes else "same"
    line.name = line.name or unit.name
    return line


def _words(labels: Sequence[str | Promise]) -> Promise:
    return cast("Promise", lazy(lambda: ", ".join(str(label) for label in labels), str)())


def _choice(pairs: Sequence[tuple[str, Any]], given: str) -> str | None:
    """The value of a choice by its code or its word in any of the three languages."""
    for value, label in pairs:
        if given.casefold() == value:
            return value
        for language in LANGUAGES:
            with override(language):
                if key_of(given) == key_of(str(label)):
                    return value
    return None


def counts(lines: Sequence[Line]) -> dict[str, int]:
    return {state: sum(line.state == state for line in lines) for state in ("new", "changed", "same", "refused")}


# --- applying ---


class AppliedAlready(Exception):
    """The table was applied or taken back before."""


class NothingToApply(Exception):
    """Every row of the table is refused."""


def apply(*, table_id: UUID, by: Account | None, scope: Scope, progress: Progress | None = None) -> list[Line]:
    """Apply a judged table: every good row or, when anything fails, none. Refused rows stay out, and are kept.

    Judged again, and everything that will be written is reckoned, before the lock; under it is only
    looked whether all of that still holds. When others changed the same units meanwhile, it begins anew.
    Raises AppliedAlready, NothingToApply and Meanwhile.
    """
    for _attempt in range(services.TRIES):
        table = UnitImport.objects.get(pk=table_id)
        if table.state != UnitImport.State.JUDGED:
            raise AppliedAlready(table.file_name)
        # Read before the judging: what changes after this shows as another revision, here or under the lock.
        revisions = dict(Unit.objects.values_list("code", "revision"))
        lines = judge(table.rows, scope, on=table.on, progress=progress)
        if all(line.state == "refused" for line in lines):
            raise NothingToApply(table.file_name)
        try:
            reckoning = _reckoned(lines, table, by, revisions, progress)
            with transaction.atomic():
                kept = UnitImport.objects.select_for_update().get(pk=table_id)
                if kept.state != UnitImport.State.JUDGED:
                    raise AppliedAlready(table.file_name)
                reckoning.write()
                kept.state, kept.counts, kept.refused = UnitImport.State.APPLIED, counts(lines), refusals(lines)
                kept.save(update_fields=["state", "counts", "refused"])
        except services.Refusal:  # nothing that the judging let through is refused unless somebody changed it meanwhile
            continue
        return lines
    raise services.Meanwhile


def _reckoned(
    lines: Sequence[Line], table: UnitImport, by: Account | None, revisions: dict[str, int], progress: Progress | None
) -> services.Reckoning:
    working = [line for line in lines if line.state in ("new", "changed")]
    codes = {line.code for line in working} | {line.values.get("parent", "") for line in working}
    units = {unit.code: unit for unit in Unit.objects.select_related("parent") if unit.code in codes}
    if any(unit.revision != revisions.get(code) for code, unit in units.items()):
        raise services.Meanwhile
    reckoning = services.Reckoning(
        [units[line.code] for line in working if line.state == "changed"], by=by, batch=table.pk
    )
    on = table.on
    for done, line in enumerate(_parents_first(working), start=1):
        parent = units.get(line.values.get("parent", ""))
        if line.state == "new":
            unit = units[line.code] = Unit(code=line.code, kind=line.values["kind"])
            reckoning.open(
                unit,
                parent,
                names={name: line.values.get(name, "") for name in NAMES},
                traits={name: line.values[name] for name in TRAITS if name in line.values},
                on=on,
            )
        else:
            unit = units[line.code]
            names = {name: new for name, (_old, new) in line.changes.items() if name in NAMES}
            traits = {name: new for name, (_old, new) in line.changes.items() if name in TRAITS}
            if names:
                reckoning.rename(unit, names, on)
            if traits:
                reckoning.set_traits(unit, traits, on)
            if "parent" in line.changes and parent is not None:
                reckoning.move(unit, parent, on)
        if progress and done % STEP == 0:
            progress(len(lines) + done * len(lines) // len(working), 2 * len(lines))
    reckoning.judge()
    reckoning.ready()
    if progress:
        progress(2 * len(lines) - 1, 2 * len(lines))  # the last moment to stop
    return reckoning


def refusals(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The refused rows as they are kept: the reason in each language, whoever reads it later."""
    kept: list[dict[str, Any]] = []
    for line in lines:
        if line.state == "refused":
            reasons = {}
            for language in LANGUAGES:
                with override(language):
                    reasons[language] = str(line.reason)
            kept.append(
                {"row": line.row, "code": line.code, "name": line.name, "column": line.column, "reason": reasons}
            )
    return kept


def refused_lines(table: UnitImport) -> list[Line]:
    """The rows that stayed out of an applied table, with the reason in the reader's language."""
    return [
        Line(
            one["row"], one["code"], one["name"], "refused", one["column"], one["reason"].get(language_of_reader(), "")
        )
        for one in table.refused
    ]


AT_ONCE = 300  # rows that are applied while the reader waits; more go to the background


@job("network.apply_units", lane="heavy", title=_("Applying a table of libraries"))
def apply_in_background(run: Run, *, table: str, by: int) -> dict[str, Any]:
    """`apply` as background work: whole or not at all, so a worker that dies leaves the old state."""
    account = Account.objects.get(pk=by)
    scope = policy.scope(account, Permission.UNIT_IMPORT)
    try:
        with suppress(AppliedAlready):  # the worker died after the commit and before it could tell
            apply(table_id=UUID(table), by=account, scope=scope, progress=run.advance)
    except NothingToApply as problem:
        raise Refused(_("Every row is refused: there is nothing to apply.")) from problem
    except services.Refusal as problem:
        raise Refused(problem.sentence) from problem
    except policy.OutOfScope as problem:
        raise Refused(_("This unit is not in your scope.")) from problem
    run.finish()
    return {"address": f"/network/import/{table}/"}


@job("network.undo", lane="heavy", title=_("Taking a batch of changes back"))
def undo_in_background(run: Run, *, batch: str, by: int) -> dict[str, Any]:
    """`services.undo` as background work."""
    try:
        services.undo(batch=UUID(batch), by=Account.objects.get(pk=by), progress=run.advance)
    except services.CannotUndo as problem:
        raise Refused(
            _("It was changed again since, so it cannot be taken back by a button. Change it by hand.")
        ) from problem
    except services.StillInUse as problem:
        raise Refused(_("It is in use by now, so it cannot be taken back.")) from problem
    except services.Refusal as problem:
        raise Refused(problem.sentence) from problem
    except policy.OutOfScope as problem:
        raise Refused(_("This unit is not in your scope.")) from problem
    run.finish()
    return {"address": "/network/"}


@timetable("network.today", daily_at=time(0, 5), at_start=True)
def days_that_have_come() -> None:
    """Changes that were dated in the future take effect just after midnight, or when the machine wakes."""
    services.bring_up_to_today()


def _parents_first(lines: Sequence[Line]) -> Iterator[Line]:
    """New units after the new units that they stand under; a circle among them keeps the order of the file."""
    new = {line.code: line for line in lines if line.state == "new"}
    done: set[str] = set()

    def with_parents(line: Line, trail: frozenset[str]) -> Iterator[Line]:
        parent = new.get(line.values.get("parent", ""))
        if parent is not None and parent.code not in trail:
            yield from with_parents(parent, trail | {line.code})
        if line.code not in done:
            done.add(line.code)
            yield line

    for line in lines:
        if line.code not in done:
            yield from with_parents(line, frozenset({line.code}))
