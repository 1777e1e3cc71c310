"""What the rows below announce, told to the person it concerns."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from orken.kit.i18n.content import LANGUAGES, text_of
from orken.network import events as network
from orken.network.models import Transfer
from orken.network.roles import Role
from orken.notices import services as notices
from orken.notices import unnaming
from orken.notices.household import STEP_WORDS
from orken.people import events as people
from orken.people.accounts import codes
from orken.people.models import Account, DataRequest, Invitation, Person

SYSTEM = {"kk": "жүйе", "ru": "система", "en": "the system"}
UNKNOWN = {"kk": "белгісіз браузер", "ru": "неизвестный браузер", "en": "an unknown browser"}


def connect() -> None:
    for signal, receiver in (
        (people.invited, invited),
        (people.password_changed, password_changed),
        (people.second_step_changed, second_step_changed),
        (people.signed_in_elsewhere, signed_in_elsewhere),
        (people.merged, merged),
        (people.parted, parted),
        (people.erasing, erasing),
        (people.erased, erased),
        (people.request_decided, request_decided),
        (network.appointed, appointed),
        (network.dismissed, dismissed),
        (network.role_given, role_given),
        (network.role_ended, role_ended),
        (network.staff_list_applied, staff_list_applied),
        (network.transfer_asked, transfer_asked),
        (network.transfer_closed, transfer_closed),
    ):
        signal.connect(receiver, dispatch_uid=f"notices.{receiver.__name__}")


def who(by: Account | None) -> dict[str, str]:
    """Whoever acted, as she is called in each language."""
    return SYSTEM if by is None else {language: by.person.short_name(language) for language in LANGUAGES}


def invited(sender: Any, invitation: Invitation, code: str, by: Account | None, **more: Any) -> None:
    """By mail the code itself; of a renewal on paper she is told that it happened and by whom."""
    account = invitation.account
    first = invitation.purpose == Invitation.Purpose.FIRST
    if invitation.way == Invitation.Way.MAIL:
        facts = {
            "code": codes.grouped(code), "login": account.login, "until": timezone.localdate(invitation.expires_at),
            "address": f"{settings.SITE_ADDRESS}/account/begin/#{code}",
        }  # fmt: skip
        kind = "account.invitation" if first else "account.new_code"
        if not first:
            facts["by"] = who(by)
        notices.send(kind=kind, to=account.person, facts=facts, about=invitation, by=by)
    elif not first:
        facts = {"by": who(by), "when": invitation.created_at}
        notices.send(kind="account.code_renewed", to=account.person, facts=facts, about=invitation, by=by)


def password_changed(sender: Any, account: Account, at: Any, **more: Any) -> None:
    notices.send(
        kind="account.password_changed", to=account.person, facts={"when": at}, page="/account/",
        key=f"password:{account.pk}:{at.isoformat()}",
    )  # fmt: skip


def second_step_changed(sender: Any, account: Account, what: str, step: str, at: Any, **more: Any) -> None:
    words = STEP_WORDS.get((what, step))
    if words is not None:  # recovery codes that come and go with a key are no news of their own
        notices.send(
            kind="account.second_step", to=account.person, facts={"what": words, "when": at}, page="/account/",
            key=f"step:{account.pk}:{step}:{at.isoformat()}",
        )  # fmt: skip


def signed_in_elsewhere(sender: Any, account: Account, browser: str, system: str, at: Any, **more: Any) -> None:
    named = ", ".join(part for part in (browser, system) if part)
    notices.send(
        kind="account.new_browser", to=account.person, facts={"browser": named or UNKNOWN, "when": at},
        page="/account/sessions/", key=f"browser:{account.pk}:{at.isoformat()}",
    )  # fmt: skip


def role_given(sender: Any, assignment: Any, by: Account | None, **more: Any) -> None:
    facts = {
        "role": role_words(assignment.role), "unit": name_words(assignment.unit), "since": assignment.valid_from, "by": who(by),
    }  # fmt: skip
    notices.send(kind="role.given", to=assignment.person, facts=facts, about=assignment, by=by, page="/desk/")


def role_ended(sender: Any, assignment: Any, on: Any, by: Account | None, **more: Any) -> None:
    facts = {"role": role_words(assignment.role), "unit": name_words(assignment.unit), "on": on, "by": who(by)}
    notices.send(kind="role.ended", to=assignment.person, facts=facts, about=assignment, by=by, page="/desk/")


def staff_list_applied(
    sender: Any, staff_list: Any, by: Account | None, name: str, counts: dict[str, int], address: str, **more: Any
) -> None:
    if by is None:
        return  # the operator's command line answers by itself
    facts: dict[str, Any] = {key: int(counts.get(key, 0)) for key in ("new", "changed", "same", "doubtful", "refused")}
    notices.send(
        kind="staff.list_applied", to=by.person, facts={**facts, "file": name}, about=staff_list, by=by, page=address
    )


def transfer_asked(sender: Any, transfer: Any, answering: list[Account], by: Account, **more: Any) -> None:
    """Whoever may answer is told, and she herself, that she is asked for."""
    facts = {**_transfer(transfer), "reason": transfer.reason}
    for account in answering:
        whom = {"person": person_words(transfer.person), "by": who(by)}
        notices.send(
            kind="transfer.waits", to=account.person, facts={**facts, **whom}, about=transfer, by=by,
            page=f"/network/transfers/{transfer.pk}/",
        )  # fmt: skip
    notices.send(kind="transfer.asked", to=transfer.person, facts=facts, about=transfer, by=by, page="/about-me/")


def transfer_closed(sender: Any, transfer: Any, by: Account, **more: Any) -> None:
    """An answer goes to whoever asked; of a new post she herself is told too. What was taken back needs no letter."""
    facts = _transfer(transfer)
    whom: dict[str, Any] = {"person": person_words(transfer.person), "unit": facts["unit"], "by": who(by)}
    address = f"/network/transfers/{transfer.pk}/"
    if transfer.state == transfer.State.ACCEPTED:
        notices.send(
            kind="transfer.accepted", to=transfer.asked_by.person, facts={**whom, "on": transfer.on}, about=transfer,
            by=by, page=address,
        )  # fmt: skip
        notices.send(kind="transfer.agreed", to=transfer.person, facts=facts, about=transfer, by=by, page="/about-me/")
    elif transfer.state == transfer.State.REFUSED:
        notices.send(
            kind="transfer.refused", to=transfer.asked_by.person, facts={**whom, "reason": transfer.answer},
            about=transfer, by=by, page=address,
        )  # fmt: skip


def _transfer(transfer: Any) -> dict[str, Any]:
    kinds = {}
    for language in LANGUAGES:
        with translation.override(language):
            kinds[language] = str(transfer.get_kind_display())
    post = {language: text_of(transfer.post, "title", language).value for language in LANGUAGES}
    return {"unit": name_words(transfer.unit), "post": post, "kind": kinds, "on": transfer.on}


def merged(sender: Any, merge: Any, by: Account | None, **more: Any) -> None:
    _joining("person.merged", merge, by, merge.at)


def parted(sender: Any, merge: Any, by: Account | None, **more: Any) -> None:
    _joining("person.parted", merge, by, merge.undone_at or timezone.now())


def erasing(sender: Any, person: Person, names: list[str], **more: Any) -> None:
    """What was told to others about her: her names, and what they were told in free words of a transfer of hers."""
    asked = Transfer.objects.filter(person=person).values_list("reason", "answer")
    unnaming.unname(person=person, names=names, said=[text for pair in asked for text in pair if text])


def erased(sender: Any, person: Person, **more: Any) -> None:
    notices.forget(person=person)


def request_decided(sender: Any, request: DataRequest, by: Account | None, **more: Any) -> None:
    """Told to her, except after an erasure: nobody is left whom a letter could reach."""
    if Person.objects.filter(pk=request.person_id, erased_at__isnull=False).exists():
        return
    facts = {
        "asked": label_words(DataRequest.Kind(request.kind)), "decision": label_words(DataRequest.State(request.state)),
        "answer": request.answer, "by": who(by),
    }  # fmt: skip
    notices.send(kind="person.request_decided", to=request.person, facts=facts, about=request, by=by, page="/about-me/")


def appointed(sender: Any, appointment: Any, by: Account | None, **more: Any) -> None:
    if by is None:
        return  # a list of the operator: nobody is told of what was before
    facts = {
        "post": name_words(appointment.post, "title"), "unit": name_words(appointment.unit),
        "since": appointment.valid_from, "by": who(by),
    }  # fmt: skip
    notices.send(
        kind="staff.appointed", to=appointment.person, facts=facts, about=appointment, by=by, page="/about-me/"
    )


def dismissed(sender: Any, appointment: Any, on: Any, by: Account | None, **more: Any) -> None:
    facts = {
        "post": name_words(appointment.post, "title"), "unit": name_words(appointment.unit), "on": on, "by": who(by),
    }  # fmt: skip
    notices.send(
        kind="staff.dismissed", to=appointment.person, facts=facts, about=appointment, by=by, page="/about-me/"
    )


def _joining(kind: str, merge: Any, by: Account | None, at: Any) -> None:
    kept = Person.objects.get(pk=merge.kept_id)
    notices.send(
        kind=kind,
        to=kept,
        facts={"by": who(by), "when": at},
        about=merge,
        by=by,
        key=f"{kind}:{merge.pk}:{at.isoformat()}",
    )


def person_words(person: Person) -> dict[str, str]:
    return {language: person.full_name(language) for language in LANGUAGES}


def role_words(role: str) -> dict[str, str]:
    return label_words(Role(role))


def label_words(choice: Any) -> dict[str, str]:
    """The label of a choice in each language."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(choice.label)
    return words


def name_words(row: Any, field: str = "name") -> dict[str, str]:
    return {language: text_of(row, field, language).value for language in LANGUAGES}
