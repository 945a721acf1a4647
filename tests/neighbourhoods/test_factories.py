"""The factories other tests build on."""

import pytest

from tests.neighbourhoods.factories import AreaFactory, MembershipFactory, PeriodFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Theme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", AreaKind)
def test_an_area_has_a_code_of_its_kind(kind):
    area = AreaFactory(kind=kind, **({"code": "NL00"} if kind == AreaKind.COUNTRY else {}))

    assert area.code.startswith(kind)


def test_themes_are_found_by_slug():
    assert ThemeFactory(slug="safety").name == "Veiligheid en overlast"
    assert Theme.objects.count() == 8


def test_a_programme_takes_areas():
    assert ProgrammeFactory(areas=AreaFactory.create_batch(2)).areas.count() == 2


def test_a_membership_and_a_period_bring_their_programme():
    assert MembershipFactory().programme.pk
    assert PeriodFactory().programme.pk
