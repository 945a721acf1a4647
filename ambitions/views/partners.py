from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from actors.models import Organisation
from ambitions.models import Commitment
from ambitions.permissions import can_follow_up, can_set_approval
from ambitions.views.ambitions import find_programme
from ambitions.views.commitments import PER_PAGE


def partner_commitments(request, slug, pk):
    """What one partner promised in the programme: the second tab of the partner's page."""
    programme = find_programme(request, slug)
    partners = Organisation.objects.filter(participations__programme=programme)
    organisation = get_object_or_404(partners, pk=pk)
    promised = Commitment.objects.visible_to(request.user).filter(ambition__programme=programme, organisation=organisation)
    rows = promised.with_signal().select_related("ambition", "organisation", "owner")
    return render(request, "ambitions/partner_commitments.html", {
        "programme": programme, "section": "partners", "organisation": organisation,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_follow_up": can_follow_up(request.user, programme), "may_set_approval": can_set_approval(request.user, programme, organisation.pk),
    })
