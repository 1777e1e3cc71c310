"""The letter of sittings: what a person had to mark is marked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.attempts import events
from orken.attempts.models import Attempt
from orken.kit.i18n.content import text_of
from orken.notices import services as notices
from orken.notices.kinds import Kind, Placeholder, Text, register
from orken.people.models import Account

LANGUAGES = ("kk", "ru", "en")
GREETING = {"kk": "Қайырлы күн, {name}!", "ru": "Здравствуйте, {name}!", "en": "Good day, {name}!"}
EXERCISE = Placeholder(_("title of the exercise"), {"kk": "Жазбаша жұмыс", "ru": "Письменная работа", "en": "Written work"})  # fmt: skip


def texts(**by_language: tuple[str, str]) -> dict[str, Text]:
    return {code: Text(subject, f"{GREETING[code]}\n\n{body}") for code, (subject, body) in by_language.items()}


MARKED = Kind(
    "attempts.marked",
    texts(
        kk=("Жауабыңыз бағаланды: {exercise}", "«{exercise}» тапсырмасындағы жауабыңыз бағаланды. Нәтиже мен пікір сол тапсырманың бетінде тұр."),
        ru=("Ваш ответ оценён: {exercise}", "Ваш ответ в задании «{exercise}» оценён. Результат и отзыв стоят на странице этого задания."),
        en=("Your answer is marked: {exercise}", "Your answer in “{exercise}” is marked. The result and the comment stand on its page."),
    ),
    {"exercise": EXERCISE},
    title=_("My answer is marked"),
)  # fmt: skip


def register_all() -> None:
    register(MARKED)
    events.attempt_marked.connect(tell, dispatch_uid="attempts.letters")


def tell(sender: Any, attempt: Attempt, by: Account | None, **more: Any) -> None:
    """Told when nothing of it waits any more, and again when another hand gives it another score; never of her own late lines."""
    if attempt.state != Attempt.State.DONE or by is None or by.person_id == attempt.person_id:
        return
    notices.send(
        kind=MARKED.code, to=attempt.person, facts={"exercise": {code: text_of(attempt.version, "title", code).value for code in LANGUAGES}},
        about=attempt, by=by, page=f"/attempts/{attempt.uid}/review/", key=f"{MARKED.code}:{attempt.pk}:{attempt.score}",
    )  # fmt: skip
