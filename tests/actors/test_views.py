"""The pages of partners."""

import pytest
from django.urls import reverse

from actors.models import Organisation, Perspective, PerspectiveDraft
from tests.actors.factories import OrganisationFactory, PerspectiveDraftFactory, PerspectiveFactory, RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory
from wijkaanpak.journal.models import Mail

pytestmark = pytest.mark.django_db


def url(name, programme, *args):
    return reverse(f"actors:{name}", args=[programme.slug, *args])


READING = {"stranger": 404, "reader": 200, "representative": 200, "own": 200, "coordinator": 200, "administrator": 200}
MANAGING = {"stranger": 404, "reader": 403, "representative": 403, "own": 403, "coordinator": 200, "administrator": 200}
OWN = {"stranger": 404, "reader": 403, "representative": 403, "own": 200, "coordinator": 403, "administrator": 403}


@pytest.mark.parametrize(("kind", "expected"), READING.items())
def test_everybody_in_the_programme_reads_about_partners(browser_of, programme, partner, kind, expected):
    browser = browser_of(kind)

    for address in [
        url("partner_list", programme), url("partner_detail", programme, partner.pk), url("perspective_matrix", programme),
        url("perspective_versions", programme, partner.pk, "housing"),
    ]:  # fmt: skip
        assert browser.get(address).status_code == expected


@pytest.mark.parametrize(("kind", "expected"), MANAGING.items())
def test_partners_are_managed_by_coordinators_and_administrators(browser_of, programme, partner, kind, expected):
    browser = browser_of(kind)

    for name, args in [("partner_add", []), ("partner_join", []), ("partner_edit", [partner.pk]), ("representative_add", [partner.pk])]:
        assert browser.get(url(name, programme, *args)).status_code == expected


@pytest.mark.parametrize(("kind", "expected"), OWN.items())
def test_a_perspective_is_written_by_the_organisation_itself(browser_of, programme, partner, kind, expected):
    address = url("perspective_edit", programme, partner.pk, "housing")

    assert browser_of(kind).get(address).status_code == expected


def test_a_visitor_is_asked_to_sign_in(client, programme):
    assert client.get(url("partner_list", programme)).url.startswith(reverse("account_login"))


