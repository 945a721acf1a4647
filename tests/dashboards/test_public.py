import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions.choices import CommitmentState, Visibility
from ambitions.models import AmbitionVersion
from dashboards.choices import Trend
from residents.models import ResidentInput
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, LessonFactory, MeasureFactory, ProgressUpdateFactory, in_days
from tests.dashboards.factories import (
    AreaFigureFactory,
    FigureIndicatorFactory,
    ProgrammeFigureFactory,
    ProgrammeMapFactory,
    neighbourhoods,
)
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import InputLinkFactory, ResidentInputFactory
from wijkaanpak.indicators.choices import MeasureKind
from wijkaanpak.journal import events

pytestmark = pytest.mark.django_db
LARGEST = 100_000  # bytes of a public page


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", name="Voorbeeldwijk", is_public=True)


def read(client, name, programme, *args):
    response = client.get(reverse(f"dashboards:{name}", args=[programme.slug, *args]))
    assert response.status_code == 200
    return response.content.decode()


def public_promise(programme, **traits):
    return CommitmentFactory(in_programme=programme, **{"started": True, "visibility": Visibility.PUBLIC, **traits})


def test_the_first_page_lists_public_programmes_with_the_button(client, programme):
    ProgrammeFactory(name="Nog niet openbaar")
    OrganisationFactory(name="Woonstichting", in_programme=programme)

    page = client.get("/").content.decode()

    assert "Voorbeeldwijk" in page
    assert "Woonstichting" in page
    assert reverse("residents:give_input", args=[programme.slug]) in page
    assert "Nog niet openbaar" not in page


def test_the_first_page_of_an_empty_installation_says_so(client):
    assert "Er is nog geen wijk met een openbare pagina" in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["neighbourhood", "public_figures"])
@pytest.mark.parametrize("is_public", [True, False])
def test_only_public_programmes_have_public_pages(client, name, is_public):
    programme = ProgrammeFactory(is_public=is_public)

    assert client.get(reverse(f"dashboards:{name}", args=[programme.slug])).status_code == (200 if is_public else 404)


def test_an_ambition_stands_with_who_does_what_and_whether_it_is_on_time(client, programme):
    late = public_promise(programme, starts_on=in_days(-90), due_on=in_days(-3))

    page = read(client, "neighbourhood", programme)

    assert late.ambition.sentence in page
    assert late.what in page
    assert late.organisation.name in page
    assert "te laat" in page


@pytest.mark.parametrize("hidden", [
    {"visibility": Visibility.PARTNERS}, {"visibility": Visibility.INTERNAL}, {"started": False, "state": CommitmentState.PROPOSED},
])  # fmt: skip
def test_a_promise_that_is_not_public_is_on_no_public_page(client, programme, hidden):
    seen = public_promise(programme)
    kept_back = public_promise(programme, ambition=seen.ambition, what="Dit blijft binnen", **hidden)
    ProgressUpdateFactory(commitment=kept_back, sentence="Ook dit blijft binnen.")
    InputLinkFactory(commitment=kept_back, input=ResidentInputFactory(published=True, programme=programme, text="Gekoppeld aan iets van binnen"))

    pages = [read(client, "neighbourhood", programme), read(client, "public_ambition", programme, seen.ambition.number)]

    assert all(seen.what in page for page in pages)
    assert not any("blijft binnen" in page or "iets van binnen" in page for page in pages)


def test_an_ambition_tells_which_promise_should_help_which_goal(client, programme):
    promise = public_promise(programme)
    helped = MeasureFactory(commitment=promise, mechanism="Wie warm woont, blijft gezond.")
    inside = MeasureFactory(commitment=public_promise(programme, ambition=promise.ambition, visibility=Visibility.PARTNERS), goal=helped.goal, mechanism="Dit blijft binnen.")
    new = MeasureFactory(commitment=promise, mechanism="Ook dit: het doel is nog niet vastgesteld.")
    goal = {"indicator": helped.goal.indicator.slug, "name": "Gezond", "unit": "%", "baseline": 1, "baseline_period": 2020, "target": 2, "target_on": "2028-01-01"}
    AmbitionVersion.objects.create(ambition=promise.ambition, number=9, sentence="Zo.", why="Daarom.", goals=[goal], adopted_by=promise.owner)

    page = read(client, "public_ambition", programme, promise.ambition.number)

    assert helped.mechanism in page
    assert inside.mechanism not in page
    assert new.mechanism not in page


