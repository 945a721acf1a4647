"""All running promises of the own organisation on one page: fill in what there is to say, leave the rest."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from actors.permissions import organisation_ids
from ambitions import updates
from ambitions.forms import RowUpdateForm
from ambitions.models import Commitment, Submission
from ambitions.permissions import can_update_own
from ambitions.views.ambitions import find_programme
from ambitions.views.commitments import SECTION

AT_ONCE = 20  # on a page


def commitment_updates(request, slug):
    programme = find_programme(request, slug)
    if not can_update_own(request.user, programme):
        raise PermissionDenied
    own = own_promises(request.user, programme)
    page = Paginator(own, AT_ONCE).get_page(request.GET.get("page"))
    rows = [RowUpdateForm(request.POST or None, commitment=commitment) for commitment in sent_rows(request, own) or page.object_list]
    filled = [row for row in rows if row.is_filled]
    faulty = [row for row in filled if not row.is_valid()]
    if filled and not faulty and send(request, filled):
        return redirect("ambitions:commitment_updates", slug)
    faulty = [row for row in filled if row.errors]
    waiting = {one.commitment_id: one for one in Submission.objects.open().readable_by(request.user).in_programme(programme).select_related("by")}
    for row in rows:
        row.waiting = waiting.get(row.commitment.pk)
    return render(request, "ambitions/commitment_updates.html", {
        "programme": programme, "section": SECTION, "rows": rows, "page": page, "faulty": faulty, "is_empty": request.method == "POST" and not filled,
    }, status=422 if request.method == "POST" else 200)


def sent_rows(request, own):
    """The promises that were on the page that is sent in: meanwhile they may stand on another."""
    keys = {name.partition("-")[0] for name in request.POST if name.endswith("-report")}
    return list(own.filter(pk__in=[key for key in keys if key.isdecimal()])) if keys else []


def own_promises(user, programme):
    """What runs, the nearest date first."""
    rows = Commitment.objects.visible_to(user).in_force().filter(ambition__programme=programme, organisation__in=organisation_ids(user))
    return rows.with_signal().select_related("organisation").order_by("due_on", "pk")


def send(request, filled):
    """Store every filled row or none; what is refused becomes an error of its row."""
    try:
        made = updates.report_all({row.commitment: row.cleaned_data for row in filled}, by=request.user)
    except ValidationError as error:
        for row in filled:
            row.add_error(None, error.message_dict.get(str(row.commitment.pk), []))
        return False
    waiting = sum(isinstance(one, Submission) for one in made)
    stored = len(made) - waiting
    if stored:
        messages.success(request, ngettext("%(number)s commitment is brought up to date.", "%(number)s commitments are brought up to date.", stored) % {"number": stored})
    if waiting:
        sent = ngettext("%(number)s word is sent in. It counts once a colleague agrees.", "%(number)s words are sent in. They count once a colleague agrees.", waiting)
        messages.success(request, sent % {"number": waiting})
    return True
