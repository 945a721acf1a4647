"""What an administrator of the installation sees: programmes and accounts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods import members, people, programmes
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.forms import AccountFilter, NewProgrammeForm
from wijkaanpak.neighbourhoods.models import Membership, Programme
from wijkaanpak.neighbourhoods.permissions import is_administrator

PAGE = 50
ACTIONS = {
    "close": people.close,
    "reopen": people.reopen,
    "make_administrator": people.make_administrator,
    "take_administration": people.take_administration,
}


def administrators_only(user):
    if not is_administrator(user):
        raise PermissionDenied


def administration(request):
    administrators_only(request.user)
    active = Count("memberships", filter=Q(memberships__ended_at=None))
    return render(request, "neighbourhoods/administration.html", {"programmes": Programme.objects.annotate(members=active)})


def programme_add(request):
    administrators_only(request.user)
    form = NewProgrammeForm(request.POST or None)
    if form.is_valid() and (programme := _add(form, by=request.user)):
        messages.success(request, _("The programme is set up. Choose its areas next."))
        return redirect("neighbourhoods:programme_settings", slug=programme.slug)
    return render(request, "neighbourhoods/programme_add.html", {"form": form}, status=422 if form.errors else 200)


def _add(form, *, by):
    """Set up the programme and invite its coordinator: both or neither."""
    answers = form.cleaned_data
    try:
        with transaction.atomic():
            programme = programmes.add(slug=answers["slug"], name=answers["name"], summary=answers["summary"], by=by)
            coordinator = {"email": answers["coordinator_email"], "name": answers["coordinator_name"]}
            members.invite(programme=programme, role=Role.COORDINATOR, by=by, **coordinator)
    except ValidationError as error:
        form.add_error("coordinator_email", error)
        return None
    return programme


def account_list(request):
    administrators_only(request.user)
    form = AccountFilter(request.GET)
    roles = Prefetch("memberships", Membership.objects.active().select_related("programme").order_by("programme__name"), to_attr="roles")
    found = Paginator(form.found().prefetch_related(roles), PAGE).get_page(request.GET.get("page"))
    rows = [{"person": person, "is_self": person == request.user, "came_in": person.has_usable_password()} for person in found]
    return render(request, "neighbourhoods/account_list.html", {"form": form, "rows": rows, "page": found})


def warn_of_things_left(request, person):
    for programme, number in people.left_in_hand(person).items():
        text = ngettext(
            "%(name)s still has %(number)s open thing in hand in %(programme)s. Its coordinators got a mail to hand it over.",
            "%(name)s still has %(number)s open things in hand in %(programme)s. Its coordinators got a mail to hand them over.",
            number,
        )
        messages.warning(request, text % {"name": person.name, "number": number, "programme": programme})


@require_POST
def account_change(request, pk, action):
    administrators_only(request.user)
    person = get_object_or_404(User, pk=pk)
    try:
        ACTIONS[action](person, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The account of %(name)s is changed.") % {"name": person.name})
        if action == "close":
            warn_of_things_left(request, person)
    return redirect("neighbourhoods:account_list")
