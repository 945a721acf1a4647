from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ambitions.choices import CommitmentState
from ambitions.models import Commitment
from dashboards import attention, briefing, duties, queries, series
from wijkaanpak.neighbourhoods.models import Programme

YEAR = timedelta(days=365)
SHOWN = 30  # duties; whoever has more begins with these
PER_PAGE = 30


@require_GET
def start(request):
    """Where somebody lands after signing in."""
    return redirect(duties.start_of(request.user))


@require_GET
def my_work(request):
    commitments = list(duties.commitments_of(request.user))
    return render(request, "dashboards/work/my_work.html", {
        "section": "work", "duties": duties.asked_of(request.user, commitments), "shown": SHOWN,
        "page": Paginator(commitments, PER_PAGE).get_page(request.GET.get("page")),
        "parts": duties.parts_of(request.user), "to_update": duties.to_update(commitments, request.user), "today": timezone.localdate(),
    })  # fmt: skip


@require_GET
def reader_page(request, slug):
    """One page before the meeting; it prints on A4."""
    visible = Programme.objects.visible_to(request.user).select_related("municipality").defer("municipality__boundary")
    programme = get_object_or_404(visible, slug=slug)
    since = timezone.localdate() - YEAR
    promised = Commitment.objects.visible_to(request.user).filter(ambition__programme=programme)
    commitments = list(promised.with_signal().select_related("organisation", "owner", "ambition"))
    rows = queries.programme_figures(programme)
    themes = series.theme_sentences(rows)
    latest = [row for row in rows if row.is_latest]
    wanted = [
        {"ambition": ambition, "goals": briefing.goal_lines(ambition.goals.all(), latest)} for ambition in briefing.ambitions_of(programme)
    ]
    return render(request, "dashboards/work/reader_page.html", {
        "programme": programme, "section": "overview", "today": timezone.localdate(), "wanted": wanted,
        "sentences": briefing.sentences(commitments, latest, briefing.voices_of(programme, since)),
        "troubled": briefing.troubled(commitments), "ended_badly": briefing.ended_badly(commitments, since),
        "themes": themes, "sources": list(dict.fromkeys(theme.source for theme in themes)), "proposed": [row for row in commitments if row.state == CommitmentState.PROPOSED],
        "asked": list(attention.ambitions_asked(programme)),
    })  # fmt: skip
