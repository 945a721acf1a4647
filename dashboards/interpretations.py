"""The story behind a figure or a theme: written by somebody with a function, replaced and never lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Participation
from dashboards.choices import Audience
from dashboards.models import Interpretation
from dashboards.models.interpretations import MOST_WORDS
from wijkaanpak.accounts.models import User
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme, Theme


@transaction.atomic
def write(
    programme: Programme, *, text: str, function: str, organisation: Organisation, audience: str, by: User, indicator: Indicator | None = None,
    theme: Theme | None = None,
) -> Interpretation:
    """Replace what is said about a figure or a theme; the earlier text stays readable.

    Raises ValidationError (codes "too_long", "empty", "not_taking_part").
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)  # two writers at once: one after the other
    check(text)
    if not Participation.objects.current().filter(programme=programme, organisation=organisation).exists():
        raise ValidationError(_("This organisation does not take part in the programme."), code="not_taking_part")
    earlier = Interpretation.objects.filter(programme=programme, indicator=indicator, theme=theme)
    earlier.current().update(replaced_at=timezone.now())
    made = Interpretation.objects.create(
        programme=programme, indicator=indicator, theme=theme, text=text.strip(), function=function.strip(), organisation=organisation,
        audience=Audience(audience), version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1, written_by=by,
    )
    events.record(
        "interpretation.written", about=made, by=by, programme=programme, name=str(made.subject),
        new={"version": made.version, "function": made.function, "organisation": organisation.name, "audience": made.audience},
    )
    return made


def check(text: str) -> None:
    """Refuse an empty text and one of more than 150 words."""
    words = len(text.split())
    if not words:
        raise ValidationError(_("Write what is behind the figure."), code="empty")
    if words > MOST_WORDS:
        raise ValidationError(
            _("This text has %(words)s words. Keep it within %(most)s."), code="too_long", params={"words": words, "most": MOST_WORDS}
        )


@dataclass(frozen=True)
class Stories:
    """The present texts, by the id of their indicator and by the slug of their theme."""

    figures: dict[int, Interpretation] = field(default_factory=dict)
    themes: dict[str, Interpretation] = field(default_factory=dict)


def stories(rows: QuerySet[Interpretation]) -> Stories:
    """Return the present ones of some texts. One query."""
    present = list(rows.current().select_related("theme", "organisation"))
    return Stories(
        {row.indicator_id: row for row in present if row.indicator_id}, {row.theme.slug: row for row in present if row.theme}
    )


def with_earlier(rows: Iterable[Interpretation]) -> list[tuple[Interpretation, list[Interpretation]]]:
    """Return each subject's latest text with the earlier ones, latest first; the rows come with the latest first."""
    groups: dict[tuple, list[Interpretation]] = {}
    for row in rows:
        groups.setdefault((row.indicator_id, row.theme_id), []).append(row)
    return [(group[0], group[1:]) for group in groups.values()]
