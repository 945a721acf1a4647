"""Who promised how much money and how many hours for which ambition in which year."""

import csv

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ambitions import money, sheets
from ambitions.forms import SpreadForm
from ambitions.models import Commitment
from ambitions.permissions import can_edit_commitment
from ambitions.views.ambitions import attempt, find_programme
from ambitions.views.commitments import SECTION, find_commitment, to_detail
from wijkaanpak.refusals import status_of

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def find_counted(request, programme):
    """What counts of what the user may see."""
    return money.counted(Commitment.objects.visible_to(request.user).filter(ambition__programme=programme))


@require_GET
def money_table(request, slug):
    programme = find_programme(request, slug)
    name = money.HOURS if request.GET.get("wat") == "uren" else money.EURO
    found = find_counted(request, programme)
    table = money.table(money.parts(found, name))
    return render(request, "ambitions/money_table.html", {
        "programme": programme, "section": SECTION, "table": table, "years": [money.year_name(year) for year in table.years], "has_rows": bool(found),
        "name": name, "without_label": _("Without hours") if name == money.HOURS else _("Without amount"), "number": len(found),
    })


@require_GET
def money_file(request, slug, form):
    programme = find_programme(request, slug)
    if form not in TYPES:
        raise Http404
    records = money.records(find_counted(request, programme))
    response = HttpResponse(content_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="geld-en-uren-{programme.slug}.{form}"'})
    if form == "xlsx":
        response.write(sheets.plain(_("Money and hours"), records))
    else:
        response.write("\ufeff")  # Excel takes it for UTF-8 then
        csv.writer(response, delimiter=";").writerows([[sheets.harmless(cell) for cell in row] for row in records])
    return response


def commitment_spread(request, slug, pk):
    """The total and its years change together, so that they always agree."""
    commitment = find_commitment(request, slug, pk, may=can_edit_commitment)
    form = SpreadForm(request.POST or None, commitment=commitment)
    if form.is_valid() and attempt(request, form, money.spread, commitment, **form.values):
        messages.success(request, _("The amounts are saved."))
        return to_detail(commitment)
    rows = [{"name": name, "euro": form[f"{part}_euro"], "hours": form[f"{part}_hours"]} for part, name in [("total", ""), *((str(year), year) for year in form.years)]]
    return render(request, "ambitions/commitment_spread.html", {
        "programme": commitment.ambition.programme, "section": SECTION, "commitment": commitment, "form": form, "rows": rows,
    }, status=status_of(form))
