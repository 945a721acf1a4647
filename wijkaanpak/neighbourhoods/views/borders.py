"""Boundary changes per municipality and year, and the editor in which an analyst says what recoded areas were before."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from wijkaanpak.neighbourhoods import borders, linking, succession
from wijkaanpak.neighbourhoods.choices import Change
from wijkaanpak.neighbourhoods.forms import DivisionFilter, LinkForm
from wijkaanpak.neighbourhoods.models import Area, Division
from wijkaanpak.neighbourhoods.permissions import is_analyst

PAGE = 20


def analysts_only(user):
    if not is_analyst(user):
        raise PermissionDenied


@require_GET
def border_list(request):
    """The municipalities of a division, to choose one; and how many areas wait for a link."""
    form = DivisionFilter(request.GET)
    year = form.year()
    return render(request, "neighbourhoods/border_list.html", {
        "form": form, "year": year, "before": borders.year_before(year) if year else None,
        "municipalities": borders.municipalities(year) if year else [], "gone": borders.disappeared(year) if year else [],
        "waiting": succession.unlinked(year).count() if year else 0, "may_link": is_analyst(request.user),
    })  # fmt: skip


@require_GET
def border_changes(request, year, code):
    changes = borders.of_municipality(code, year)
    known = Area.objects.filter(code=code).exclude(name="").without_boundary().order_by("-division__year").first()
    if not changes.groups or not Division.objects.filter(year=year).exists():
        raise Http404
    years = Division.objects.values_list("year", flat=True)
    return render(request, "neighbourhoods/border_changes.html", {
        "changes": changes, "name": known.name if known else code, "code": code, "years": years, "may_link": is_analyst(request.user),
    })  # fmt: skip


def border_links(request, year):
    """The areas of which only the code changed: proposals to confirm, many at once."""
    analysts_only(request.user)
    division = get_object_or_404(Division, year=year)
    page = Paginator(succession.unlinked(year), PAGE).get_page(request.GET.get("page"))
    form = LinkForm(request.POST or None, questions=succession.questions(list(page), year))
    if request.method == "POST" and form.is_valid() and _confirm(request, form):
        return redirect("neighbourhoods:border_links", year)
    linked = Area.objects.in_year(year).filter(change=Change.CODE, predecessor__isnull=False).without_boundary()
    return render(request, "neighbourhoods/border_links.html", {
        "year": year, "page": page, "form": form, "has_before": Division.objects.filter(year=division.year - 1).exists(),
        "linked": linked.select_related("predecessor").defer("boundary", "predecessor__boundary").order_by("code"),
    }, status=422 if form.is_bound and form.errors else 200)  # fmt: skip


def _confirm(request, form):
    try:
        count = linking.confirm(form.pairs(), by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if not count:
        messages.warning(request, _("Nothing was confirmed: tick the areas you are sure of."))
    else:
        text = ngettext("%(count)s area is linked. The figures are computed anew.", "%(count)s areas are linked. The figures are computed anew.", count)
        messages.success(request, text % {"count": count})
    return True


@require_POST
def border_refuse(request, pk, candidate_pk):
    return _decide(request, pk, candidate_pk, linking.refuse)


@require_POST
def border_undo_refusal(request, pk, candidate_pk):
    return _decide(request, pk, candidate_pk, linking.undo_refusal)


def _decide(request, pk, candidate_pk, action):
    analysts_only(request.user)
    rows = Area.objects.without_boundary().select_related("division")
    area = get_object_or_404(rows, pk=pk)
    action(area, get_object_or_404(rows, pk=candidate_pk), by=request.user)
    return redirect("neighbourhoods:border_links", area.division.year)


@require_POST
def border_undo(request, pk):
    analysts_only(request.user)
    area = get_object_or_404(Area.objects.without_boundary().select_related("division"), pk=pk)
    try:
        linking.undo(area, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The link is undone. The figures are computed anew."))
    return redirect("neighbourhoods:border_links", area.division.year)
