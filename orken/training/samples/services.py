"""The verbs of work samples: ask for one, send it, say what it is worth, take that back, forget it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.competencies import services as competencies
from orken.competencies.models import Evidence
from orken.curriculum.models import Outcome, WorkSample
from orken.kit.audit import services as audit
from orken.kit.files import content
from orken.kit.files import services as files
from orken.kit.media import pictures
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import events
from orken.training.models import Enrolment, Run, Sample, SampleAsk, SampleFile, SampleLook, SampleMark
from orken.training.models.samples import HIGHEST
from orken.training.samples import policy, selectors
from orken.training.samples.selectors import Standing
from orken.training.services import seats

EXPECTED_IN = timedelta(days=30)
MOST_FILES = 5  # REFUSALS says the same in words
LARGEST = 15 * files.MB
WIDEST = (2560,)  # pixels of a photograph that is kept: every stitch of a binding is seen, the camera's words are not
SHOWS = 2  # the mark from which an outcome is shown: «by herself»
TEXT = frozenset({"text/plain"})
TAKEN: Mapping[str, frozenset[str]] = {
    WorkSample.PHOTOGRAPH: content.PICTURES,
    WorkSample.RECORD: content.PICTURES | content.DOCUMENTS | TEXT,  # a record as a file of exchange is plain text
    WorkSample.DOCUMENT: content.PICTURES | content.DOCUMENTS | TEXT,
}


class Refused(Exception):
    """It cannot be done now; the text is a key of `refusals`."""


REFUSALS = {
    "sent": _("It is sent already and waits for a look. When it is returned, you can send another."),
    "accepted": _("It is accepted already: nothing more is to be sent."),
    "nothing": _("Choose at least one file."),
    "many": _("No more than five files at once."),
    "gone": _("Something newer is sent, or somebody looked at it already. Look at the page as it stands now."),
    "words": _("Say in words what is to be done otherwise: she reads it."),
    "marks": _("Accepted means that at least one outcome shows: give it 2 or 3."),
    "reason": _("Say why it is taken back."),
}


@transaction.atomic
def ask_all(*, run: Run, enrolments: Iterable[Enrolment], today: date) -> int:
    """Ask these graduates, where the programme of the run asks for a sample; who was asked stays so. Answers how many are new."""
    version = run.version
    if version is None or version.work_sample == WorkSample.NONE:
        return 0
    run = seats.locked(run)
    chosen = list(enrolments)
    known = set(SampleAsk.objects.filter(enrolment__in=chosen).values_list("enrolment", flat=True))
    fresh = [
        SampleAsk.objects.create(enrolment=one, asked_on=today, due_on=today + EXPECTED_IN)
        for one in chosen
        if one.pk not in known
    ]
    if fresh:
        audit.record("sample.asked", run, by=None, scope_path=run.host.path, after={"people": len(fresh)})
    for ask in fresh:
        events.sample_asked.send(SampleAsk, ask=ask)
    return len(fresh)


@transaction.atomic
def remind(*, pk: int) -> bool:
    """Tell her once that her work is awaited still; answers whether there was anything to tell."""
    SampleAsk.objects.select_for_update(of=("self",)).get(pk=pk)
    today = timezone.localdate()
    held = selectors.late(today).filter(pk=pk).first()
    if held is None:  # sent or told meanwhile
        return False
    SampleAsk.objects.filter(pk=pk).update(reminded_on=today)
    audit.record("sample.reminded", held, by=None, scope_path=held.enrolment.run.host.path)
    events.sample_late.send(SampleAsk, ask=held)
    return True


def _locked(pk: int) -> tuple[SampleAsk, Any]:
    """The ask under lock, and the same row as it stands."""
    SampleAsk.objects.select_for_update(of=("self",)).get(pk=pk)
    found = selectors.asks().get(pk=pk)
    return found, found


@transaction.atomic
def send(*, ask: SampleAsk, uploads: Sequence[UploadedFile[Any]], words: str, by: Account) -> Sample:
    """She sends her work: one or several files with a few words. Raises OutOfScope, Refused, FileRefused; then nothing is kept."""
    held, standing_row = _locked(ask.pk)
    if held.enrolment.person_id != by.person_id:
        raise OutOfScope(f"sample {ask.pk}")
    stands = selectors.standing(standing_row)
    if stands in (Standing.SENT, Standing.ACCEPTED):
        raise Refused(stands.value)
    if not uploads:
        raise Refused("nothing")
    if len(uploads) > MOST_FILES:
        raise Refused("many")
    run = held.enrolment.run
    assert run.version is not None, "only a programme asks for a sample"
    number = Sample.objects.filter(ask=held).count() + 1
    sample = Sample.objects.create(ask=held, number=number, words=words.strip()[:2000], by=by)
    for position, upload in enumerate(uploads, 1):
        kept = files.store(
            upload=_without_camera(upload), purpose="training.sample", by_id=by.pk, scope_path=held.enrolment.unit.path,
            allowed=TAKEN[run.version.work_sample], most=LARGEST,
        )  # fmt: skip
        SampleFile.objects.create(sample=sample, position=position, file=kept)
    audit.record("sample.sent", held, by=by, scope_path=run.host.path, after={"number": number, "files": len(uploads)})
    events.sample_sent.send(Sample, sample=sample, by=by)
    return sample


def _without_camera(upload: UploadedFile[Any]) -> UploadedFile[Any]:
    """A photograph without what the camera told of place, time and owner; anything else as it is. Raises FileRefused."""
    source = upload.file
    if source is None or (upload.size or 0) > LARGEST or content.media_type(source) not in content.PICTURES:
        return upload
    try:
        made = [one for one in pictures.variants(source, WIDEST) if one.media_type == "image/jpeg"]
    except pictures.PictureRefused as refused:
        raise files.FileRefused(*refused.args) from refused
    name = f"{(upload.name or '').rsplit('.', 1)[0]}.jpg"
    return SimpleUploadedFile(name, made[-1].content, content_type="image/jpeg")


@transaction.atomic
def look(*, sample: Sample, verdict: str, marks: Mapping[int, int], words: str, by: Account) -> SampleLook:
    """Say what a sample is worth: `marks` by id of the programme's outcomes, 0–3, those that can be seen in it.

    Accepted, what shows becomes evidence of her levels. Raises OutOfScope, Refused.
    """
    held, _row = _locked(sample.ask_id)
    policy.require_looking(by, held)
    last = Sample.objects.filter(ask=held).order_by("-number").first()
    if last is None or last.pk != sample.pk or last.looks.filter(superseded_at=None).exists():
        raise Refused("gone")
    known = {one.pk: one for one in selectors.criteria(held)}
    given = {pk: mark for pk, mark in marks.items() if pk in known and 0 <= mark <= HIGHEST}
    words = words.strip()[:2000]
    if verdict == SampleLook.Verdict.RETURNED and not words:
        raise Refused("words")
    if verdict == SampleLook.Verdict.ACCEPTED and known and max(given.values(), default=0) < SHOWS:
        raise Refused("marks")
    made = SampleLook.objects.create(sample=last, verdict=SampleLook.Verdict(verdict), words=words, by=by)
    SampleMark.objects.bulk_create([SampleMark(look=made, outcome_id=pk, mark=mark) for pk, mark in given.items()])
    run = held.enrolment.run
    audit.record("sample.looked", held, by=by, scope_path=run.host.path, after={"number": last.number, "verdict": verdict})  # fmt: skip
    if verdict == SampleLook.Verdict.ACCEPTED:
        _testify(made, [known[pk] for pk, mark in given.items() if mark >= SHOWS], last, held, by)
    events.sample_looked.send(SampleLook, look=made, by=by)
    return made


def source_of(look: SampleLook, ask: SampleAsk) -> str:
    """Where its evidence leads to; without a language, the reader's own is put before it."""
    return f"/work-samples/{ask.pk}/#look-{look.pk}"


