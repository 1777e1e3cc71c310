"""Her letters and wishes; what was sent in a scope; the texts of the centre."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.i18n.content import LANGUAGES
from orken.kit.i18n.dates import short_date
from orken.kit.pdf import rendering as pdf
from orken.kit.tables.views import respond
from orken.kit.ui.templatetags.ui import NATIVE
from orken.network import policy
from orken.network.roles import Permission
from orken.notices import forms, selectors, services, tables
from orken.notices.kinds import Kind, kinds, ordered
from orken.notices.models import Delivery, Hours, LetterText, Notice, Preference
from orken.people.models import Account

PER_PAGE = 30
PAPER = Path(__file__).resolve().parent / "papers" / "letters.typ"


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account), "LoginRequiredMiddleware lets nobody else in"
    return request.user


# --- her own ---


def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that was told to her."""
    account = _actor(request)
    if request.method == "POST":
        services.read_all(by=account)
        return redirect("notices:inbox")
    page = Paginator(selectors.inbox(account), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page, "unread": selectors.unread(account)})


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; opening it is reading it."""
    account = _actor(request)
    notice = get_object_or_404(Notice, pk=pk, person=account.person_id)
    if notice.read_at is None:
        services.read(notice=notice, by=account)
    return render(request, "notices/letter.html", {"notice": notice, "kind": kinds.get(notice.kind)})


def preferences(request: HttpRequest) -> HttpResponse:
    """How letters come to her."""
    account = _actor(request)
    hers = [kind for kind in ordered() if kind.concerns(account)]
    free = [kind for kind in hers if not kind.urgent]
    wishes = dict(Preference.objects.filter(person=account.person_id).values_list("kind", "mail"))
    hours = Hours.objects.filter(person=account.person_id).first() or Hours()
    data = request.POST if request.method == "POST" else None
    form = forms.WishesForm(data, kinds=free, wishes=wishes, hours=hours)
    if form.is_bound and form.is_valid():
        services.prefer(by=account, **form.answers)
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    context = {"form": form, "urgent": [kind for kind in hers if kind.urgent], "account": account}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


# --- those who send ---


def sent(request: HttpRequest) -> HttpResponseBase:
    """What was sent to people of her scope, and whether it arrived."""
    account = _actor(request)
    if not selectors.may_see_sent(account):
        raise Http404
    return respond(request, tables.with_paper(), selectors.sent(account), "notices/sent.html")


def message(request: HttpRequest, pk: int) -> HttpResponse:
    """The way of one letter, and its text ready for a messenger."""
    account = _actor(request)
    notice = get_object_or_404(selectors.sent(account).prefetch_related("deliveries"), pk=pk)
    if request.method == "POST":
        services.hand_over(notice=notice, channel=Delivery.Channel.MESSENGER, by=account)
        messages.success(request, _("Noted: handed over."))
        return redirect("notices:message", pk=pk)
    kind = kinds.get(notice.kind)
    context = {
        "notice": notice,
        "way": selectors.way_of(notice),
        "standing": selectors.STANDING[selectors.standing(notice)],
        "ready": "" if kind is None or kind.secret else getattr(notice, f"body_{notice.language}"),
        "title": kind.title if kind is not None else notice.kind,
    }
    return render(request, "notices/message.html", context)


def paper(request: HttpRequest) -> HttpResponse:
    """The chosen letters on paper, several on a sheet, for those whom no mail reaches."""
    account = _actor(request)
    if request.method != "POST":
        return redirect("notices:sent")
    picked = [int(value) for value in request.POST.getlist("pick")[:200] if value.isdecimal() and len(value) < 18]
    chosen = list(selectors.sent(account).filter(pk__in=picked).order_by("person__sort_kk", "pk"))
    chosen = [notice for notice in chosen if notice.kind in kinds and not kinds[notice.kind].secret]
    if not chosen:
        messages.warning(request, _("Choose letters in the list first. A letter with a code is renewed, not printed."))
        return redirect("notices:sent")
    for notice in chosen:
        services.hand_over(notice=notice, channel=Delivery.Channel.PAPER, by=account)
    now = timezone.now().replace(microsecond=0)
    response = HttpResponse(
        pdf.render(PAPER, {"letters": [_sheet(one) for one in chosen]}, made_at=now), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="letters-{timezone.localdate(now).isoformat()}.pdf"'
    return response


def _sheet(notice: Notice) -> dict[str, object]:
    language = notice.language
    return {
        "language": language,
        "to": notice.person.full_name(language),
        "subject": getattr(notice, f"subject_{language}"),
        "body": getattr(notice, f"body_{language}").split("\n"),
        "day": short_date(timezone.localtime(notice.created_at), language),
    }


# --- the texts of the centre ---


def texts(request: HttpRequest) -> HttpResponse:
    """Every kind of letter with its title, and which texts the centre has changed."""
    _centre(request)
    latest: dict[tuple[str, str], LetterText] = {}
    for row in LetterText.objects.order_by("version"):
        latest[row.kind, row.language] = row
    lines = [
        (kind, [NATIVE[code][0] for code in LANGUAGES if _own(latest.get((kind.code, code)))]) for kind in ordered()
    ]
    return render(request, "notices/texts.html", {"lines": lines})


def _own(row: LetterText | None) -> bool:
    return row is not None and not row.as_in_code


def text(request: HttpRequest, code: str) -> HttpResponse:
    """The texts of one kind: written, looked at as they will arrive, kept as a new version."""
    account = _centre(request)
    kind = kinds.get(code)
    if kind is None:
        raise Http404
    standing, versions = services.texts_of(kind)
    form = forms.TextsForm(request.POST if request.method == "POST" else None, kind=kind, standing=standing)
    preview = {}
    if form.is_bound and form.is_valid():
        if "keep" in request.POST:
            made = services.write_text(kind=kind, texts=form.texts, by=account)
            messages.success(
                request, _("Kept. Letters go out in these words from now on.") if made else _("Nothing has changed.")
            )
            return redirect("notices:text", code=code)
        preview = {language: _sample(kind, form.texts[language], account, language) for language in LANGUAGES}
    context = {
        "kind": kind, "form": form, "versions": versions, "words": _words(kind),
        "preview": [(code, NATIVE[code][1], shown) for code, shown in preview.items()],
        "story": LetterText.objects.filter(kind=code).order_by("-created_at", "-pk")[:20],
        "changed": any(versions.values()) and any(standing[one] != kind.texts[one] for one in LANGUAGES),
    }  # fmt: skip
    return render(request, "notices/text.html", context, status=422 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the words of the code."""
    account = _centre(request)
    if code not in kinds:
        raise Http404
    services.restore_text(kind=kinds[code], by=account)
    messages.success(request, _("The first words hold again. Yours stay in the history."))
    return redirect("notices:text", code=code)


def _centre(request: HttpRequest) -> Account:
    account = _actor(request)
    policy.require(account, Permission.NOTICE_TEXTS, services.root())
    return account


def _words(kind: Kind) -> list[tuple[str, object, bool]]:
    return [
        ("{name}", _("how she is greeted"), False),
        *(("{" + name + "}", fact.label, name in kind.secret) for name, fact in kind.placeholders.items()),
    ]


def _sample(kind: Kind, text: services.Text, account: Account, language: str) -> services.Text:
    facts = {name: fact.sample for name, fact in kind.placeholders.items()}
    return services.word(text, facts, account.person, language)
