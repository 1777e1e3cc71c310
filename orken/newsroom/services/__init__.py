"""The verbs of the newsroom."""

from orken.newsroom.services.forgetting import forget_names
from orken.newsroom.services.pages import write_page
from orken.newsroom.services.pictures import add_picture, describe_picture, remove_picture
from orken.newsroom.services.refusals import EditedMeanwhile, SamePerson, TooManyPictures
from orken.newsroom.services.walking import (
    appear_due,
    approve,
    archive,
    bring_back,
    correct,
    give_back,
    send,
    take_back,
)
from orken.newsroom.services.writing import begin, compose_anew, drop, read_facts, write

__all__ = [
    "EditedMeanwhile",
    "SamePerson",
    "TooManyPictures",
    "add_picture",
    "appear_due",
    "approve",
    "archive",
    "begin",
    "bring_back",
    "compose_anew",
    "correct",
    "describe_picture",
    "drop",
    "forget_names",
    "give_back",
    "read_facts",
    "remove_picture",
    "send",
    "take_back",
    "write",
    "write_page",
]  # fmt: skip
