"""What a report says about residents: how many spoke, what they heard back, and whether that was in time."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards import wording
from residents import quarters
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.models import Programme

Entry = dict[str, Any]


def residents(programme: Programme, starts_on: date, ends_on: date) -> Entry:
    """Count what was published and received in the period, and return the answers given in it. Only published words."""
    found = counts(programme, starts_on, ends_on)
    answers = list(quarters.public_answers(programme).filter(given_at__date__range=(starts_on, ends_on)).order_by("-given_at", "-pk"))
    return {
        **found, "sentence": sentence(found, starts_on, ends_on),
        "answers": [_answer(answer) for answer in answers], "promises": [_promise(promise) for promise in quarters.promises(answers)],
    }  # fmt: skip


def counts(programme: Programme, starts_on: date, ends_on: date) -> dict[str, int]:
    """Count what was received and published in a period, and what of it was answered, in time or not yet. One query."""
    said = ResidentInput.objects.published().filter(received_at__date__range=(starts_on, ends_on), programme=programme)
    in_time = Count("pk", filter=Q(answered_at__date__lte=F("answer_due_on")))
    found = said.aggregate(received=Count("pk"), answered=Count("answered_at"), in_time=in_time)
    return {**found, "waiting": found["received"] - found["answered"]}


def sentence(counts: dict[str, int], starts_on: date, ends_on: date) -> str:
    texts = {**counts, "start": date_format(starts_on, "j F Y"), "end": date_format(ends_on, "j F Y")}
    if not counts["received"]:
        return _("Residents sent nothing from %(start)s up to %(end)s.") % texts
    return ngettext(
        "From %(start)s up to %(end)s residents sent %(received)s message; %(answered)s were answered, %(in_time)s of them in time.",
        "From %(start)s up to %(end)s residents sent %(received)s messages; %(answered)s were answered, %(in_time)s of them in time.",
        counts["received"],
    ) % texts  # fmt: skip


def _answer(answer: Any) -> Entry:
    said = answer.input
    return {
        "asked_on": timezone.localdate(said.received_at).isoformat(), "kind": said.get_kind_display(), "place": said.place_in_words,
        "said": said.public_text, "answered_on": timezone.localdate(answer.given_at).isoformat(), "outcome": answer.get_end_state_display(),
        "sign": answer.sign, "reason": answer.reason, "organisation": answer.organisation.name,
        "in_time": timezone.localdate(said.answered_at or answer.given_at) <= said.answer_due_on,
    }  # fmt: skip


def _promise(promise: quarters.Promise) -> Entry:
    return {
        "organisation": promise.organisation.name, "in_time": promise.in_time, "total": promise.total,
        "median_days": promise.median_days, "median_text": wording.number(promise.median_days, 0 if promise.median_days % 1 == 0 else 1),
    }  # fmt: skip
