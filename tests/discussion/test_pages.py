"""A discussion through its pages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.discussion import services
from orken.discussion.models import Post, Subscription, Thread
from tests.discussion.conftest import Talked
from tests.meetings.conftest import Accounts

Browse = Callable[[str], Client]


def url(name: str, row: Thread | Post) -> str:
    return reverse(f"discussion:{name}", args=[row.pk])


def test_she_writes_is_answered_and_goes_back_to_the_talk(talked: Talked, browse: Browse) -> None:
    village, thread = browse("village"), talked.of_talk
    sent = village.post(url("thread", thread), {"text": "Кім ауыстырады?", "press": uuid4()})
    post = Post.objects.get(thread=thread)
    assert sent.headers["Location"] == f"/kk{thread.address}#post-{post.pk}"
    shown = browse("head").get(f"/kk{thread.address}").content.decode()
    assert "Кім ауыстырады?" in shown and f"?answer={post.pk}#write" in shown
    page = browse("head").get(url("thread", thread), {"answer": post.pk}).content.decode()
    assert "Кім ауыстырады?" in page and f'value="{post.pk}"' in page
    browse("head").post(url("thread", thread), {"text": "Көршіміз.", "press": uuid4(), "parent": post.pk})
    assert Post.objects.get(parent=post).role == "speaker"
    assert reverse("discussion:mine") and thread.title in village.get(reverse("discussion:mine")).content.decode()


def test_an_empty_post_keeps_its_page_and_says_so(talked: Talked, browse: Browse) -> None:
    answer = browse("village").post(url("thread", talked.of_talk), {"text": "  \n ", "press": uuid4()})
    assert answer.status_code == 422 and not Post.objects.filter(thread=talked.of_talk).exists()
    refused = browse("mentor").post(url("thread", talked.of_talk), {"text": "Мен де", "press": uuid4()})
    assert refused.status_code == 422 and "өтінім беріңіз" in refused.content.decode()


def test_each_verb_is_for_whoever_may_and_only_by_a_press(talked: Talked, browse: Browse, account: Accounts) -> None:
    post = services.write(thread=talked.of_talk, text="Сұрақ", by=account("village"), press=uuid4())
    village, head, pavlodar = browse("village"), browse("head"), browse("pavlodar")
    for name, row in (("withdraw", post), ("show", post), ("follow", talked.of_talk), ("close", talked.of_talk)):
        assert village.get(url(name, row)).status_code == 405
    assert head.get(url("change", post)).status_code == 404
    assert head.post(url("withdraw", post)).status_code == 404
    assert head.get(url("hide", post)).status_code == 404
    assert head.post(url("close", talked.of_talk), {"closed": "yes"}).status_code == 404
    assert village.post(url("change", post), {"text": "Түзетілген сұрақ", "press": uuid4()}).status_code == 302
    assert head.post(url("report", post), {"reason": "Дөрекі"}).status_code == 302
    assert pavlodar.post(url("hide", post), {"reason": ""}).status_code == 422
    pavlodar.post(url("hide", post), {"reason": "Қайталанады"})
    assert Post.objects.get(pk=post.pk).state == "hidden"
    pavlodar.post(url("show", post))
    pavlodar.post(url("close", talked.of_talk), {"closed": "yes"})
    assert "Талқылау жабылды" in village.get(url("thread", talked.of_talk)).content.decode()
    village.post(url("follow", talked.of_talk), {"wants": "no"})
    assert not Subscription.objects.filter(thread=talked.of_talk, person=account("village").person).exists()
    village.post(url("withdraw", post))
    assert Post.objects.get(pk=post.pk).state == "withdrawn"


def test_nobody_reads_without_signing_in(talked: Talked, browse: Browse, account: Accounts) -> None:
    services.write(thread=talked.of_talk, text="Тек өзімізге", by=account("village"), press=uuid4())
    assert browse("").get(url("thread", talked.of_talk)).status_code == 302
    shown = browse("").get(f"/kk{talked.of_talk.address}").content.decode()
    assert "Тек өзімізге" not in shown and "жүйеге кіріңіз" in shown


def test_a_long_thread_asks_no_more_than_a_short_one(talked: Talked, browse: Browse, account: Accounts) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browsing.get(url("thread", talked.of_talk)).status_code == 200
        return len(caught)

    browsing = browse("pavlodar")
    first = services.write(thread=talked.of_talk, text="Бірінші", by=account("village"), press=uuid4())
    short = queries()
    for n in range(6):
        services.write(
            thread=talked.of_talk, text=f"{n}", by=account("head"), press=uuid4(), parent=first if n % 2 else None
        )
    services.report(post=first, reason="Қараңыз", by=account("head"))
    assert queries() == short <= 15
