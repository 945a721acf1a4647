"""Who covers which theme, and where nobody or only one does."""

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Perspective
from ambitions import coverage
from ambitions.choices import OwnGoal, Stance
from tests.actors.factories import OrganisationFactory, PerspectiveFactory, TensionFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, SupportFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def partner(programme):
    return OrganisationFactory(name="Woonstichting", in_programme=programme)


@pytest.fixture
def reader(programme):
    return MembershipFactory(programme=programme, role=Role.READER).user


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True, theme=ThemeFactory(slug="housing"))


def cell_of(partner, programme, user, theme="housing"):
    [found] = [
        cell for organisation, cells in coverage.matrix(coverage.read(programme, user)) for each, cell in cells
        if organisation == partner and each.slug == theme
    ]  # fmt: skip
    return found


def promise(ambition, partner, **values):
    return CommitmentFactory(ambition=ambition, organisation=partner, **values)


def test_who_said_nothing_was_not_asked(programme, partner, reader):
    assert cell_of(partner, programme, reader).signs == []


def test_an_own_goal_supports_and_nothing_is_promised(programme, partner, reader):
    PerspectiveFactory(programme=programme, organisation=partner, theme=ThemeFactory(slug="housing"))

    assert cell_of(partner, programme, reader).signs == [("safe", "eigen doel steunt"), ("warning", "niets toegezegd")]


def test_an_interest_without_goal_is_relevant_only(programme, partner, reader):
    PerspectiveFactory(programme=programme, organisation=partner, theme=ThemeFactory(slug="housing"), goals="")

    assert cell_of(partner, programme, reader).signs == [("warning", "niets toegezegd")]


def test_an_open_tension_conflicts_and_an_agreement_ends_it(programme, partner, reader):
    theme, other = ThemeFactory(slug="housing"), OrganisationFactory(in_programme=programme)
    PerspectiveFactory(programme=programme, organisation=partner, theme=theme)
    PerspectiveFactory(programme=programme, organisation=other, theme=theme)
    TensionFactory(programme=programme, theme=theme, organisations=[partner, OrganisationFactory(in_programme=programme)])
    TensionFactory(programme=programme, theme=theme, agreed=True, organisations=[other, OrganisationFactory(in_programme=programme)])

    assert [cell_of(each, programme, reader).own_goal for each in [partner, other]] == [OwnGoal.CONFLICTS, OwnGoal.SUPPORTS]


def test_who_is_against_an_ambition_does_not_support_with_a_goal(programme, partner, reader, ambition):
    PerspectiveFactory(programme=programme, organisation=partner, theme=ambition.theme)
    SupportFactory(ambition=ambition, organisation=partner, stance=Stance.AGAINST, reason="Te duur.")

    assert cell_of(partner, programme, reader).own_goal is None


def test_promises_are_counted_and_those_kept_named(programme, partner, reader, ambition):
    for trait in ["agreed", "late", "kept", "not_kept"]:
        promise(ambition, partner, **{trait: True})
    promise(ambition, partner)  # a proposal is no promise yet

    assert cell_of(partner, programme, reader).signs == [("info", "4 toegezegd, 1 nagekomen")]


def test_internal_promises_count_for_those_who_may_see_them(programme, partner, reader, ambition):
    promise(ambition, partner, agreed=True, visibility="internal")
    coordinator = MembershipFactory(programme=programme, role=Role.COORDINATOR).user

    assert [cell_of(partner, programme, user).committed for user in [reader, coordinator]] == [0, 1]


def test_another_programme_is_not_counted(programme, partner, reader):
    elsewhere = AmbitionFactory(adopted=True, theme=ThemeFactory(slug="housing"))
    promise(elsewhere, partner, agreed=True)
    PerspectiveFactory(programme=elsewhere.programme, organisation=partner, theme=elsewhere.theme)

    assert cell_of(partner, programme, reader).signs == []


def test_the_total_of_a_theme_names_how_many_stand(programme, partner, reader, ambition):
    promise(ambition, partner, agreed=True)
    promise(ambition, OrganisationFactory(in_programme=programme), not_kept=True)

    totals = {theme.slug: words for theme, _shape, words in coverage.totals(coverage.read(programme, reader))}

    assert (totals["housing"], totals["safety"]) == ("1 partner", "niemand")


def test_gaps_name_the_owner_and_the_next_step_those_with_nobody_first(programme, partner, reader, ambition):
    coordinator = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    promise(ambition, partner, agreed=True)
    silent = AmbitionFactory(programme=programme, adopted=True, theme=ThemeFactory(slug="safety"))
    PerspectiveFactory(programme=programme, organisation=OrganisationFactory(name="Politie", in_programme=programme), theme=silent.theme)
    AmbitionFactory(programme=programme)  # a draft misses nobody

    found = coverage.gaps(coverage.read(programme, reader))

    assert [(gap.ambition, gap.committed) for gap in found] == [(silent, []), (ambition, ["Woonstichting"])]
    assert {tuple(gap.owners) for gap in found} == {(coordinator.name,)}
    assert [gap.next_step for gap in found] == [
        "Vraag om een toezegging van wie over dit thema iets zei: Politie.", "Vraag de partners hoe zij dit thema zien: verder zei nog niemand er iets over.",
    ]  # fmt: skip


def test_a_proposal_is_decided_about_first(programme, partner, reader, ambition):
    promise(ambition, partner)

    [gap] = coverage.gaps(coverage.read(programme, reader))

    assert gap.next_step == "Besluit over het voorstel van Woonstichting."


def test_two_committed_partners_are_no_gap(programme, partner, reader, ambition):
    for organisation in [partner, OrganisationFactory(in_programme=programme)]:
        promise(ambition, organisation, started=True)

    assert coverage.gaps(coverage.read(programme, reader)) == []


def fill(programme, organisations, themes):
    """Every organisation released a perspective on every theme, and promised something for every third."""
    made = [OrganisationFactory(in_programme=programme) for _number in range(organisations)]
    subjects = list(Theme.objects.all()) + [ThemeFactory(slug=f"thema-{number}", name=f"Thema {number}") for number in range(8, themes)]
    writer = MembershipFactory(programme=programme).user
    aims = [AmbitionFactory(programme=programme, adopted=True, theme=theme) for theme in subjects]
    Perspective.objects.bulk_create(
        Perspective(programme=programme, organisation=each, theme=theme, goals="Doel.", written_by=writer, released_by=writer) for each in made for theme in subjects
    )
    for number, each in enumerate(made):
        for ambition in aims[number % 3 :: 3]:
            promise(ambition, each, kept=True, owner=writer, created_by=writer)
        TensionFactory(programme=programme, theme=subjects[number % len(subjects)], organisations=[each, made[number - 1]], owner=writer)


@pytest.mark.parametrize(("organisations", "themes"), [(2, 8), (40, 30)])
def test_the_page_takes_constant_queries(programme, reader, organisations, themes, django_assert_num_queries):
    fill(programme, organisations, themes)
    browser = Client()
    browser.force_login(reader)

    with django_assert_num_queries(14):
        page = browser.get(reverse("ambitions:coverage", args=[programme.slug])).content.decode()

    assert page.count("<td data-label") == (organisations + 1) * themes


def test_without_partners_the_page_says_what_will_stand_there(client, programme, reader):
    client.force_login(reader)

    assert "Er doet nog geen partner mee" in client.get(reverse("ambitions:coverage", args=[programme.slug])).content.decode()
