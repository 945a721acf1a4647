"""What the events of this app say, and what happens to an account when somebody signs in."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "job.cancelled": _("A running job was asked to stop."),
    "account.signed_in": _("%(who)s signed in."),
    "account.password_changed": _("%(who)s changed the password."),
    "account.second_factor_added": _("%(who)s added a second step for signing in."),
    "account.second_factor_removed": _("%(who)s removed a second step for signing in."),
}
JOB_NAMES = {}


def name_jobs(mapping):
    """Give kinds of jobs a name people understand: `name_jobs({"indicators.load": _("Load figures")})`."""
    JOB_NAMES.update(mapping)


def job_name(job):
    return str(JOB_NAMES.get(job.kind, job.kind))
