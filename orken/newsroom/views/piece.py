"""One piece at the desk: its words beside its facts."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import LANGUAGES
from orken.kit.states import WayIsClosed
from orken.newsroom import forms, policy, selectors, services, sources
from orken.newsroom.models import News
from orken.newsroom.states import NEWS
from orken.newsroom.views.common import actor, asked, closed, edited, language_of, news_or_404, piece_address


def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, written and held against the facts, one language at a time."""
    news = news_or_404(request, pk, writes=request.method == "POST")
    account = actor(request)
    language = language_of(request)
    version = news.current
    assert version is not None, "news have a version from the first moment"
    writing = news.state == News.State.DRAFT and policy.may_write(account, news)
    form = None
    status = 200
    if writing:
        names = [f"{part}_{language}" for part in ("title", "lead", "body")]
        start = {name: getattr(version, name) for name in names} | {
            "revision": news.revision,
            "insisted": version.insisted,
        }
        form = forms.LanguageForm(request.POST if request.method == "POST" else None, language=language, initial=start)
        if form.is_bound and form.is_valid():
            try:
                services.write(
                    news=news,
                    texts=form.texts,
                    insisted=form.cleaned_data["insisted"],
                    by=account,
                    revision=form.cleaned_data["revision"],
                )
            except services.EditedMeanwhile:
                data = request.POST.copy()
                data["revision"] = str(news.revision)
                form.data = data
                status = 409
            except WayIsClosed as way:
                return closed(request, news, way)
            else:
                messages.success(request, _("Saved and held against the facts."))
                return redirect(piece_address(news, language))
        elif form.is_bound:
            status = 422
    elif request.method == "POST":
        return edited(request, news)
    return _shown(request, news, language, form, status)


def _shown(
    request: HttpRequest, news: News, language: str, form: forms.LanguageForm | None, status: int
) -> HttpResponse:
    account = actor(request)
    version = news.current
    assert version is not None, "news have a version from the first moment"
    held = selectors.held_in_all(version)
    writes, publishes = policy.may_write(account, news), policy.may_publish(account, news)
    ways = [
        one
        for one in NEWS.from_here(news)
        if (one.way.actor == "writer" and writes) or (one.way.actor == "publisher" and publishes)
    ]
    context = {
        "news": news, "version": version, "language": language, "form": form, "held": held[language], "meanwhile": status == 409,
        "tabs": [(code, forms.IN[code], held[code].contradictions if held[code] else 0) for code in LANGUAGES],  # type: ignore[union-attr]  # asked just before
        "ways": ways, "writes": writes, "publishes": publishes, "own": news.sent_by_id == account.pk,
        "pictures": list(news.pictures.order_by("place")), "owned": sources.find(news.source) is not None,
        "all_contradictions": sum(one.contradictions for one in held.values() if one),
    }  # fmt: skip
    return render(request, "newsroom/piece.html", context, status=status)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Http404
    return int(text)


@require_POST
def compose(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """One language anew from the facts."""
    news = news_or_404(request, pk, writes=True)
    if language not in LANGUAGES or not (news.current and news.current.facts):
        raise Http404
    try:
        services.compose_anew(news=news, language=language, by=actor(request), revision=_revision(request))
    except services.EditedMeanwhile:
        return edited(request, news)
    except WayIsClosed as way:
        return closed(request, news, way)
    messages.success(request, _("Composed anew. What stood here is kept in the trail."))
    return redirect(piece_address(news, language))


@require_POST
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts as their owner knows them today."""
    news = news_or_404(request, pk, writes=True)
    try:
        services.read_facts(news=news, by=actor(request), revision=_revision(request))
    except services.EditedMeanwhile:
        return edited(request, news)
    except WayIsClosed as way:
        return closed(request, news, way)
    messages.success(request, _("The facts are those of today. The texts stay and are held against them."))
    return redirect(piece_address(news))


def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first: nothing of a dropped draft can be opened again."""
    news = news_or_404(request, pk, writes=True)
    if request.method == "POST":
        try:
            services.drop(news=news, by=actor(request), revision=news.revision)
        except WayIsClosed as way:
            return closed(request, news, way)
        messages.success(request, _("The draft is thrown away. Its news can be written again."))
        return redirect("newsroom:desk")
    return asked(
        request, django_forms.Form(), _("Throw the draft away"), piece_address(news), button=_("Throw the draft away"),
        lead=_("The words of all three languages and the pictures are lost."), grave=True,
    )  # fmt: skip
