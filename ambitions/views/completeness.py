"""Who reported, quarter by quarter; reminding who is open, and excusing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from actors.models import Organisation
from ambitions import completeness as reporting
from ambitions.choices import Reception
from ambitions.completeness import Quarter
from ambitions.forms import ExcuseForm
from ambitions.models import Excuse
from ambitions.views.ambitions import attempt
from ambitions.views.commitments import PER_PAGE, SECTION
from ambitions.views.escalations import find_followed
from wijkaanpak.refusals import status_of

SHOWN = 5  # quarters side by side


@require_GET
def completeness(request, slug):
    """The last five quarters, or the five up to the one in the address."""
    programme = find_followed(request, slug)
    today = timezone.localdate()
    present = Quarter.of(today)
    last = min(Quarter.named(request.GET.get("tot", "")) or present, present)
    quarters = [last.later(number) for number in range(1 - SHOWN, 1)]
    rows = reporting.matrix(programme, quarters, today)
    return render(request, "ambitions/completeness.html", {
        "programme": programme, "section": SECTION, "quarters": quarters, "rows": rows, "present": present, "is_present": last == present,
        "waiting": [row.organisation for row in rows if row.cells[-1].state == Reception.OPEN],
        "earlier": last.later(-SHOWN).name, "later": min(last.later(SHOWN), present).name if last < present else "",
    })


@require_POST
def completeness_remind(request, slug):
    programme = find_followed(request, slug)
    sent = reporting.remind(programme, by=request.user)
    if sent:
        messages.success(request, ngettext("%(count)s person is reminded, by mail.", "%(count)s people are reminded, by mail.", sent) % {"count": sent})
    else:
        messages.info(request, _("Nobody is reminded: everybody has reported, or had a mail today already."))
    return redirect("ambitions:completeness", slug)


def find_cell(request, slug, organisation_pk, quarter):
    programme = find_followed(request, slug)
    organisation = get_object_or_404(Organisation.objects.filter(participations__programme=programme), pk=organisation_pk)
    found = Quarter.named(quarter)
    if found is None:
        raise Http404
    return programme, organisation, found


def completeness_cell(request, slug, organisation_pk, quarter):
    """What one organisation was asked in a quarter, and the form to excuse it."""
    programme, organisation, quarter = find_cell(request, slug, organisation_pk, quarter)
    form = ExcuseForm(request.POST or None)
    if form.is_valid() and attempt(request, form, reporting.excuse, organisation, programme=programme, quarter=quarter, **form.cleaned_data):
        messages.success(request, _("%(name)s is excused.") % {"name": organisation})
        return redirect("ambitions:completeness", slug)
    excuse = Excuse.objects.filter(programme=programme, organisation=organisation, quarter=quarter.starts_on).select_related("excused_by").first()
    asked, heard = reporting.of_organisation(programme, organisation, quarter)
    return render(request, "ambitions/completeness_cell.html", {
        "programme": programme, "section": SECTION, "organisation": organisation, "quarter": quarter, "form": form, "excuse": excuse,
        "cell": reporting.cell(quarter, asked, heard, excuse is not None, timezone.localdate()),
        "page": Paginator([{"commitment": promise, "is_heard": (promise.pk, quarter) in heard} for promise in asked], PER_PAGE).get_page(request.GET.get("page")),
    }, status=status_of(form))


@require_POST
def excuse_take_back(request, slug, organisation_pk, quarter):
    programme, organisation, quarter = find_cell(request, slug, organisation_pk, quarter)
    if reporting.take_back(organisation, programme=programme, quarter=quarter, by=request.user):
        messages.success(request, _("%(name)s is asked again.") % {"name": organisation})
    return redirect("ambitions:completeness_cell", slug, organisation_pk, quarter.name)
