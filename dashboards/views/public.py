from functools import partial, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from ambitions import involvements
from dashboards import helping, interpretations, queries, series
from dashboards import neighbourhood as reading
from dashboards.figures import public as drawn
from dashboards.models import Interpretation
from dashboards.views import keeping
from residents import recognition


def public_page(view):
    """A page about a public programme for everybody; anything else does not exist. Says "not modified" without making the page."""

    @login_not_required
    @require_safe
    @wraps(view)
    def page(request, slug, **kwargs):
        programme = get_object_or_404(reading.programmes(), slug=slug)
        mark = f'"{keeping.mark(*parts_of(request, programme))}"'
        response = get_conditional_response(request, etag=mark) or kept(request, mark, partial(view, request, programme, **kwargs))
        response.headers["ETag"] = mark
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return page


def kept(request, mark, make):
    """Return the page made earlier under the same mark, for visitors only.

    Only plain addresses are kept: anybody can make up queries without end.
    """
    if request.GET or settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return make()
    return HttpResponse(keeping.kept(f"public:{mark}", lambda: make().content))


def parts_of(request, programme):
    """Return what a public page is made of: the log's length, new figures, answers to “do you recognise this?”, the address.

    Every change is in the log, which only grows, or recomputes the figures; lateness changes with the day.
    """
    address, messages = request.get_full_path(), request.COOKIES.get("messages", "")
    return programme.pk, programme.events_so_far, programme.computed_at, programme.recognised, address, messages


@login_not_required
@require_safe
def home(request):
    return render(request, "dashboards/public/home.html", {"programmes": reading.with_partners(reading.programmes())})


@public_page
def neighbourhood(request, programme):
    wanted = list(reading.ambitions(programme))
    sentences = series.theme_sentences(queries.programme_figures(programme), public=True)
    return render(request, "dashboards/public/neighbourhood.html", {
        "programme": programme, "wanted": reading.promised(wanted, reading.promises(programme)),
        "answers": list(reading.answers(programme)[: reading.ANSWERS]), "partners": list(reading.partners(programme)),
        "themes": [drawn.with_sparkline(sentence) for sentence in reading.telling(sentences, wanted)],
        "map": getattr(programme, "map", None),
    })  # fmt: skip


@public_page
def public_ambition(request, programme, number):
    ambition = get_object_or_404(reading.ambitions(programme), number=number)
    versions = list(ambition.versions.all())
    made = list(reading.promises(programme).filter(ambition=ambition))
    version = versions[0] if versions else None
    indicators = reading.adopted_indicators(version)
    figures = reading.latest_by_slug(programme, indicators)
    return render(request, "dashboards/public/ambition.html", {
        "programme": programme, "promised": reading.promised([ambition], made)[0], "versions": versions,
        "goals": reading.adopted_goals(version, figures), "helps": helping.helps(made, indicators), "lessons": helping.lessons(ambition), "voices": list(reading.voices(ambition, made)),
        "stages": [(stage, rows) for stage, rows in involvements.by_stage(ambition) if rows],
    })  # fmt: skip


@public_page
def public_figures(request, programme):
    rows = reading.judged(queries.programme_figures(programme))
    municipality = programme.municipality.name if programme.municipality else ""
    stories = interpretations.stories(Interpretation.objects.public().filter(programme=programme))
    return render(request, "dashboards/public/figures.html", {
        "programme": programme, "themes": drawn.themes(rows, programme.name, municipality, stories, recognition.of_programme(programme)),
        "map": drawn.choropleth(programme, rows, request.GET.get("cijfer", "")),
        "indexes": series.theme_indexes(queries.theme_scores(programme)) if programme.shows_theme_index else [],
    })  # fmt: skip
