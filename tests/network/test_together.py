"""Two at once, and a worker that dies: nothing lost, nothing half-written."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network import persons, services, transfers
from orken.network.models import Appointment, Post, Transfer, Unit, UnitName
from orken.network.roles import Role
from orken.people.models import Account, DataRequest, Person
from orken.people.services import merging, rights
from tests import snapshot
from tests.outside import outside

TOGETHER = 6


def at_once(do: Callable[[int], object]) -> list[type[Exception]]:
    """Run `do` in several threads at the same moment; answers the refusals."""
    refusals: list[type[Exception]] = []
    gate = threading.Barrier(TOGETHER)

    def one(number: int) -> None:
        try:
            gate.wait()
            do(number)
        except Exception as refusal:
            refusals.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def test_of_many_who_saw_the_same_revision_one_writes(transactional_db: None) -> None:
    unit = Unit.objects.get(code="KZ-55-D01")
    refusals = at_once(
        lambda n: services.rename_unit(
            unit=Unit.objects.get(pk=unit.pk),
            names={"name_en": f"Name {n}"},
            on=timezone.localdate(),
            by=None,
            revision=unit.revision,
        )
    )
    assert refusals == [services.EditedMeanwhile] * (TOGETHER - 1)
    assert UnitName.objects.live().filter(unit=unit, valid_to=None).count() == 1
    assert Unit.objects.get(pk=unit.pk).revision == unit.revision + 1


def test_nobody_gets_two_main_posts_however_many_appoint_at_once(transactional_db: None) -> None:
    person = Person.objects.create(surname_kk="Ерғалиева")
    units = list(Unit.objects.filter(kind="branch")[:TOGETHER])
    post = Post.objects.get(code="librarian")
    refusals = at_once(
        lambda n: services.appoint(person=person, unit=units[n], post=post, on=timezone.localdate(), by=None)
    )
    assert refusals == [services.PostIsTaken] * (TOGETHER - 1)
    assert Appointment.objects.at().filter(person=person).count() == 1


def test_a_move_and_an_appointment_of_one_woman_into_one_library_wait_for_each_other(transactional_db: None) -> None:
    """Whoever writes a post locks the library before the person: the other order would stop both for good."""
    by, on = Account.objects.get(login="pavlodar"), timezone.localdate()
    posts = {code: Post.objects.get(code=code) for code in ("librarian", "bibliographer", "methodologist")}
    row = Appointment.objects.at().filter(unit__code="KZ-55-D01-03", employment="main", valid_from__lt=on).first()
    assert row is not None
    target = Unit.objects.get(code="KZ-55-D01-05")

    def either(n: int) -> object:
        if n % 3 == 0:
            return persons.move(appointment=row, unit=target, post=posts["librarian"], on=on, by=by)
        if n % 3 == 1:
            return services.dismiss(appointment=row, on=on, by=by)
        post = posts["bibliographer" if n == 2 else "methodologist"]
        return services.appoint(person=row.person, unit=target, post=post, on=on, by=by, employment="combined")

    for _ in range(5):
        refusals = at_once(either)
        assert set(refusals) <= {persons.NotHersNow, services.GoneMeanwhile, services.PostIsTaken}, refusals
        live = Appointment.objects.live().filter(person=row.person)
        assert live.filter(employment="main").exclude(valid_to__lte=on).count() <= 1
        live.filter(valid_from=on).update(superseded_at=timezone.now())
        Appointment.objects.filter(pk=row.pk).update(superseded_at=None)
        live.filter(valid_to=on).delete()


def test_an_answer_an_erasure_and_a_joining_of_one_woman_wait_for_each_other(transactional_db: None) -> None:
    """All three lock the person before what points to her; each order of the three leaves something whole."""
    by, on = Account.objects.get(login="pavlodar"), timezone.localdate()
    centre = Account.objects.get(login="national")
    mine, post = Unit.objects.select_related("parent").get(code="KZ-11-LIB"), Post.objects.get(code="librarian")
    rows = Appointment.objects.at().filter(unit__code__startswith="KZ-55-D02", employment="main", person__account=None)
    women = [row.person for row in rows.select_related("person")[:4]]
    for woman in women:
        asked = Transfer.objects.create(person=woman, unit=mine, post=post, kind="work", on=on, asked_by=by)
        wish = DataRequest.objects.create(person=woman, kind="erasure")
        twin = Person.objects.create(surname_kk=woman.surname_kk)
        assert mine.parent is not None
        giving = services.assign_role(person=woman, role=Role.REGION_METHODOLOGIST, unit=mine.parent, on=on, by=None)

        def any_of(
            n: int, asked: Transfer = asked, wish: DataRequest = wish, twin: Person = twin, giving: Any = giving
        ) -> object:
            if n == 0:
                return transfers.accept(transfer=asked, by=by)
            if n == 1:
                return rights.decide(request=wish, grant=True, answer="", by=by, scope_path="")
            if n == 2:
                return rights.erase(person=wish.person, by=by, scope_path="")
            if n == 3:
                return merging.merge(kept=wish.person, gone=twin, answers={}, by=by, scope_path="")
            if n == 4:
                return services.end_role(assignment=giving, on=on + timedelta(days=1), by=centre)
            return transfers.refuse(transfer=asked, by=by, answer="жоқ")

        refusals = at_once(any_of)
        assert not {one for one in refusals if issubclass(one, DatabaseError)}, refusals
    assert not {rule: found for rule, found in invariants.run() if found}


def test_moves_that_cross_leave_a_tree(transactional_db: None) -> None:
    """Two districts are put under each other at the same moment: one of them wins, no circle appears."""
    pair = ["KZ-55-D01", "KZ-55-D02"]
    at_once(
        lambda n: services.move_unit(
            unit=Unit.objects.get(code=pair[n % 2]),
            parent=Unit.objects.get(code=pair[1 - n % 2]),
            on=date(2026, 9, 1),
            by=None,
        )
    )
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def orken(data: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    return subprocess.Popen(
        [sys.executable, "-m", "orken", *words],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def outcome(process: subprocess.Popen[bytes]) -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err.decode()[-2000:]
    return out.decode()


def test_an_import_that_is_killed_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    rows = [[f"KZ-55-D01-{number}", "branch library", "KZ-55-D01", f"Кітапхана {number}"] for number in range(100, 250)]
    table = tmp_path / "list.xlsx"
    with write_xlsx(
        [Table("t", [Column(head) for head in ("Code", "Kind", "Parent code", "Name in Kazakh")], rows)]
    ) as file:
        table.write_bytes(file.read())
    snapshot.site(tmp_path)
    count = (
        "from orken.network.models import Unit; print(Unit.objects.filter(name_kk__startswith='Кітапхана ').count())"
    )
    chance = random.Random(7)
    seen = set()
    for _ in range(4):
        process = orken(tmp_path, "units", "import", str(table), "--apply")
        time.sleep(0.7 + chance.random() * 1.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.add(int(outcome(orken(tmp_path, "django", "shell", "-v", "0", "-c", count)).split()[-1]))
        assert "broken" not in outcome(orken(tmp_path, "audit", "invariants"))
    assert seen <= {0, 150}, seen
    outcome(orken(tmp_path, "units", "import", str(table), "--apply"))
    assert "same: 150" in outcome(orken(tmp_path, "units", "import", str(table))), (
        "the next try ends the work, the one after finds it done"
    )