def test_an_ambition_tells_what_was_learned_but_not_by_whom(client, programme):
    lesson = LessonFactory(ambition=AmbitionFactory(adopted=True, programme=programme), by_organisation=OrganisationFactory(name="Welzijn Voorbeeld"))
    LessonFactory(ambition=AmbitionFactory(adopted=True), saw="Dit is van een andere wijk.")

    page = read(client, "public_ambition", programme, lesson.ambition.number)

    assert lesson.changes in page
    assert "Welzijn Voorbeeld" in page
    assert str(lesson.written_by) not in page
    assert "andere wijk" not in page


def test_an_ambition_that_is_not_adopted_does_not_exist_for_visitors(client, programme):
    draft, consulted = AmbitionFactory(programme=programme), AmbitionFactory(consulted=True, programme=programme)

    page = read(client, "neighbourhood", programme)

    for ambition in [draft, consulted]:
        assert ambition.sentence not in page
        assert client.get(reverse("dashboards:public_ambition", args=[programme.slug, ambition.number])).status_code == 404


def test_a_revision_and_its_new_goals_stay_inside_until_they_are_adopted(client, programme):
    revised = {"revised_sentence": "Nog in overleg.", "revised_why": "Nog in overleg.", "consultation_closes_on": in_days(3)}
    ambition = AmbitionFactory(adopted=True, programme=programme, **revised)
    ambition.goals.create(indicator=FigureIndicatorFactory(name="Nieuw doel"), definition="Het deel dat dit zegt.", baseline=1, baseline_period=2020, target=2, target_on=in_days(900))

    page = read(client, "public_ambition", programme, ambition.number)

    assert ambition.sentence in page
    assert "Nog in overleg." not in page
    assert "Nieuw doel" not in page


def test_the_goals_are_those_of_the_adopted_version_with_the_latest_figure(client, programme):
    ambition = AmbitionFactory(adopted=True, programme=programme, versions=[])
    goal = {
        "indicator": "unsafe", "name": "Voelt zich onveilig", "unit": "%", "area": "", "baseline": 34.0, "baseline_period": 2022,
        "target": 25.0, "target_on": "2028-12-31", "is_headline": True,
    }  # fmt: skip
    AmbitionVersion.objects.create(ambition=ambition, number=1, sentence=ambition.sentence, why="", goals=[goal], adopted_by=ambition.created_by)
    indicator = FigureIndicatorFactory(slug="unsafe", unit="%")
    ProgrammeFigureFactory(programme=programme, indicator=indicator, value=27, period=2025, trend=Trend.BETTER, reason="")

    page = read(client, "public_ambition", programme, ambition.number)

    assert all(text in page for text in ["Voelt zich onveilig", "34%", "27%", "25%", "december 2028", "beter"])


def test_what_residents_said_stands_with_its_answer_and_only_as_published(client, programme):
    promise = public_promise(programme)
    said = ResidentInputFactory(answered=True, programme=programme, text="Ik heet Voorbeeld. Het is hier donker.", public_text="Het is hier donker.")
    InputLinkFactory(input=said, commitment=promise)
    unseen = ResidentInputFactory(awaiting=True, programme=programme, text="Wacht nog op beoordeling van ons")
    InputLinkFactory(input=unseen, commitment=promise)

    page = read(client, "public_ambition", programme, promise.ambition.number)

    assert "Het is hier donker." in page
    assert said.answers.get().reason in page
    assert "Ik heet Voorbeeld" not in page
    assert "Wacht nog op" not in page


def test_the_page_counts_what_was_said_and_shows_the_latest_answers(client, programme):
    ResidentInputFactory.create_batch(2, answered=True, programme=programme)
    ResidentInputFactory(published=True, programme=programme)
    ResidentInputFactory(awaiting=True, programme=programme)
    ResidentInputFactory(refused=True, programme=programme, moderation_note="Dit is aan de afzender.")

    page = read(client, "neighbourhood", programme)

    assert "Bewoners zeiden 3 keer iets. Antwoorden: 2, waarvan 2 op tijd." in page
    assert "Dit is aan de afzender." not in page


def test_an_answer_that_was_withdrawn_from_publication_is_gone(client, programme):
    said = ResidentInputFactory(answered=True, programme=programme)
    before = read(client, "neighbourhood", programme)

    ResidentInput.objects.update(state="not_published", house_rule="personal")
    events.record("input.refused", about=said, programme=programme)

    assert said.public_text in before
    assert said.public_text not in read(client, "neighbourhood", programme)


def test_names_of_people_are_not_on_public_pages(client, programme):
    promise = public_promise(programme)
    ProgressUpdateFactory(commitment=promise)

    pages = read(client, "neighbourhood", programme) + read(client, "public_ambition", programme, promise.ambition.number)

    assert promise.owner.name not in pages
    assert promise.owner.email not in pages


