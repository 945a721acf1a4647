"""Meetings: the list, calling one, the agenda, and decisions and actions written down while it is held."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dashboards import actions, decisions, meetings, questions
from dashboards.forms import ActionForm, DecisionForm, ItemForm, MeetingForm, SaidForm
from dashboards.models import Action, Meeting
from dashboards.permissions import can_finish_action, can_hold_meeting
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.refusals import attempt, status_of

SECTION = "meetings"


def find_programme(request, slug, *, to_hold=True):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if to_hold and not can_hold_meeting(request.user, programme):
        raise PermissionDenied
    return programme


def find_meeting(request, slug, pk):
    """Return a meeting the person may hold."""
    programme = find_programme(request, slug)
    return get_object_or_404(Meeting.objects.select_related("programme"), programme=programme, pk=pk)


@require_GET
def meeting_list(request, slug):
    programme = find_programme(request, slug, to_hold=False)
    found = list(Meeting.objects.filter(programme=programme))
    today = timezone.localdate()
    return render(request, "dashboards/meetings/list.html", {
        "programme": programme, "section": SECTION, "may_hold": can_hold_meeting(request.user, programme), "today": today,
        "coming": [row for row in reversed(found) if not row.is_closed], "held": [row for row in found if row.is_closed],
        "actions": _with_right(request.user, Action.objects.open().with_people().filter(programme=programme)),
    })  # fmt: skip


def _with_right(user, rows):
    return [{"action": row, "may_finish": can_finish_action(user, row)} for row in rows]


def meeting_call(request, slug):
    programme = find_programme(request, slug)
    form = MeetingForm(request.POST or None)
    if form.is_valid() and attempt(form, meetings.call, programme, by=request.user, **form.cleaned_data):
        messages.success(request, _("The meeting is in the diary. Make its agenda when the day comes near."))
        return redirect("dashboards:meeting_list", slug)
    return form_page(request, programme, form, title=_("Call a meeting"), button=_("Put it in the diary"))


def form_page(request, programme, form, *, title, button, meeting=None, lead=""):
    return render(request, "dashboards/meetings/form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "button": button, "meeting": meeting, "lead": lead,
    }, status=status_of(form))  # fmt: skip


@require_GET
def meeting_detail(request, slug, pk):
    programme = find_programme(request, slug, to_hold=False)
    meeting = get_object_or_404(Meeting.objects.select_related("programme", "closed_by"), programme=programme, pk=pk)
    may_change = can_hold_meeting(request.user, programme) and not meeting.is_closed
    return render(request, "dashboards/meetings/detail.html", {
        "programme": programme, "section": SECTION, "meeting": meeting, "may_change": may_change, "item_form": ItemForm(),
        "items": list(meeting.items.all()), "decisions": list(meeting.decisions.order_by("number")),
        "actions": _with_right(request.user, meeting.actions.with_people()), "is_early": meeting.held_on > timezone.localdate(), "papers": list(meeting.papers.defer("document")),
    })  # fmt: skip


@require_POST
def meeting_agenda(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    if (added := _tried(request, meetings.make_agenda, meeting)) is not None:
        text = ngettext("%(number)s point was added.", "%(number)s points were added.", added) % {"number": added}
        messages.success(request, text if added else _("Nothing new asks for attention; the agenda stays as it is."))
    return redirect("dashboards:meeting_detail", slug, pk)


def _tried(request, action, *subjects, **values):
    """Do a domain action; what it refuses becomes a message."""
    try:
        return action(*subjects, by=request.user, **values)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None


def meeting_item(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    form = ItemForm(request.POST or None)
    if form.is_valid() and attempt(form, meetings.add_item, meeting, by=request.user, **form.cleaned_data):
        return redirect("dashboards:meeting_detail", slug, pk)
    return form_page(request, meeting.programme, form, title=_("A point of your own"), button=_("Put it on the agenda"), meeting=meeting)


def item_said(request, slug, pk, item):
    meeting = find_meeting(request, slug, pk)
    point = get_object_or_404(meeting.items.select_related("meeting"), pk=item)
    form = SaidForm(request.POST or None, initial={"said": point.said})
    if form.is_valid() and attempt(form, meetings.write_down, point, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is written down."))
        return redirect("dashboards:meeting_detail", slug, pk)
    return form_page(request, meeting.programme, form, title=_("What was said"), button=_("Save"), meeting=meeting, lead=point.what)


@require_POST
def item_drop(request, slug, pk, item):
    meeting = find_meeting(request, slug, pk)
    _tried(request, meetings.drop_item, get_object_or_404(meeting.items.select_related("meeting"), pk=item))
    return redirect("dashboards:meeting_detail", slug, pk)


def _point(request, meeting):
    """Return the point of the agenda named in the address, None without."""
    number = request.GET.get("punt", "")
    return get_object_or_404(meeting.items, pk=number) if number.isdecimal() else None


def meeting_decide(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    point = _point(request, meeting)
    form = DecisionForm(request.POST or None)
    if form.is_valid() and attempt(form, decisions.decide, meeting, item=point, by=request.user, **form.cleaned_data):
        messages.success(request, _("The decision is in the register."))
        return redirect("dashboards:meeting_detail", slug, pk)
    return form_page(request, meeting.programme, form, title=_("Write down a decision"), button=_("Write it down"), meeting=meeting, lead=point or "")


def meeting_action(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    point = _point(request, meeting)
    form = ActionForm(request.POST or None, people=questions.people(meeting.programme), initial={"what": point.what if point else ""})
    if form.is_valid() and attempt(form, actions.give, meeting, item=point, by=request.user, **form.cleaned_data):
        messages.success(request, _("The action stands under “My work” of who does it."))
        return redirect("dashboards:meeting_detail", slug, pk)
    return form_page(request, meeting.programme, form, title=_("Agree an action"), button=_("Agree"), meeting=meeting, lead=point or "")


@require_POST
def meeting_close(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    if _tried(request, meetings.close, meeting):
        messages.success(request, _("The minutes are closed. Nothing in them changes any more."))
    return redirect("dashboards:meeting_detail", slug, pk)
