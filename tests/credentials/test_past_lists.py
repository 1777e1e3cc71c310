"""A register of earlier years: looked through, mended, entered, entered again, taken back; nothing is guessed, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from orken.credentials import selectors, services
from orken.credentials.background import forget_registers
from orken.credentials.models import Certificate, LedgerRow, PastList, PastRecord, PastRow
from orken.credentials.past import lists, reasons
from orken.kit.audit.models import AuditEvent
from orken.network.models import Appointment, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, ProtectedId
from orken.people.services import merging
from orken.records.models import Number
from tests.credentials.conftest import broken, renamed
from tests.credentials.past import HEAD, TITLE, csv, line, posts, states, taken
from tests.credentials.past import reasons as codes

Accounts = Callable[[str], Account]
R = PastRecord.State


def test_what_is_found_is_entered_once_and_taken_back_whole(account: Accounts) -> None:
    by, people = account("pavlodar"), posts(3)
    numbers, certificates = Number.objects.count(), Certificate.objects.count()
    before = [selectors.hours_of(post.person) for post in people]
    table = taken([line(post, place) for place, post in enumerate(people)], by)
    assert states(table) == ["found"] * 3 and not PastRecord.objects.filter(source=table).exists()

    lists.apply(table=table, by=by)
    record = PastRecord.objects.get(source=table, person=people[0].person)
    assert (record.title, record.hours, record.starts_on, record.ends_on) == (TITLE, 36, date(2019, 4, 12), date(2019, 4, 16))  # fmt: skip
    assert (record.journal, record.paper, record.source_row, record.source_sheet) == ("100", "ПВЛ-000", 2, "Лист1")
    assert (record.state, record.decided_by, record.keeper.code if record.keeper else "") == ("confirmed", by, "KZ-55-LIB")  # fmt: skip
    after = selectors.hours_of(people[0].person)
    assert after.paper == before[0].paper + 36 * 45 and after.confirmed == before[0].confirmed  # counted apart
    row = LedgerRow.objects.get(past=record, superseded_at=None)
    assert (row.activity, row.confirmed, row.verifier, row.minutes) == ("paper", True, by, 1620)
    assert (Number.objects.count(), Certificate.objects.count()) == (numbers, certificates)  # no number of ours
    assert AuditEvent.objects.filter(verb="past.entered", batch=table.pk).count() == 3

    lists.apply(table=table, by=by)  # again
    again = taken([line(post, place) for place, post in enumerate(people)], by)
    assert states(again) == ["same"] * 3
    lists.apply(table=again, by=by)
    assert PastRecord.objects.filter(person__in=[post.person_id for post in people], title=TITLE).count() == 3

    assert lists.take_back(table=table, by=by) == 3
    assert selectors.hours_of(people[0].person).paper == before[0].paper
    assert set(PastRecord.objects.filter(source=table).values_list("state", flat=True)) == {"undone"}
    with pytest.raises(lists.NotOpen):
        lists.take_back(table=table, by=by)
    lists.apply(table=again, by=by)  # what stood in its way is gone
    assert selectors.hours_of(people[0].person).paper == before[0].paper + 1620 and broken() == set()


def test_initials_are_never_certain_and_are_decided_by_hand(account: Accounts) -> None:
    by, post = account("pavlodar"), posts(1)[0]
    short = f"{post.person.surname_ru} {post.person.given_ru[:1]}."
    table = taken([line(post, name=short)], by)
    row = table.rows.get()
    assert row.state == "doubtful" and row.notes[0][0] == "initials" and post.person_id in row.candidates
    lists.apply(table=table, by=by)
    assert not PastRecord.objects.filter(source=table).exists()  # what is doubtful stays out and waits
    row = lists.correct(row=table.rows.get(), corrections={}, decision=f"same:{post.person_id}", by=by)
    assert row.state == "found" and row.person_id == post.person_id
    lists.apply(table=table, by=by)
    assert PastRecord.objects.get(source=table).person_id == post.person_id
    with pytest.raises(lists.NotOpen):
        lists.correct(row=table.rows.get(), corrections={"hours": "99"}, decision="", by=by)  # entered: it stands


def test_a_name_needs_a_second_sign(account: Accounts) -> None:
    by, post = account("pavlodar"), posts(1)[0]
    person = renamed(post.person, patronymic_kk="Бекзатқызы", patronymic_ru="Бекзатовна")
    alone = f"{person.surname_ru} {person.given_ru}"
    table = taken(
        [
            line(post, 1, name=alone, unit="", title="Одно"),  # nothing beside the name
            line(post, 2, name=alone, unit="Библиотека, которой нет", title="Два"),
            line(post, 3, name=alone, title="Три"),  # with her library
            line(post, 4, name=f"{alone} Бекзатовна", unit="", title="Четыре"),  # with her father's name
            line(post, 5, name=f"{alone} Ержановна", title="Пять"),  # another father: another woman
            line(post, 6, name=f"{alone}".replace(person.given_ru, f"{person.given_ru}ж"), title="Шесть"),
        ],
        by,
    )
    assert states(table) == ["doubtful", "doubtful", "found", "found", "unknown", "unknown"]
    assert codes(table)[0][0] == "alone" and "unit_unread" in codes(table)[1] and codes(table)[4][0] == "nobody"


def test_namesakes_are_told_apart_by_their_library(account: Accounts) -> None:
    by, (one, two) = account("pavlodar"), posts(2, skip=5)
    renamed(
        two.person, **{name: getattr(one.person, name) for name in ("surname_ru", "given_ru", "surname_kk", "given_kk")}
    )
    for post in (one, two):
        renamed(post.person, patronymic_kk="", patronymic_ru="")
    name = f"{one.person.surname_ru} {one.person.given_ru}"
    table = taken([line(one, 1, name=name, unit=two.unit.name_ru), line(one, 2, name=name, unit="")], by)
    first, second = table.rows.order_by("number")
    assert (first.state, first.person_id) == ("found", two.person_id)
    assert second.state == "doubtful" and {one.person_id, two.person_id} <= set(second.candidates)
    assert second.notes[0][0] == "several"


def test_a_number_of_a_person_decides_and_never_stands_in_clear(account: Accounts) -> None:
    from orken.people import iin
    from orken.people.services import record

    by, post = account("national"), posts(1)[0]
    first = "80071440050"
    digits = f"{first}{iin.check_digit(first)}"
    ProtectedId.objects.filter(person=post.person).delete()
    record.set_number(person=post.person, number=iin.parse(digits), by=None, scope_path="")
    short = f"{post.person.surname_ru} {post.person.given_ru[:1]}."
    table = taken([[*line(post, name=short, unit=""), digits], [*line(post, 2, name="Совсем Другая"), digits]], by, head=[*HEAD, "ИИН"])  # fmt: skip
    assert states(table) == ["found", "doubtful"] and codes(table)[1][0] == "number_other"
    whole = json.dumps([[row.cells, row.values, row.notes, row.corrections] for row in table.rows.all()])
    assert digits not in whole and digits not in json.dumps(table.layout)


def test_rows_that_cannot_be_read_say_why(account: Accounts) -> None:
    by, post = account("pavlodar"), posts(1)[0]
    table = taken(
        [
            line(post, 1, title=""), line(post, 2, days=""), line(post, 3, days="весной"), line(post, 4, days="16.04.2019 – 12.04.2019"),
            line(post, 5, days="01.01.2096"), line(post, 6, days="01.01.1949"), line(post, 7, hours=""), line(post, 8, hours="много"),
            line(post, 9, hours="1001"), line(post, 10, name=""), line(post, 11, days="31.04.2019"), line(post, 12, days="апрель 2019"),
        ],
        by,
    )  # fmt: skip
    found = [(row.state, row.notes[0][0]) for row in table.rows.order_by("number")]
    assert found == [
        ("refused", "title_missing"), ("refused", "days_missing"), ("refused", "days_unread"), ("refused", "days_order"), ("refused", "days_later"),
        ("refused", "days_early"), ("refused", "hours_missing"), ("refused", "hours_unread"), ("refused", "hours_unread"), ("refused", "no_name"),
        ("refused", "days_unread"), ("found", "month_only"),
    ]  # fmt: skip
    assert all(reasons.text(note) for row in table.rows.all() for note in row.notes)
    row = lists.correct(row=table.rows.get(number=3), corrections={"period": "12–16.04.2019"}, decision="", by=by)
    assert row.state == "found"  # mended in place
    row = lists.correct(row=table.rows.get(number=4), corrections={}, decision="skip", by=by)
    assert (row.state, row.notes[0][0]) == ("refused", "skipped")


def test_what_stands_twice_in_the_file_is_entered_once(account: Accounts) -> None:
    by, post = account("pavlodar"), posts(1)[0]
    table = taken([line(post, 1), line(post, 1), line(post, 2, title="  чтение С детьми, на каникулах ")], by)
    assert states(table) == ["found", "same", "same"] and codes(table)[1] == ["repeats"]
    lists.apply(table=table, by=by)
    assert PastRecord.objects.filter(source=table).count() == 1


def test_the_training_may_stand_above_its_people_or_be_said_for_all(account: Accounts, country: Callable[[str], Unit]) -> None:  # fmt: skip
    by, (one, two) = account("pavlodar"), posts(2)
    rows = [
        ["№", "Аты-жөні", "Жұмыс орны"],
        ["Семинар «Каталогтау негіздері», 12–16.04.2019, 36 сағат", "", ""],
        ["1", one.person.full_name("kk"), one.unit.name_kk],
        ["Практикум «Деректер қоры», 2020 ж. 3–5 наурыз, 16 сағат", "", ""],
        ["2", two.person.full_name("kk"), two.unit.name_kk],
    ]
    table = lists.take(file=csv(*rows), file_name="журнал.csv", unit=country("KZ-55-LIB"), by=by)
    told = [
        (row.state, row.values["title"], row.values["last"], row.values["hours"])
        for row in table.rows.order_by("number")
    ]
    assert told == [("found", "Каталогтау негіздері", "2019-04-16", 36), ("found", "Деректер қоры", "2020-03-05", 16)]

    bare = lists.take(file=csv(rows[0], rows[2], rows[4]), file_name="тізім.csv", unit=country("KZ-55-LIB"), by=by)
    assert states(bare) == ["refused", "refused"]
    said = {"title": "Өлкетану", "starts_on": "2018-05-14", "ends_on": "2018-05-16", "hours": "24"}
    lists.set_columns(table=bare, columns={}, defaults=said, domain=None, by=by)
    assert states(bare) == ["found", "found"] and codes(bare)[0] == ["default"]


def test_a_column_that_was_not_understood_is_said_and_remembered(account: Accounts) -> None:
    by, post = account("pavlodar"), posts(1)[0]
    head = ("Рег. №", "Кто", "Место работы", "Тема", "Сроки обучения", "Нагрузка", "ФИО")
    rows = [["1", "", post.unit.name_ru, TITLE, "12–16.04.2019", "36", post.person.full_name("ru")]]
    table = taken(rows, by, head=head)
    assert table.layout[0]["columns"][5] == "" and states(table) == ["refused"]
    columns = [*table.layout[0]["columns"]]
    columns[5] = "hours"
    lists.set_columns(table=table, columns={0: columns}, defaults={}, domain=None, by=by)
    assert states(table) == ["found"]
    assert states(taken(rows, by, head=head)) == ["found"]  # the next one of this library is read so at once


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "бос"), (b"%PDF-1.7 x", "PDF"), ("а;б\n1;2".encode(), "тақырып"), ("ФИО;Тема".encode(), "адам")],
)
def test_what_is_no_register_is_refused_in_words(content: bytes, word: str, account: Accounts, country: Callable[[str], Unit]) -> None:  # fmt: skip
    import io

    with pytest.raises(lists.ListRefused) as refusal:
        lists.take(file=io.BytesIO(content), file_name="x", unit=country("KZ-55-LIB"), by=account("pavlodar"))
    assert word in str(refusal.value.args[0])


def test_a_registrar_keeps_to_her_scope(account: Accounts) -> None:
    post, away = posts(1)[0], posts(1, "KZ-11")[0]
    with pytest.raises(OutOfScope):
        taken([line(post)], account("pavlodar"), unit="KZ-11-LIB")
    with pytest.raises(OutOfScope):
        taken([line(post)], account("head"))
    table = taken([line(away)], account("pavlodar"))
    assert states(table) == ["unknown"]  # nobody of hers
    row = lists.correct(row=table.rows.get(), corrections={}, decision=f"same:{away.person_id}", by=account("pavlodar"))
    assert (row.state, row.decision) == ("unknown", "")  # by hand neither
    assert states(taken([line(away)], account("registrar"), unit="NL")) == ["found"]
    for verb in (lists.apply, lists.take_back):
        with pytest.raises(OutOfScope):
            verb(table=taken([line(away)], account("registrar"), unit="NL"), by=account("pavlodar"))


def test_nobody_enters_herself(account: Accounts) -> None:
    by = account("pavlodar")
    mine = Appointment.objects.at().select_related("unit", "person").get(person=by.person)
    table = taken([line(mine)], by)
    assert (states(table), codes(table)[0][0]) == (["refused"], "herself")
    lists.apply(table=table, by=account("national"))  # the National Library may
    assert PastRecord.objects.get(source=table).person_id == by.person_id


def test_her_claim_that_waits_is_confirmed_by_the_register_and_waits_again_when_it_is_taken_back(
    account: Accounts,
) -> None:
    from tests.credentials.test_past_claims import claimed

    by, village = account("pavlodar"), account("village")
    claim = claimed(village, title=TITLE, starts_on=date(2019, 4, 12), ends_on=date(2019, 4, 16))
    before = selectors.hours_of(village.person)
    post = Appointment.objects.at().select_related("unit", "person").get(person=village.person)
    table = taken([line(post)], by)
    assert codes(table)[0][0] == "claimed"
    lists.apply(table=table, by=by)
    claim.refresh_from_db()
    assert (claim.state, claim.source, claim.journal, claim.decided_by) == ("confirmed", table, "101", by)
    after = selectors.hours_of(village.person)
    assert (after.paper, after.paper_waits) == (before.paper + claim.minutes, before.paper_waits - claim.minutes)
    lists.take_back(table=table, by=by)
    claim.refresh_from_db()
    assert (claim.state, claim.source, claim.decided_by) == ("sent", None, None) and broken() == set()
    services.vouch(record=claim, by=by)


def test_two_rows_of_one_woman_are_joined_with_one_record(account: Accounts) -> None:
    """Both have the training from paper: it counts once; taken apart again each has hers."""
    by, (one, two) = account("national"), posts(2)
    table = taken([line(one, 1), line(two, 2), line(two, 3, title="Другой курс", days="03.03.2020")], by, unit="NL")
    lists.apply(table=table, by=by)
    before = selectors.hours_of(one.person).paper
    assert broken() == set()
    answers = {one.key: "kept" for one in merging.collisions(one.person, two.person)}
    merge = merging.merge(kept=one.person, gone=two.person, answers=answers, by=by, scope_path="")
    assert selectors.hours_of(one.person).paper == before + 36 * 45  # the other course, the same one not twice
    assert broken() == set()
    merging.undo(merge=merge, by=by, scope_path="")
    assert selectors.hours_of(two.person).paper >= 2 * 36 * 45 and broken() == set()


def test_cells_of_rows_that_were_never_entered_are_forgotten(account: Accounts) -> None:
    from datetime import timedelta

    by, (one, two) = account("pavlodar"), posts(2)
    table = taken([line(one), line(two, name="Неизвестная Никто")], by)
    lists.apply(table=table, by=by)
    PastList.objects.filter(pk=table.pk).update(created_at=table.created_at - timedelta(days=181))
    forget_registers()
    entered, other = PastRow.objects.filter(table=table).order_by("number")
    assert entered.cells and entered.record is not None and (other.cells, other.name) == ([], "")
