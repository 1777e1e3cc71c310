"""One thing per page: a task asked in steps, its answers checked on the last page before anything is written.

    walk = Walk("open-unit", [Step("kind", _("What is it?"), KindForm), …])
    return walk.page(request, step, address=lambda step: reverse(…, args=[step]), finish=finish, template=…)

Answers wait in the session as they were typed, so going back loses nothing; each step is judged
again at the end, so nothing stale is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise

CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One page of the walk: its name in the address, its question, its form."""

    name: str
    title: str | Promise
    form: type[forms.Form]


@dataclass(frozen=True)
class Answer:
    """A line of the page «check your answers»."""

    question: str
    answer: str
    address: str


@dataclass
class Walk:
    """A task in steps for one account; `name` separates it from others in the session."""

    name: str
    steps: Sequence[Step]
    template: str = "ui/walk.html"
    title: str | Promise = ""
    initial: Mapping[str, Any] = field(default_factory=dict)
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def page(
        self,
        request: HttpRequest,
        name: str,
        *,
        address: Callable[[str], str],
        finish: Callable[[dict[str, Any]], HttpResponse | str],
        leave: str,
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer a request to step `name`.

        `finish` gets all cleaned answers; it returns where to go, or a sentence of refusal that is
        shown on the page of answers (which stay). `leave` is the address of «leave without saving».
        """
        more = {"walk": self, "leave": leave, **(context or {})}
        if name == CHECK:
            return self._check(request, address, finish, more)
        place = next((n for n, step in enumerate(self.steps) if step.name == name), None)
        if place is None:
            raise Http404
        missing = self._first_open(request)
        if missing < place:  # she came by an old address: back to the first open question
            return redirect(address(self.steps[missing].name))
        form = self._form(request, place, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            kept = request.session.get(self._key, {})
            request.session[self._key] = {**kept, name: request.POST.urlencode()}
            going_back = request.GET.get("then") == CHECK and self._first_open(request) == len(self.steps)
            following = CHECK if going_back or place + 1 == len(self.steps) else self.steps[place + 1].name
            return redirect(address(following))
        more |= {"step": self.steps[place], "form": form, "place": place + 1, "of": len(self.steps)}
        more["back"] = address(self.steps[place - 1].name) if place else ""
        return render(request, self.template, more, status=422 if form.errors else 200)

    def known(self, request: HttpRequest) -> dict[str, Any]:
        """What was answered well so far, from the first question on: for a step that depends on those before it."""
        answers: dict[str, Any] = {}
        for place in range(self._first_open(request)):
            form = self._form(request, place)
            form.is_valid()
            answers |= form.cleaned_data
        return answers

    def forget(self, request: HttpRequest) -> None:
        request.session.pop(self._key, None)

    @property
    def _key(self) -> str:
        return f"walk:{self.name}"

    def _check(
        self,
        request: HttpRequest,
        address: Callable[[str], str],
        finish: Callable[[dict[str, Any]], Any],
        more: dict[str, Any],
    ) -> HttpResponse:
        found = self._first_open(request)
        if found < len(self.steps):
            return redirect(address(self.steps[found].name))
        all_forms = [self._form(request, place) for place in range(len(self.steps))]
        answers: dict[str, Any] = {}
        for form in all_forms:
            form.is_valid()
            answers |= form.cleaned_data
        refusal = ""
        if request.method == "POST":
            done = finish(answers)
            if isinstance(done, HttpResponse):
                self.forget(request)
                return done
            refusal = done
        more |= {
            "answers": list(self._answers(all_forms, address)),
            "refusal": refusal,
            "back": address(self.steps[-1].name),
        }
        return render(request, "ui/walk_check.html", more, status=409 if refusal else 200)

    def _answers(self, all_forms: list[forms.Form], address: Callable[[str], str]) -> Any:
        for step, form in zip(self.steps, all_forms, strict=True):
            for bound in form:
                if not bound.is_hidden:
                    yield Answer(str(bound.label), spoken(form, bound.name), f"{address(step.name)}?then={CHECK}")

    def _form(self, request: HttpRequest, place: int, data: Any = None) -> forms.Form:
        step = self.steps[place]
        if data is None and step.name in request.session.get(self._key, {}):
            data = QueryDict(request.session[self._key][step.name])
            if request.method == "GET" and not step.form(data, **self.arguments).is_valid():
                data = None
        return step.form(data, initial=dict(self.initial), **self.arguments)

    def _first_open(self, request: HttpRequest) -> int:
        """How many steps, from the first, have a good answer."""
        kept = request.session.get(self._key, {})
        for place, step in enumerate(self.steps):
            if step.name not in kept or not step.form(QueryDict(kept[step.name]), **self.arguments).is_valid():
                return place
        return len(self.steps)


def spoken(form: forms.Form, name: str) -> str:
    """The answer as a person says it: the label of a choice, a date in words, a dash for nothing."""
    from django.utils.formats import localize

    value = form.cleaned_data.get(name)
    labels = dict(getattr(form.fields[name], "choices", None) or [])
    if value in (None, "", []):
        return "—"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, localize(value)))
