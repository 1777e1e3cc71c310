"""Telling people things.

    from orken.notices import services as notices
    notices.send(kind="role.given", to=person, facts={"unit": …}, about=assignment, by=account)

A notice is written with the change that it tells of, so what is rolled back was never told, and it
is told once for its key. The letter lies in the outbox of kit.mail; nothing leaves before the commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orken.kit.audit import services as audit
from orken.kit.i18n.content import LANGUAGES
from orken.kit.jobs.registry import timetable
from orken.kit.mail import services as mail
from orken.kit.mail.models import Letter
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.network.selectors import staff_today
from orken.notices.kinds import HIDDEN, NAME, BadText, Kind, Placeholder, Text, kinds, register, said
from orken.notices.models import Delivery, Hours, LetterText, Notice, Preference
from orken.people.models import Account, Person

__all__ = ["BadText", "Kind", "Placeholder", "Text", "register", "send", "told"]
MOST_RELEASED = 500


class WrongFacts(Exception):
    """The facts do not fit the kind: a mistake of the caller, told at once and not to the reader."""


@transaction.atomic
def send(
    *,
    kind: str,
    to: Person,
    facts: Mapping[str, Any],
    about: Model | None = None,
    by: Account | None = None,
    key: str = "",
    page: str = "",
    calendar: str = "",
    now: datetime | None = None,
) -> Notice:
    """Tell `to` something of `kind`; the second time with the same key nothing happens.

    `facts` has exactly the placeholders of the kind: texts, dates, numbers, or texts by language.
    `page` is an address of ours without a language, `calendar` an iCalendar text that goes with a letter of its own. Without `key` the notice is told once for `about`.
    """
    found = kinds[kind]
    if set(facts) != set(found.placeholders):
        raise WrongFacts(f"{kind} needs {sorted(found.placeholders)}, got {sorted(facts)}")
    if not key:
        if about is None:
            raise WrongFacts(f"{kind}: give a key, or what it is about")
        key = f"{kind}:{about._meta.label_lower}:{about.pk}:{to.pk}"
    to = to.merged_into or to
    standing = Notice.objects.filter(key=key).first()
    if standing is not None:
        return standing
    moment = now or timezone.now()
    hers = by if by is not None and by.person_id == to.pk else None
    account = hers or Account.objects.filter(person=to).first()
    texts, versions = texts_of(found)
    kept = {name: HIDDEN if name in found.secret else value for name, value in facts.items()}
    worded = {language: word(texts[language], kept, to, language) for language in LANGUAGES}
    notice = Notice(
        key=key, kind=kind, person=to, versions=versions, page=page, calendar=calendar, created_at=moment,
        language=(account.language if account else "") or "kk",
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        by_id=by.pk if by else None, by_name=str(by)[:300] if by else "", scope_path=_path_of(to),
        **{f"subject_{language}": text.subject[:300] for language, text in worded.items()},
        **{f"body_{language}": text.body for language, text in worded.items()},
    )  # fmt: skip
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:  # somebody told it in the same moment
        return Notice.objects.get(key=key)
    letter = word(texts[notice.language], facts, to, notice.language) if found.secret else None
    _deliver(notice, found, account, letter, moment)
    return notice


def told(keys: Iterable[str]) -> set[str]:
    """Which of these keys have been told already."""
    return set(Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def word(text: Text, facts: Mapping[str, Any], to: Person, language: str) -> Text:
    """The text with its facts in the words of `language`."""
    with translation.override(language):
        words = {name: said(value, language) for name, value in facts.items()}
        return text.filled({NAME: to.short_name(language), **words})


def texts_of(kind: Kind) -> tuple[dict[str, Text], dict[str, int]]:
    """The texts that hold now, by language, with their versions (0: the text in code)."""
    texts, versions = dict(kind.texts), dict.fromkeys(LANGUAGES, 0)
    for row in LetterText.objects.filter(kind=kind.code).order_by("version"):
        versions[row.language] = row.version
        texts[row.language] = kind.texts[row.language] if row.as_in_code else Text(row.subject, row.body)
    return texts, versions


def _path_of(person: Person) -> str:
    """The library of her main post: whose methodologists see that she was told."""
    row = staff_today().filter(person=person).select_related("unit").order_by("-employment", "valid_from").first()
    return row.unit.path if row is not None else ""


# --- by which way ---


def _deliver(notice: Notice, kind: Kind, account: Account | None, letter: Text | None, now: datetime) -> None:
    """Decide about the letter by mail: at once, in the morning, with the others of the day, or not at all."""
    way = Delivery(notice=notice, channel=Delivery.Channel.MAIL, at=now)
    if not address_of(notice.person, account):
        way.state = Delivery.State.NO_ADDRESS
        way.save()
        return
    wish = Preference.objects.filter(person=notice.person_id, kind=kind.code).values_list("mail", flat=True).first()
    hours = Hours.objects.filter(person=notice.person_id).first() or Hours()
    if wish == Preference.Mail.OFF and not kind.compulsory:
        way.state = Delivery.State.UNWANTED
    elif wish == Preference.Mail.DIGEST and not kind.urgent:
        way.state, way.digest, way.due_at = Delivery.State.HELD, True, _next(now, hours.digest_at)
    elif not kind.urgent and quiet(now, hours):
        way.state, way.due_at = Delivery.State.HELD, _next(now, hours.quiet_to)
    else:
        _post(way, letter, secret=bool(kind.secret))
    way.save()


def address_of(person: Person, account: Account | None) -> str:
    """Where her letters go: the address of her account, else the one her library gave; none for an erased person."""
    if person.erased_at:
        return ""
    return (account.email if account is not None else "") or person.email


def quiet(now: datetime, hours: Hours) -> bool:
    """Whether `now` lies in the quiet hours; they may pass midnight."""
    clock = timezone.localtime(now).time()
    if hours.quiet_from == hours.quiet_to:
        return False
    if hours.quiet_from < hours.quiet_to:
        return hours.quiet_from <= clock < hours.quiet_to
    return clock >= hours.quiet_from or clock < hours.quiet_to


def _next(now: datetime, at: time) -> datetime:
    """The next moment when clocks of Kazakhstan show `at`."""
    here = timezone.localtime(now)
    today = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today > here else today + timedelta(days=1)


def _post(way: Delivery, letter: Text | None = None, *, secret: bool = False) -> None:
    """Put the letter of one notice into the outbox."""
    notice, language = way.notice, way.notice.language
    account = Account.objects.filter(person=notice.person_id).first()
    subject = letter.subject if letter else getattr(notice, f"subject_{language}")
    body = letter.body if letter else getattr(notice, f"body_{language}")
    posted = mail.post(
        key=f"notice:{notice.pk}", to=address_of(notice.person, account), language=language, subject=subject,
        text=f"{body}\n{_ending(notice.page, language)}", calendar=notice.calendar, secret=secret,
    )  # fmt: skip
    way.state, way.letter_key, way.due_at = Delivery.State.POSTED, posted.key, None


def _ending(page: str, language: str) -> str:
    """The end of a letter: where to read on, and where to say how letters may come."""
    with translation.override(language):
        lines = [f"\n{settings.SITE_ADDRESS}{page}"] if page else []
        lines.append("\n-- \n" + _("Orken, professional development of librarians"))
        lines.append(_("How letters come to you: %(address)s") % {"address": f"{settings.SITE_ADDRESS}/notices/how/"})
    return "\n".join(lines)


@timetable("notices.release", every=timedelta(minutes=5))
def release() -> None:
    """Let go what waited for the morning, and put the letters of the day together."""
    now = timezone.now()
    due = Delivery.objects.filter(state=Delivery.State.HELD, due_at__lte=now)
    for pk in due.filter(digest=False).order_by("due_at").values_list("pk", flat=True)[:MOST_RELEASED]:
        _release_one(pk)
    people = due.filter(digest=True).order_by("notice__person").values_list("notice__person", flat=True).distinct()
    for person in people[:MOST_RELEASED]:
        _release_day(person, now)


@transaction.atomic
def _release_one(pk: int) -> None:
    way = Delivery.objects.select_for_update(of=("self",)).select_related("notice__person").get(pk=pk)
    if way.state != Delivery.State.HELD:
        return  # another worker was faster
    account = Account.objects.filter(person=way.notice.person_id).first()
    if address_of(way.notice.person, account):
        _post(way)
    else:
        way.state, way.due_at = Delivery.State.NO_ADDRESS, None
    way.save()


@transaction.atomic
def _release_day(person_id: int, now: datetime) -> None:
    """One letter with everything of the day, oldest first."""
    ways = list(
        Delivery.objects.select_for_update(of=("self",))
        .filter(state=Delivery.State.HELD, digest=True, due_at__lte=now, notice__person=person_id)
        .select_related("notice__person")
        .order_by("notice__created_at")
    )
    if not ways:
        return
    person = ways[0].notice.person
    account = Account.objects.filter(person=person).first()
    to, language = address_of(person, account), (account.language if account else "") or "kk"
    key = f"digest:{person_id}:{timezone.localdate(now).isoformat()}:{ways[0].pk}"
    if to:
        with translation.override(language):
            subject = _("Orken: your letters of the day, %(n)s") % {"n": len(ways)}
            greeting = _("Good day, %(name)s!") % {"name": person.short_name(language)}
        parts = [
            f"{getattr(way.notice, f'subject_{language}')}\n\n{getattr(way.notice, f'body_{language}')}" for way in ways
        ]
        body = f"\n\n{'·' * 20}\n\n".join(parts)
        mail.post(
            key=key, to=to, language=language, subject=subject, text=f"{greeting}\n\n{body}\n{_ending('', language)}"
        )
    for way in ways:
        way.state = Delivery.State.POSTED if to else Delivery.State.NO_ADDRESS
        way.letter_key, way.due_at = key if to else "", None
        way.save()


# --- the person ---


@transaction.atomic
def read(*, notice: Notice, by: Account) -> None:
    """She opened it; only the first time counts."""
    if notice.person_id == by.person_id:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def read_all(*, by: Account) -> int:
    return Notice.objects.filter(person=by.person_id, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def prefer(*, by: Account, mail_by_kind: Mapping[str, str], quiet_from: time, quiet_to: time, digest_at: time) -> None:
    """Her own wishes. What is compulsory cannot be switched off, whatever a form sends."""
    for code, wish in mail_by_kind.items():
        kind = kinds[code]
        if kind.urgent or (kind.compulsory and wish == Preference.Mail.OFF):
            continue
        Preference.objects.update_or_create(person_id=by.person_id, kind=code, defaults={"mail": wish})
    Hours.objects.update_or_create(
        person_id=by.person_id, defaults={"quiet_from": quiet_from, "quiet_to": quiet_to, "digest_at": digest_at}
    )
    audit.record("notice.preferences_set", by, by=by)


@transaction.atomic
def forget(*, person: Person) -> int:
    """Wipe what was told to an erased person, on the page and in the outbox; answers how many notices went."""
    ways = Delivery.objects.filter(notice__person=person).exclude(letter_key="")
    Letter.objects.filter(key__in=list(ways.values_list("letter_key", flat=True))).delete()
    Preference.objects.filter(person=person).delete()
    Hours.objects.filter(person=person).delete()
    told = Notice.objects.filter(person=person)
    count = told.count()
    told.delete()
    return count


# --- those who send ---


@transaction.atomic
def hand_over(*, notice: Notice, channel: Delivery.Channel, by: Account) -> Delivery:
    """Note that it went on paper or by messenger, by hand."""
    way, new = Delivery.objects.get_or_create(notice=notice, channel=channel, defaults={"state": Delivery.State.DONE})
    if new:
        audit.record("notice.handed_over", notice, by=by, scope_path=notice.scope_path, after={"by": str(channel)})
    return way


@transaction.atomic
def write_text(*, kind: Kind, texts: Mapping[str, Text], by: Account) -> list[LetterText]:
    """Write new texts of a kind, by language; what did not change gets no new version. Raises BadText."""
    return _versions(kind, {language: (text, False) for language, text in texts.items()}, by)


@transaction.atomic
def restore_text(*, kind: Kind, by: Account) -> list[LetterText]:
    """Go back to the texts in code, in every language."""
    return _versions(kind, {language: (kind.texts[language], True) for language in LANGUAGES}, by)


def _versions(kind: Kind, wanted: Mapping[str, tuple[Text, bool]], by: Account) -> list[LetterText]:
    policy.require(by, Permission.NOTICE_TEXTS, root())
    standing, versions = texts_of(kind)
    made: list[LetterText] = []
    for language, (text, as_in_code) in wanted.items():
        kind.judge(text)
        if text == standing[language]:
            continue
        row = LetterText.objects.create(
            kind=kind.code, language=language, version=versions[language] + 1, as_in_code=as_in_code,
            subject="" if as_in_code else text.subject, body="" if as_in_code else text.body,
            by_id=by.pk, by_name=str(by)[:300],
        )  # fmt: skip
        audit.record(
            "notice.text_written", row, by=by, scope_path=root().path,
            before={"subject": standing[language].subject, "body": standing[language].body},
            after={"subject": text.subject, "body": text.body},
        )  # fmt: skip
        made.append(row)
    return made


def root() -> Unit:
    """The country: whoever may write texts there writes for all."""
    return Unit.objects.get(kind=Unit.Kind.COUNTRY)
