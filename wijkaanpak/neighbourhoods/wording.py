"""What the events of this app say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "programme.added": _("The programme was set up."),
    "programme.changed": _("The settings of the programme were changed."),
    "programme.published": _("The programme's page became public."),
    "programme.hidden": _("The programme's page is no longer public."),
    "programme.areas_chosen": _("The programme now runs in: %(new_areas)s."),
    "area.linked": _("%(who)s confirmed that %(subject)s was %(new_predecessor)s before."),
    "area.unlinked": _("%(who)s undid that %(subject)s was %(old_predecessor)s before."),
    "area.link_refused": _("%(who)s said that %(subject)s was not %(new_candidate)s before."),
    "area.link_refusal_undone": _("%(who)s undid that %(subject)s was not %(old_candidate)s before."),
    "period.added": _("The period %(new_name)s was added: %(new_starts_on)s to %(new_ends_on)s."),
    "period.changed": _("The period %(new_name)s was changed: %(new_starts_on)s to %(new_ends_on)s."),
    "period.removed": _("The period %(old_name)s was removed."),
    "moment.added": _("%(who)s put on the year clock: %(subject)s, on %(new_day)s. %(new_owner)s sees to it."),
    "moment.changed": _("%(who)s changed a moment of the year clock: %(subject)s, on %(new_day)s. %(new_owner)s sees to it."),
    "moment.taken_off": _("%(who)s took off the year clock: %(subject)s."),
    "moment.done": _("%(who)s ticked as done: %(subject)s of %(new_year)s, on %(new_done_on)s."),
    "moment.not_done": _("%(who)s took back the tick: %(subject)s of %(old_year)s."),
    "phases.proposed": _("%(who)s put the five usual phases on the checklist."),
    "phase.changed": _("%(who)s planned the phase %(new_name)s: %(new_starts_on)s to %(new_ends_on)s."),
    "phase_step.added": _("%(who)s added a step: %(subject)s"),
    "phase_step.changed": _("%(who)s changed a step: %(new_what)s"),
    "phase_step.removed": _("%(who)s removed a step: %(subject)s"),
    "phase_step.done": _("%(who)s ticked a step: %(subject)s, on %(new_done_on)s."),
    "phase_step.not_done": _("%(who)s took back the tick of a step: %(subject)s"),
    "member.invited": _("%(new_name)s was invited as %(new_role)s."),
    "member.ended": _("%(old_name)s is no longer %(old_role)s."),
    "account.closed": _("The account of %(subject)s was closed."),
    "account.reopened": _("The account of %(subject)s was opened again."),
    "account.made_administrator": _("%(subject)s became administrator."),
    "account.no_longer_administrator": _("%(subject)s is no longer administrator."),
}

WORDS = {"moment": _("moment of the year"), "day": _("day"), "weeks_ahead": _("weeks ahead in the cockpit"), "done_on": _("done on"), "member": _("role in a programme"), "name": _("name"), "candidate": _("proposed predecessor")}
