import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dashboards import interpretations
from dashboards.choices import Audience
from dashboards.models import Interpretation
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.dashboards.factories import FigureIndicatorFactory, ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", is_public=True)


@pytest.fixture
def write(programme):
    """Write a story about a figure: `write("…")`."""
    organisation = OrganisationFactory(in_programme=programme, name="Gezonde Wijk")
    analyst = MembershipFactory(programme=programme, role=Role.ANALYST).user
    indicator = FigureIndicatorFactory()
    ProgrammeFigureFactory(programme=programme, indicator=indicator)
    values = {"function": "epidemioloog", "organisation": organisation, "audience": Audience.PUBLIC, "by": analyst, "indicator": indicator}
    return lambda text="Er zijn veel ouderen bij gekomen.", **changes: interpretations.write(programme, text=text, **{**values, **changes})


def test_a_new_text_replaces_the_present_one_which_stays_readable(write):
    first = write()

    second = write("De cijfers zijn van voor de verbouwing.")

    assert list(Interpretation.objects.current()) == [second]
    assert (second.version, Interpretation.objects.get(pk=first.pk).text) == (2, first.text)


def test_a_text_has_at_most_150_words(write):
    made = write("woord " * 150)

    with pytest.raises(ValidationError) as refusal:
        write("woord " * 151)

    assert refusal.value.code == "too_long"
    assert Interpretation.objects.get() == made


def test_only_a_partner_signs(write):
    with pytest.raises(ValidationError) as refusal:
        write(organisation=OrganisationFactory())

    assert refusal.value.code == "not_taking_part"


def test_the_public_reads_what_is_meant_for_everybody_with_function_and_organisation(client, write):
    url = reverse("dashboards:public_figures", args=["voorbeeldwijk"])
    write("Voor iedereen.")
    shown = client.get(url).content.decode()
    write("Alleen voor ons.", audience=Audience.INTERNAL)
    hidden = client.get(url).content.decode()

    assert ("Voor iedereen." in shown, "<span lang=\"nl\">epidemioloog</span>, <bdi lang=\"nl\">Gezonde Wijk</bdi>" in shown) == (True, True)
    assert ("Voor iedereen." in hidden, "Alleen voor ons." in hidden) == (False, False)


def test_people_in_the_programme_read_it_beside_the_figure_on_the_dashboard(client, programme, write):
    write("Alleen voor ons.", audience=Audience.INTERNAL)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    assert "Alleen voor ons." in client.get(reverse("dashboards:programme_dashboard", args=["voorbeeldwijk"])).content.decode()


@pytest.mark.parametrize(("text", "code"), [("Mevrouw Jansen belde.", 422), ("Veel mensen belden.", 302)])
def test_what_looks_like_a_person_is_pointed_out_before_it_is_kept(client, programme, text, code):
    ThemeFactory(slug="safety")
    speaker = RepresentativeFactory(in_programme=programme)
    client.force_login(speaker.user)
    given = {"subject": "thema-safety", "text": text, "function": "wijkverpleegkundige", "organisation": speaker.organisation_id, "audience": "public"}
    url = reverse("dashboards:interpretation_write", args=["voorbeeldwijk"])

    response = client.post(url, given)

    assert (response.status_code, Interpretation.objects.count()) == (code, int(code == 302))
    client.post(url, given | {"looked": "on"})
    assert Interpretation.objects.current().get().text == text  # who looked decides


def test_a_representative_signs_for_the_own_organisation_only(client, programme):
    ThemeFactory(slug="safety")
    other = OrganisationFactory(in_programme=programme)
    client.force_login(RepresentativeFactory(in_programme=programme).user)
    given = {"subject": "thema-safety", "text": "Van een ander.", "function": "directeur", "organisation": other.pk, "audience": "public"}

    response = client.post(reverse("dashboards:interpretation_write", args=["voorbeeldwijk"]), given)

    assert (response.status_code, Interpretation.objects.count()) == (422, 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_needs_a_constant_number_of_queries(client, programme, write, rows, django_assert_num_queries):
    for number in range(rows):
        write(indicator=FigureIndicatorFactory())
        write(f"Tekst {number}.", indicator=None, theme=ThemeFactory(slug=f"thema-{number}"))
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    with django_assert_num_queries(5):
        response = client.get(reverse("dashboards:interpretation_list", args=["voorbeeldwijk"]))

    assert len(response.context["rows"]) == 2 * rows
