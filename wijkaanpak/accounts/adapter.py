from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up alone."""

    def is_open_for_signup(self, request):
        return False


class KnownPeopleOnlyAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens existing accounts and never makes one."""

    def is_open_for_signup(self, request, sociallogin):
        return False
