"""The field of influence and interest: the core team places, each alone; an organisation reads its own place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from actors import field, figures
from actors.forms import PlacementForm
from actors.models import Organisation
from actors.permissions import can_place_organisations, can_see_field, organisation_ids
from actors.views.partners import SECTION, find_programme


@require_GET
def field_detail(request, slug):
    """Everything for the core team; for others the place of their own organisation."""
    programme = find_programme(request, slug)
    if not can_see_field(request.user, programme):
        raise PermissionDenied
    may_place = can_place_organisations(request.user, programme)
    partners = Organisation.objects.in_programme(programme)
    shown = list(partners if may_place else partners.filter(pk__in=organisation_ids(request.user)))
    spots = field.spots(programme, shown)
    chosen = field.own(programme, request.user) if may_place else {}
    return render(request, "actors/field_detail.html", {
        "programme": programme, "section": SECTION, "may_place": may_place, "spots": spots, "svg": figures.draw(spots) if may_place else "",
        "waiting": [{"organisation": each, "is_chosen": each.pk in chosen} for each in shown if each not in {spot.organisation for spot in spots}],
        "differing": [spot for spot in spots if spot.differs] if may_place else [],
    })


def field_place(request, slug):
    programme = find_programme(request, slug)
    if not can_place_organisations(request.user, programme):
        raise PermissionDenied
    partners = list(Organisation.objects.in_programme(programme))
    form = PlacementForm(request.POST or None, organisations=partners, own=field.own(programme, request.user))
    if form.is_valid():
        count = field.place(programme, placed=form.placed(), by=request.user)
        messages.success(request, ngettext("%(count)s organisation is placed.", "%(count)s organisations are placed.", count) % {"count": count})
        return redirect("actors:field_detail", slug)
    return render(request, "actors/field_place.html", {
        "programme": programme, "section": SECTION, "form": form,
    }, status=422 if form.errors else 200)
