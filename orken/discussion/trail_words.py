"""How the trail calls what is done in discussions. It never keeps what somebody wrote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.discussion.models import Post
from orken.kit.audit import words

VERBS = {
    "post.written": _("wrote a post"),
    "post.changed": _("changed her post"),
    "post.withdrawn": _("took her post back"),
    "post.hidden": _("hid a post"),
    "post.shown": _("showed a post again"),
    "post.reported": _("reported a post"),
    "thread.closed": _("closed a discussion"),
    "thread.opened": _("opened a discussion again"),
}
ABOUT = {"post": pgettext_lazy("in discussions", "Posts"), "thread": _("Discussions")}
FIELDS = {"post.answer": _("an answer")}
VALUES = {"post.state": Post.State}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES)
