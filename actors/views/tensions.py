"""What organisations share and where they clash: naming it, agreeing about it, looking at it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from actors import shared_points, tensions
from actors.forms import AgreementForm, ReopenForm, ReviewForm, SharedPointForm, TensionChangeForm, TensionForm
from actors.models import SharedPoint, Tension
from actors.permissions import can_name_tension, can_settle_tension, can_withdraw_shared_point
from actors.views.partners import SECTION, find_programme
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Theme
from wijkaanpak.refusals import attempt


def find_programme_to_name(request, slug):
    programme = find_programme(request, slug)
    if not can_name_tension(request.user, programme):
        raise PermissionDenied
    return programme


def find_tension(request, slug, pk, *, to_settle=False):
    visible = Tension.objects.visible_to(request.user).with_owner_here().select_related("theme", "owner", "programme", "named_by", "agreed_by")
    tension = get_object_or_404(visible, programme__slug=slug, pk=pk)
    if to_settle and not can_settle_tension(request.user, tension):
        raise PermissionDenied
    return tension


def begun(request):
    """What the page before chose already: organisations and a theme in the address."""
    chosen = [int(pk) for pk in request.GET.getlist("organisatie") if pk.isdecimal()]
    return {"organisations": chosen, "theme": Theme.objects.filter(slug=request.GET.get("thema", "")).first(), "owner": request.user.pk}


def answer(request, form, programme, *, title, lead="", tension=None, button=""):
    """Show a form on a page of its own; 422 when it came back with errors."""
    return render(request, "actors/tension_form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "lead": lead, "tension": tension, "button": button or _("Save"),
    }, status=422 if form.errors else 200)


def to_tension(tension):
    return redirect("actors:tension_detail", tension.programme.slug, tension.pk)


@require_GET
def tension_list(request, slug):
    """All tensions, open ones first; with ?terugkijken only those whose day of review has come."""
    programme = find_programme(request, slug)
    rows = Tension.objects.visible_to(request.user).filter(programme=programme).with_owner_here().urgent_first()
    rows = rows.select_related("theme", "owner").prefetch_related("organisations")
    points = SharedPoint.objects.visible_to(request.user).filter(programme=programme).in_force()
    every = [{"tension": row, "next_step": tensions.next_step(row)} for row in rows]
    due = [row for row in every if row["tension"].is_due]
    only_due = "terugkijken" in request.GET
    return render(request, "actors/tension_list.html", {
        "programme": programme, "section": SECTION, "rows": due if only_due else every, "due": len(due), "only_due": only_due, "every": len(every),
        "points": [{"point": point, "may_withdraw": can_withdraw_shared_point(request.user, point)} for point in points.select_related("theme", "marked_by").prefetch_related("organisations")],
        "may_name": can_name_tension(request.user, programme),
    })


def tension_add(request, slug):
    programme = find_programme_to_name(request, slug)
    form = TensionForm(request.POST or None, programme=programme, initial=begun(request))
    if form.is_valid() and (made := attempt(form, tensions.name, programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The tension is on record. It comes back on the day you chose."))
        return to_tension(made)
    return answer(
        request, form, programme, title=_("Name a tension"), button=_("Put on record"),
        lead=_("Two interests that clash are no fault of anybody. Once it is named, you can make an agreement about it."),
    )


@require_GET
def tension_detail(request, slug, pk):
    tension = find_tension(request, slug, pk)
    return render(request, "actors/tension_detail.html", {
        "programme": tension.programme, "section": SECTION, "tension": tension, "organisations": tension.organisations.all(),
        "next_step": tensions.next_step(tension), "entries": sentences.timeline(Event.objects.about(tension)),
        "may_settle": can_settle_tension(request.user, tension),
    })


def tension_edit(request, slug, pk):
    tension = find_tension(request, slug, pk, to_settle=True)
    form = TensionChangeForm(request.POST or None, instance=tension, programme=tension.programme)
    if form.is_valid() and attempt(form, tensions.change, tension, by=request.user, **form.cleaned_data):
        messages.success(request, _("The change is saved."))
        return to_tension(tension)
    title = _("Change the tension") if tension.is_open else _("Choose a new owner")
    return answer(request, form, tension.programme, title=title, tension=tension)


def settle(request, slug, pk, *, form_class, action, title, done, lead=""):
    """Ask one thing about a tension and do it."""
    tension = find_tension(request, slug, pk, to_settle=True)
    form = form_class(request.POST or None)
    if form.is_valid() and attempt(form, action, tension, by=request.user, **form.cleaned_data):
        messages.success(request, done)
        return to_tension(tension)
    return answer(request, form, tension.programme, title=title, lead=lead or tension.sentence, tension=tension)


def tension_agree(request, slug, pk):
    return settle(
        request, slug, pk, form_class=AgreementForm, action=tensions.agree, title=_("Record the agreement"),
        done=_("The agreement is on record. It comes back on the day you chose."),
    )


def tension_reopen(request, slug, pk):
    return settle(
        request, slug, pk, form_class=ReopenForm, action=tensions.reopen, title=_("Open the tension again"), done=_("The tension is open again."),
    )


def tension_review(request, slug, pk):
    return settle(
        request, slug, pk, form_class=ReviewForm, action=tensions.review, title=_("Look at it again"), done=_("Thank you. The new day is set."),
    )


def shared_point_add(request, slug):
    programme = find_programme_to_name(request, slug)
    form = SharedPointForm(request.POST or None, programme=programme, initial=begun(request))
    if form.is_valid() and attempt(form, shared_points.mark, programme, by=request.user, **form.cleaned_data):
        messages.success(request, _("The shared point is on record."))
        return redirect("actors:tension_list", slug)
    return answer(
        request, form, programme, title=_("Mark a shared point"), button=_("Put on record"),
        lead=_("What do several organisations see the same way? It is a beginning for an ambition."),
    )


@require_POST
def shared_point_withdraw(request, slug, pk):
    point = get_object_or_404(SharedPoint.objects.visible_to(request.user), programme__slug=slug, pk=pk)
    if not can_withdraw_shared_point(request.user, point):
        raise PermissionDenied
    shared_points.withdraw(point, by=request.user)
    messages.success(request, _("The shared point is withdrawn; the log keeps it."))
    return redirect("actors:tension_list", slug)
