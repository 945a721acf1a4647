"""Events of signing in, from the named signals of the sign-in package."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator

from wijkaanpak.journal import events


def listen():
    for signal, kind in {
        account.user_logged_in: "account.signed_in",
        account.password_changed: "account.password_changed",
        account.password_reset: "account.password_changed",
        account.password_set: "account.password_changed",
        mfa.authenticator_added: "account.second_factor_added",
        mfa.authenticator_removed: "account.second_factor_removed",
    }.items():
        signal.connect(_recorder(kind), dispatch_uid=f"journal.{kind}", weak=False)


def _recorder(kind):
    def record(sender, user, authenticator=None, **_):
        if authenticator is None or authenticator.type != Authenticator.Type.RECOVERY_CODES:
            events.record(kind, about=user, by=user)

    return record
