"""What organisations signed: the list with how each stands, one agreement, its documents, and its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors import agreements, documents
from actors.choices import AgreementState
from actors.forms import DocumentForm, SignedAgreementEndForm, SignedAgreementForm, SignedAgreementResumeForm
from actors.models import Agreement, AgreementDocument
from actors.permissions import can_manage_actors
from actors.views.partners import SECTION, find_programme
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.refusals import attempt

ORDER = list(AgreementState)


def find_agreement(request, slug, pk, *, to_manage=False):
    visible = Agreement.objects.visible_to(request.user).select_related("programme", "recorded_by", "ended_by")
    agreement = get_object_or_404(visible, programme__slug=slug, pk=pk)
    if to_manage and not can_manage_actors(request.user, agreement.programme):
        raise PermissionDenied
    return agreement


def to_agreement(agreement):
    return redirect("actors:agreement_detail", agreement.programme.slug, agreement.pk)


def answer(request, form, programme, *, title, lead="", agreement=None, button=""):
    """Show a form on a page of its own; 422 when it came back with errors."""
    return render(request, "actors/agreement_form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "lead": lead, "agreement": agreement, "button": button or _("Save"),
    }, status=422 if form.errors else 200)


@require_GET
def agreement_list(request, slug):
    """All agreements; what asks for a choice first, what has ended last."""
    programme = find_programme(request, slug)
    rows = Agreement.objects.visible_to(request.user).filter(programme=programme).with_parties()
    found = sorted(rows, key=lambda row: ORDER.index(row.state))
    return render(request, "actors/agreement_list.html", {
        "programme": programme, "section": SECTION, "may_manage": can_manage_actors(request.user, programme),
        "rows": [{"agreement": row, "next_step": agreements.next_step(row)} for row in found],
        "asking": sum(bool(agreements.next_step(row)) for row in found),
    })


def agreement_add(request, slug):
    programme = find_programme(request, slug, to_manage=True)
    form = SignedAgreementForm(request.POST or None, programme=programme)
    if form.is_valid() and (made := attempt(form, agreements.record, programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The agreement is on record. Add the signed text as a document."))
        return to_agreement(made)
    return answer(
        request, form, programme, title=_("New agreement"), button=_("Put on record"),
        lead=_("An agreement two or more organisations signed. You are told in time before it ends, and before the last day to give notice."),
    )


@require_GET
def agreement_detail(request, slug, pk):
    agreement = find_agreement(request, slug, pk)
    return render(request, "actors/agreement_detail.html", {
        "programme": agreement.programme, "section": SECTION, "agreement": agreement, "next_step": agreements.next_step(agreement),
        "parties": agreement.parties.select_related("organisation").order_by("until", "organisation__name"),
        "documents": agreement.documents.select_related("added_by"),
        "entries": sentences.timeline(Event.objects.about(agreement)), "may_manage": can_manage_actors(request.user, agreement.programme),
    })


def agreement_edit(request, slug, pk):
    agreement = find_agreement(request, slug, pk, to_manage=True)
    form = SignedAgreementForm(request.POST or None, instance=agreement, programme=agreement.programme)
    if form.is_valid() and attempt(form, agreements.change, agreement, by=request.user, **form.cleaned_data):
        messages.success(request, _("The change is saved."))
        return to_agreement(agreement)
    return answer(
        request, form, agreement.programme, title=_("Change the agreement"), agreement=agreement,
        lead=_("An organisation that you uncheck leaves today; it stays readable as a former party."),
    )


def agreement_end(request, slug, pk):
    agreement = find_agreement(request, slug, pk, to_manage=True)
    form = SignedAgreementEndForm(request.POST or None, initial={"ended_on": agreement.ends_on})
    if form.is_valid() and attempt(form, agreements.end, agreement, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is on record that the agreement ends."))
        return to_agreement(agreement)
    return answer(
        request, form, agreement.programme, title=_("End the agreement"), agreement=agreement, button=_("End the agreement"), lead=agreement.title
    )


def agreement_resume(request, slug, pk):
    agreement = find_agreement(request, slug, pk, to_manage=True)
    form = SignedAgreementResumeForm(request.POST or None)
    if form.is_valid() and attempt(form, agreements.resume, agreement, by=request.user, **form.cleaned_data):
        messages.success(request, _("The agreement goes on."))
        return to_agreement(agreement)
    return answer(
        request, form, agreement.programme, title=_("Take the ending back"), agreement=agreement, button=_("Take the ending back"),
        lead=agreement.title,
    )


def document_add(request, slug, pk):
    agreement = find_agreement(request, slug, pk, to_manage=True)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid() and attempt(form, documents.add, agreement, by=request.user, **form.cleaned_data):
        messages.success(request, _("The document is added."))
        return to_agreement(agreement)
    return answer(request, form, agreement.programme, title=_("Add a document"), agreement=agreement, lead=agreement.title)


def find_document(agreement, pk):
    return get_object_or_404(AgreementDocument.objects.filter(agreement=agreement), pk=pk)


@require_GET
def document_file(request, slug, pk, document_pk):
    """A file, to be saved: never shown by the browser within our own pages."""
    document = find_document(find_agreement(request, slug, pk), document_pk)
    if not document.file or not document.file.storage.exists(document.file.name):
        raise Http404
    with document.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=documents.MEDIA_TYPES[document.form])
    response["Content-Disposition"] = f'attachment; filename="{slugify(document.name) or "stuk"}.{document.form}"'
    return response


@require_POST
def document_remove(request, slug, pk, document_pk):
    agreement = find_agreement(request, slug, pk, to_manage=True)
    documents.remove(find_document(agreement, document_pk), by=request.user)
    messages.success(request, _("The document is removed."))
    return to_agreement(agreement)
