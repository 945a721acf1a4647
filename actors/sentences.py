"""What the event log says about actors."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "organisation.added": _("%(who)s added the organisation %(subject)s."),
    "organisation.changed": _("%(who)s changed the details of %(subject)s."),
    "participation.started": _("%(subject)s takes part in %(new_programme)s from now on."),
    "participation.ended": _("%(subject)s no longer takes part. Reason: %(new_reason)s"),
    "representative.added": _("%(new_person)s now speaks for %(subject)s."),
    "representative.ended": _("%(new_person)s no longer speaks for %(subject)s."),
    "perspective.written": _("%(who)s wrote how %(subject)s looks at “%(new_theme)s” (version %(new_version)s)."),
}

# what the log calls the values that are no fields of an organisation
WORDS = {"is_deputy": _("deputy"), "is_signatory": _("may sign"), "person": _("person"), "programme": _("programme"), "reason": _("reason")}
