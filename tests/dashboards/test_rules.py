from dashboards.choices import Basis
from dashboards.scores import rules
from tests.indicators.factories import IndicatorFactory


def test_a_share_of_the_municipality_itself_is_judged_only_with_the_number_asked(db):
    asked, people = IndicatorFactory(slug="own_tevreden_respondents"), IndicatorFactory(slug="inhabitants")
    counted = IndicatorFactory(kind="rate", is_own=True, denominator=asked)
    alone = IndicatorFactory(kind="rate", is_own=True, denominator=people)

    found = rules.rules([asked, people, counted, alone], [])

    assert (found[counted.pk].basis, found[alone.pk].basis) == (Basis.SAMPLE, Basis.UNKNOWN)
