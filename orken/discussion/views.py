"""Pages of a discussion: the thread by itself, writing, taking back, moderating. Owners show it on their own pages too."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.discussion import owners, policy, selectors, services
from orken.discussion.models import Post, Thread
from orken.discussion.writing import PostForm, ReasonForm
from orken.kit.i18n.content import current_language
from orken.network.views.common import actor, said


def _post(request: HttpRequest, pk: int) -> Post:
    """A post of a thread that she reads; for everybody else the page does not exist."""
    post = get_object_or_404(Post.objects.select_related("thread", "author"), pk=pk)
    policy.require_reading(actor(request), post.thread)
    return post


def _back(thread: Thread, post: Post | None = None) -> HttpResponse:
    at = f"#post-{post.pk}" if post is not None else "#discussion"
    return redirect(f"/{current_language()}{thread.address}{at}")


def mine(request: HttpRequest) -> HttpResponse:
    """The discussions that she follows."""
    return render(request, "discussion/mine.html", {"threads": selectors.mine(actor(request))})


def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A thread by itself, and the form that writes into it; `?answer=` names the post that is answered."""
    account = actor(request)
    found = get_object_or_404(Thread, pk=pk)
    policy.require_reading(account, found)
    answered = request.GET.get("answer", "") if request.method == "GET" else request.POST.get("parent", "")
    parent = found.posts.filter(pk=int(answered), state=Post.State.SHOWN).first() if answered.isdecimal() and len(answered) < 18 else None  # fmt: skip
    reads = owners.of(found).told
    form = PostForm(request.POST, told=reads) if request.method == "POST" else PostForm(initial={"parent": parent.pk if parent else None}, told=reads)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        if answers["parent"] and parent is None:
            raise Http404
        try:
            post = services.write(
                thread=found, text=answers["text"], press=answers["press"], parent=parent, by=account, language=current_language()
            )  # fmt: skip
        except services.CannotWrite as refusal:
            form.add_error(None, str(refusal))
        except services.TooFast:
            form.add_error(None, _("You write very fast. Wait a few minutes: your words are kept here."))
        else:
            return _back(found, post)
    context = {"view": selectors.view(found, account), "form": form, "parent": parent}
    return render(request, "discussion/thread_page.html", context, status=422 if form.errors else 200)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """She puts her own words right."""
    post = _post(request, pk)
    if not policy.is_hers(actor(request), post):
        raise Http404
    form = PostForm(request.POST or None, initial={"text": post.text}, told=owners.of(post.thread).told)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(post=post, text=form.cleaned_data["text"], by=actor(request))
        except services.AnsweredAlready:
            form.add_error(None, _("It was answered, or stands too long: write another post instead."))
        else:
            return _back(post.thread, post)
    return _page(request, post, form, _("Change my words"), _("Save"))


def _page(request: HttpRequest, post: Post, form: PostForm | ReasonForm, title: str, action: str) -> HttpResponse:
    context = {"post": post, "form": form, "title": title, "action": action}
    return render(request, "discussion/about_post.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    services.withdraw(post=post, by=actor(request))
    said(request, _("Your words are taken back."))
    return _back(post.thread)


def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """A moderator hides it and says why."""
    post = _post(request, pk)
    policy.require_moderating(actor(request), post.thread)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hide(post=post, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("Hidden. Whoever wrote it is told why."))
        return _back(post.thread)
    return _page(request, post, form, _("Hide the post"), _("Hide"))


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    services.show(post=post, by=actor(request))
    said(request, _("Everybody reads it."))
    return _back(post.thread, post)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """She asks a moderator to look at it."""
    post = _post(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.report(post=post, reason=form.cleaned_data["reason"], by=actor(request))
        said(request, _("The moderators are told."))
        return _back(post.thread, post)
    return _page(request, post, form, _("Report the post"), _("Send"))


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Thread, pk=pk)
    wants = request.POST.get("wants") == "yes"
    services.follow(thread=found, person=actor(request).person, wants=wants, by=actor(request))
    said(request, _("You are told of new posts.") if wants else _("You are no longer told of new posts."))
    return _back(found)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Thread, pk=pk)
    closed = request.POST.get("closed") == "yes"
    services.close(thread=found, closed=closed, by=actor(request))
    said(request, _("The discussion is closed; it stays to be read.") if closed else _("The discussion is open again."))
    return _back(found)
