"""What was kept: per organisation the counts, against the first and the last agreed date, each with its list."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actors.models import Organisation
from ambitions import records
from ambitions.choices import Verdict
from ambitions.models import Commitment
from ambitions.views.ambitions import find_programme
from ambitions.views.commitments import SECTION


def agreed(request, programme):
    """The agreed promises the user may see, judged."""
    visible = Commitment.objects.visible_to(request.user).filter(ambition__programme=programme).with_verdict()
    return visible.select_related("organisation", "owner", "ambition")


@require_GET
def record_list(request, slug):
    programme = find_programme(request, slug)
    return render(request, "ambitions/record_list.html", {
        "programme": programme, "section": SECTION, "records": records.of_organisations(agreed(request, programme)),
    })


@require_GET
def partner_record(request, slug, pk):
    """The counts of one organisation; the address may choose one of them, and then its promises stand below."""
    programme = find_programme(request, slug)
    organisation = get_object_or_404(Organisation.objects.filter(participations__programme=programme), pk=pk)
    promises = list(agreed(request, programme).filter(organisation=organisation))
    date, outcome = request.GET.get("datum", ""), request.GET.get("uitkomst", "")
    return render(request, "ambitions/partner_record.html", {
        "programme": programme, "section": "partners", "organisation": organisation, "record": records.of(organisation, promises),
        "commitments": records.chosen(promises, date=date, outcome=outcome), "title": title_of(date, outcome), "date": date, "outcome": outcome,
    })


def title_of(date, outcome):
    """What the chosen list holds."""
    beside = {"verzet": _("moved to another date"), "stil": _("no word for a long time"), "wacht": _("held up by another commitment")}
    if outcome in beside:
        return beside[outcome]
    label = Verdict(outcome).label if outcome in Verdict.values else ""
    judged = {records.FIRST: _("judged against the first agreed date"), records.LAST: _("judged against the last agreed date")}
    return f"{label}, {judged[date]}" if label and date in judged else ""
