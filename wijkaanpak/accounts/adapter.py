from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up alone."""

    # in our own words: the catalogue of the package says "je" where this product says "u"
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("This mail address and password do not belong together. Try again, or ask for a new password."),
        "enter_current_password": _("Type your present password."),
        "incorrect_code": _("This code is not right. Look at the newest code and try again."),
        "incorrect_password": _("This is not your present password."),
        "invalid_login": _("Signing in did not work. Try again."),
        "invalid_password_reset": _("This link can no longer be used. Ask for a new one."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes and try again."),
        "rate_limited": _("That went too fast. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def format_email_subject(self, subject):
        return f"{settings.MUNICIPALITY_NAME}: {subject}"


class PlainWordsAdapter(DefaultMFAAdapter):
    """The second factor, in our own words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Look at the newest code and try again."),
        "unverified_email": _("Confirm your mail address first."),
    }


class KnownPeopleOnlyAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens existing accounts and never makes one."""

    def is_open_for_signup(self, request, sociallogin):
        return False
