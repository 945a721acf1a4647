from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ambitions.forms import RegisterForm
from ambitions.permissions import can_upload_register
from ambitions.register import uploads
from ambitions.views.ambitions import find_programme
from ambitions.views.commitments import SECTION
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.refusals import status_of

SHOWN = 200  # faults or rows that are written out; of more the number is told


def find_programme_to_fill(request, slug):
    programme = find_programme(request, slug)
    if not can_upload_register(request.user, programme):
        raise PermissionDenied
    return programme


def register_upload(request, slug):
    """Take in a register and look at it; nothing changes yet."""
    programme = find_programme_to_fill(request, slug)
    form = RegisterForm(request.POST, request.FILES) if request.method == "POST" else RegisterForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            uploads.receive(programme, file.read(), name=file.name, by=request.user)
        except FileRefused as refusal:
            form.add_error("file", refusal.text())
        else:
            return redirect("ambitions:register_preview", slug)
    return render(request, "ambitions/register_upload.html", {
        "programme": programme, "section": SECTION, "form": form, "waiting": uploads.waiting(programme, by=request.user),
    }, status=status_of(form))


@never_cache
@require_GET
def register_preview(request, slug):
    """Show what the uploaded register would do."""
    programme = find_programme_to_fill(request, slug)
    upload = uploads.waiting(programme, by=request.user)
    if upload is None:
        return redirect("ambitions:register_upload", slug)
    plan = uploads.plan(upload, by=request.user)
    return render(request, "ambitions/register_preview.html", {
        "programme": programme, "section": SECTION, "upload": upload, "plan": plan,
        "faults": plan.faults[:SHOWN], "added": plan.added[:SHOWN], "changed": plan.changed[:SHOWN], "notes": plan.notes[:SHOWN],
    })


@require_POST
def register_confirm(request, slug):
    programme = find_programme_to_fill(request, slug)
    upload = uploads.waiting(programme, by=request.user)
    if upload is None:
        messages.error(request, _("No register is waiting here. Upload it again."))
        return redirect("ambitions:register_upload", slug)
    try:
        plan = uploads.take_over(upload, seen=request.POST.get("seen", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("ambitions:register_preview", slug)
    messages.success(request, taken_over(plan))
    return redirect("ambitions:commitment_list", slug)


def taken_over(plan):
    added = ngettext("%(count)s commitment is added as a proposal.", "%(count)s commitments are added as proposals.", len(plan.added))
    changed = ngettext("%(count)s commitment is changed.", "%(count)s commitments are changed.", len(plan.changed))
    return f"{added % {'count': len(plan.added)}} {changed % {'count': len(plan.changed)}}"


@require_POST
def register_discard(request, slug):
    programme = find_programme_to_fill(request, slug)
    upload = uploads.waiting(programme, by=request.user)
    if upload:
        uploads.discard(upload, by=request.user)
    messages.success(request, _("The register is thrown away. Nothing has changed."))
    return redirect("ambitions:register_upload", slug)
