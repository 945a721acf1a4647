"""The lists of the inbox: what waits for whom."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from residents.choices import InputState
from residents.models import ResidentInput

OPEN = Q(answered_at=None)
PUBLISHED = Q(state=InputState.PUBLISHED)


@dataclass(frozen=True)
class Tab:
    """One list with the number of inputs in it."""

    key: str
    label: str | Promise
    count: int


def _late() -> Q:
    return OPEN & Q(state__in=[InputState.AWAITING, InputState.PUBLISHED], answer_due_on__lt=timezone.localdate())


FILTERS = {
    "modereren": (_("To moderate"), lambda: Q(state=InputState.AWAITING)),
    "wachten": (_("Waiting for an answer"), lambda: OPEN & PUBLISHED),
    "te-laat": (_("Too late"), _late),
    "beantwoord": (_("Answered"), lambda: PUBLISHED & Q(answered_at__isnull=False)),
    "achtergehouden": (_("Held back"), lambda: Q(state=InputState.HELD)),
    "niet-gepubliceerd": (_("Not published"), lambda: Q(state__in=[InputState.NOT_PUBLISHED, InputState.SPAM])),
}
FOR_ORGANISATIONS = ["wachten", "te-laat", "beantwoord"]
OLDEST_FIRST = {"modereren", "wachten", "te-laat", "achtergehouden"}


def tabs(visible: QuerySet[ResidentInput], *, moderates: bool) -> list[Tab]:
    """Return the lists a person has, counted in one query."""
    keys = list(FILTERS) if moderates else FOR_ORGANISATIONS
    counts = visible.aggregate(**{key: Count("pk", filter=FILTERS[key][1]()) for key in keys})
    return [Tab(key, FILTERS[key][0], counts[key]) for key in keys]


def chosen(offered: list[Tab], asked: str) -> Tab:
    """Return the list asked for; otherwise the first with something in it."""
    by_key = {tab.key: tab for tab in offered}
    return by_key.get(asked) or next((tab for tab in offered if tab.count), offered[0])


def rows(visible: QuerySet[ResidentInput], tab: Tab) -> QuerySet[ResidentInput]:
    """Return the inputs of a list; what waits longest comes first, what is done comes last in."""
    found = visible.filter(FILTERS[tab.key][1]()).select_related("organisation", "theme", "area").defer("area__boundary")
    return found.order_by("answer_due_on", "pk") if tab.key in OLDEST_FIRST else found.order_by("-received_at", "-pk")


def next_to_moderate(visible: QuerySet[ResidentInput], *, after: ResidentInput) -> ResidentInput | None:
    waiting = visible.filter(state=InputState.AWAITING).exclude(pk=after.pk)
    return waiting.order_by("answer_due_on", "pk").first()