def test_a_partner_of_another_programme_is_not_found(browser_of, programme):
    assert browser_of("coordinator").get(url("partner_detail", programme, OrganisationFactory().pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_constant_queries(browser_of, programme, rows, django_assert_num_queries):
    for number in range(rows):
        person = RepresentativeFactory(in_programme=programme, user__name=f"Persoon X{number}")
        PerspectiveFactory(programme=programme, organisation=person.organisation)
    browser = browser_of("reader")

    with django_assert_num_queries(8):
        page = browser.get(url("partner_list", programme)).content.decode()

    assert page.count("Persoon X") == page.count(">Wonen") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_side_by_side_takes_constant_queries(browser_of, programme, rows, django_assert_num_queries):
    for _number in range(rows):
        PerspectiveFactory(programme=programme, organisation=OrganisationFactory(in_programme=programme), goals="Dit willen wij.")
    browser = browser_of("reader")

    with django_assert_num_queries(8):
        page = browser.get(url("perspective_matrix", programme)).content.decode()

    assert page.count("Dit willen wij.") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_partner_takes_constant_queries(browser_of, programme, partner, rows, django_assert_num_queries):
    RepresentativeFactory.create_batch(rows, organisation=partner)
    browser = browser_of("own")

    with django_assert_num_queries(14):
        browser.get(url("partner_detail", programme, partner.pk))


def test_side_by_side_names_who_was_not_heard(browser_of, programme, partner):
    PerspectiveFactory(programme=programme, organisation=OrganisationFactory(in_programme=programme), theme=ThemeFactory(slug="safety"))

    page = browser_of("reader").get(url("perspective_matrix", programme), {"thema": "safety"}).content.decode()

    assert "Veiligheid en overlast" in page
    assert partner.name in page.split("Nog niet gehoord")[1]


def test_a_partner_shows_of_what_it_is_a_part_and_its_own_parts(browser_of, programme, partner):
    whole, part = OrganisationFactory(name="Koepel"), OrganisationFactory(name="Vestiging Oost", part_of=partner, in_programme=programme)
    Organisation.objects.filter(pk=partner.pk).update(part_of=whole)

    page = browser_of("reader").get(url("partner_detail", programme, partner.pk)).content.decode()

    assert "Koepel" in page
    assert url("partner_detail", programme, part.pk) in page


def test_a_circle_of_parts_comes_back_with_what_was_typed(browser_of, programme, partner):
    part = OrganisationFactory(part_of=partner)

    answer = browser_of("coordinator").post(
        url("partner_edit", programme, partner.pk), {"name": "Andere naam", "kind": "care", "answer_term_days": "10", "part_of": part.pk}
    )

    assert answer.status_code == 422
    assert 'value="Andere naam"' in answer.content.decode()


def test_an_empty_list_says_what_will_stand_there(client, programme):
    client.force_login(MembershipFactory(programme=programme).user)

    assert "Er doet nog geen partner mee" in client.get(url("partner_list", programme)).content.decode()


def test_a_coordinator_adds_a_partner(browser_of, programme):
    answer = browser_of("coordinator").post(
        url("partner_add", programme), {"name": "Wijkzorg", "kind": "care", "answer_term_days": "10"}
    )

    made = Organisation.objects.get(name="Wijkzorg")
    assert answer.url == url("partner_detail", programme, made.pk)
    assert made in Organisation.objects.in_programme(programme)


def test_a_name_that_exists_comes_back(browser_of, programme, partner):
    values = {"name": partner.name, "kind": "care", "answer_term_days": "10"}

    assert browser_of("coordinator").post(url("partner_add", programme), values).status_code == 422


def test_a_known_organisation_joins_and_leaves(browser_of, programme, partner):
    known = OrganisationFactory(name="Bekend")
    browser = browser_of("coordinator")

    browser.post(url("partner_join", programme), {"organisation": known.pk})
    joined = known in Organisation.objects.in_programme(programme)
    browser.post(reverse("dashboards:partner_leave", args=[programme.slug, known.pk]), {"reason": "Klaar."})

    assert joined
    assert "Bekend" in browser.get(url("partner_list", programme)).content.decode().split("Deden eerder mee")[1]


def test_details_are_corrected(browser_of, programme, partner):
    browser_of("coordinator").post(
        url("partner_edit", programme, partner.pk), {"name": "Andere naam", "kind": "housing", "answer_term_days": "5"}
    )

    partner.refresh_from_db()
    assert (partner.name, partner.answer_term_days) == ("Andere naam", 5)


def test_somebody_in_the_programme_speaks_for_a_partner_and_stops(browser_of, programme, partner):
    member = MembershipFactory(programme=programme).user
    browser = browser_of("coordinator")

    browser.post(url("representative_add", programme, partner.pk), {"person": member.pk, "is_deputy": "on"})
    made = partner.representatives.get()
    browser.post(url("representative_end", programme, partner.pk, made.pk))

    assert (made.user, made.is_deputy, partner.representatives.active().exists()) == (member, True, False)


def test_somebody_new_is_invited(browser_of, programme, partner):
    values = {"name": "Nieuw Persoon", "email": "nieuw@voorbeeld.example"}

    browser_of("coordinator").post(url("representative_add", programme, partner.pk), values)

    assert partner.representatives.get().user.email == Mail.objects.get().to == "nieuw@voorbeeld.example"


def test_nobody_chosen_comes_back(browser_of, programme, partner):
    answer = browser_of("coordinator").post(url("representative_add", programme, partner.pk), {"name": "Zonder adres"})

    assert (answer.status_code, partner.representatives.count()) == (422, 0)


def test_a_perspective_goes_from_draft_to_released_and_the_earlier_one_stays_readable(browser_of, programme, partner):
    browser = browser_of("own")
    address = url("perspective_edit", programme, partner.pk, "housing")

    for goals in ["Eerste woorden.", "Latere woorden."]:
        browser.post(address, {"goals": goals})
        browser.post(url("perspective_release", programme, partner.pk, "housing"), {"edit": PerspectiveDraft.objects.get().edit})

    versions = browser.get(url("perspective_versions", programme, partner.pk, "housing")).content.decode()
    assert "Eerste woorden." in versions
    assert "Latere woorden." in browser.get(url("perspective_matrix", programme)).content.decode()
    assert Perspective.objects.count() == 2


def pages_about(programme, partner, other):
    beside = f"{url('perspective_comparison', programme)}?organisatie={partner.pk}&organisatie={other.pk}"
    return [
        url("partner_detail", programme, partner.pk), url("perspective_versions", programme, partner.pk, "housing"), url("perspective_matrix", programme),
        url("partner_list", programme), beside, reverse("ambitions:coverage", args=[programme.slug]),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["coordinator", "representative", "reader", "administrator"])
def test_no_page_shows_a_draft_to_others(browser_of, programme, partner, kind):
    PerspectiveFactory(programme=programme, organisation=partner, goals="Vrijgegeven woorden.")
    PerspectiveDraftFactory(programme=programme, organisation=partner, goals="Woorden in concept.", written_by__name="Schrijver Concept")
    browser = browser_of(kind)

    shown = [browser.get(address).content.decode() for address in pages_about(programme, partner, OrganisationFactory(in_programme=programme))]

    assert ["Vrijgegeven woorden." in page for page in shown[:3]] == [True, True, True]
    assert not any("in concept" in page or "Schrijver Concept" in page for page in shown)


def test_the_own_organisation_sees_that_there_is_a_draft(browser_of, programme, partner):
    PerspectiveDraftFactory(programme=programme, organisation=partner, written_by__name="Schrijver Concept")
    browser = browser_of("own")

    assert "Schrijver Concept" in browser.get(url("partner_detail", programme, partner.pk)).content.decode()
    assert "Nog in bewerking." in browser.get(url("perspective_release", programme, partner.pk, "housing")).content.decode()


def test_a_draft_is_thrown_away(browser_of, programme, partner):
    PerspectiveDraftFactory(programme=programme, organisation=partner)

    answer = browser_of("own").post(url("perspective_discard", programme, partner.pk, "housing"))

    assert (answer.url, PerspectiveDraft.objects.exists()) == (url("partner_detail", programme, partner.pk), False)


def test_a_draft_somebody_changed_meanwhile_comes_back_with_the_words_and_saves_the_second_time(browser_of, programme, partner):
    PerspectiveDraftFactory(programme=programme, organisation=partner, edit=7)
    browser, address = browser_of("own"), url("perspective_edit", programme, partner.pk, "housing")

    refused = browser.post(address, {"goals": "Mijn woorden.", "edit": 6})
    form = refused.context["form"]
    browser.post(address, {"goals": form["goals"].value(), "edit": form["edit"].value()})

    assert (refused.status_code, PerspectiveDraft.objects.get().goals) == (422, "Mijn woorden.")


def test_nothing_to_release_leads_back(browser_of, programme, partner):
    assert browser_of("own").get(url("perspective_release", programme, partner.pk, "housing")).url == url("partner_detail", programme, partner.pk)


def test_an_empty_perspective_comes_back(browser_of, programme, partner):
    answer = browser_of("own").post(url("perspective_edit", programme, partner.pk, "housing"), {"goals": " "})

    assert (answer.status_code, PerspectiveDraft.objects.count()) == (422, 0)
    assert answer.content.decode().count("Vul ten minste één onderdeel in.") == 1
