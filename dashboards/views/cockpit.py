from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dashboards import agenda, attention, exceptions, snoozing
from dashboards.choices import Attention
from dashboards.permissions import can_see_cockpit
from wijkaanpak.journal import sentences
from wijkaanpak.neighbourhoods import year_clock
from wijkaanpak.neighbourhoods.models import Programme

NUMBERS = [Attention.LATE, Attention.SILENT, Attention.ANSWER, Attention.MODERATION]


@require_GET
def cockpit(request, slug):
    """Who does not coordinate the programme gets its page for readers."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_see_cockpit(request.user, programme):
        return redirect("dashboards:reader_page", slug)
    today = timezone.localdate()
    commitments = list(attention.open_commitments(programme))
    inputs = list(attention.open_inputs(programme))
    ambitions = list(attention.ambitions_asked(programme))
    snoozed = list(attention.snoozes(programme, today))
    found = snoozing.awake(agenda.alarms(programme, commitments, inputs, ambitions, today), snoozed)
    groups = exceptions.grouped(found, slug=slug)
    milestones = attention.milestones_ahead(programme, today)
    return render(request, "dashboards/cockpit/cockpit.html", {
        "programme": programme, "section": "cockpit", "groups": groups, "numbers": numbers(groups, commitments, slug), "total": len(found),
        "ahead": exceptions.ahead(commitments, milestones, ambitions, inputs, slug=slug, today=today),
        "happened": happened(programme, today), "snoozed": snoozed, "clock": year_clock.near(programme, today),
    })  # fmt: skip


def numbers(groups, commitments, slug):
    """The four numbers at the top, each a link to what it counts; zero is a good number and stays.

    A promise counts as late or silent also when its row stands with the steps up.
    """
    labels = {
        Attention.LATE: _("promises too late"), Attention.SILENT: _("promises without word"),
        Attention.ANSWER: _("answers too late"), Attention.MODERATION: _("messages to moderate"),
    }  # fmt: skip
    totals = {group.kind: group.total for group in groups}
    totals |= {kind: sum(row.signal == kind.value for row in commitments) for kind in (Attention.LATE, Attention.SILENT)}
    return [{"value": totals.get(kind, 0), "label": labels[kind], "url": exceptions.all_of(kind, slug)} for kind in NUMBERS]


def happened(programme, today):
    """Sentences of the log since yesterday; what residents said has no name to show."""
    found = list(attention.recent_events(programme, today))
    entries = sentences.timeline(found)
    named = [event.subject_name if event.subject_type != "residents.residentinput" else "" for event in found]
    return [{"entry": entry, "about": about} for entry, about in zip(entries, named, strict=True)]