def figures(programme, indicators=1, **figure):
    """Figures of four years per indicator for a programme of two drawn areas."""
    areas = neighbourhoods()
    programme.areas.set(areas)
    ProgrammeMapFactory(programme=programme, shapes=[{"area": area.pk, "code": area.code, "name": area.name, "path": "M0 0l9 0 0 9z"} for area in areas])
    for _number in range(indicators):
        indicator = FigureIndicatorFactory(kind=MeasureKind.RATE, denominator=FigureIndicatorFactory(theme=None))
        for period in range(2017, 2021):
            is_latest = period == 2020
            ProgrammeFigureFactory(programme=programme, indicator=indicator, period=period, is_latest=is_latest, country_value=50, **figure)
        for area in areas:
            AreaFigureFactory(area=area, indicator=indicator)


def test_the_figures_page_draws_each_figure_with_its_table(client, programme):
    figures(programme, trend=Trend.WORSE, reason="", previous_period=2019, previous_value=70, compared_value=80)

    page = read(client, "public_figures", programme)

    assert page.count('class="line-chart"') == 1
    assert "Toon als tabel" in page
    assert "slechter" in page
    assert "Bron van de toets" in page
    assert reverse("dashboards:figures_csv", args=[programme.slug]) in page


def test_counts_under_five_are_hidden(client, programme):
    areas = neighbourhoods()
    programme.areas.set(areas)
    ProgrammeFigureFactory(programme=programme, value=3.0)

    page = read(client, "public_figures", programme)

    assert "minder dan 5" in page
    assert "3 gevallen" not in page


def test_a_programme_without_figures_says_what_will_stand_there(client, programme):
    assert "Er zijn nog geen cijfers" in read(client, "public_figures", programme)


@pytest.mark.parametrize("rows", [1, 30])
def test_public_pages_are_small_and_need_eight_queries_at_most(client, programme, rows, django_assert_num_queries):
    figures(programme, indicators=rows)
    ambition = AmbitionFactory(adopted=True, programme=programme)
    for _number in range(rows):
        promise = public_promise(programme, ambition=ambition)
        said = ResidentInputFactory(answered=True, programme=programme)
        InputLinkFactory(input=said, commitment=promise)
        public_promise(programme)
        ProgrammeFactory(is_public=True)
    urls = {
        reverse("dashboards:home"): 2, reverse("dashboards:neighbourhood", args=[programme.slug]): 6,
        reverse("dashboards:public_ambition", args=[programme.slug, ambition.number]): 8, reverse("dashboards:public_figures", args=[programme.slug]): 6,
    }  # fmt: skip

    for url, queries in urls.items():
        with django_assert_num_queries(queries):
            response = client.get(url)
        assert len(response.content) < LARGEST, url


def test_an_unchanged_page_is_not_made_again(client, programme, django_assert_num_queries):
    url = reverse("dashboards:neighbourhood", args=[programme.slug])
    mark = client.get(url).headers["ETag"]

    with django_assert_num_queries(1):
        response = client.get(url, headers={"if-none-match": mark})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("change", ["event", "figures", "private"])
def test_a_changed_page_is_made_again_and_a_private_one_is_gone(client, programme, change):
    url = reverse("dashboards:neighbourhood", args=[programme.slug])
    mark = client.get(url).headers["ETag"]

    if change == "event":
        events.record("commitment.kept", about=programme, programme=programme)
    elif change == "figures":
        ProgrammeFigureFactory(programme=programme, computed_at=timezone.now() + datetime.timedelta(seconds=1))
    else:
        type(programme).objects.update(is_public=False)

    assert client.get(url, headers={"if-none-match": mark}).status_code == (404 if change == "private" else 200)


def test_a_shared_cache_keeps_no_page(client, programme):
    response = client.get(reverse("dashboards:neighbourhood", args=[programme.slug]))

    assert response.headers["Cache-Control"] == "private, no-cache"


def test_public_pages_speak_english_too(client, programme):
    page = client.get(reverse("dashboards:neighbourhood", args=[programme.slug]), headers={"accept-language": "en"}).content.decode()

    assert "This is what we want together" in page


def test_a_page_kept_for_visitors_is_made_anew_when_something_happened(client, programme, django_assert_num_queries):
    address = reverse("dashboards:neighbourhood", args=[programme.slug])
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)

    AmbitionFactory(programme=programme, adopted=True, sentence="Er is elke dag iets te doen.")
    events.record("ambition.adopted", about=programme, programme=programme)

    assert "Er is elke dag iets te doen." in client.get(address).content.decode()


def test_public_pages_give_visitors_no_cookie(client, programme):
    answer = client.get(reverse("dashboards:neighbourhood", args=[programme.slug]))

    assert not answer.cookies


def test_public_pages_open_without_the_cache(client, programme, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    answer = client.get(reverse("dashboards:neighbourhood", args=[programme.slug]))

    assert programme.name in answer.content.decode()
