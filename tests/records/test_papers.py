"""A paper from its draft to its end: frozen with its number, signed, changed only by another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from orken.kit import demo
from orken.kit.audit.models import AuditEvent
from orken.kit.files import services as files
from orken.kit.states import WayIsClosed
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.people.services import merging, rights
from orken.records import events, invariants, journal, numbers, services, wording
from orken.records.models import Change, Named, Number, Paper
from tests.records.conftest import Country, Made, scan

Accounts = Callable[[str], Account]
S = Paper.State


def today() -> object:
    return timezone.localdate()


def broken() -> list[str]:
    checks = (invariants.no_gaps, invariants.all_borne, invariants.unchanged, invariants.in_order, invariants.changed)
    return [f"{one.row}: {one.why}" for check in checks for one in check()]


def test_a_registered_paper_has_its_number_its_words_and_its_pdf(draft: Made, account: Accounts) -> None:
    paper = draft(text="жоспар", by=account("national"))
    assert (paper.state, paper.code, paper.number, paper.subject_kk) == (S.DRAFT, "", None, "жоспар туралы")
    done = services.register(paper=paper, on=timezone.localdate(), by=account("registrar"))
    year = timezone.localdate().year
    assert (done.state, done.code) == (S.REGISTERED, f"1-С/{year}")
    assert done.data["blocks"][0]["items"] == [{"kk": "жоспар", "ru": "жоспар"}]
    assert done.data["issuer"]["kk"] == done.issuer.name_kk and done.data["issuer"]["ru"] == done.issuer.name_ru
    assert done.file is not None and done.file.name == f"1-С-{year}.pdf"
    with files.read(done.file) as kept:
        assert kept.read().startswith(b"%PDF-1.7")
    assert broken() == []
    verbs = AuditEvent.objects.filter(target_id=str(paper.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["paper.prepared", "paper.registered"]


def test_what_cannot_be_written_takes_no_number(draft: Made) -> None:
    with pytest.raises(services.CannotMake) as refusal:
        draft(text="жоқ")
    assert refusal.value.problems == ["Мәтін жоқ."]
    paper = draft(text="бар")
    Paper.objects.filter(pk=paper.pk).update(answers={"text": "жоқ"})
    with pytest.raises(services.CannotMake):
        services.register(paper=paper, on=timezone.localdate(), by=None)
    assert not Number.objects.filter(series__code="trial").exists()


def test_numbers_follow_the_days(draft: Made, registered: Made) -> None:
    registered()
    with pytest.raises(services.CannotMake):
        services.register(paper=draft(), on=timezone.localdate() + timedelta(1), by=None)
    with pytest.raises(services.CannotMake):
        services.register(paper=draft(), on=timezone.localdate() - timedelta(1), by=None)
    assert Number.objects.filter(series__code="trial").count() == 1, "a refused paper gave its number back"


def test_a_paper_is_registered_once(registered: Made) -> None:
    with pytest.raises(WayIsClosed):
        services.register(paper=registered(), on=timezone.localdate(), by=None)


def test_a_draft_is_rewritten_or_thrown_away_and_a_registered_paper_is_not(draft: Made, registered: Made) -> None:
    paper = services.rewrite(paper=draft(text="бір"), answers={"text": "екі"}, by=None)
    assert Paper.objects.get(pk=paper.pk).subject_kk == "екі туралы"
    services.drop(paper=paper, by=None)
    assert not Paper.objects.filter(pk=paper.pk).exists()
    for refused in (
        lambda one: services.rewrite(paper=one, answers={}, by=None),
        lambda one: services.drop(paper=one, by=None),
    ):
        with pytest.raises(WayIsClosed):
            refused(registered())


def test_a_signed_paper_is_in_force_and_its_scan_is_kept(registered: Made) -> None:
    heard: list[Paper] = []

    def hear(sender: object, paper: Paper, **more: object) -> None:
        heard.append(paper)

    events.signed.connect(hear)
    try:
        paper = services.sign_by_hand(paper=registered(), scan=scan(), signatory=("Директор", "Директор"), on=timezone.localdate(), by=None)  # fmt: skip
    finally:
        events.signed.disconnect(hear)
    assert paper.state == S.SIGNED and heard == [paper]
    assert default_storage.exists(paper.signature.file.stored_as)
    with pytest.raises(WayIsClosed):
        services.spoil(paper=paper, reason="кеш", by=None)


def test_a_signature_before_the_paper_after_today_or_of_a_wrong_file_is_refused(registered: Made) -> None:
    paper, day = registered(), timezone.localdate()
    for on in (day - timedelta(1), day + timedelta(1)):
        with pytest.raises(services.CannotMake):
            services.sign_by_hand(paper=paper, scan=scan(), signatory=("Д", "Д"), on=on, by=None)
    with pytest.raises(files.FileRefused):
        services.sign_by_hand(paper=paper, scan=scan(b"<html><script>1</script></html>", "x.pdf"), signatory=("Д", "Д"), on=day, by=None)  # fmt: skip
    assert Paper.objects.get(pk=paper.pk).state == S.REGISTERED


def test_a_spoiled_paper_stays_with_its_number(registered: Made) -> None:
    paper = registered()
    with pytest.raises(services.ReasonIsMissing):
        services.spoil(paper=paper, reason="  ", by=None)
    spoiled = services.spoil(paper=paper, reason="Аты қате жазылған", by=None)
    assert (spoiled.state, spoiled.reason) == (S.SPOILED, "Аты қате жазылған")
    assert Number.objects.get(paper=paper).state == "spoiled"
    assert registered().code.startswith("2-")
    assert broken() == []


def test_another_paper_amends_and_a_third_cancels_when_they_are_signed(
    signed: Made, draft: Made, registered: Made
) -> None:
    old = signed()
    amending = draft(kind="trial.amend", changes=[(old, "amend")])
    assert Paper.objects.get(pk=old.pk).state == S.SIGNED, "a draft changes nothing"
    amending = services.register(paper=amending, on=timezone.localdate(), by=None)
    assert Paper.objects.get(pk=old.pk).state == S.SIGNED
    services.sign_by_hand(paper=amending, scan=scan(), signatory=("Д", "Д"), on=timezone.localdate(), by=None)
    assert Paper.objects.get(pk=old.pk).state == S.AMENDED
    assert broken() == []
    signed(kind="trial.cancel", changes=[(old, "cancel")])
    assert Paper.objects.get(pk=old.pk).state == S.CANCELLED
    assert {change.effect for change in old.changed_by.all()} == {"amend", "cancel"}
    assert broken() == []
    with pytest.raises(WayIsClosed):
        draft(kind="trial.amend", changes=[(old, "amend")])
    with pytest.raises(WayIsClosed):
        draft(kind="trial.amend", changes=[(registered(), "amend")])


def test_two_orders_that_cancel_the_same_paper_do_not_both_take_effect(signed: Made, registered: Made) -> None:
    old = signed()
    second = registered(kind="trial.cancel", changes=[(old, "cancel")])
    signed(kind="trial.cancel", changes=[(old, "cancel")])
    with pytest.raises(WayIsClosed):
        services.sign_by_hand(paper=second, scan=scan(), signatory=("Д", "Д"), on=timezone.localdate(), by=None)
    services.spoil(paper=second, reason="Күші жойылған", by=None)
    assert broken() == []


def test_the_database_and_the_audit_hold_what_is_frozen(registered: Made) -> None:
    paper = registered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(sealed="")
    Paper.objects.filter(pk=paper.pk).update(data=paper.data | {"subject": {"kk": "басқа", "ru": "другое"}})
    assert broken() == [f"paper {paper.code}: was changed after it got its number"]
    Paper.objects.filter(pk=paper.pk).update(data=paper.data, state=S.SIGNED)
    assert broken() == [f"paper {paper.code}: is in force without a signature, or signed and not in force"]


def test_who_prepares_and_who_registers(draft: Made, account: Accounts) -> None:
    with pytest.raises(OutOfScope):
        draft(unit="KZ-11-LIB", by=account("pavlodar"))
    with pytest.raises(OutOfScope):
        draft(by=account("head"))
    prepared = draft(unit="NL-CATALOGUER", by=account("curator"))
    for login in ("curator", "pavlodar", "director"):
        with pytest.raises(OutOfScope):
            services.register(paper=prepared, on=timezone.localdate(), by=account(login))
    paper = draft(unit="KZ-55-LIB", by=account("pavlodar"))
    assert services.register(paper=paper, on=timezone.localdate(), by=account("pavlodar")).state == S.REGISTERED


def test_a_school_and_a_branch_issue_under_the_name_of_their_institution(country: Country) -> None:
    assert wording.issuer_of(country("NL-CATALOGUER")) == country("NL")
    assert wording.issuer_of(country("KZ-55-LIB")) == country("KZ-55-LIB")
    branch = Unit.objects.filter(kind="branch", parent__kind="system").select_related("parent").first()
    assert branch is not None and wording.issuer_of(branch) == branch.parent


def test_a_line_of_the_hand_over_journal_is_struck_out_and_stays(
    signed: Made, registered: Made, account: Accounts
) -> None:
    paper, by = signed(), account("registrar")
    line = journal.hand_over(paper=paper, to="Асем  Оразбаева", way="hand", on=timezone.localdate(), note="", by=by)
    with pytest.raises(services.ReasonIsMissing):
        journal.strike(line=line, reason=" ", by=by)
    journal.strike(line=line, reason="Басқа адам", by=by)
    (kept,) = paper.deliveries.all()
    assert (kept.to, kept.struck_because) == ("Асем Оразбаева", "Басқа адам") and kept.struck_at is not None
    for refused in (registered(), paper):
        day = timezone.localdate() - timedelta(refused is paper)
        with pytest.raises(services.CannotMake):
            journal.hand_over(paper=refused, to="А", way="post", on=day, note="", by=by)


def test_people_named_in_papers_go_over_when_rows_are_joined_and_are_kept_when_erased(registered: Made) -> None:
    paper = registered()
    kept, gone = Person.objects.filter(account=None, merged_into=None).order_by("pk")[:2]
    for place, person in enumerate((kept, gone), start=1):
        Named.objects.create(paper=paper, person=person, place=place, name_kk=person.full_name("kk"), name_ru=person.full_name("ru"))  # fmt: skip
    assert any("құжат" in text or "paper" in text for text in rights.duties(gone))
    answers = {one.key: "kept" for one in merging.collisions(kept, gone)}
    merging.merge(kept=kept, gone=gone, answers=answers, by=None, scope_path="")
    assert set(paper.named.values_list("person", flat=True)) == {kept.pk}


@pytest.mark.django_db(transaction=True)
def test_two_registrars_at_once_register_many_drafts_without_gap_or_twin() -> None:
    """Four registrars, three drafts each; one of each comes to nothing after its number was taken; one draft is registered by all."""
    demo.make()
    library = Unit.objects.get(code="NL")

    def made() -> Paper:
        return services.prepare(kind="trial", unit=library, source="", address="", answers={}, by=None)

    contested = made()
    desks = [[made() for _ in range(3)] for _ in range(4)]
    before = set(Number.objects.filter(series__issuer=library, series__code="trial").values_list("pk", flat=True))
    gate = threading.Barrier(4)
    refusals: list[Exception] = []

    def registrar(desk: list[Paper]) -> None:
        try:
            gate.wait()
            for place, paper in enumerate([*desk, contested]):
                try:
                    with transaction.atomic():
                        services.register(paper=paper, on=timezone.localdate(), by=None)
                        if place == 1:
                            raise InterruptedError
                except InterruptedError:
                    pass
        except Exception as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=registrar, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(one) for one in refusals] == [WayIsClosed] * 3, "the contested draft was registered once"
    rows = Number.objects.filter(series__issuer=library, series__code="trial").exclude(pk__in=before)
    found = sorted(rows.values_list("sequence", flat=True))
    assert len(found) == 9 and all(after - one == 1 for one, after in pairwise([0, *found]))
    assert broken() == []


def test_a_change_row_names_two_different_papers(registered: Made) -> None:
    paper = registered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(by_paper=paper, paper=paper, effect="amend")
    assert numbers.holders()["records.Paper"]().filter(paper=paper).exists()
