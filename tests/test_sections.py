import pytest

from tests.access.expected import ALLOWED
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak import sections
from wijkaanpak.neighbourhoods.choices import Role

OF_WHO_SPEAKS = {"residents:inbox"}  # opens to a signatory who speaks for an organisation, as nearly all do

pytestmark = pytest.mark.django_db


def menu(rf, membership, page=""):
    """Return the menu as this member sees it on a page of the programme."""
    request = rf.get(f"/werk/{membership.programme.slug}/{page}")
    request.user = membership.user
    return sections.programme_navigation(request, membership.programme)


def labels(entries):
    return [str(entry["label"]) for entry in entries]


def current(entries):
    return labels(entry for entry in entries if entry["current"])


def beside(entries):
    """Return the pages shown beside the one that is open."""
    return [page for entry in entries for page in entry["pages"]]


@pytest.mark.parametrize(
    ("role", "first", "extra"), [(Role.READER, "Overzicht", set()), (Role.REPRESENTATIVE, "Overzicht", {"Bewoners"}), (Role.COORDINATOR, "Cockpit", {"Bewoners", "Instellingen"})]
)
def test_the_menu_of_a_programme_shows_what_one_may_open(rf, role, first, extra):
    found = labels(menu(rf, MembershipFactory(role=role)))

    assert found[0] == first
    assert set(found) == {first, "Ambities", "Toezeggingen", "Partners", "Cijfers", "Overleg", "Planning", "Rapportage"} | extra


@pytest.mark.parametrize("role", Role)
def test_nobody_is_led_to_a_page_that_stays_closed(rf, role):
    membership = MembershipFactory(role=role)
    request = rf.get("/")
    request.user = membership.user

    shown = {page.name for section in sections.SECTIONS for page in section.pages if page.may_open(request.user, membership.programme)}

    assert "ambitions:commitment_list" in shown
    assert {name for name in shown if role.value not in ALLOWED[name]} <= OF_WHO_SPEAKS


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("leden/", "Instellingen"), ("overdrachten/3/", "Instellingen"), ("besluiten/", "Overleg"), ("fasen/", "Planning"), ("raad/2025/", "Rapportage"),
        ("doelen-en-inspanningen/", "Ambities"), ("partners/7/nakoming/", "Partners"), ("toezeggingen/geld/", "Toezeggingen"), ("twee-snelheden/", "Cijfers"), ("", "Cockpit"),
    ],
)  # fmt: skip
def test_every_page_lights_one_entry_of_the_menu(rf, page, section):
    assert current(menu(rf, MembershipFactory(role=Role.COORDINATOR), page)) == [section]


def test_a_page_shows_the_pages_beside_it(rf):
    found = beside(menu(rf, MembershipFactory(role=Role.COORDINATOR), "partners/dekking/"))

    assert labels(found) == ["Wie er meedoen", "Wie doet wat per thema", "Invalshoeken", "Naast elkaar", "Spanningen", "Overeenkomsten", "Krachtenveld", "Als een partner vertrekt"]
    assert current(found) == ["Wie doet wat per thema"]


@pytest.mark.parametrize("page", ["partners/7/", "bewoners/"])
def test_a_page_below_or_alone_in_its_section_shows_none(rf, page):
    assert beside(menu(rf, MembershipFactory(role=Role.COORDINATOR), page)) == []


def test_a_reader_sees_beside_a_page_only_what_a_reader_may_open(rf):
    found = labels(beside(menu(rf, MembershipFactory(role=Role.READER), "toezeggingen/")))

    assert found == ["Alle toezeggingen", "Wat is nagekomen", "Wie wacht op wie", "Geld en uren"]


def test_the_council_page_of_a_year_belongs_to_the_reports(rf):
    found = beside(menu(rf, MembershipFactory(role=Role.READER), "raad/2025/"))

    assert current(found) == ["Het jaar voor de raad"]
