"""The pages behind a link in a mail: no menu, no log-in. Showing changes nothing, because mail scanners open every link."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from ambitions import links, submissions, updates
from ambitions.forms import UpdateForm
from ambitions.models import Commitment
from ambitions.permissions import can_update_commitment
from wijkaanpak.accounts import signed_links


def find_promise(token):
    """Return the link and its commitment, or None twice when it does not work (any more)."""
    link = signed_links.resolve(token, purpose=links.PURPOSE)
    if link is None:
        return None, None
    query = Commitment.objects.with_signal().select_related("ambition__programme", "organisation", "owner")
    commitment = get_object_or_404(query, pk=link.object_id)
    return (link, commitment) if can_update_commitment(link.user, commitment) else (None, None)


def refuse(request, token, *, purpose=links.PURPOSE):
    """Say kindly what to do: 404 for an address nobody made, 410 for one that no longer works."""
    was_real = signed_links.is_genuine(token, purpose=purpose)
    return render(request, "ambitions/link_refused.html", {"was_real": was_real}, status=410 if was_real else 404)


@never_cache
@login_not_required
def link_update(request, token):
    link, commitment = find_promise(token)
    if link is None:
        return refuse(request, token)
    sent_in = submissions.latest(commitment, link.user)
    form = UpdateForm(request.POST or None, commitment=commitment, initial=sent_in.words if sent_in and sent_in.by_id == link.user.pk else None)
    if request.method == "POST" and form.is_valid() and _report(form, commitment, link):
        return redirect("ambitions:link_thanks", token)
    return render(request, "ambitions/link_update.html", {
        "commitment": commitment, "programme": commitment.ambition.programme, "hides_sign_in": True, "person": link.user, "form": form, "submission": sent_in,
    }, status=422 if form.errors else 200)


def _report(form, commitment, link):
    """Store the word, and see to it that the next promise that waits has a link too."""
    try:
        updates.report(commitment, by=link.user, through_link=True, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    signed_links.mark_used(link)
    following, _count = links.next_waiting(link.user, after=commitment)
    if following:
        links.path_for(following, link.user)
    return True


@never_cache
@login_not_required
def link_thanks(request, token):
    link, commitment = find_promise(token)
    if link is None:
        return refuse(request, token)
    following, waiting = links.next_waiting(link.user, after=commitment)
    following_link = links.usable(following, link.user) if following else None
    return render(request, "ambitions/link_thanks.html", {
        "commitment": commitment, "programme": commitment.ambition.programme, "hides_sign_in": True, "following": following, "waiting": waiting,
        "waits_for_agreement": commitment.submissions.open().filter(by=link.user).exists(),
        "following_token": signed_links.token(following_link) if following_link else "",
    })
