"""Links of recoded areas: proposals with reasons, and what an analyst decides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import AreaFactory, DivisionFactory, MembershipFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods import linking, succession
from wijkaanpak.neighbourhoods.choices import AreaKind, Change, Role
from wijkaanpak.neighbourhoods.models import Area, RefusedLink

pytestmark = pytest.mark.django_db


def square(west, size=0.1):
    ring = [[west, 52.0], [west + size, 52.0], [west + size, 52.1], [west, 52.1], [west, 52.0]]
    return {"type": "Polygon", "coordinates": [ring]}


def before(code, **traits):
    return AreaFactory(division=DivisionFactory(year=2019), code=code, **traits)


def recoded(code="BU00020001", **traits):
    return AreaFactory(division=DivisionFactory(year=2020), code=code, change=Change.CODE, **traits)


def proposal(area):
    return succession.questions([area], area.division.year)[0].proposal


def test_the_same_land_is_proposed_whatever_it_is_called():
    area = recoded(name="Oost", boundary=square(5.0), population=900)
    before("BU00010001", name="Oost", boundary=square(5.5), population=900)
    same = before("BU00010002", name="Anders", boundary=square(5.0), population=10)

    found = proposal(area)

    assert (found.candidate, found.overlap, found.same_name, found.same_people) == (same, 1.0, False, False)


def test_without_boundaries_the_name_and_as_many_people_are_needed():
    area = recoded(name="Wijk 02 Oost", population=905)
    before("BU00010001", name="Oost", population=700)
    same = before("BU00010002", name="oost", population=900)

    assert proposal(area).candidate == same
    assert len(proposal(area).reasons) == 2


def test_nothing_is_proposed_when_nothing_looks_like_it():
    area = recoded(name="Oost", boundary=square(5.0), population=900)
    before("BU00010001", name="Oost", boundary=square(5.02), population=900)  # 67% of the land

    assert proposal(area) is None


def test_an_area_that_goes_on_is_no_candidate():
    area = recoded(name="Oost", population=900)
    before("BU00010001", name="Oost", population=900)
    AreaFactory(division=area.division, code="BU00010001", change=Change.UNCHANGED)

    assert succession.questions([area], 2020)[0].candidates == []


def test_a_refused_proposal_does_not_come_back_until_that_is_undone():
    area, candidate, analyst = recoded(name="Oost", population=900), before("BU00010001", name="Oost", population=900), UserFactory()

    linking.refuse(area, candidate, by=analyst)
    linking.refuse(area, candidate, by=analyst)
    gone = proposal(area)
    linking.undo_refusal(area, candidate, by=analyst)

    assert (gone, proposal(area).candidate, RefusedLink.objects.count()) == (None, candidate, 0)
    assert [event.kind for event in Event.objects.about(area).order_by("pk")] == ["area.link_refused", "area.link_refusal_undone"]


def test_confirming_is_logged_and_undone_with_an_event():
    area, candidate, analyst = recoded(), before("BU00010001"), UserFactory(name="Analist")

    linking.confirm([(area, candidate)], by=analyst)
    linked = Area.objects.get(pk=area.pk).predecessor
    linking.undo(area, by=analyst)

    assert (linked, Area.objects.get(pk=area.pk).predecessor) == (candidate, None)
    assert [event.kind for event in Event.objects.about(area).order_by("pk")] == ["area.linked", "area.unlinked"]
    with pytest.raises(ValidationError) as error:
        linking.undo(area, by=analyst)
    assert error.value.code == "not_linked"


@pytest.mark.parametrize(
    ("change", "year", "kind", "code"),
    [(Change.BOUNDARY, 2019, AreaKind.NEIGHBOURHOOD, "not_recoded"), (Change.CODE, 2018, AreaKind.NEIGHBOURHOOD, "other_year"), (Change.CODE, 2019, AreaKind.DISTRICT, "other_kind")],
)
def test_only_a_recoded_area_is_linked_to_one_of_the_year_before_of_its_kind(change, year, kind, code):
    area = AreaFactory(division=DivisionFactory(year=2020), change=change)
    candidate = AreaFactory(division=DivisionFactory(year=year), kind=kind)

    with pytest.raises(ValidationError) as error:
        linking.confirm([(area, candidate)], by=UserFactory())

    assert error.value.code == code


def test_one_area_is_continued_once_whoever_tries():
    candidate = before("BU00010001")
    first, second = recoded("BU00020001"), recoded("BU00020002")
    linking.confirm([(first, candidate)], by=UserFactory())

    with pytest.raises(ValidationError) as error:
        linking.confirm([(second, candidate)], by=UserFactory())
    assert error.value.code == "taken"
    with pytest.raises(IntegrityError):
        Area.objects.filter(pk=second.pk).update(predecessor=candidate)


def test_all_proposals_of_a_page_are_confirmed_at_once(client):
    areas = [recoded(f"BU0002000{n}", name=f"Buurt {n}", population=900 + 100 * n) for n in range(3)]
    olds = [before(f"BU0001000{n}", name=f"Buurt {n}", population=900 + 100 * n) for n in range(3)]
    client.force_login(MembershipFactory(role=Role.ANALYST).user)
    chosen = {f"candidate_{area.pk}": old.pk for area, old in zip(areas, olds, strict=True)}

    client.post(reverse("neighbourhoods:border_links", args=[2020]), {**chosen, "everything": "on"})

    assert [Area.objects.get(pk=area.pk).predecessor for area in areas] == olds


def test_only_what_is_ticked_is_confirmed_and_another_choice_counts(client):
    areas = [recoded(f"BU0002000{n}", name=f"Buurt {n}", population=900) for n in range(2)]
    olds = [before(f"BU0001000{n}", name=f"Buurt {n}", population=900) for n in range(2)]
    client.force_login(MembershipFactory(role=Role.ANALYST).user)

    data = {f"candidate_{areas[0].pk}": olds[1].pk, f"sure_{areas[0].pk}": "on", f"candidate_{areas[1].pk}": olds[1].pk}
    client.post(reverse("neighbourhoods:border_links", args=[2020]), data)

    assert [Area.objects.get(pk=area.pk).predecessor for area in areas] == [olds[1], None]


def test_the_buttons_of_a_proposal_and_of_a_link_work(client):
    area, old = recoded(name="Oost", population=900), before("BU00010001", name="Oost", population=900)
    client.force_login(MembershipFactory(role=Role.ANALYST).user)

    client.post(reverse("neighbourhoods:border_refuse", args=[area.pk, old.pk]))
    refused = RefusedLink.objects.count()
    client.post(reverse("neighbourhoods:border_undo_refusal", args=[area.pk, old.pk]))
    linking.confirm([(area, old)], by=UserFactory())
    client.post(reverse("neighbourhoods:border_undo", args=[area.pk]))

    assert (refused, RefusedLink.objects.count(), Area.objects.get(pk=area.pk).predecessor) == (1, 0, None)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_editor_shows_a_page_of_areas_in_a_constant_number_of_queries(client, rows, django_assert_num_queries):
    for number in range(rows):
        recoded(f"BU0002{number:04d}", name=f"Buurt {number}", population=900)
        before(f"BU0001{number:04d}", name=f"Buurt {number}", population=900)
    client.force_login(MembershipFactory(role=Role.ANALYST).user)

    with django_assert_num_queries(10):
        page = client.get(reverse("neighbourhoods:border_links", args=[2020])).content.decode()

    assert page.count("Voorstel:") == min(rows, 20)
