"""The steps of news: sent, looked at, let out, corrected, put away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.states import WayIsClosed
from orken.newsroom import forms, services
from orken.newsroom.models import TEXTS, News, Version
from orken.newsroom.states import contradictions
from orken.newsroom.views.common import actor, asked, closed, edited, news_or_404, piece_address


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    news = news_or_404(request, pk, writes=True)
    try:
        services.send(news=news, by=actor(request))
    except WayIsClosed as way:
        return closed(request, news, way)
    messages.success(request, _("Sent. Another person reads it and lets it out."))
    return redirect(piece_address(news))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    news = news_or_404(request, pk, writes=True)
    try:
        services.take_back(news=news, by=actor(request))
    except WayIsClosed as way:
        return closed(request, news, way)
    messages.success(request, _("It is a draft again."))
    return redirect(piece_address(news))


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    news = news_or_404(request, pk, publishes=True)
    try:
        services.bring_back(news=news, by=actor(request))
    except WayIsClosed as way:
        return closed(request, news, way)
    messages.success(request, _("Readers see it again."))
    return redirect(piece_address(news))


def _with_reason(
    request: HttpRequest, pk: int, verb: Callable[..., News], title: str, done: str, lead: str
) -> HttpResponse:
    news = news_or_404(request, pk, publishes=True)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            verb(news=news, reason=form.cleaned_data["reason"], by=actor(request))
        except WayIsClosed as way:
            return closed(request, news, way)
        messages.success(request, done)
        return redirect(piece_address(news))
    return asked(request, form, title, piece_address(news), button=title, lead=lead)


def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(
        request,
        pk,
        services.give_back,
        _("Give back"),
        _("Given back to its writer."),
        _("Say what is to be mended; the writer reads it."),
    )


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(
        request, pk, services.archive, _("Put into the archive"), _("It is in the archive; readers see that it was put away."),
        _("It leaves the list, the feed and the search. It can be brought back."),
    )  # fmt: skip


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, or on a day at an hour."""
    news = news_or_404(request, pk, publishes=True)
    form = forms.ApproveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            news = services.approve(news=news, by=actor(request), publish_at=form.moment)
        except services.SamePerson:
            messages.warning(request, _("You sent it yourself. Another person has to read it and let it out."))
            return redirect(piece_address(news))
        except WayIsClosed as way:
            return closed(request, news, way)
        messages.success(request, _("It is out.") if news.is_public else _("It appears by itself at its hour."))
        return redirect(piece_address(news))
    return asked(request, form, _("Let it out"), piece_address(news), button=_("Let it out"))


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, with a note that readers see."""
    news = news_or_404(request, pk, publishes=True)
    if news.shown is None or not news.is_public:
        raise Http404
    start = {name: getattr(news.shown, name) for name in TEXTS} | {"revision": news.revision}
    form = forms.CorrectionForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        answers = form.cleaned_data
        texts = {name: answers[name] for name in TEXTS}
        said = answers["insisted"] or news.shown.insisted
        wrong = [] if said else contradictions(news.shown.facts, texts, _changed(news.shown, texts))
        if wrong:
            form.hold(wrong)
            return asked(request, form, _("Correct the news"), piece_address(news), button=_("Correct"))
        try:
            services.correct(
                news=news, texts=texts, by=actor(request), revision=answers["revision"], insisted=answers["insisted"],
                notes={name: answers[name] for name in ("note_kk", "note_ru", "note_en")},
            )  # fmt: skip
        except services.EditedMeanwhile:
            return edited(request, news)
        except WayIsClosed as way:
            return closed(request, news, way)
        messages.success(request, _("Corrected. Readers see the note under the text."))
        return redirect(piece_address(news))
    return asked(request, form, _("Correct the news"), piece_address(news), button=_("Correct"))


def _changed(old: Version, texts: Mapping[str, str]) -> set[str]:
    """Languages in which something is another word now."""
    return {name.rpartition("_")[2] for name, text in texts.items() if getattr(old, name) != text}
