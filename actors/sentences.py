"""What the event log says about actors."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "organisation.added": _("%(who)s added the organisation %(subject)s."),
    "organisation.changed": _("%(who)s changed the details of %(subject)s."),
    "participation.started": _("%(subject)s takes part in %(new_programme)s from now on."),
    "participation.ended": _("%(subject)s no longer takes part. Reason: %(new_reason)s"),
    "representative.added": _("%(new_person)s now speaks for %(subject)s."),
    "representative.away": _("%(new_person)s is away until %(new_until)s; mails go to the deputy."),
    "representative.back": _("%(new_person)s is back."),
    "representative.ended": _("%(new_person)s no longer speaks for %(subject)s."),
    "perspective.written": _("%(who)s wrote how %(subject)s looks at “%(new_theme)s” (version %(new_version)s)."),
    "perspective.released": _("%(who)s released how %(subject)s looks at “%(new_theme)s” (version %(new_version)s)."),
    "shared_point.marked": _("%(who)s marked what %(new_organisations)s share: “%(subject)s”"),
    "shared_point.withdrawn": _("%(who)s withdrew what was marked as shared: “%(subject)s”"),
    "tension.named": _("%(who)s named a tension between %(new_organisations)s: “%(subject)s” %(new_owner)s watches over it."),
    "tension.changed": _("%(who)s changed the tension to: “%(new_sentence)s” (%(new_organisations)s)"),
    "tension.handed_over": _("%(new_owner)s now watches over the tension, instead of %(old_owner)s."),
    "tension.agreed": _("%(who)s recorded the agreement: “%(new_agreement)s”"),
    "tension.reopened": _("%(who)s opened the tension again. Reason: %(new_reason)s The agreement was: “%(old_agreement)s”"),
    "organisation.merged": _("%(subject)s goes on as %(new_successor)s. Reason: %(new_reason)s"),
    "organisation.took_over": _("%(subject)s goes on with what was of %(new_predecessors)s."),
    "organisation.split": _("%(new_successor)s goes on by itself with a part of %(subject)s. Reason: %(new_reason)s"),
    "tension.carried_over": _("It is now between %(new_organisations)s. Before: %(old_organisations)s."),
    "shared_point.carried_over": _("It is now shared by %(new_organisations)s. Before: %(old_organisations)s."),
    "field.placed": _("%(who)s placed %(new_number)s organisations between influence and interest."),
    "agreement.recorded": _("%(who)s put the agreement on record. Parties: %(new_parties)s."),
    "agreement.changed": _("%(who)s changed the details of the agreement."),
    "agreement.term_changed": _("%(who)s changed the end of the agreement from %(old_ends_on)s to %(new_ends_on)s."),
    "agreement.parties_changed": _("The parties are now %(new_parties)s. Before: %(old_parties)s."),
    "agreement.ended": _("%(who)s wrote down that the agreement ends on %(new_ended_on)s. Reason: %(new_reason)s"),
    "agreement.resumed": _("%(who)s took the ending back. Reason: %(new_reason)s"),
    "agreement.document_added": _("%(who)s added the document “%(new_document)s”."),
    "agreement.document_removed": _("%(who)s removed the document “%(old_document)s”."),
    "tension.reviewed": _("%(who)s looked at it again: “%(new_sentence)s” Next time: %(new_review_on)s."),
}

# what the log calls the values that are no fields of an organisation
WORDS = {
    "is_deputy": _("deputy"), "is_signatory": _("may sign"), "person": _("person"), "programme": _("programme"), "reason": _("reason"),
    "theme": _("theme"), "organisations": _("organisations"), "owner": _("owner"), "review_on": _("look at it again on"), "agreement": _("agreement"), "parties": _("parties"), "number": _("number"), "successor": _("after"), "predecessors": _("before"), "document": _("document"),
}
