"""The sentences of the log; what they name holds no personal data of residents."""

from django.utils.translation import gettext_lazy as _

from residents.choices import EndState

SENTENCES = {
    "input.received": _("An input came in through the public form."),
    "input.entered": _("%(who)s entered an input for somebody."),
    "input.published": _("%(who)s published the input."),
    "input.shortened": _("%(who)s published the input in a shortened text."),
    "input.refused": _("%(who)s did not publish the input: %(new_rule)s."),
    "input.marked_spam": _("%(who)s put the input away as spam."),
    "input.handed_over": _("%(who)s handed the input over to %(new_organisation)s, to be answered by %(new_answer_due_on)s."),
    "input.carried_over": _("%(new_organisation)s answers from now on, by %(new_answer_due_on)s. Before: %(old_organisation)s."),
    "input.sorted": _("%(who)s sorted the input. Theme: %(new_theme)s; answered by: %(new_organisation)s."),
    "input.answered": _("%(who)s answered for %(new_organisation)s: %(new_outcome)s."),
    "input.answered_again": _("%(who)s replaced the answer for %(new_organisation)s: %(new_outcome)s."),
    "input.linked": _("%(who)s linked the input to “%(new_to)s”."),
    "input.unlinked": _("%(who)s took away the link to “%(old_to)s”."),
    "contact.verified": _("The sender confirmed a mail address."),
    "contact.unsubscribed": _("The sender wants no more mails about this input."),
    "contact.erased": _("The contact data of the sender were erased."),
}

# what the log calls the values that are no fields of an input
WORDS = {
    "end_state": _("outcome"),
    "input": _("input"),
    "outcome": _("in words"),
    "rule": _("house rule"),
    "to": _("part of"),
    "why": _("why"),
}
CHOICES = {"end_state": EndState}
