"""What everybody reads: the list, an article, its pictures and card, the feed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from orken.kit.files import services as files
from orken.kit.i18n.content import LANGUAGES, current_language, text_of
from orken.kit.i18n.dates import long_date
from orken.newsroom import card as cards
from orken.newsroom import feeds, policy, selectors, sources
from orken.newsroom.models import News, Picture
from orken.people.models import Account

DAY = 24 * 3600


@login_not_required
@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(selectors.public(), selectors.PER_PAGE).get_page(request.GET.get("page"))
    account = request.user if isinstance(request.user, Account) else None
    context = {"page": page, "desk": account is not None and policy.stands_at_the_desk(account)}
    return render(request, "newsroom/list.html", context)


@login_not_required
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """In the reader's language; where the piece lacks it, in the next one, and it says so."""
    rows = News.objects.select_related("unit", "shown").prefetch_related("pictures")
    news = get_object_or_404(
        rows.filter(shown__isnull=False, state__in=(News.State.PUBLISHED, News.State.ARCHIVED)), pk=pk
    )
    if news.state == News.State.ARCHIVED:
        return render(request, "newsroom/archived.html", {"news": news}, status=410)
    version = news.shown
    assert version is not None, "the query asked for it"
    title = text_of(version, "title")
    account = request.user if isinstance(request.user, Account) else None
    owner = sources.find(news.source)
    about = owner[0].offer(owner[1]) if owner else None
    context = {
        "about": owner[0].address(owner[1]) if owner and about else "", "about_label": about.label if about else "",
        "news": news, "version": version, "title": title, "lead": version.part("lead", title.language),
        "paragraphs": version.paragraphs(title.language), "corrections": list(selectors.corrections(news)),
        "contacts": selectors.contacts(news.unit), "host": f"{request.scheme}://{request.get_host()}",
        "missing": [code for code in LANGUAGES if code not in version.languages], "pictures": list(news.pictures.all()),
        "desk": account is not None and (policy.may_write(account, news) or policy.may_publish(account, news)),
    }  # fmt: skip
    return render(request, "newsroom/article.html", context)


@login_not_required
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that a shared address shows: the first picture of the piece is shown by its own address instead."""
    news = get_object_or_404(selectors.public(), pk=pk)
    assert news.shown is not None and news.published_at is not None, "what is published is shown"
    content = cards.draw(news.shown.title, text_of(news.unit, "name").value, long_date(news.published_at))
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={DAY}"
    return response


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """A picture of published news for everybody; of a draft for those at whose desk it is."""
    row = get_object_or_404(Picture.objects.select_related("news__unit", "large", "small"), pk=pk)
    account = request.user if isinstance(request.user, Account) else None
    if not row.news.is_public and not (
        account is not None and (policy.may_write(account, row.news) or policy.may_publish(account, row.news))
    ):
        raise Http404
    if size not in ("small", "large"):
        raise Http404
    kept = row.small if size == "small" else row.large
    response = FileResponse(files.read(kept), content_type=kept.media_type)
    response["Cache-Control"] = f"{'public' if row.news.is_public else 'private'}, max-age={DAY}"
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom in the language of the address; without one there, of «?lang=», else the reader's own."""
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in LANGUAGES else current_language()
    content = feeds.feed(language, f"{request.scheme}://{request.get_host()}")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
