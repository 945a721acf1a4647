"""What this app hears from the apps below it; connected when the application starts."""

from django.utils.translation import gettext_lazy as _

from actors import organisations
from dashboards import asking, departures, holdings, references
from dashboards.reports import signing
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import sentences
from wijkaanpak.journal.wording import name_jobs
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.signals import areas_changed, areas_linked

SENTENCES = {
    "recomputation.asked": _("%(who)s asked to compute the figures again"),
    "question.asked": _("%(who)s asked %(new_person)s, before %(new_due_on)s: %(new_what)s"),
    "question.answered": _("%(who)s answered: %(new_answer)s. “%(new_sentence)s”"),
    "interpretation.written": _("%(new_function)s of %(new_organisation)s wrote the story behind the figures, version %(new_version)s."),
    "report.made": _("%(who)s made progress report %(new_number)s, from %(new_starts_on)s up to %(new_ends_on)s"),
    "report.checked": _("%(who)s checked progress report %(new_number)s"),
    "report.signed": _("%(who)s signed off progress report %(new_number)s"),
    "report.discarded": _("%(who)s laid progress report %(new_number)s aside"),
    "attention.put_off": _("%(who)s put off until %(new_until)s: %(subject)s Reason: %(new_reason)s"),
    "attention.taken_back": _("%(who)s took putting off back: %(subject)s"),
    "meeting.called": _("%(who)s called a meeting of the %(new_body)s on %(new_held_on)s."),
    "meeting.agenda_made": _("%(who)s made the agenda; %(new_points)s points were added."),
    "meeting.item_added": _("%(who)s put on the agenda: %(new_what)s"),
    "meeting.item_dropped": _("%(who)s took from the agenda: %(old_what)s"),
    "meeting.said": _("%(who)s wrote down what was said: “%(new_said)s”"),
    "papers.made": _("%(who)s made the papers, number %(new_number)s."),
    "meeting.closed": _("%(who)s closed the minutes."),
    "decision.made": _("Decision %(new_number)s: %(new_what)s Reason: %(new_reason)s"),
    "decision.reviewed": _("Looking back, %(new_outcome)s: %(new_text)s"),
    "action.given": _("%(new_person)s does, before %(new_due_on)s: %(new_what)s"),
    "action.done": _("%(who)s finished the action: %(new_result)s"),
    "handover.begun": _("%(who)s began the hand-over of %(new_person)s, whose last day is %(new_leaves_on)s."),
    "handover.written": _("%(who)s wrote down unwritten agreements of %(new_person)s."),
    "handover.stopped": _("%(who)s stopped the hand-over of %(new_person)s: nothing changed hands."),
    "handover.closed": _("%(who)s handed over everything of %(new_person)s (%(new_things)s) to: %(new_people)s."),
    "step.handed_over": _("%(new_person)s instead of %(old_person)s answers what is asked about this commitment."),
    "question.handed_over": _("%(new_person)s instead of %(old_person)s answers the question."),
    "action.handed_over": _("%(new_person)s instead of %(old_person)s does: %(subject)s"),
    "references.asked": _("%(who)s asked for new reference values of the theme index: %(new_reason)s"),
    "references.made": _("Version %(subject)s of the reference values of the theme index is ready."),
    "references.in_force": _("%(who)s put version %(subject)s of the reference values in force, instead of %(old_version)s."),
}
WORDS = {
    "recomputation": _("computing again"),
    "person": _("person"),
    "answer": _("answer"),
    "things": _("things handed over"),
    "people": _("people"),
    "what": _("what contradicts"),
    "said": _("what was said"),
    "points": _("points added"),
    "outcome": _("outcome"),
    "result": _("what came of it"),
    "replaces": _("What was wrong in the earlier report"),
}


def connect():
    figures_changed.connect(recompute_changed, dispatch_uid="dashboards.recompute_changed")
    areas_linked.connect(recompute_linked, dispatch_uid="dashboards.recompute_linked")
    areas_changed.connect(recompute_programme, dispatch_uid="dashboards.recompute_programme")
    sentences.register(SENTENCES, WORDS)
    members.holders_come_from(holdings.count)
    organisations.open_things_come_from(departures.count)
    names = {asking.KIND: _("Compute the figures"), references.KIND: _("Make reference values"), signing.KIND: _("Make a progress report")}
    name_jobs(names)


def recompute_changed(sender, indicator_ids, periods, **kwargs):
    """Store the job in the transaction of the import: either both happen or neither.

    Without indicators boundaries came in: then only the maps are drawn anew.
    """
    asking.changed(indicator_ids, periods)


def recompute_programme(sender, programme, **kwargs):
    asking.areas_of(programme)


def recompute_linked(sender, area_ids, **kwargs):
    asking.linked(area_ids)
