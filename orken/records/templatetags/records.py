"""`{% load records %}`: the state of a paper as pages of other apps show it."""

from __future__ import annotations

from django import template

from orken.records import tables
from orken.records.models import Paper

register = template.Library()


@register.simple_tag
def paper_tag(paper: Paper) -> str:
    return tables.tag(paper)
