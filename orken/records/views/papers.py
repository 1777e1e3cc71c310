"""The register of papers and one paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orken.kit.files import services as files
from orken.kit.i18n.content import current_language
from orken.kit.states import WayIsClosed
from orken.kit.tables.views import respond
from orken.records import composing, forms, journal, kinds, policy, register_paper, selectors, services, tables, wording
from orken.records import word as docx
from orken.records.models import Delivery, Paper
from orken.records.services import Text
from orken.records.views.common import actor, asked, named, paper_or_404, pdf


def papers(request: HttpRequest) -> HttpResponseBase:
    """The register: every paper in her scope."""
    account = actor(request)
    if not policy.seeing(account):
        raise Http404
    keeps = bool(policy.registering(account))
    registers = [(one, kinds.lines()[one.code].label) for one in selectors.registers(account)[:24]] if keeps else []
    more = {"words": keeps, "registers": registers}
    return respond(request, tables.PAPERS, selectors.papers(account), "records/papers.html", more)


def printed_register(request: HttpRequest, pk: int) -> HttpResponse:
    """The register and hand-over journal of a series, to be signed and filed."""
    series = get_object_or_404(selectors.registers(actor(request)), pk=pk)
    return pdf(register_paper.drawn(series), f"register-{series.year}")


def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One paper: what it is, where it stands, what can be done, what became of it."""
    found = paper_or_404(request, pk)
    view = selectors.view_of(found, actor(request))
    context: dict[str, Any] = {"paper": found, "view": view, "tag": tables.tag(found)}
    if found.state in Paper.IN_FORCE and view.registers:
        context["delivery"] = forms.DeliveryForm(initial={"on": timezone.localdate(), "way": Delivery.Way.HAND})
    return render(request, "records/paper.html", context)


def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper as it was printed; of a draft a preview, which says that it is one."""
    found = paper_or_404(request, pk)
    if found.file is not None:
        with files.read(found.file) as kept:
            return pdf(kept.read(), found.code.replace("/", "-"))
    built = composing.built(found)
    head, said = composing.preview_words(found)
    data = composing.compose(found, built, head, said, on=timezone.localdate(), code="", signatory=0)
    return pdf(composing.drawn(data, found.prepared_at), "draft")


def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A copy of the paper as DOCX, where its kind has one."""
    found = paper_or_404(request, pk)
    if not found.code or not kinds.of(found.kind).docx or found.registered_at is None:
        raise Http404
    answer = HttpResponse(docx.document(found.data, found.registered_at), content_type=docx.DOCX)
    return named(answer, f"{found.code.replace('/', '-')}.docx", saved=True)


def signed_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of the signed sheet, or the signature file."""
    found = paper_or_404(request, pk)
    signature = getattr(found, "signature", None)
    if signature is None:
        raise Http404
    return redirect(files.address(signature.file))


def _registered_or_404(request: HttpRequest, pk: UUID) -> Paper:
    """A paper that the reader numbers and signs."""
    found = paper_or_404(request, pk)
    if not policy.may_register(actor(request), found):
        raise Http404
    return found


def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it its number: the date, who signs; from then on nothing of it changes."""
    found = _registered_or_404(request, pk)
    if found.state != Paper.State.DRAFT:  # somebody was quicker, or the button was pressed twice
        return redirect(found)
    signs = wording.letterhead(found.issuer).words["signatories"]
    form = forms.RegisterForm(request.POST or None, signatories=signs, language=current_language())
    problems: list[Text] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = services.register(paper=found, by=actor(request), on=form.cleaned_data["on"], signatory=form.cleaned_data["signatory"] or 0)  # fmt: skip
        except services.CannotMake as refusal:
            problems = refusal.problems
        except WayIsClosed:
            return redirect(found)
        else:
            messages.success(
                request, _("Registered as № %(number)s. Print it and let it be signed.") % {"number": done.code}
            )
            return redirect(done)
    note = _("The number is taken and everything that the paper says is frozen. A mistake found later is mended by another paper.")  # fmt: skip
    return asked(request, found, form, title=_("Register the paper"), button=_("Give the number"), problems=problems, note=note)  # fmt: skip


