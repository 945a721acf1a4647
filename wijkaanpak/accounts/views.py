from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wijkaanpak import languages
from wijkaanpak.accounts import invitations, second_factor
from wijkaanpak.accounts.forms import AcceptInvitationForm, ProfileForm


@login_not_required
@never_cache
def accept_invitation(request, token):
    invitation = invitations.resolve(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = AcceptInvitationForm(request.POST or None, user=invitation.user, initial={"name": invitation.user.name})
    if form.is_valid():
        return _come_in(request, invitation, form.cleaned_data)
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation}, status=422 if form.errors else 200)


def _come_in(request, invitation, answers):
    try:
        user = invitations.accept(invitation, name=answers["name"], password=answers["password"])
    except ValidationError:
        return render(request, "accounts/invitation_gone.html", status=410)
    messages.success(request, _("Welcome. Your password is set."))
    record_authentication(request, user, "password", reauthenticated=True)  # else the set-up of a second factor asks for it again
    return perform_login(request, user, email_verification="none", redirect_url=reverse("accounts:second_factor"))


def offer_second_factor(request):
    """Explain the second factor and offer the ways to set it up; those who need it find no way around."""
    if second_factor.has_second_factor(request.user):
        return redirect("accounts:profile")
    return render(request, "accounts/second_factor.html", {"required": getattr(request, "second_factor_required", False)})


def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "factors": second_factor.overview(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "languages": languages.FOR_COLLEAGUES,
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)
