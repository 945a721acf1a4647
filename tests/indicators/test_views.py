from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.accounts.factories import UserFactory
from tests.indicators.excerpts import changed, excerpt
from tests.indicators.factories import EditionFactory, IndicatorFactory, ObservationFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Edition, Observation
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
FIRST = "kwb-2020-typed-first.csv"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def visit(client, analyst):
    client.force_login(analyst)
    return client


def upload(client, content, name="kwb-2020.csv", page="edition_upload"):
    return client.post(reverse(f"indicators:{page}"), {"file": SimpleUploadedFile(name, content)})


def delivered(analyst, content=None):
    return editions.receive(content or excerpt(FIRST), name="kwb-2020.csv", by=analyst)


def act(client, edition, what, **values):
    return client.post(reverse(f"indicators:edition_{what}", args=[edition.pk]), values)


def shown(client, edition):
    return client.get(reverse("indicators:edition_detail", args=[edition.pk])).content.decode()


@pytest.mark.usefixtures("indicators")
def test_an_upload_leads_to_the_preview(visit):
    answer = upload(visit, excerpt(FIRST))

    edition = Edition.objects.get()
    assert answer.url == reverse("indicators:edition_detail", args=[edition.pk])
    page = shown(visit, edition)
    assert "This is KWB 2020" in page
    assert "the number of inhabitants of the Netherlands is that of 1 January 2020" in page


@pytest.mark.parametrize("page", ["edition_upload", "boundary_upload"])
def test_a_refused_file_comes_back_with_the_reason(visit, page):
    answer = upload(visit, b"naam;waarde\nCentrum;3\n", page=page)

    assert answer.status_code == 422
    assert "naam;waarde" in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_file_above_the_limit_comes_back_with_the_reason(visit, settings):
    settings.MAX_UPLOAD_MB = 1

    answer = upload(visit, b"x" * 1_000_001)

    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()


def test_no_file_is_an_error_of_the_form(visit):
    assert visit.post(reverse("indicators:edition_upload")).status_code == 422


@pytest.mark.usefixtures("indicators")
def test_problems_name_line_column_and_value_and_there_is_no_confirmation(visit, analyst):
    edition = delivered(analyst, changed("kwb-2019-untyped.csv", ('"    4295"', '"    42,9"')))

    page = shown(visit, edition)

    assert "AantalInwoners_5" in page
    assert "<code>42,9</code>" in page
    assert reverse("indicators:edition_confirm", args=[edition.pk]) not in page


