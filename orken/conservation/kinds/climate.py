"""The exercise «read the chart»: which alarms a store shows, on which day they begin, and what to do first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from orken.conservation.climate import chart, exercises
from orken.conservation.climate.alarms import Point, alarms, days
from orken.conservation.climate.exercises import ACTIONS, ASKED, Truth
from orken.conservation.vocabulary.climate import BY_CODE, DEFAULT
from orken.curriculum.kinds import AnswerRefused, Grade, Offer, Payload, Reason

PASS = 70.0
ALARMS, ACTION, MEAN = 60.0, 25.0, 15.0
NEAR = timedelta(days=1)
MEAN_NEAR = 2.0


class ReadClimate:
    """`payload`: {"norm": code of a norm set, "start": ISO day}; drawn, it also holds seed and events.

    An answer: {"alarms": {"mould": "2026-02-07", …}, "action": "damp", "mean": 56.5}.
    """

    code = "conservation.climate"
    label: str | Promise = _("Read the chart of a store")
    template = "conservation/kinds/climate.html"

    def offers(self) -> list[Offer]:
        return [Offer(one.code, str(one.name), {"norm": one.code}) for one in BY_CODE.values()]

    def problems(self, payload: Payload) -> list[str]:
        if payload.get("norm", DEFAULT) not in BY_CODE:
            return [str(_("The School of Conservation has no norms “%(norm)s”.") % {"norm": payload["norm"]})]
        try:
            exercises.truth(self.draw(payload, 1))
        except (KeyError, TypeError, ValueError):
            return [str(_("What happens in the store cannot be read."))]
        return []

    def draw(self, payload: Payload, seed: int) -> Payload:
        """The series of this seed, unless the author wrote what happens."""
        return {"norm": DEFAULT, "start": "2026-02-02", "events": exercises.events(seed), **payload, "seed": seed}

    def public_payload(self, payload: Payload) -> Mapping[str, Any]:
        """The readings and the norm set; neither seed nor events, which tell the answer."""
        found = exercises.truth(self._drawn(payload))
        return {
            "norm": payload.get("norm", DEFAULT),
            "points": [[one.at.isoformat(), one.temperature, one.humidity] for one in found.points],
            "kinds": [{"code": kind.value, "name": kind.words.as_dict()} for kind in ASKED],
            "actions": [{"code": code, "name": words.as_dict()} for code, words in ACTIONS.items()],
        }

    def page(self, payload: Payload, raw: Any, place: str) -> Mapping[str, Any]:
        answer = raw if isinstance(raw, Mapping) else {}
        return {
            "chart": self.chart(payload), "kinds": [(one, answer.get("alarms", {}).get(one.value, "")) for one in ASKED],
            "actions": list(ACTIONS.items()), "days": days(self._points(payload)), "norm": BY_CODE[payload.get("norm", DEFAULT)], "answer": answer,
        }  # fmt: skip

    def chart(self, payload: Payload, *, marked: bool = False) -> SafeString:
        """The series as a picture; `marked`: with the alarms that it shows, for whoever has answered."""
        points, norm = self._points(payload), BY_CODE[payload.get("norm", DEFAULT)]
        labels = chart.Labels(str(_("Temperature and humidity of a store")), str(_("Relative humidity, %")), str(_("Temperature, °C")), str(_("norm")), str(_("danger")))  # fmt: skip
        return mark_safe(chart.svg(points, norm, alarms(points, norm) if marked else [], labels))

    def answer(self, payload: Payload, data: Any, files: Mapping[str, Any]) -> dict[str, Any] | None:
        found = {key[2:]: value for key, value in data.items() if key.startswith("a_") and value}
        mean, action = str(data.get("mean", "")).strip().replace(",", "."), data.get("action", "")
        try:
            number: float | None = float(mean) if mean else None
        except ValueError:
            number = -1.0
        return {"alarms": found, "action": action, "mean": number} if found or action or mean else None

    def lines(self, raw: Any) -> list[str]:
        answer = self.parse(raw)
        said = [f"{one.words}: {answer['alarms'][one.value]}" for one in ASKED if one.value in answer["alarms"]]
        said += [str(ACTIONS[answer["action"]])] if answer["action"] else []
        return said + ([f"{answer['mean']:g} %"] if answer["mean"] is not None else [])

    def _points(self, payload: Payload) -> list[Point]:
        return list(exercises.truth(self._drawn(payload)).points)

    def parse(self, raw: Any) -> Any:
        if not isinstance(raw, Mapping) or not isinstance(raw.get("alarms", {}), Mapping):
            raise AnswerRefused(_("The answer holds no alarms."))
        known = {kind.value for kind in ASKED}
        alarms: dict[str, str] = {}
        for kind, day in raw.get("alarms", {}).items():
            if kind not in known:
                raise AnswerRefused(_("There is no alarm “%(name)s”.") % {"name": str(kind)[:40]})
            try:
                alarms[kind] = date.fromisoformat(str(day)).isoformat()
            except ValueError as wrong:
                raise AnswerRefused(_("Choose the day on which the alarm begins.")) from wrong
        action, mean = raw.get("action", ""), raw.get("mean")
        if action and action not in ACTIONS:
            raise AnswerRefused(_("There is no action “%(name)s”.") % {"name": str(action)[:40]})
        if mean is not None and (isinstance(mean, bool) or not isinstance(mean, (int, float)) or not 0 <= mean <= 100):
            raise AnswerRefused(_("The mean humidity is a number from 0 to 100."))
        return {"alarms": dict(sorted(alarms.items())), "action": action, "mean": mean}

    def judge(self, payload: Payload) -> Truth:
        return exercises.truth(self._drawn(payload))

    def grade(self, payload: Payload, answer: Any) -> Grade:
        """60 for the alarms (F1 over kinds whose day is right to a day), 25 for the first action, 15 for the mean."""
        found = self.judge(payload)
        shown = {alarm.kind.value for alarm in found.alarms}
        right = {kind for kind, day in answer["alarms"].items() if self._begins(found, kind, date.fromisoformat(day))}
        reasons: list[Reason] = []
        for kind in ASKED:
            code = kind.value
            said = code in answer["alarms"]
            if code in shown or said:
                reasons.append(Reason(code, str(kind.words), 1.0 if code in right else 0.0, ALARMS, self._said(code, shown, right, said, found)))  # fmt: skip
        size = len(shown) + len(answer["alarms"])
        f1 = 2 * len(right) / size if size else 1.0
        action = 1.0 if answer["action"] == found.action else 0.0
        text = _("Right.") if action else _("First: %(action)s.") % {"action": ACTIONS[found.action]}
        reasons.append(Reason("action", _("What to do first"), action, ACTION, text))
        mean = 1.0 if answer["mean"] is not None and abs(answer["mean"] - found.mean_humidity) <= MEAN_NEAR else 0.0
        reasons.append(Reason("mean", _("Mean humidity"), mean, MEAN, _("It is %(n)s%%.") % {"n": f"{found.mean_humidity:.0f}"}))  # fmt: skip
        score = round(ALARMS * f1 + ACTION * action + MEAN * mean, 2)
        details = {"alarms": [[one.kind.value, one.since.date().isoformat()] for one in found.alarms], "f1": f1}
        return Grade(score, score >= float(payload.get("pass", PASS)), tuple(reasons), details=details)

    def fingerprint(self, answer: Any) -> str:
        return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()

    def _begins(self, found: Truth, kind: str, day: date) -> bool:
        return any(one.kind.value == kind and abs(one.since.date() - day) <= NEAR for one in found.alarms)

    def _said(self, code: str, shown: set[str], right: set[str], said: bool, found: Truth) -> Any:
        if code in right:
            return _("Right.")
        if code not in shown:
            return _("The chart does not show this.")
        day = next(one.since.date() for one in found.alarms if one.kind.value == code)
        begins = f"{day:%d.%m.%Y}"
        return (_("It begins on %(day)s.") if said else _("Overlooked: it begins on %(day)s.")) % {"day": begins}

    def _drawn(self, payload: Payload) -> Mapping[str, Any]:
        return payload if "seed" in payload else self.draw(payload, 0)
