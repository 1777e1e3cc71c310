"""Why something cannot be done with a work now, in sentences for whoever tried."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """It cannot be done now; `why` is a key of REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def says(self) -> str:
        return str(REFUSALS[self.why])


REFUSALS = {
    "seat": _("It cannot be handed in here now."),
    "waits": _("Your work is handed in and waits to be marked. When it is returned, you can hand in another."),
    "over": _("It is done: nothing more is to be handed in."),
    "closed": _("It is handed in already and does not change any more."),
    "empty": _("There is nothing in it yet: write a text or add a file."),
    "long": _("The text is longer than this assignment allows. It is not saved: shorten it and save again."),
    "many_files": _("No more files than the assignment asks for. Take one out first."),
    "many_photos": _("No more photographs than the assignment asks for. Take one out first."),
    "often": _("Too many files in a short time. Wait ten minutes and go on."),
    "taken": _("Somebody else marks this work now, or has marked it meanwhile."),
    "given": _("You have given your mark. The other marker's is awaited, or the work is decided."),
    "levels": _("Choose a level for every criterion."),
    "reason": _("Say why."),
    "quote": _("These words do not stand in the text. Copy them from it as they are."),
    "place": _("This place is not in the work."),
    "point": _("Say where on the photograph: press on it, or write how far from the left and from the top."),
    "words": _("A remark needs words."),
    "many_remarks": _("Enough remarks: at most fifty in one review."),
    "later": _("She has handed in another work since: mark that one."),
    "peace": _("The marks of this work do not differ any more."),
}