@pytest.mark.usefixtures("indicators")
def test_from_confirmation_to_result_to_undo(visit, analyst):
    edition = delivered(analyst)

    assert act(visit, edition, "confirm", year=2020, status=1).status_code == 302
    assert "voortgang" in shown(visit, edition)
    jobs.run(editions.latest_job(edition).pk)
    page = shown(visit, edition)
    assert "What changed" in page
    act(visit, edition, "undo")
    jobs.run(editions.latest_job(edition).pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.UNDONE
    assert not Observation.objects.exists()
    assert "Every figure is what it was before" in shown(visit, edition)


@pytest.mark.usefixtures("indicators")
def test_a_year_that_does_not_fit_asks_to_be_sure(visit, analyst):
    edition = delivered(analyst)

    answer = act(visit, edition, "confirm", year=2021, status=1)
    assert answer.status_code == 422
    assert 'name="sure"' in answer.content.decode()
    act(visit, edition, "confirm", year=2021, status=1, sure="on")

    edition.refresh_from_db()
    assert (edition.state, edition.year) == (EditionState.LOADING, 2021)


@pytest.mark.usefixtures("indicators")
@pytest.mark.parametrize("year", ["", "x", "1850", "2099"])
def test_a_year_that_cannot_be_is_an_error(visit, analyst, year):
    edition = delivered(analyst)

    assert act(visit, edition, "confirm", year=year, status=1).status_code == 422


@pytest.mark.usefixtures("indicators")
def test_reading_in_can_be_stopped(visit, analyst):
    edition = delivered(analyst)
    act(visit, edition, "confirm", year=2020, status=1)

    act(visit, edition, "cancel")

    edition.refresh_from_db()
    assert edition.state == EditionState.CANCELLED


@pytest.mark.usefixtures("indicators")
def test_progress_is_shown_and_then_the_whole_page_is_asked_for(visit, analyst):
    edition = delivered(analyst)
    act(visit, edition, "confirm", year=2020, status=1)
    job = editions.latest_job(edition)
    url = reverse("indicators:edition_progress", args=[edition.pk])
    jobs.claim(job.pk).step(3, 20, "Reading the columns")

    assert "Reading the columns" in visit.get(url, headers={"HX-Request": "true"}).content.decode()
    editions.cancel(edition, by=analyst)
    job.__class__.objects.update(state="cancelled")

    assert visit.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert visit.get(url).status_code == 302


@pytest.mark.usefixtures("indicators")
def test_a_job_that_gave_up_is_said_and_can_be_tried_again(visit, analyst):
    edition = delivered(analyst)
    act(visit, edition, "confirm", year=2020, status=1)
    editions.latest_job(edition).__class__.objects.update(state="failed")

    page = shown(visit, edition)

    assert "Nothing has changed; you can confirm it again." in page
    assert reverse("indicators:edition_confirm", args=[edition.pk]) in page


@pytest.mark.usefixtures("indicators")
def test_what_a_later_delivery_holds_cannot_be_undone_and_the_page_says_so(visit, analyst):
    first = editions.bring_in(excerpt(FIRST), name="eerste.csv", year=2020, by=analyst)
    editions.bring_in(excerpt("kwb-2020-typed-later.csv"), name="tweede.csv", year=2020, by=analyst)

    page = shown(visit, first)
    act(visit, first, "undo")

    assert "tweede.csv (2020)" in page
    assert Observation.objects.exists()


@pytest.mark.usefixtures("indicators")
def test_undoing_shows_progress_and_no_second_button(visit, analyst):
    edition = editions.bring_in(excerpt(FIRST), name="kwb.csv", year=2020, by=analyst)
    act(visit, edition, "undo")
    url = reverse("indicators:edition_progress", args=[edition.pk])

    page = shown(visit, edition)
    assert url in page
    assert "being undone" in page
    assert reverse("indicators:edition_undo", args=[edition.pk]) not in page
    jobs.claim(editions.latest_job(edition).pk).step(1, 2, "Putting back what was there before")
    assert "Putting back what was there before" in visit.get(url, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.usefixtures("indicators")
def test_an_undo_that_gave_up_is_said_and_can_be_asked_again(visit, analyst):
    edition = editions.bring_in(excerpt(FIRST), name="kwb.csv", year=2020, by=analyst)
    act(visit, edition, "undo")
    Job.objects.filter(kind="indicators.undo").update(state="failed")

    page = shown(visit, edition)

    assert "Nothing has changed; you can undo it again." in page
    assert reverse("indicators:edition_undo", args=[edition.pk]) in page


@pytest.mark.usefixtures("indicators")
def test_an_undo_that_was_refused_is_said_as_long_as_it_holds(visit, analyst):
    first = editions.bring_in(excerpt(FIRST), name="eerste.csv", year=2020, by=analyst)
    act(visit, first, "undo")
    later = editions.bring_in(excerpt("kwb-2020-typed-later.csv"), name="tweede.csv", year=2020, by=analyst)
    jobs.run(editions.latest_job(first).pk)
    assert "Undo that one first: tweede.csv (2020)" in unescape(shown(visit, first))

    jobs.run(editions.undo(later, by=analyst).pk)

    assert "Not undone" not in shown(visit, first)


@pytest.mark.parametrize("name", ["edition_confirm", "edition_cancel", "edition_undo"])
def test_actions_are_posts(visit, name):
    assert visit.get(reverse(f"indicators:{name}", args=[EditionFactory().pk])).status_code == 405


@pytest.mark.parametrize("role", [Role.READER, Role.REPRESENTATIVE, Role.SIGNATORY, Role.COMMUNITY_WORKER])
def test_other_roles_see_sources_and_indicators_but_no_deliveries(client, role):
    edition, indicator = EditionFactory(), IndicatorFactory()
    client.force_login(MembershipFactory(role=role).user)

    assert edition.file_name not in client.get(reverse("indicators:source_list")).content.decode()
    assert client.get(reverse("indicators:indicator_detail", args=[indicator.slug])).status_code == 200
    assert client.get(reverse("indicators:edition_upload")).status_code == 403
    assert client.get(reverse("indicators:boundary_upload")).status_code == 403
    assert client.get(reverse("indicators:edition_detail", args=[edition.pk])).status_code == 404
    assert act(client, edition, "undo").status_code == 404


@pytest.mark.parametrize("make", [lambda: MembershipFactory(role=Role.COORDINATOR).user, lambda: UserFactory(administrator=True)])
def test_coordinators_and_administrators_may_bring_figures_in(client, make):
    client.force_login(make())

    assert client.get(reverse("indicators:edition_upload")).status_code == 200
    assert client.get(reverse("indicators:edition_detail", args=[EditionFactory().pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_sources_takes_the_same_queries_for_any_number_of_deliveries(visit, analyst, rows, django_assert_num_queries):
    for number in range(rows):
        EditionFactory(uploaded_by=analyst, state=EditionState.LOADED, year=2020, loaded_at=timezone.now(), source=f"Bron {number}")

    with django_assert_num_queries(11):
        page = visit.get(reverse("indicators:source_list")).content.decode()

    assert page.count("list__item") == min(rows, 20)
    assert f"Bron {rows - 1}" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_indicators_takes_the_same_queries_for_any_number(visit, rows, django_assert_num_queries):
    for indicator in IndicatorFactory.create_batch(rows):
        ObservationFactory(indicator=indicator)

    with django_assert_num_queries(4):
        page = visit.get(reverse("indicators:indicator_list")).content.decode()

    assert page.count(">2020<") == rows


@pytest.mark.parametrize("years", [1, 30])
def test_an_indicator_takes_the_same_queries_for_any_number_of_years(visit, years, django_assert_num_queries):
    indicator = IndicatorFactory(pitfalls="Kleine aantallen.")
    for year in range(2020, 2020 + years):
        ObservationFactory(indicator=indicator, period=year)

    with django_assert_num_queries(6):
        page = visit.get(reverse("indicators:indicator_detail", args=[indicator.slug])).content.decode()

    assert "Kleine aantallen." in page
    assert page.count('<th scope="row">20') == years


def test_an_empty_installation_says_what_to_do(visit):
    assert "Nothing has been brought in yet" in visit.get(reverse("indicators:source_list")).content.decode()
    assert "There is no indicator yet" in visit.get(reverse("indicators:indicator_list")).content.decode()


@pytest.mark.usefixtures("indicators")
def test_an_indicator_without_figures_says_where_they_come_from(visit):
    page = visit.get(reverse("indicators:indicator_detail", args=["social_assistance"])).content.decode()

    assert "There are no figures yet" in page
    assert "CBS, Kerncijfers wijken en buurten" in page
    assert "Personen met een bijstandsuitkering divided by" in page
