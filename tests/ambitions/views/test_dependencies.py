"""Saying on a page what a commitment waits for, and seeing who waits for whom."""

import pytest
from django.urls import reverse

from ambitions.choices import Visibility
from ambitions.models import Dependency
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, DependencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True)


@pytest.fixture
def promise(ambition):
    return CommitmentFactory(ambition=ambition, started=True)


@pytest.fixture
def own(programme, promise):
    """Somebody who speaks for the organisation that promised."""
    return RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user


def of(name, promise, *args):
    return reverse(f"ambitions:{name}", args=[promise.ambition.programme.slug, promise.pk, *args])


def test_the_owner_says_what_it_waits_for_and_both_pages_show_it(signed_in, own, promise, ambition):
    late, browser = CommitmentFactory(ambition=ambition, late=True), signed_in(own)

    page = browser.post(of("commitment_wait", promise), {"on": late.pk, "why": "Eerst de leiding."}, follow=True).content.decode()
    other = browser.get(of("commitment_detail", late)).content.decode()

    assert "Opgehouden door een andere toezegging" in page
    assert "3 dagen te laat" in page
    assert "Anderen wachten hierop" in other
    assert promise.what in other


def test_a_circle_is_refused_with_everything_filled_in(signed_in, coordinator, promise, ambition):
    other = DependencyFactory(on=promise, commitment=CommitmentFactory(ambition=ambition, started=True)).commitment

    answer = signed_in(coordinator).post(of("commitment_wait", promise), {"on": other.pk, "why": "Om een reden."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<option value="{other.pk}" selected>' in page
    assert "Om een reden." in page
    assert "voor altijd op elkaar wachten" in page


@pytest.mark.parametrize("name", ["commitment_wait"])
@pytest.mark.parametrize(("kind", "expected"), {"stranger": 404, "reader": 403, "representative": 403, "coordinator": 200}.items())
def test_the_own_organisation_and_coordinators_say_it(person, signed_in, promise, name, kind, expected):
    assert signed_in(person(kind)).get(of(name, promise)).status_code == expected


def test_nobody_reads_an_internal_commitment_through_what_waits_for_it(person, signed_in, programme, promise, ambition):
    hidden = CommitmentFactory(ambition=ambition, late=True, visibility=Visibility.INTERNAL, what="Geheim plan")
    DependencyFactory(commitment=promise, on=hidden)
    reader, owner = signed_in(person("reader")), signed_in(RepresentativeFactory(in_programme=programme, organisation=hidden.organisation).user)
    pages = [of("commitment_detail", promise), reverse("ambitions:dependency_list", args=[programme.slug])]

    assert ["Geheim plan" in reader.get(page).content.decode() for page in pages] == [False, False]
    assert ["Geheim plan" in owner.get(page).content.decode() for page in pages] == [True, True]


def test_a_dependency_is_taken_away(signed_in, own, promise):
    made = DependencyFactory(commitment=promise)

    signed_in(own).post(of("dependency_remove", promise, made.pk))

    assert not Dependency.objects.exists()


def test_a_dependency_of_another_commitment_is_not_found(signed_in, own, promise):
    other = DependencyFactory()

    assert signed_in(own).post(of("dependency_remove", promise, other.pk)).status_code == 404


def test_ending_a_commitment_shows_first_what_waits_for_it(signed_in, coordinator, promise, ambition):
    waiting = DependencyFactory(on=promise, commitment=CommitmentFactory(ambition=ambition, started=True)).commitment

    assert waiting.what in signed_in(coordinator).get(of("commitment_end", promise)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_who_waits_for_whom_takes_constant_queries(signed_in, coordinator, programme, ambition, rows, django_assert_num_queries):
    made = [DependencyFactory(late=True, commitment=CommitmentFactory(ambition=ambition, started=True)) for _ in range(rows)]
    browser = signed_in(coordinator)

    with django_assert_num_queries(6):
        page = browser.get(reverse("ambitions:dependency_list", args=[programme.slug])).content.decode()

    assert all(one.commitment.what in page and one.on.what in page for one in made)


def test_the_list_without_rows_says_what_to_do(signed_in, programme):
    browser = signed_in(RepresentativeFactory(in_programme=programme).user)

    assert "Geen toezegging wacht op een andere" in browser.get(reverse("ambitions:dependency_list", args=[programme.slug])).content.decode()


def test_the_cockpit_says_who_waits_for_whom_and_how_long(signed_in, coordinator, programme, promise):
    made = DependencyFactory(late=True, commitment=promise)

    page = signed_in(coordinator).get(reverse("dashboards:cockpit", args=[programme.slug])).content.decode()

    waiting = page[page.index('id="kind-waiting"') :]
    assert waiting.index(promise.what) < waiting.index(made.on.what) < waiting.index("3 dagen te laat")
