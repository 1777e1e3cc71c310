"""What the proceedings of a run hold: gathered from the released programme, the words that were said and the figures.

Everything is plain data in the languages known, as a volume keeps it. Whoever wrote without standing in the programme
is named by the region from which she took part, not by name: the proceedings are read by everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import override

from orken.discussion.models import Post
from orken.kit.i18n.content import LANGUAGES
from orken.kit.text.sorting import sort_key
from orken.live_room import selectors as room
from orken.meetings import selectors as meetings
from orken.meetings import threads
from orken.meetings.models import Speaker, Talk, TalkFile
from orken.meetings.selectors.institutions import region_of
from orken.meetings.selectors.programme import texts
from orken.meetings.selectors.talks import institution_as_of
from orken.meetings.threads import ORGANISER, SPEAKER
from orken.network import selectors as network
from orken.network.models import Appointment
from orken.proceedings import happened, selectors
from orken.proceedings.happened import Happened
from orken.proceedings.models import Proceedings, Recording
from orken.training.models import Run

Names = dict[str, str]
A_PARTICIPANT: Names = {"kk": "Қатысушы", "ru": "Участник", "en": "A participant"}
THE_ORGANISER: Names = {"kk": "Ұйымдастырушы", "ru": "Организатор", "en": "The organiser"}


@dataclass(frozen=True)
class Word:
    """A question, an opinion or a post, with its answers; `mark` names it for ever."""

    mark: str
    who: Names
    text: str
    language: str
    at: datetime
    talk: int | None = None
    answers: tuple[Word, ...] = ()

    def data(self) -> dict[str, Any]:
        return {
            "mark": self.mark, "who": self.who, "text": self.text, "language": self.language, "at": self.at.isoformat(),
            "talk": self.talk, "answers": [one.data() for one in self.answers],
        }  # fmt: skip


def words_of(run: Run) -> list[Word]:
    """All words that could stand in the proceedings, in the order in which they were said."""
    return sorted([*_in_the_room(run), *_posts(run)], key=lambda one: (one.at, one.mark))


def _in_the_room(run: Run) -> list[Word]:
    """Questions with their answers, and opinions for the minutes: an opinion is by name, whoever asked is a participant."""
    told = {}
    for code in LANGUAGES:
        with override(code):
            told[code] = room.spoken(run)
    found = []
    for n, one in enumerate(told["kk"]):
        mark = f"{one.kind}:{one.id}"
        who = {code: told[code][n].author for code in LANGUAGES} if one.kind == room.OPINION else A_PARTICIPANT
        answers: tuple[Word, ...] = ()
        if one.answer:
            by = {code: told[code][n].answered_by or THE_ORGANISER[code] for code in LANGUAGES}
            answers = (Word(f"{mark}/answer", by, one.answer, one.language, one.at, one.talk),)
        found.append(Word(mark, who, one.text, one.language, one.at, one.talk, answers))
    return found


def _posts(run: Run) -> list[Word]:
    talks = dict(Talk.objects.filter(meeting=run.pk).values_list("pk", "pk"))
    sources = {threads.of_talk(pk): pk for pk in talks} | {threads.of_meeting(run): None}
    rows = Post.objects.filter(thread__source__in=list(sources), state=Post.State.SHOWN).select_related(
        "thread", "author"
    )
    posts = list(rows.order_by("created_at", "pk"))
    named = {one.person_id: _name(one) for one in Speaker.objects.filter(meeting=run.pk, person__isnull=False)}
    regions = _regions(run, {one.author_id for one in posts} - set(named))

    def who(post: Post) -> Names:
        if post.role == SPEAKER and post.author_id in named:
            return named[post.author_id]
        if post.role == ORGANISER:
            return THE_ORGANISER
        region = regions.get(post.author_id)
        return {code: f"{A_PARTICIPANT[code]} ({region[code] or region['kk']})" if region else A_PARTICIPANT[code] for code in LANGUAGES}  # fmt: skip

    def word(post: Post) -> Word:
        answers = tuple(word(one) for one in posts if one.parent_id == post.pk)
        return Word(f"post:{post.pk}", who(post), post.text, post.language, post.created_at, sources[post.thread.source], answers)  # fmt: skip

    shown = {one.pk for one in posts}
    return [word(one) for one in posts if one.parent_id is None or one.parent_id not in shown]


def _name(speaker: Speaker) -> Names:
    return {code: speaker.full_name(code) for code in LANGUAGES}


def _regions(run: Run, people: Iterable[int]) -> dict[int, Names]:
    """From which region each of these people took part, as it was called that day; a library of the republic is itself."""
    wanted = set(people)
    if not wanted:
        return {}
    tree = network.tree(run.starts_on)
    rows = Appointment.objects.at(run.starts_on).filter(person__in=list(wanted)).order_by("-employment", "pk")
    found = {}
    for person, unit in rows.values_list("person", "unit"):
        if unit in tree.nodes:
            node = tree.nodes[region_of(tree, unit) or unit]
            found[person] = {code: getattr(node, f"name_{code}") for code in LANGUAGES}
    return found


@dataclass(frozen=True)
class Gathered:
    """What a volume would hold now, and why there can be none yet."""

    data: Mapping[str, Any]
    words: list[Word]
    lacks: list[str]
    was: Happened


def gather(run: Run, prepared: Proceedings | None = None) -> Gathered:
    """Everything as it stands now. `lacks` names what a volume cannot be without («programme», «over», «goes_on»)."""
    prepared = prepared or selectors.proceedings_of(run)
    release = meetings.latest(run)
    meeting = meetings.meeting_of(run)
    said = words_of(run)
    left_out = set(prepared.left_out)
    was = happened.of_run(run, prepared, release)
    figures = was.figures
    slots, shown = release.slots if release is not None else [], selectors.shown_of(run)
    data = {
        "title": texts(run, "title"), "occasion": texts(meeting, "occasion"), "starts_on": run.starts_on.isoformat(),
        "ends_on": run.ends_on.isoformat(), "organiser": _as_of_that_day(run), "code": run.code, "form": run.form,
        "summary": texts(prepared, "summary"), "programme": release.number if release is not None else None,
        "parts": _parts(run, slots, shown, was.not_held), "sessions": [_recorded(one) for one in shown if one.talk_id is None],
        "words": [one.data() for one in said if one.mark not in left_out],
        "polls": [
            {"title": one.text, "answered": one.answered, "rows": [{"title": each.text, "votes": each.count} for each in one.options]}
            for one in room.polls(run)
        ],
        "institutions": [
            {"name": row.name, "city": row.city, "region": figures.called.get(row.region or 0, {}), "people": row.named + row.counted}
            for row in sorted(figures.rows, key=lambda row: (sort_key(row.name.get("kk") or row.name.get("ru", "")), row.unit or 0))
        ],
        "regions": [{"name": name, "institutions": many, "people": people} for name, many, people in figures.regions],
        "figures": {"institutions": figures.institutions, "regions": len(figures.regions), "named": figures.people_named, "counted": figures.counted},
    }  # fmt: skip
    lacks = [] if slots else ["programme"]
    if run.state not in OVER:
        lacks.append("over")
    elif was.until is not None:
        lacks.append("goes_on")
    return Gathered(data, said, lacks, was)


OVER = (Run.State.RUNNING, Run.State.ASSESSMENT, Run.State.CLOSED, Run.State.ARCHIVED)


def _as_of_that_day(run: Run) -> Names:
    name = institution_as_of(run.host, run.starts_on)
    return {code: text for code in LANGUAGES if (text := name[f"institution_{code}"])}


def _recorded(one: Recording) -> dict[str, Any]:
    return {"pk": one.pk, "title": texts(one, "title"), "minutes": one.minutes}


def _parts(run: Run, slots: Iterable[Mapping[str, Any]], recordings: Sequence[Recording], not_held: Collection[str] = ()) -> list[dict[str, Any]]:  # fmt: skip
    """The places of the programme with what there is of each: whether it was held, abstract, files that everybody reads, recordings."""
    talks = Talk.objects.filter(meeting=run.pk).in_bulk()
    files: dict[int, list[TalkFile]] = {}
    for one in TalkFile.objects.filter(talk__meeting=run.pk, shown=True, gone_at=None).select_related("file").order_by("pk"):  # fmt: skip
        files.setdefault(one.talk_id, []).append(one)
    found = []
    for row in slots:
        talk = talks.get(row["talk"]) if row["talk"] else None
        found.append(
            {
                "kind": row["kind"], "title": row["title"], "starts_at": row["starts_at"], "minutes": row["minutes"], "talk": row["talk"],
                "spoken": row.get("spoken", ""), "section": row["section"], "held": row["uid"] not in not_held,
                "speakers": [{name: one[name] for name in ("name", "position", "institution")} for one in row["speakers"]],
                "abstract": texts(talk, "abstract") if talk is not None else {},
                "files": [{"pk": one.pk, "name": one.file.name, "size": one.file.size} for one in files.get(row["talk"] or 0, [])],
                "recordings": [
                    _recorded(one)
                    for one in recordings
                    if one.talk_id and one.talk_id == row["talk"]
                ],
            }
        )  # fmt: skip
    return found
