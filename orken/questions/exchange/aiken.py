"""Aiken: a question, answers A to Z, and «ANSWER: B»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from orken.questions import exchange, texts
from orken.questions.exchange import Left, Made, Outcome, Question, Taken, decoding
from orken.questions.kinds.base import keyed

OPTION = re.compile(r"^([A-Z])[.)]\s*(.*)$")
ANSWER = re.compile(r"^ANSWER\s*:\s*(.*)$", re.IGNORECASE)


def read(content: bytes, language: str) -> Outcome:
    found = decoding.decoded(content)
    outcome = Outcome("aiken", remarks=[found.remark] if found.remark else [])
    asked: list[str] = []
    options: list[tuple[str, str]] = []
    begin = 0
    for number, line in enumerate(found.text.splitlines(), start=1):
        line = line.strip()
        if not line:
            continue
        where = _("line %(n)s") % {"n": begin or number}
        if answer := ANSWER.match(line):
            _judge(outcome, where, asked, options, answer.group(1).strip().upper(), language)
            asked, options, begin = [], [], 0
        elif (option := OPTION.match(line)) and asked:
            options.append((option.group(1), option.group(2)))
        elif options:
            outcome.left.append(Left(where, _("There is no line “ANSWER:” after the answers.")))
            asked, options, begin = [line], [], number
        else:
            begin = begin or number
            asked.append(line)
    if asked:
        outcome.left.append(Left(_("line %(n)s") % {"n": begin}, _("There is no line “ANSWER:” after the answers.")))
    return outcome


def _judge(outcome: Outcome, where: str, asked: list[str], options: list[tuple[str, str]], answer: str, language: str) -> None:  # fmt: skip
    letters = [letter for letter, _text in options]
    if not asked:
        reason = _("There is an answer without a question.")
    elif len(answer) != 1:
        reason = _("“ANSWER:” names exactly one letter; here it is “%(text)s”.") % {"text": answer[:40]}
    elif answer not in letters:
        reason = _("“ANSWER: %(letter)s” is none of its answers.") % {"letter": answer}
    elif len(set(letters)) != len(letters):
        reason = _("Two answers have the same letter.")
    else:
        rows = [{"text": {language: text}, "fraction": 100.0 if letter == answer else 0.0} for letter, text in options]
        payload = {"text": {language: "\n".join(asked)}, "options": keyed(rows)}
        outcome.taken.append(Taken(where, "question.choice", payload))
        return
    outcome.left.append(Left(where, reason))


def write(questions: Sequence[Question], language: str) -> Made:
    """Choices with one right answer; feedback and parts of a mark have no place here and are said to be left out."""
    lines: list[str] = []
    left: list[Left] = []
    written = 0
    for one in questions:
        where = texts.label(one.payload.get("text", {}), bool(one.payload.get("html")), language, 80) or one.uid
        options = one.payload.get("options", [])
        worths = [float(row.get("fraction") or 0) for row in options]
        text = _line(one, one.payload.get("text", {}), language)
        if one.kind != "question.choice":
            left.append(Left(where, str(exchange.CANNOT)))
        elif sorted(worths)[-1:] != [100.0] or sum(1 for worth in worths if worth) != 1 or len(options) > 26:
            left.append(Left(where, _("Aiken knows one right answer and none that is worth a part.")))
        elif not text or OPTION.match(text) or ANSWER.match(text):
            left.append(Left(where, _("The question is not written in this language, or begins like an answer.")))
        else:
            lines.append(text)
            letters = [chr(65 + place) for place in range(len(options))]
            lines += [f"{letter}. {_line(one, row['text'], language)}" for letter, row in zip(letters, options, strict=True)]  # fmt: skip
            lines += [f"ANSWER: {letters[worths.index(100.0)]}", ""]
            written += 1
            if one.payload.get("feedback") or any(row.get("feedback") for row in options):
                left.append(Left(where, _("Written without what learners are told: Aiken has no place for it.")))
    return Made("\n".join(lines).encode(), "text/plain; charset=utf-8", "txt", written, left)


def _line(one: Question, words: dict[str, str], language: str) -> str:
    text = texts.said(words, language)
    return " ".join((texts.plain(text) if one.payload.get("html") else text).split())
