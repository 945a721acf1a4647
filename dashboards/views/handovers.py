"""Hand-overs: who leaves, what is in hand, who takes it over, and the dossier that stays."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from dashboards import handovers, holdings
from dashboards.forms import BeginForm, SuccessorsForm, UnwrittenForm
from dashboards.models import Handover
from dashboards.papers import handover as paper
from dashboards.reports import reading
from wijkaanpak.accounts import signed_links
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import can_manage_programme
from wijkaanpak.refusals import attempt, status_of

SECTION = "settings"


def find_programme(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_manage_programme(request.user, programme):
        raise PermissionDenied
    return programme


def find_handover(request, slug, number):
    programme = find_programme(request, slug)
    rows = Handover.objects.select_related("programme", "leaver", "asked_by", "closed_by", "unwritten_by")
    return get_object_or_404(rows, programme=programme, number=number)


def page(request, template, programme, form=None, **context):
    status = 200 if form is None else status_of(form)
    return render(request, template, {"programme": programme, "section": SECTION, "form": form, **context}, status=status)


@require_GET
def handover_list(request, slug):
    programme = find_programme(request, slug)
    return page(request, "dashboards/handovers/list.html", programme, handovers=list(programme.handovers.in_short()))


def handover_begin(request, slug):
    programme = find_programme(request, slug)
    form = BeginForm(request.POST or None, people=members.with_a_role(programme), initial={"leaver": request.GET.get("wie"), "leaves_on": timezone.localdate()})
    if form.is_valid() and attempt(form, handovers.begin, programme, by=request.user, **form.cleaned_data):
        messages.success(request, begun(form.cleaned_data["leaver"]))
        return redirect("dashboards:handover_detail", slug, programme.handovers.first().number)
    return page(request, "dashboards/handovers/begin.html", programme, form)


def begun(leaver):
    if leaver.is_active:
        return _("The hand-over is begun. The leaver got a mail to write down what was never written.")
    return _("The hand-over is begun. The account is closed, so no mail was sent: ask yourself what was never written down.")


def handover_detail(request, slug, number):
    """The dossier; while it is open also the form that hands everything over."""
    handover = find_handover(request, slug, number)
    if not handover.is_open:
        return page(request, "dashboards/handovers/closed.html", handover.programme, handover=handover, document=reading.with_dates(handover.document) if handover.document else None)
    items = holdings.items(handover.programme, handover.leaver)
    form = SuccessorsForm(request.POST or None, items=items)
    if form.is_valid() and attempt(form, handovers.hand_over, handover, by=request.user, **form.values()):
        messages.success(request, _("Everything is handed over, and the dossier is kept. Each successor got a mail."))
        return redirect("dashboards:handover_detail", slug, number)
    since = timezone.localdate() - handovers.BACK
    return page(
        request, "dashboards/handovers/open.html", handover.programme, form, handover=handover, rows=form.rows(), moved=handovers.moved(handover.programme, handover.leaver),
        promises=handovers.promises(handover.programme, handover.leaver, since), decisions=handovers.decisions(handover.programme, since),
    )


def handover_write(request, slug, number):
    handover = find_handover(request, slug, number)
    form = UnwrittenForm(request.POST or None, initial={"unwritten": handover.unwritten})
    if form.is_valid() and attempt(form, handovers.write, handover, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is written down."))
        return redirect("dashboards:handover_detail", slug, number)
    return page(request, "dashboards/handovers/write.html", handover.programme, form, handover=handover)


@require_POST
def handover_ask(request, slug, number):
    return _act(request, slug, number, handovers.ask, _("The mail is sent. On one day it goes out once."))


@require_POST
def handover_stop(request, slug, number):
    return _act(request, slug, number, handovers.stop, _("The hand-over is stopped. Nothing changed hands."))


def _act(request, slug, number, action, done):
    handover = find_handover(request, slug, number)
    try:
        action(handover, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("dashboards:handover_detail", slug, number)


@require_GET
def handover_file(request, slug, number):
    handover = find_handover(request, slug, number)
    if handover.document is None:
        raise Http404
    response = HttpResponse(paper.render(handover), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="overdracht-{slug}-{number}.pdf"'
    return response


@never_cache
@login_not_required
def handover_link(request, token):
    """What the leaver sees behind the link in the mail: one question."""
    link = signed_links.resolve(token, purpose=handovers.PURPOSE)
    rows = Handover.objects.open().select_related("programme", "leaver")
    handover = rows.filter(pk=link.object_id).first() if link else None
    if handover is None:
        was_real = signed_links.is_genuine(token, purpose=handovers.PURPOSE)
        return render(request, "dashboards/handovers/link_gone.html", {"hides_sign_in": True}, status=410 if was_real else 404)
    form = UnwrittenForm(request.POST or None, initial={"unwritten": handover.unwritten})
    is_done = form.is_valid() and attempt(form, handovers.write, handover, by=link.user, **form.cleaned_data)
    if is_done:
        signed_links.mark_used(link)
    return render(request, "dashboards/handovers/link.html", {
        "programme": handover.programme, "handover": handover, "form": form, "is_done": is_done, "person": link.user, "hides_sign_in": True,
    }, status=status_of(form))  # fmt: skip
