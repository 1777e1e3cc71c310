"""`orken units import`, `orken units export`, `orken staff import`, `orken staff export`, `orken people reseal`,
`orken account open`, `orken account code`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from orken.kit import cli
from orken.kit.sheets.reading import SheetRefused, read
from orken.network import invitations, services, tables, taking_away, unit_list
from orken.network.models import Unit, UnitImport
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Role
from orken.network.staff_list import handing, lists, report
from orken.people import sealing
from orken.people.accounts import second_steps
from orken.people.accounts.services import Issued
from orken.people.models import Account, Invitation, Person
from orken.people.services import record


def _everything() -> Scope:
    return Scope(("",))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="xlsx, ods or csv")
    parser.add_argument(
        "--apply", action="store_true", help="write what is new and changed; without it nothing is written"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("units import", help="look a table of units through, and apply it", configure=_import)
def import_units(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise cli.InputRejected(f"There is no file {options.file}.")
    try:
        with options.file.open("rb") as file:
            rows = unit_list.rows_of(read(file))
    except (SheetRefused, unit_list.ListRefused) as refusal:
        raise cli.InputRejected(str(refusal.args[0])) from refusal
    if options.apply:
        table = UnitImport.objects.create(file_name=options.file.name[:200], rows=rows, on=timezone.localdate())
        try:
            lines = unit_list.apply(table_id=table.pk, by=None, scope=_everything())
        except unit_list.NothingToApply:
            lines = unit_list.judge(rows, _everything(), on=table.on)
        except services.Meanwhile as refusal:
            raise cli.InputRejected(str(refusal.sentence)) from refusal
    else:
        lines = unit_list.judge(rows, _everything())
    found: dict[str, object] = {"rows": len(lines), **unit_list.counts(lines)}
    refused = [
        {"row": line.row, "column": line.column, "reason": str(line.reason)}
        for line in lines
        if line.state == "refused"
    ]
    if options.json:
        cli.print_json({**found, "rejected": refused})
    else:
        print(", ".join(f"{name}: {number}" for name, number in found.items()))
        for one in refused:
            print(f"row {one['row']}, {one['column']}: {one['reason']}")
    return 1 if refused else 0


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the xlsx file to write")


@cli.command("units export", help="the list of units as a table that can be imported again", configure=_export)
def export_units(options: argparse.Namespace) -> None:
    with unit_list.export(_everything()) as found, options.file.open("wb") as target:
        shutil.copyfileobj(found, target)


# --- staff ---


def _staff_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a staff list as xlsx, ods or csv")
    parser.add_argument("--unit", required=True, help="the code of the library, district or region that the list is of")
    parser.add_argument("--apply", action="store_true", help="write what is new and changed; without it nothing is written")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("staff import", help="look a staff list through, and apply it", configure=_staff_import)
def import_staff(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise cli.InputRejected(f"There is no file {options.file}.")
    unit = Unit.objects.filter(code=options.unit.strip().upper(), exists=True).first()
    if unit is None:
        raise cli.InputRejected(f"No unit has the code {options.unit}.")
    try:
        with options.file.open("rb") as file:
            if options.apply:
                table = lists.take_and_apply(file=file, file_name=options.file.name, unit=unit, by=None)
                answer = report.of_table(table)
            else:
                answer = report.of_lines(lists.judge(lists.look_into(file, unit), unit))
    except lists.ListRefused as refusal:
        raise cli.InputRejected(str(refusal.args[0])) from refusal
    if options.json:
        cli.print_json(answer)
    else:
        print(", ".join(f"{name}: {number}" for name, number in answer.items() if isinstance(number, int)))
        for one in answer["rejected"]:
            print(f"row {one['row']}, {one['column']}: {one['value']}: {one['reason']}")
        for one in answer["doubtful"]:
            print(f"row {one['row']}: perhaps known: {one['reason']}")
    return 0


def _staff_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the xlsx file to write")
    parser.add_argument("--unit", required=True, help="the code of the library, district or region")


@cli.command("staff export", help="the staff of a unit as a list that can be imported again", configure=_staff_export)
def export_staff(options: argparse.Namespace) -> None:
    unit = Unit.objects.filter(code=options.unit.strip().upper()).first()
    if unit is None:
        raise cli.InputRejected(f"No unit has the code {options.unit}.")
    rows = tables.staff_rows(Scope((unit.path,))).order_by("unit__path", "person__sort_kk", "employment", "pk")
    with transaction.atomic():
        people = rows.order_by().values("person").distinct().count()
        taking_away.written("staff.taken_away", None, [unit.path], people, taking_away.Numbers.MASKED, [])
        with handing.export(rows) as found, options.file.open("wb") as target:
            shutil.copyfileobj(found, target)


@cli.command("people reseal", help="seal every person's number by the newest secret key")
def reseal(options: argparse.Namespace) -> None:
    print(f"sealed anew: {record.reseal() + second_steps.reseal() + sealing.reseal_others()}")


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--surname", required=True, help="in Kazakh")
    parser.add_argument("--given", required=True, help="in Kazakh")
    parser.add_argument("--role", default=Role.ADMINISTRATOR.value, choices=[role.value for role in Role])
    parser.add_argument("--unit", required=True, help="the code of the unit over which the role holds")
    parser.add_argument("--basis", default="", help="the order on which the role rests")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command(
    "account open", help="a first person with a role and a one-time code, before anybody can sign in", configure=_open
)
def open_account(options: argparse.Namespace) -> None:
    unit = Unit.objects.filter(code=options.unit.strip().upper()).first()
    if unit is None:
        raise cli.InputRejected(f"No unit has the code {options.unit}.")
    with transaction.atomic():
        person = Person.objects.create(surname_kk=options.surname.strip(), given_kk=options.given.strip())
        services.assign_role(
            person=person, role=Role(options.role), unit=unit, on=timezone.localdate(), by=None, basis=options.basis
        )
        issued = invitations.invite(person=person, way=Invitation.Way.SLIP, by=None)
    _told(issued, options)


def _code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", help="the sign-in name")
    parser.add_argument("--clear-second-steps", action="store_true", help="the telephone or key is lost")
    parser.add_argument("--json", action="store_true", help="one JSON document")


@cli.command("account code", help="a new one-time code for somebody who cannot get in", configure=_code)
def renew_code(options: argparse.Namespace) -> None:
    account = Account.objects.filter(login=options.login.strip()).select_related("person").first()
    if account is None:
        raise cli.InputRejected(f"Nobody signs in as {options.login}.")
    try:
        issued = invitations.invite(
            person=account.person, way=Invitation.Way.SLIP, by=None, clears_second_steps=options.clear_second_steps
        )
    except OutOfScope:
        raise cli.InputRejected("This person was merged into another or erased.") from None
    _told(issued, options)


def _told(issued: Issued, options: argparse.Namespace) -> None:
    found = {
        "login": issued.invitation.account.login,
        "code": issued.grouped,
        "until": timezone.localdate(issued.invitation.expires_at).isoformat(),
        "address": "/account/begin/",
    }
    if options.json:
        cli.print_json(found)
    else:
        print(
            f"sign-in name {found['login']}, code {found['code']} (once, until {found['until']}), typed at {found['address']}"
        )