def _testify(look: SampleLook, shown: Iterable[Outcome], sample: Sample, ask: SampleAsk, by: Account) -> None:
    run = ask.enrolment.run
    for outcome in shown:
        competencies.testify(
            person=ask.enrolment.person, competency=outcome.competency, kind=Evidence.Kind.WORK, level=outcome.level,
            on=timezone.localdate(sample.sent_at), source_label=f"{run.code} · {run.title_kk}"[:300],
            source_address=source_of(look, ask), by=by,
        )  # fmt: skip


@transaction.atomic
def take_back(*, look: SampleLook, because: str, by: Account) -> SampleLook:
    """Whoever said it takes it back with a reason; its evidence is struck out and the sample waits for a look again.

    Raises OutOfScope, Refused (something newer is sent meanwhile, or no reason).
    """
    held, _row = _locked(look.sample.ask_id)
    policy.require_looking(by, held)
    fresh = SampleLook.objects.select_related("sample").get(pk=look.pk)
    if fresh.by_id != by.pk:
        raise OutOfScope(f"look {look.pk}")
    because = " ".join(because.split())[:300]
    if not because:
        raise Refused("reason")
    if fresh.superseded_at is not None or Sample.objects.filter(ask=held, number__gt=fresh.sample.number).exists():
        raise Refused("gone")
    fresh.superseded_at, fresh.taken_back_because = timezone.now(), because
    fresh.save(update_fields=["superseded_at", "taken_back_because"])
    stood = Evidence.objects.filter(
        kind=Evidence.Kind.WORK, source_address=source_of(fresh, held), superseded_at=None, verified_by=by
    )
    for evidence in stood:
        competencies.strike_out(evidence=evidence, because=because, by=by)
    audit.record("sample.look_taken_back", held, by=by, scope_path=held.enrolment.run.host.path, before={"verdict": fresh.verdict}, note=because)  # fmt: skip
    return fresh


@transaction.atomic
def wipe(*, people: Iterable[int]) -> int:
    """Her data are erased: files and words go, hers and those written to her; that a sample was sent and its marks stay."""
    rows = Sample.objects.filter(ask__enrolment__person__in=list(people))
    for one in SampleFile.objects.filter(sample__in=rows).select_related("file"):
        kept = one.file
        one.delete()
        files.remove(kept=kept)
    SampleLook.objects.filter(sample__in=rows).exclude(words="").update(words="")
    return rows.filter(wiped_at=None).update(words="", wiped_at=timezone.now())
