"""How the trail calls what is done to questionnaires and surveys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words
from orken.surveys.models import Questionnaire

VERBS = {
    "questionnaire.created": _("began a questionnaire"),
    "questionnaire.draft_started": _("began a new draft of a questionnaire"),
    "questionnaire.draft_dropped": _("threw the draft of a questionnaire away"),
    "questionnaire.written": _("changed the words of a questionnaire"),
    "questionnaire.question_put": _("wrote a question"),
    "questionnaire.question_moved": _("moved a question"),
    "questionnaire.question_removed": _("took a question out"),
    "questionnaire.published": _("published a questionnaire"),
    "survey.opened": _("opened a survey"),
    "survey.invited": _("invited people to a survey"),
    "survey.slips_made": _("made slips of a survey"),
    "survey.kiosk_opened": _("opened the device of a survey"),
    "survey.closed": _("closed a survey"),
    "survey.reminded": _("reminded people of a survey"),
    "survey.taken_away": _("took the results of a survey as a file"),
}


def register() -> None:
    words.register(
        about={"questionnaire": _("Questionnaires"), "survey": _("Surveys")},
        verbs=VERBS,
        fields={
            "question": _("Question"), "number": _("Version"), "slips": _("Slips"), "survey.people": _("People"),
            "questionnaire": _("Questionnaire"), "opens_on": _("First day"), "closes_on": _("Last day"),
            "questionnaire.created.purpose": _("what it is for"),
        },
        values={"questionnaire.created.purpose": Questionnaire.Purpose},
        things={
            "surveys.questionnaire": words.rows_of("surveys.Questionnaire", "published", "draft", text=str),
            "surveys.survey": words.rows_of("surveys.Survey", text=str),
        },
    )  # fmt: skip
