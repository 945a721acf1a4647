import pytest

from dashboards import asking
from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import AreaFactory, ProgrammeFactory
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods import programmes

pytestmark = pytest.mark.django_db


def test_other_areas_ask_for_other_figures():
    programme = ProgrammeFactory()
    asking.of_programme(programme, by=UserFactory())

    programmes.choose_areas(programme, municipality=None, areas=[AreaFactory()], by=UserFactory())

    asked = Job.objects.filter(kind=asking.KIND, payload={"programme": programme.pk})
    assert asked.count() == 2
