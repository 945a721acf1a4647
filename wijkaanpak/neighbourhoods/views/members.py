"""Who takes part in a programme, what was mailed about it and what happened in it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wijkaanpak.journal import sentences
from wijkaanpak.journal.filters import EventFilter, MailFilter
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.forms import InviteForm
from wijkaanpak.neighbourhoods.models import Membership
from wijkaanpak.neighbourhoods.views.settings import managed_programme, page

PAGE = 50


def member_list(request, slug):
    programme = managed_programme(request, slug)
    memberships = [
        {"membership": membership, "role": membership.get_role_display(), "came_in": membership.user.has_usable_password()}
        for membership in Membership.objects.active().filter(programme=programme).by_name()
    ]
    return page(request, "neighbourhoods/member_list.html", programme, "members", memberships=memberships)


def member_invite(request, slug):
    programme = managed_programme(request, slug)
    form = InviteForm(request.POST or None)
    if form.is_valid() and _invite(request, programme, form):
        return redirect("neighbourhoods:member_list", slug=slug)
    return page(request, "neighbourhoods/member_invite.html", programme, "members", form)


def _invite(request, programme, form):
    try:
        membership = members.invite(programme=programme, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, _("%(name)s gets a mail at %(email)s.") % {"name": membership.user.name, "email": membership.user.email})
    return True


@require_POST
def member_end(request, slug, pk):
    programme = managed_programme(request, slug)
    membership = get_object_or_404(Membership.objects.filter(programme=programme).select_related("user"), pk=pk)
    try:
        members.end(membership, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%(name)s no longer has this role.") % {"name": membership.user.name})
    return redirect("neighbourhoods:member_list", slug=slug)


def programme_mails(request, slug):
    programme = managed_programme(request, slug)
    found = MailFilter(request.GET, Mail.objects.in_programme(programme.pk))
    mails = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return page(
        request, "neighbourhoods/programme_mails.html", programme, "mails", form=found.form, page=mails, readable=settings.MAILS_READABLE
    )


def programme_events(request, slug):
    programme = managed_programme(request, slug)
    found = EventFilter(request.GET, Event.objects.in_programme(programme.pk))
    events = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    rows = [{"event": event, "text": sentences.sentence(event), "changes": sentences.changes(event)} for event in events]
    return page(request, "neighbourhoods/programme_events.html", programme, "events", form=found.form, rows=rows, page=events)
