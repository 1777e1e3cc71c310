"""What the kinds of question share beside curriculum's protocol: an answer out of a form, in words, and an author's form.

A payload is plain JSON. Texts are {"kk", "ru", "en"}; "html" says that they are cleaned HTML out of another system's file.
Whatever is chosen among has a key that tells nothing: it follows from the text, not from the place.
"""

from __future__ import annotations

import hashlib
import json
import random
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from orken.curriculum.kinds import AnswerRefused, Grade, Payload, Reason
from orken.questions import texts
from orken.questions.kinds.form import KindForm, Rows

LONGEST = 40_000  # characters of one answer: some twelve pages
ENOUGH = 99.99  # per cent from which an answer is right
LANGUAGES = ("kk", "ru", "en")


class QuestionKind(ABC):
    """A kind of question of the bank."""

    code: str
    label: str | Promise
    hint: str | Promise = ""  # what it is good for, on the page where an author chooses
    template: str
    above: str = ""  # what stands over the rows of the author's form
    rows: ClassVar[tuple[Rows, ...]] = ()
    by_hand = False  # marked by a person
    offline = True  # can be answered without a line

    # curriculum.kinds.Kind
    def draw(self, payload: Payload, seed: int) -> Payload:
        """Lists in an order of their own for each seed."""
        return payload

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        return {"text": texts.public(payload.get("text", {}), bool(payload.get("html"))), **self.asked(payload)}

    @abstractmethod
    def asked(self, payload: Payload) -> dict[str, Any]:
        """What the learner sees beside the text; never the key."""

    @abstractmethod
    def parse(self, raw: Any) -> Any: ...

    @abstractmethod
    def grade(self, payload: Payload, answer: Any) -> Grade: ...

    def fingerprint(self, answer: Any) -> str:
        return hashlib.sha256(json.dumps(answer, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    # The page of an attempt
    @abstractmethod
    def raw(self, data: QueryDict, name: str) -> Any | None:
        """What a form sent under `name` as the answer's JSON; None when nothing was answered."""

    def view(self, public: Mapping[str, Any], raw: Any) -> Mapping[str, Any]:
        """The public payload with what she answered marked in it, for the template."""
        return {**public, "answer": raw}

    @abstractmethod
    def shown(self, payload: Payload, answer: Any) -> list[str]:
        """The answer in words, a line each."""

    @abstractmethod
    def right(self, payload: Payload) -> list[str]:
        """The right answer in words."""

    # The author's page
    def problems(self, payload: Payload) -> Iterator[str]:
        """Why it cannot be published yet."""
        if not payload.get("text", {}).get("kk"):
            yield _("The question is not written in Kazakh.")

    def form(self, *args: Any, standing: Payload | None = None, more: Collection[str] = (), **kwargs: Any) -> KindForm:
        return KindForm(*args, kind=self, standing=standing or {}, more=more, **kwargs)

    def extra_fields(self) -> dict[str, Any]:
        """Fields of the author's form beside texts and rows."""
        return {}

    def spread(self, payload: Payload) -> dict[str, Any]:
        """Values of the extra fields out of a payload."""
        return {name: payload[name] for name in self.extra_fields() if name in payload}

    def table(self, payload: Payload, name: str) -> list[dict[str, Any]]:
        """Rows of the author's form out of a payload."""
        return [dict(row) for row in payload.get(name, [])]

    @abstractmethod
    def compose(self, form: KindForm) -> dict[str, Any]:
        """What the author wrote beside the texts, as a payload."""


def keyed(rows: Sequence[dict[str, Any]], *, of: str = "text") -> list[dict[str, Any]]:
    """Rows with keys: one that stood keeps its own, so that old answers keep their sense; a new one gets it of its text."""
    taken = {row["key"] for row in rows if row.get("key")}
    made = []
    for row in rows:
        key = row.get("key") or ""
        salt = 0
        while not key:
            told = json.dumps([row.get(of), salt], sort_keys=True, ensure_ascii=False)
            found = hashlib.blake2b(told.encode(), digest_size=4).hexdigest()
            key, salt = ("" if found in taken else found), salt + 1
        taken.add(key)
        made.append({**row, "key": key})
    return made


def shuffled(rows: Sequence[Any], seed: int, salt: str = "") -> list[Any]:
    dice = random.Random(f"{seed}:{salt}")
    found = list(rows)
    dice.shuffle(found)
    return found


def of_share(share: float, reasons: Sequence[Reason] = (), **details: Any) -> Grade:
    """A grade out of a share of 0 to 1."""
    score = round(100 * min(1.0, max(0.0, share)), 2)
    return Grade(score, score >= ENOUGH, tuple(reasons), (), details)


def by_a_person() -> Grade:
    """The grade of what only a person can mark, until she does."""
    return Grade(0.0, False, (), (), {"needs_review": True})


def mapping(raw: Any, key: str) -> Any:
    """`raw[key]`, where the browser sent JSON of the wrong shape it is an answer that cannot be read."""
    if not isinstance(raw, Mapping) or key not in raw:
        raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
    return raw[key]


def short_text(value: Any, most: int = 500) -> str:
    if not isinstance(value, str):
        raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
    if len(value) > most:
        raise AnswerRefused(_("The answer is too long: at most %(n)s characters.") % {"n": most})
    return value


def pairs_of(value: Any) -> dict[str, str]:
    """A table of keys to keys; what is left open is not in it."""
    if not isinstance(value, Mapping) or len(value) > 100:
        raise AnswerRefused(_("The answer cannot be read. Open the page again and answer once more."))
    return {short_text(key, 40): short_text(one, 500) for key, one in value.items() if one not in ("", None)}


def fields_of(data: QueryDict, name: str) -> dict[str, str]:
    """Fields «name-KEY» of a form as a table of their keys; empty ones are left out."""
    begin = f"{name}-"
    return {key[len(begin) :]: data.get(key, "") for key in data if key.startswith(begin) and data.get(key, "").strip()}


def row_text(payload: Payload, row: Mapping[str, Any], field: str = "text") -> dict[str, Any]:
    return texts.public(row.get(field, {}), bool(payload.get("html")))


def in_words(payload: Payload, row: Mapping[str, Any], field: str = "text") -> str:
    return texts.line(texts.said(row.get(field, {})), bool(payload.get("html")))
