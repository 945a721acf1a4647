"""Per indicator: how it is taken together, and what makes a change count.

The general rule: counts and rates of registered cases use Poisson; shares from a survey, means and
scores are not judged, because it is not known how much of a change is chance. `USUAL` lists where we
know better; a `TrendRule` row of the installation goes before both.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from dashboards.choices import Basis
from dashboards.models import TrendRule
from dashboards.scores.aggregation import Rule
from wijkaanpak.indicators.choices import Direction, MeasureKind
from wijkaanpak.indicators.models import Indicator


class Usual(NamedTuple):
    basis: Basis
    why: object
    smallest_change: float | None = None
    new_definition_from: tuple[int, ...] = ()


PEOPLE_ASKED = "respondents"  # a base whose slug ends so is the number of people asked
SAMPLE = Usual(Basis.SAMPLE, _("A survey: the margin follows from the number of people asked."))
SURVEY = Usual(Basis.UNKNOWN, _("A survey; how many people were asked is not known here."))
DISTANCE = Usual(Basis.CHANGE, _("Distances are published in steps of 100 metres."), smallest_change=0.15)
USUAL = {
    "home_satisfaction": SURVEY,
    "feels_unsafe": SURVEY,
    "social_cohesion": SURVEY,
    "poverty": Usual(Basis.COUNTS, _("The definition is new since 2024."), new_definition_from=(2024,)),
    "distance_gp": DISTANCE,
    "distance_supermarket": DISTANCE,
    "distance_school": DISTANCE,
    "distance_daycare": DISTANCE,
}
# CBS rounds counts of districts and neighbourhoods before it publishes them (explanatory notes of the key figures)
ROUNDED_TO = {
    **dict.fromkeys(["social_assistance_count", "unemployment_benefit_count", "disability_benefit_count"], 10),
    **dict.fromkeys(["low_education_count", "middle_education_count", "high_education_count"], 10),
    **dict.fromkeys(["inhabitants", "households", "one_person_households", "households_with_children", "wmo_client_count"], 5),
}


def rules(indicators: Iterable[Indicator], stored: Iterable[TrendRule]) -> dict[int, Rule]:
    """Return the rule of each indicator by its id."""
    own = {rule.indicator_id: rule for rule in stored}
    every = list(indicators)
    asked = {indicator.pk for indicator in every if indicator.slug.endswith(PEOPLE_ASKED)}
    shares = [indicator for indicator in every if indicator.kind == MeasureKind.RATE]
    special = {indicator.pk: SURVEY for indicator in shares if indicator.is_own}  # how it was counted is not known here
    special |= {indicator.pk: SAMPLE for indicator in shares if indicator.denominator_id in asked}
    rounded = {indicator.pk: ROUNDED_TO.get(indicator.slug, 0) for indicator in every}
    return {
        indicator.pk: _rule(
            indicator,
            own.get(indicator.pk) or USUAL.get(indicator.slug) or special.get(indicator.pk),
            rounded.get(indicator.numerator_id or indicator.pk, 0),
        )
        for indicator in every
    }


def _rule(indicator: Indicator, special: TrendRule | Usual | None, cases_step: float) -> Rule:
    kind = MeasureKind(indicator.kind)
    usual = Basis.COUNTS if kind in {MeasureKind.COUNT, MeasureKind.RATE} else Basis.UNKNOWN
    is_published_rate = kind == MeasureKind.RATE and indicator.numerator_id is None
    return Rule(
        id=indicator.pk, kind=kind, direction=Direction(indicator.direction), per=indicator.per,
        numerator=indicator.numerator_id, denominator=indicator.denominator_id, is_modelled=indicator.is_modelled,
        basis=Basis(special.basis) if special else usual,
        smallest_change=special.smallest_change if special else None,
        step=10.0**-indicator.decimals if is_published_rate else 0, cases_step=cases_step,
        breaks=tuple(special.new_definition_from) if special else (),
    )
