"""What the event log says about ambitions and commitments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambitions.choices import Report, Stance, Strength

SENTENCES = {
    "ambition.drafted": _("%(who)s wrote a draft: “%(new_sentence)s”"),
    "ambition.revised": _("%(who)s changed the text to: “%(new_sentence)s”"),
    "ambition.revision_dropped": _("%(who)s left the new text aside. The adopted text stays."),
    "ambition.consultation_opened": _("%(who)s asked the partners for their support, until %(new_closes_on)s."),
    "ambition.adopted": _("%(who)s adopted version %(new_version)s."),
    "ambition.closed": _("%(who)s closed the ambition. Reason: %(new_reason)s"),
    "support.given": _("%(new_organisation)s supports version %(new_version)s."),
    "support.reserved": _("%(new_organisation)s supports version %(new_version)s with a reservation: %(new_reason)s"),
    "support.refused": _("%(new_organisation)s does not support version %(new_version)s: %(new_reason)s"),
    "goal.added": _("%(who)s added a goal: %(new_indicator)s from %(new_baseline)s to %(new_target)s."),
    "goal.changed": _("%(who)s changed a goal: %(new_indicator)s from %(new_baseline)s to %(new_target)s (it was %(old_target)s)."),
    "goal.removed": _("%(who)s removed the goal %(old_indicator)s."),
    "commitment.proposed": _("%(who)s proposed this commitment, to be done before %(new_due_on)s."),
    "commitment.agreed": _("%(who)s marked the commitment as agreed, with %(new_due_on)s as its date."),
    "commitment.edited": _("%(who)s corrected the details."),
    "commitment.reported": _("%(who)s said: “%(new_sentence)s”"),
    "commitment.postponed": _("%(who)s moved the date from %(old_due_on)s to %(new_due_on)s. Reason: %(new_reason)s"),
    "commitment.kept": _("%(who)s marked the commitment as kept."),
    "commitment.partly_kept": _("%(who)s marked the commitment as partly kept. Reason: %(new_reason)s"),
    "commitment.not_kept": _("%(who)s marked the commitment as not kept. Reason: %(new_reason)s"),
    "commitment.dropped": _("%(who)s dropped the commitment. Reason: %(new_reason)s"),
    "commitment.reopened": _("%(who)s took the commitment up again. Reason: %(new_reason)s"),
    "commitment.asked": _("%(who)s asked %(new_person)s for a word, by mail."),
    "commitment.links_withdrawn": _("%(who)s withdrew the links that were sent by mail."),
    "measure.added": _("%(who)s linked the commitment to the goal %(new_goal)s: “%(new_mechanism)s”"),
    "measure.changed": _("%(who)s changed what is expected of it for the goal %(new_goal)s: “%(new_mechanism)s”"),
    "measure.removed": _("%(who)s took away the link to the goal %(old_goal)s."),
    "lesson.written": _("%(who)s wrote in the learning log: “%(new_saw)s”"),
    "register.taken_over": _("%(who)s took over a register from Excel: %(new_added)s new, %(new_changed)s changed."),
    "milestone.added": _("%(who)s added a step: %(new_what)s, before %(new_due_on)s."),
    "milestone.reached": _("%(who)s marked a step as done: %(new_what)s"),
}

# what the log calls the values that are no fields of an ambition or a commitment
WORDS = {
    "added": _("new commitments"),
    "assumed": _("what we assumed"),
    "changed": _("changed commitments"),
    "changes": _("what we change"),
    "file_name": _("file name"),
    "goal": _("goal"),
    "mechanism": _("how it should help"),
    "saw": _("what we saw"),
    "strength": _("expected contribution"),
    "area": _("area"),
    "baseline": _("baseline"),
    "baseline_period": _("period of the baseline"),
    "closes_on": _("answers until"),
    "indicator": pgettext_lazy("figure", "indicator"),
    "links": _("links in mails"),
    "person": _("person"),
    "reason": _("reason"),
    "report": _("how it goes"),
    "self_reported": _("reported by the organisation itself"),
    "sentence": _("word"),
    "stance": _("support"),
    "target": _("target"),
    "target_on": _("target date"),
    "through_link": _("through a link in a mail"),
    "version": _("version"),
    "visible_from": _("effect expected from"),
}
CHOICES = {"report": Report, "stance": Stance, "strength": Strength}
