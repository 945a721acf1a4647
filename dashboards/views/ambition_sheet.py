"""An ambition on one sheet of A4: for who takes part, and what of it is public for everybody."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ambitions.models import Ambition, Commitment
from dashboards import ambition_sheet as sheet
from dashboards import briefing, helping, interpretations, queries
from dashboards import neighbourhood as reading
from dashboards.models import Interpretation, Question
from dashboards.views.public import public_page
from wijkaanpak.neighbourhoods.models import Programme


@require_GET
def ambition_sheet(request, slug, number):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    visible = Ambition.objects.visible_to(request.user).filter(programme=programme).select_related("theme").prefetch_related("goals__indicator")
    ambition = get_object_or_404(visible, number=number)
    promised = Commitment.objects.visible_to(request.user).filter(ambition=ambition).with_signal()
    made = list(promised.select_related("organisation"))
    stories = interpretations.stories(Interpretation.objects.visible_to(request.user).filter(programme=programme))
    open_questions = Question.objects.visible_to(request.user).unanswered().filter(ambition=ambition).select_related("asked_of")
    indicators = [goal.indicator.slug for goal in ambition.goals.all()]
    made_sheet = sheet.make(
        ambition, sentence=ambition.sentence, goals=briefing.goal_lines(ambition.goals.all(), queries.latest_figures(programme)),
        stories=sheet.stories_of(ambition, [goal.indicator_id for goal in ambition.goals.all()], stories), made=made,
        said=sheet.said_about(ambition, made), decisions=sheet.decisions(ambition, made, open_questions, today=timezone.localdate()),
        helps=helping.helps(made, indicators), lessons=helping.lessons(ambition),
    )  # fmt: skip
    return render(request, "dashboards/sheet/ambition_sheet.html", {
        "programme": programme, "section": "ambitions", "sheet": made_sheet, "today": timezone.localdate(),
    })  # fmt: skip


@public_page
def public_ambition_sheet(request, programme, number):
    """Public promises, stories for everybody, goals as they were adopted; no decisions."""
    ambition = get_object_or_404(reading.ambitions(programme), number=number)
    version = ambition.versions.first()
    made = list(reading.promises(programme).filter(ambition=ambition))
    indicators = reading.adopted_indicators(version)
    figures = reading.latest_by_slug(programme, indicators)
    stories = interpretations.stories(Interpretation.objects.public().filter(programme=programme))
    made_sheet = sheet.make(
        ambition, sentence=ambition.sentence, goals=reading.adopted_goals(version, figures), made=made, said=sheet.said_about(ambition, made),
        stories=sheet.stories_of(ambition, [figure["indicator"] for figure in figures.values()], stories),
        helps=helping.helps(made, indicators), lessons=helping.lessons(ambition),
    )  # fmt: skip
    return render(request, "dashboards/sheet/public_ambition_sheet.html", {"programme": programme, "sheet": made_sheet, "today": timezone.localdate()})
