"""Who writes news and who lets them out: by the unit in whose name they appear. Never one person for both."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.newsroom.models import News
from orken.people.models import Account

CENTRE = (Unit.Kind.COUNTRY,)


def writing(account: Account) -> Scope:
    return policy.scope(account, Permission.NEWS_WRITE)


def publishing(account: Account) -> Scope:
    return policy.scope(account, Permission.NEWS_PUBLISH)


def at_the_desk(account: Account) -> Q:
    """News that she writes or lets out."""
    return writing(account).q("unit__path") | publishing(account).q("unit__path")


def stands_at_the_desk(account: Account) -> bool:
    return bool(writing(account)) or bool(publishing(account))


def may_write(account: Account, news: News) -> bool:
    return writing(account).contains(news.unit.path)


def may_publish(account: Account, news: News) -> bool:
    return publishing(account).contains(news.unit.path)


def require_writing(account: Account, unit: Unit) -> None:
    if not writing(account).contains(unit.path):
        raise OutOfScope(unit.code)


def require_publishing(account: Account, unit: Unit) -> None:
    if not publishing(account).contains(unit.path):
        raise OutOfScope(unit.code)


def writes_pages(account: Account) -> bool:
    """The pages of the site are the country's: whoever lets news out over the whole country."""
    return publishing(account).whole
