"""The kinds of papers that a run has, told to `records` at start."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.network.roles import Permission
from orken.records import kinds
from orken.records.kinds import Line, PaperKind, Remark, Words
from orken.records.models import Change, Paper
from orken.training.models import Run
from orken.training.papers import agreements, orders, sheets

ORDERS = Line("order", "Б", pgettext_lazy("series of papers", "Orders"))
SHEETS = Line("sheet", "В", pgettext_lazy("series of papers", "Sheets"))
REPORTS = Line("report", "Е", pgettext_lazy("series of papers", "Reports"))
AGREEMENTS = Line("agreement", "Ш", pgettext_lazy("series of papers", "Agreements"))
REFERRALS = Line("referral", "Ж", pgettext_lazy("series of papers", "Referrals"))
ORDER = Words("Бұйрық", "Приказ")
AGREEMENT = Words("Шарт", "Договор")
COMMAND = Words("БҰЙЫРАМЫН", "ПРИКАЗЫВАЮ")
AIM = Words(
    "Кітапхана мамандарының біліктілігін арттыру мақсатында", "В целях повышения квалификации специалистов библиотек"
)
CONTROL = Words(
    "Осы бұйрықтың орындалуын бақылауды өзіме қалдырамын.",
    "Контроль за исполнением настоящего приказа оставляю за собой.",
)


ENDING = {"order": "order.cancel", "agreement": "agreement.end"}  # what ends papers of this sort


def remark(paper: Paper) -> Remark | None:
    """A run that was cancelled after its order: the paper says so, and leads to the order that cancels it."""
    if paper.state not in (Paper.State.REGISTERED, *Paper.IN_FORCE) or paper.kind in ENDING.values():
        return None
    run = orders.run_of(paper)
    if run.state != Run.State.CANCELLED:
        return None
    text = _("The run is cancelled. Reason: %(reason)s") % {"reason": run.reason}
    if paper.state == Paper.State.REGISTERED:
        return Remark(text)
    waiting = Change.objects.filter(paper=paper, effect=Change.Effect.CANCEL).select_related("by_paper").first()
    if waiting is not None:
        return Remark(text, waiting.by_paper.get_absolute_url(), _("What ends it is being prepared"))
    if paper.kind.startswith("agreement."):
        return Remark(
            text, reverse("training:new_paper", args=[run.code, "agreement.end"]), _("Prepare the end of the agreement")
        )
    return Remark(text, reverse("training:new_paper", args=[run.code, "order.cancel"]), _("Prepare an order to cancel"))


def remark_of_referral(paper: Paper) -> Remark | None:
    run = sheets.applicant_of(paper).run
    if run.state != Run.State.CANCELLED or paper.state in (Paper.State.CANCELLED, Paper.State.SPOILED):
        return None
    return Remark(_("The run is cancelled. Reason: %(reason)s") % {"reason": run.reason})


def edit(paper: Paper) -> str:
    if paper.kind == "referral":
        return reverse("training:edit_referral", args=[sheets.applicant_of(paper).pk, paper.pk])
    return reverse("training:edit_paper", args=[orders.run_of(paper).code, paper.pk])


KINDS = [
    PaperKind("order.conduct", _("Order to conduct"), ORDER, ORDERS, orders.conduct, COMMAND, AIM, CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.enrol", _("Order to enrol"), ORDER, ORDERS, orders.enrol, COMMAND, AIM, CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.commission", _("Order on the commission"), ORDER, ORDERS, orders.commission, COMMAND, AIM, CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.trip", _("Order on a business trip"), ORDER, ORDERS, orders.trip, COMMAND, AIM, CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.expel", _("Order to expel"), ORDER, ORDERS, orders.expel, COMMAND, closing=CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.complete", _("Order to complete"), ORDER, ORDERS, orders.complete, COMMAND, closing=CONTROL, docx=True, remark=remark, edit=edit),
    PaperKind("order.amend", _("Order that amends another"), ORDER, ORDERS, orders.amend, COMMAND, closing=CONTROL, docx=True, changes=Change.Effect.AMEND, edit=edit),
    PaperKind("order.cancel", _("Order that cancels another"), ORDER, ORDERS, orders.cancel, COMMAND, closing=CONTROL, docx=True, changes=Change.Effect.CANCEL, edit=edit),
    PaperKind("agreement.host", _("Agreement with the receiving library"), AGREEMENT, AGREEMENTS, agreements.with_host, docx=True, remark=remark, edit=edit),
    PaperKind("agreement.trainer", _("Agreement with a trainer"), AGREEMENT, AGREEMENTS, agreements.with_trainer, docx=True, remark=remark, edit=edit),
    PaperKind("agreement.intern", _("Agreement of three sides"), AGREEMENT, AGREEMENTS, agreements.with_intern, docx=True, remark=remark, edit=edit),
    PaperKind("agreement.further", _("Further agreement"), Words("Қосымша келісім", "Дополнительное соглашение"), AGREEMENTS, agreements.further, docx=True, changes=Change.Effect.AMEND, edit=edit),
    PaperKind("agreement.end", _("End of an agreement"), Words("Шартты бұзу туралы келісім", "Соглашение о расторжении договора"), AGREEMENTS, agreements.ended, docx=True, changes=Change.Effect.CANCEL, edit=edit),
    PaperKind("sheet.attendance", _("Attendance sheet"), Words("Қатысу ведомосі", "Ведомость посещаемости"), SHEETS, sheets.sheet_of_attendance, edit=edit),
    PaperKind("sheet.result", _("Result sheet"), Words("Қорытынды ведомость", "Итоговая ведомость"), SHEETS, sheets.sheet_of_results, edit=edit),
    PaperKind("report.run", _("Report of the run"), Words("Есеп", "Отчёт"), REPORTS, sheets.report, docx=True, edit=edit),
    PaperKind("report.costs", _("Costs of the run"), Words("Шығын сметасы және акт", "Смета и акт расходов"), REPORTS, sheets.costs, docx=True, edit=edit),
    PaperKind("referral", _("Referral"), Words("Жолдама", "Направление"), REFERRALS, sheets.referral, prepares=Permission.RECORD_REFER, registers=Permission.RECORD_REFER, remark=remark_of_referral, edit=edit),
]  # fmt: skip
OF_A_RUN = [kind.code for kind in KINDS if kind.code != "referral"]


def kinds_for(run: Run) -> list[PaperKind]:
    """What can be written about the run: of a cancelled one no order and no agreement but those that change or end others.

    An agreement of three sides is one about an internship: of staff, or of a student (dual education).
    """
    found = [kinds.of(code) for code in OF_A_RUN if code != "agreement.intern" or run.kind == Run.Kind.INTERNSHIP]
    if run.state != Run.State.CANCELLED:
        return found
    return [kind for kind in found if kind.changes or not kind.code.startswith(("order.", "agreement."))]


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)
