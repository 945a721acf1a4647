"""The yearly confirmation: asking and the overview for the coordinator, and the pages behind the link for the organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ambitions import change_requests, reconfirmations, touching
from ambitions.choices import Choice
from ambitions.forms import ConfirmationForm, ReconfirmForm, SettleForm
from ambitions.models import Confirmation, ReconfirmationRequest
from ambitions.views.ambitions import attempt
from ambitions.views.commitments import SECTION, answer
from ambitions.views.escalations import find_followed
from ambitions.views.links import refuse
from wijkaanpak.accounts import signed_links


@require_GET
def reconfirmation(request, slug):
    """Who answered; the latest year, or the one in the address."""
    programme = find_followed(request, slug)
    rounds = list(programme.reconfirmations.select_related("asked_by"))
    chosen = next((one for one in rounds if str(one.year) == request.GET.get("jaar")), rounds[0] if rounds else None)
    return render(request, "ambitions/reconfirmation.html", {
        "programme": programme, "section": SECTION, "rounds": rounds, "chosen": chosen, "requests": reconfirmations.overview(chosen) if chosen else [],
        "may_ask": all(one.year != timezone.localdate().year for one in rounds), "today": timezone.localdate(),
    })


def reconfirmation_ask(request, slug):
    programme = find_followed(request, slug)
    form = ReconfirmForm(request.POST or None)
    if form.is_valid() and attempt(request, form, reconfirmations.ask, programme, **form.cleaned_data):
        messages.success(request, _("The organisations are asked, each by one mail."))
        return redirect("ambitions:reconfirmation", slug)
    return answer(request, form, programme, title=_("Ask for the yearly confirmation"))


def change_settle(request, slug, pk):
    """What the organisation wants to change; change the commitment, or say what was done with it."""
    programme = find_followed(request, slug)
    wish = get_object_or_404(Confirmation.objects.select_related("commitment__organisation", "by"), commitment__ambition__programme=programme, pk=pk, choice=Choice.CHANGE)
    form = SettleForm(request.POST or None)
    if form.is_valid() and attempt(request, form, change_requests.settle, wish, **form.cleaned_data):
        messages.success(request, _("It is settled, and stands with the commitment."))
        return redirect("ambitions:commitment_detail", slug, wish.commitment_id)
    title = _("%(name)s wants to change this") % {"name": wish.commitment.organisation}
    return answer(request, form, programme, title=title, commitment=wish.commitment, template="ambitions/change_settle.html", wish=wish)


def find_request(token):
    """Return the link and what it asks, or None twice when it does not work (any more)."""
    link = signed_links.resolve(token, purpose=reconfirmations.PURPOSE)
    if link is None:
        return None, None
    found = get_object_or_404(ReconfirmationRequest.objects.select_related("organisation", "reconfirmation__programme"), pk=link.object_id)
    return (link, found) if reconfirmations.can_answer(link.user, found) else (None, None)


def focused(request, template, found, **context):
    form = context.get("form")
    made = found.reconfirmation
    return render(request, template, {
        "programme": made.programme, "organisation": found.organisation, "made": made, "hides_sign_in": True, **context,
    }, status=422 if form is not None and form.errors else 200)


@never_cache
@login_not_required
def link_reconfirm(request, token):
    """All running promises of the organisation, each with its answer or three things to do."""
    link, found = find_request(token)
    if link is None:
        return refuse(request, token, purpose=reconfirmations.PURPOSE)
    given = {one.commitment_id: one for one in found.confirmations.select_related("by")}
    rows = [
        {"commitment": promise, "confirmation": given.get(promise.pk)} for promise in reconfirmations.promises(found).with_signal().select_related("organisation")
    ]
    waiting = sum(row["confirmation"] is None for row in rows)
    return focused(request, "ambitions/link_reconfirm.html", found, token=token, rows=rows, waiting=waiting, person=link.user)


@never_cache
@login_not_required
def link_confirm(request, token, pk):
    """Change or withdraw one promise with the reason, after what it touches; the button "confirm" posts here as well."""
    link, found = find_request(token)
    if link is None:
        return refuse(request, token, purpose=reconfirmations.PURPOSE)
    promise = get_object_or_404(reconfirmations.promises(found).with_signal().select_related("ambition", "organisation"), pk=pk)
    wanted = request.POST.get("choice") or request.GET.get("keuze")
    choice = Choice(wanted) if wanted in Choice.values else Choice.CHANGE
    form = ConfirmationForm(request.POST or None, choice=choice)
    if request.method == "POST" and form.is_valid() and _answer(form, found, promise, link):
        return redirect("ambitions:link_reconfirm", token)
    is_withdrawal = choice == Choice.WITHDRAW
    return focused(
        request, "ambitions/link_confirm.html", found, token=token, commitment=promise, form=form, is_withdrawal=is_withdrawal,
        touched=touching.touched(promise) if is_withdrawal else [],
    )


def _answer(form, found, promise, link):
    try:
        reconfirmations.answer(found, commitment=promise, by=link.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(form.field_of.get(error.code), error)
        return False
    signed_links.mark_used(link)
    return True
