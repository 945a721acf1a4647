"""The stories behind the figures: what is said now, what was said before, and writing another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actors.models import Organisation
from actors.permissions import organisation_ids
from dashboards import interpretations
from dashboards.forms import InterpretationForm
from dashboards.models import Interpretation
from dashboards.permissions import can_write_interpretation
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme, Theme
from wijkaanpak.neighbourhoods.permissions import has_role
from wijkaanpak.refusals import attempt, status_of

SECTION = "figures"


@require_GET
def interpretation_list(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    written = Interpretation.objects.visible_to(request.user).filter(programme=programme).select_related("indicator", "theme", "organisation")
    return render(request, "dashboards/interpretations/interpretation_list.html", {
        "programme": programme, "section": SECTION, "rows": interpretations.with_earlier(written),
        "may_write": can_write_interpretation(request.user, programme),
    })  # fmt: skip


def interpretation_write(request, slug):
    """`?over=` names the figure ("cijfer-…") or the theme ("thema-…") it is about; what was written before is filled in."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_write_interpretation(request.user, programme):
        raise PermissionDenied
    subjects = subjects_of(programme)
    form = InterpretationForm(
        request.POST or None, subjects=[(key, str(each)) for key, each in subjects.items()], organisations=signing_for(request.user, programme),
        initial=started(request, programme, subjects),
    )  # fmt: skip
    if form.is_valid() and attempt(form, interpretations.write, programme, by=request.user, **values(form, subjects)):
        messages.success(request, _("The text stands beside the figure. The earlier one stays readable."))
        return redirect("dashboards:interpretation_list", slug)
    return render(request, "dashboards/interpretations/interpretation_write.html", {
        "programme": programme, "section": SECTION, "form": form, "findings": form.findings,
    }, status=status_of(form))  # fmt: skip


def subjects_of(programme):
    """Return what can be written about by its key: the themes, and the figures the programme has."""
    figures = Indicator.objects.filter(pk__in=programme.figures.filter(is_latest=True).values("indicator")).order_by("name")
    return {f"thema-{each.slug}": each for each in Theme.objects.all()} | {f"cijfer-{each.slug}": each for each in figures}


def signing_for(user, programme):
    """Coordinators and analysts may write down what any partner says; others sign for their own organisation."""
    partners = Organisation.objects.in_programme(programme)
    return partners if has_role(user, programme.pk, Role.COORDINATOR, Role.ANALYST) else partners.filter(pk__in=organisation_ids(user))


def started(request, programme, subjects):
    """What the form begins with: the present text about the subject, signed by the person's own function."""
    key = request.GET.get("over", "")
    begun = {"subject": key, "function": request.user.job_title, "organisation": next(iter(organisation_ids(request.user)), None)}
    if key not in subjects:
        return begun
    field = "theme" if key.startswith("thema-") else "indicator"
    present = Interpretation.objects.current().filter(programme=programme, **{field: subjects[key]}).first()
    return begun | ({"text": present.text, "audience": present.audience} if present else {})


def values(form, subjects):
    data = {key: value for key, value in form.cleaned_data.items() if key not in {"subject", "looked"}}
    field = "theme" if form.cleaned_data["subject"].startswith("thema-") else "indicator"
    return data | {field: subjects[form.cleaned_data["subject"]]}
