"""“Herkent u dit?” beside a public figure."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from dashboards.choices import Trend
from residents import recognition
from residents.models import Recognition, ResidentInput
from tests.dashboards.factories import FigureIndicatorFactory, ProgrammeFigureFactory
from tests.neighbourhoods.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_answered_yet():
    cache.clear()


@pytest.fixture
def figure():
    """The latest figure of a public programme."""
    return ProgrammeFigureFactory(
        programme=ProgrammeFactory(slug="voorbeeldwijk", is_public=True), indicator=FigureIndicatorFactory(slug="cases", name="Gevallen"), trend=Trend.UNKNOWN
    )  # fmt: skip


@pytest.fixture
def url(figure):
    return reverse("dashboards:recognise", args=["voorbeeldwijk", "cases"])


@pytest.fixture
def figures_page(client, figure):
    """What the page with all figures says now; a visitor never gets a cookie there."""

    def read():
        response = client.get(reverse("dashboards:public_figures", args=["voorbeeldwijk"]))
        assert response.cookies == {}
        return re.sub(r"\s+", " ", response.content.decode())

    return read


def counts():
    return dict(Recognition.objects.values_list("answer", "number"))


def test_an_answer_is_counted_without_a_cookie(client, url, figure):
    response = client.post(url, {"answer": "a_bit"})

    assert response.url == f"{url}?dank=ja"
    assert (counts(), Recognition.objects.get().period) == ({"a_bit": 1}, figure.period)
    assert (response.cookies, client.get(response.url).cookies) == ({}, {})


def test_from_one_connection_three_answers_a_day_count(client, url):
    answers = [client.post(url, {"answer": "no"}).url for _time in range(4)]

    assert counts() == {"no": 3}
    assert answers[3] == f"{url}?dank=vaak"
    assert "Niet nog eens geteld" in client.get(answers[3]).content.decode()


def test_counts_are_shown_from_five_answers(client, figure, figures_page):
    row = Recognition.objects.create(programme=figure.programme, indicator=figure.indicator, period=figure.period, answer="yes", number=4)
    few = figures_page()
    Recognition.objects.filter(pk=row.pk).update(number=5)

    assert "Tot nu toe antwoordden minder dan 5 bewoners." in few
    assert "5 bewoners antwoordden: ja 5, een beetje 0, nee 0." in figures_page()


def test_an_answer_is_on_the_page_at_once(client, url, figures_page):
    before = figures_page()

    client.post(url, {"answer": "yes"})

    assert ("minder dan 5 bewoners" in before, "minder dan 5 bewoners" in figures_page()) == (False, True)


def test_answers_belong_to_the_period_of_the_figure(figure):
    recognition.count(figure.programme, indicator=figure.indicator, period=figure.period - 1, answer="yes", address="10.0.0.1")

    assert list(recognition.of_programme(figure.programme)) == [(figure.indicator_id, figure.period - 1)]


def test_a_sentence_goes_to_the_moderators_and_gets_a_code(client, url):
    response = client.post(url, {"sentence": "Bij ons in de straat is het juist stil.", "is_concern": "on"}, follow=True)

    said = ResidentInput.objects.get()
    assert (said.text, said.kind, said.theme.slug) == ("Gevallen: Bij ons in de straat is het juist stil.", "concern", "safety")
    assert said.state in {"awaiting", "held"}
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", response.content.decode())


def test_an_empty_sentence_is_explained(client, url):
    response = client.post(url, {"sentence": " "})

    assert (response.status_code, ResidentInput.objects.count()) == (422, 0)


def test_another_site_cannot_answer_for_its_visitors(client, url):
    response = client.post(url, {"answer": "no"}, headers={"sec-fetch-site": "cross-site"})

    assert (response.status_code, counts()) == (403, {})


@pytest.mark.parametrize("hide", [{"is_latest": False}, {"value": None, "reason": "suppressed"}])
def test_a_figure_that_is_not_shown_cannot_be_answered_about(client, url, figure, hide):
    type(figure).objects.filter(pk=figure.pk).update(**hide)

    assert (client.post(url, {"answer": "no"}).status_code, counts()) == (404, {})


def test_a_programme_that_is_not_public_asks_nothing(client, url, figure):
    type(figure.programme).objects.update(is_public=False)

    assert client.post(url, {"answer": "no"}).status_code == 404
