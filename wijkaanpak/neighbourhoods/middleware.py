from django.conf import settings
from django.shortcuts import redirect  # noqa: TID251 a middleware answers requests
from django.urls import reverse

from wijkaanpak.accounts.second_factor import has_second_factor
from wijkaanpak.neighbourhoods.permissions import needs_second_factor

FREE_VIEWS = {"health", "set_language"}


class SecondFactorMiddleware:
    """Sends people who steer something to the set-up of a second factor until they have one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if signed_in_elsewhere(request) or not needs_second_factor(request.user) or has_second_factor(request.user):
            return None
        request.second_factor_required = True
        if request.path.startswith(reverse("accounts:profile")) or request.resolver_match.url_name in FREE_VIEWS:
            return None
        return redirect("accounts:second_factor")


def signed_in_elsewhere(request):
    """Whether the organisation's own sign-on let this person in and asks for the second factor itself."""
    methods = request.session.get("account_authentication_methods", [])
    return settings.OIDC_HAS_SECOND_FACTOR and any(used.get("method") == "socialaccount" for used in methods)