def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the signature by hand with its scan."""
    found = _registered_or_404(request, pk)
    if found.state != Paper.State.REGISTERED:
        return redirect(found)
    form = forms.SignForm(request.POST or None, request.FILES or None, initial=forms.SignForm.start(found))
    problems: list[Text] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.sign_by_hand(
                paper=found, scan=said["scan"], signatory=(said["signatory_kk"], said["signatory_ru"]), on=said["on"],
                by=actor(request),
            )  # fmt: skip
        except files.FileRefused as refused:
            form.add_error("scan", str(refused))
        except services.CannotMake as refusal:
            form.add_error("on", [str(one) for one in refusal.problems])
        except WayIsClosed as closed:
            problems = closed.reasons
        else:
            messages.success(request, _("The paper is in force."))
            return redirect(found)
    return asked(request, found, form, title=_("Signed by hand"), button=_("Enter the signature"), problems=problems, files=True)  # fmt: skip


def sign_electronically(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a detached signature file over the PDF."""
    found = _registered_or_404(request, pk)
    if found.state != Paper.State.REGISTERED:
        return redirect(found)
    form = forms.CmsForm(request.POST or None, request.FILES or None)
    problems: list[Text] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_by_cms(paper=found, signature=form.cleaned_data["signature"], by=actor(request))
        except services.CannotMake as refusal:
            form.add_error("signature", [str(one) for one in refusal.problems])
        except WayIsClosed as closed:
            problems = closed.reasons
        else:
            messages.success(request, _("The signature is true. The paper is in force."))
            return redirect(found)
    note = _("Sign the PDF of this paper as it stands here, for example in NCALayer, apart from the document, with the certificate inside.")  # fmt: skip
    return asked(request, found, form, title=_("Signed electronically"), button=_("Check the signature and enter it"), problems=problems, note=note, files=True)  # fmt: skip


def spoil(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper cannot be signed: it stays with its number, both spoiled, with the reason."""
    found = _registered_or_404(request, pk)
    if found.state != Paper.State.REGISTERED:
        return redirect(found)
    form = forms.ReasonForm(request.POST or None)
    problems: list[Text] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.spoil(paper=found, reason=form.cleaned_data["reason"], by=actor(request))
        except services.ReasonIsMissing:
            form.add_error("reason", _("Say why."))
        except WayIsClosed as closed:
            problems = closed.reasons
        else:
            messages.success(request, _("The number is spoiled and stays in the register."))
            return redirect(found)
    note = _("The number is not given again. Prepare the paper anew; it gets the next one.")
    return asked(request, found, form, title=_("Spoil the number"), button=_("Spoil the number"), problems=problems, note=note, grave=True)  # fmt: skip


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = paper_or_404(request, pk)
    if not policy.may_prepare(actor(request), found.kind, found.unit):
        raise Http404
    try:
        services.drop(paper=found, by=actor(request))
    except WayIsClosed as closed:
        messages.error(request, " ".join(map(str, closed.reasons)))
        return redirect(found)
    messages.success(request, _("The draft is thrown away. It had no number."))
    return redirect(f"/{get_language()}{found.address}" if found.address else "records:papers")


@require_POST
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A line of the hand-over journal."""
    found = _registered_or_404(request, pk)
    form = forms.DeliveryForm(request.POST)
    if form.is_valid():
        try:
            journal.hand_over(paper=found, by=actor(request), **form.cleaned_data)
        except services.CannotMake as refusal:
            form.add_error(None, [str(one) for one in refusal.problems])
        else:
            messages.success(request, _("Written into the hand-over journal."))
            return redirect(found)
    return asked(request, found, form, title=_("Hand over"), button=_("Write it down"), problems=[])


def strike(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Strike out a mistaken line of the journal."""
    found = _registered_or_404(request, pk)
    row = get_object_or_404(Delivery, pk=line, paper=found)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        journal.strike(line=row, reason=form.cleaned_data["reason"], by=actor(request))
        messages.success(request, _("The line is struck out; it stays to be read."))
        return redirect(found)
    return asked(request, found, form, title=_("Strike out: %(to)s") % {"to": row.to}, button=_("Strike out"), problems=[], grave=True)  # fmt: skip
