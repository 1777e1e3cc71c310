"""The outbox: a letter is written with the change it tells of, and sent afterwards.

mail.post(key=f"invitation:{pk}", to=…, language="kk", subject=…, text=…)
"""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from orken.kit.jobs import services as jobs
from orken.kit.jobs.registry import job, timetable
from orken.kit.jobs.running import Run
from orken.kit.mail.models import Letter

MOST_ATTEMPTS = 6
KEPT_SECRET = timedelta(days=7)  # no code of a letter lives longer


@transaction.atomic
def post(
    *,
    key: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    html: str = "",
    calendar: str = "",
    secret: bool = False,
) -> Letter:
    """Put a letter in the outbox; a second letter of the same key is the first one.

    `calendar` is an iCalendar text whose METHOD tells a mail program what to do with it.

    The text of a `secret` letter is wiped once it is sent, and after KEPT_SECRET in any case.
    """
    letter, new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "calendar": calendar,
            "secret": secret,
        },
    )
    if new and settings.ENVIRONMENT.mail_url:
        jobs.start(send, payload={"letter": letter.pk}, title=letter.key)
    return letter


@job("kit.mail.send", lane="quick", retries=MOST_ATTEMPTS)
def send(run: Run, *, letter: int) -> None:
    """Send one letter. A refusal of the server is tried again later; the row tells how it stands.

    The row is locked while the server is asked, so two workers never send the same letter.
    """
    problem: Exception | None = None
    with transaction.atomic():
        found = Letter.objects.select_for_update().get(pk=letter)
        if found.state == Letter.State.SENT:
            return
        found.attempts += 1
        try:
            message = EmailMultiAlternatives(
                found.subject, found.text, settings.DEFAULT_FROM_EMAIL, [found.to],
                headers={"Content-Language": found.language, "Auto-Submitted": "auto-generated"}, connection=get_connection(),
            )  # fmt: skip
            if found.html:
                message.attach_alternative(found.html, "text/html")
            if found.calendar:
                message.attach_alternative(found.calendar, f"text/calendar; method={_method(found.calendar)}")
            message.send()
        except (SMTPException, OSError) as refusal:
            problem = refusal
            found.reason = type(refusal).__name__
            found.state = Letter.State.FAILED if found.attempts > MOST_ATTEMPTS else Letter.State.WAITING
        else:
            found.state, found.sent_at, found.reason = Letter.State.SENT, timezone.now(), ""
            if found.secret:
                found.text = found.html = ""
        found.save(update_fields=["state", "attempts", "reason", "sent_at", "text", "html"])
    if problem is not None:
        raise problem


def _method(text: str) -> str:
    """What the calendar asks for: mail programs read it in the heading of the part as well."""
    found = re.search(r"^METHOD:([A-Z]+)", text, re.MULTILINE)
    return found[1] if found else "PUBLISH"


@timetable("kit.mail.forget", every=timedelta(hours=1))
def forget() -> None:
    """Wipe the texts of secret letters that never left."""
    old = Letter.objects.filter(secret=True, created_at__lt=timezone.now() - KEPT_SECRET)
    old.exclude(text="", html="").update(text="", html="")
