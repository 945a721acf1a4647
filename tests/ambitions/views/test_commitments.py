"""The pages of commitments."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ambitions import links
from ambitions.models import Commitment
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, MilestoneFactory, ProgressUpdateFactory, in_days
from wijkaanpak.journal.models import Mail

pytestmark = pytest.mark.django_db


def url(name, commitment, *args):
    return reverse(f"ambitions:{name}", args=[commitment.ambition.programme.slug, commitment.pk, *args])


def list_url(programme):
    return reverse("ambitions:commitment_list", args=[programme.slug])


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True, due_on=in_days(100))


@pytest.mark.parametrize(
    ("kind", "expected"), {"stranger": 404, "reader": 200, "representative": 200, "coordinator": 200, "administrator": 200}.items()
)
def test_everybody_in_the_programme_reads_the_promises(person, signed_in, promise, kind, expected):
    browser = signed_in(person(kind))

    assert browser.get(list_url(promise.ambition.programme)).status_code == expected
    assert browser.get(url("commitment_detail", promise)).status_code == expected


@pytest.mark.parametrize(("kind", "expected"), {"reader": 404, "representative": 404, "coordinator": 200, "own": 200}.items())
def test_an_internal_promise_is_for_its_organisation_and_coordinators(person, signed_in, programme, kind, expected):
    promise = CommitmentFactory(in_programme=programme, started=True, visibility="internal", what="Geheim plan")
    user = RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user if kind == "own" else person(kind)
    browser = signed_in(user)

    assert browser.get(url("commitment_detail", promise)).status_code == expected
    assert ("Geheim plan" in browser.get(list_url(programme)).content.decode()) == (expected == 200)


@pytest.mark.parametrize("name", ["commitment_postpone", "commitment_end", "commitment_reopen"])
@pytest.mark.parametrize(
    ("kind", "expected"), {"stranger": 404, "reader": 403, "owner": 403, "coordinator": 200, "administrator": 403}.items()
)
def test_only_a_coordinator_steers(person, signed_in, promise, name, kind, expected):
    user = own_person(promise) if kind == "owner" else person(kind)

    assert signed_in(user).get(url(name, promise)).status_code == expected


@pytest.mark.parametrize("name", ["commitment_update", "milestone_add"])
@pytest.mark.parametrize(
    ("kind", "expected"), {"stranger": 404, "reader": 403, "representative": 403, "owner": 200, "coordinator": 200}.items()
)
def test_the_own_organisation_and_the_coordinator_report(person, signed_in, promise, name, kind, expected):
    user = own_person(promise) if kind == "owner" else person(kind)

    assert signed_in(user).get(url(name, promise)).status_code == expected


def own_person(promise):
    return RepresentativeFactory(in_programme=promise.ambition.programme, organisation=promise.organisation).user


@pytest.mark.parametrize("name", ["commitment_agree", "commitment_ask", "links_withdraw"])
def test_buttons_do_nothing_for_others_and_nothing_by_looking(person, signed_in, promise, name):
    assert signed_in(person("reader")).post(url(name, promise)).status_code == 403
    assert signed_in(person("coordinator")).get(url(name, promise)).status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    for commitment in CommitmentFactory.create_batch(rows, in_programme=programme, started=True):
        ProgressUpdateFactory(commitment=commitment)
    browser = signed_in(coordinator)

    with django_assert_num_queries(10):
        page = browser.get(list_url(programme)).content.decode()

    assert page.count('<th scope="row">') == rows
    assert page.count("op schema</span>") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_promise_takes_constant_queries(signed_in, coordinator, promise, rows, django_assert_num_queries):
    ProgressUpdateFactory.create_batch(rows, commitment=promise)
    MilestoneFactory.create_batch(rows, commitment=promise)
    browser = signed_in(coordinator)

    with django_assert_num_queries(16):
        page = browser.get(url("commitment_detail", promise)).content.decode()

    assert page.count("Vergunning aanvragen") >= rows


def test_the_list_is_narrowed_by_signal_organisation_theme_and_state(signed_in, coordinator, programme):
    late = CommitmentFactory(in_programme=programme, late=True, what="Deze is te laat")
    CommitmentFactory(in_programme=programme, started=True, what="Deze loopt")
    browser = signed_in(coordinator)

    for query in [{"signal": "late"}, {"organisation": late.organisation_id}, {"signal": "late", "state": "in_progress", "theme": "housing"}]:
        page = browser.get(list_url(programme), query).content.decode()
        assert "Deze is te laat" in page
        assert "Deze loopt" not in page
    assert "Niets past bij deze keuze" in browser.get(list_url(programme), {"theme": "safety"}).content.decode()


def test_a_moved_date_and_its_reason_stay_visible(signed_in, coordinator, promise):
    browser = signed_in(coordinator)

    browser.post(url("commitment_postpone", promise), {"due_on": in_days(200).isoformat(), "reason": "De aannemer is failliet."})
    page = browser.get(url("commitment_detail", promise)).content.decode()

    assert "eerst afgesproken" in page
    assert page.count("De aannemer is failliet.") == 2


def test_a_representative_proposes_for_the_own_organisation(signed_in, programme):
    ambition = AmbitionFactory(programme=programme, adopted=True)
    own, other = RepresentativeFactory(in_programme=programme), RepresentativeFactory(in_programme=programme)
    values = {
        "ambition": ambition.pk, "what": "Twaalf woningen isoleren", "starts_on": in_days(0).isoformat(),
        "due_on": in_days(90).isoformat(), "formal_basis": "none", "visibility": "public", "euro": "1250,50",
    }  # fmt: skip
    browser = signed_in(own.user)
    address = reverse("ambitions:commitment_add", args=[programme.slug])

    assert browser.post(address, values | {"person": other.pk}).status_code == 422
    browser.post(address, values | {"person": own.pk})

    made = Commitment.objects.get()
    assert (made.organisation, made.owner, made.state, str(made.euro)) == (own.organisation, own.user, "proposed", "1250.50")


def test_a_reader_proposes_nothing(signed_in, person, programme):
    assert signed_in(person("reader")).get(reverse("ambitions:commitment_add", args=[programme.slug])).status_code == 403


def test_the_ambition_one_comes_from_is_filled_in(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme)
    address = reverse("ambitions:commitment_add", args=[programme.slug])

    page = signed_in(coordinator).get(address, {"ambitie": ambition.number}).content.decode()

    assert f'<option value="{ambition.pk}" selected>' in page


@pytest.mark.parametrize("change", [{"due_on": "2020-01-01"}, {"quantity": "3"}, {"what": ""}, {"person": ""}])
def test_a_proposal_that_does_not_fit_comes_back(signed_in, coordinator, programme, change):
    person = RepresentativeFactory(in_programme=programme)
    values = {
        "ambition": AmbitionFactory(programme=programme).pk, "what": "Iets", "starts_on": in_days(0).isoformat(),
        "due_on": in_days(90).isoformat(), "formal_basis": "none", "visibility": "public", "person": person.pk,
    }  # fmt: skip

    answer = signed_in(coordinator).post(reverse("ambitions:commitment_add", args=[programme.slug]), values | change)

    assert (answer.status_code, Commitment.objects.count()) == (422, 0)


def test_a_coordinator_agrees_and_a_second_press_says_so(signed_in, coordinator, programme):
    promise = CommitmentFactory(in_programme=programme)
    browser = signed_in(coordinator)

    browser.post(url("commitment_agree", promise))
    page = browser.post(url("commitment_agree", promise), follow=True).content.decode()

    assert Commitment.objects.get().state == "agreed"
    assert "Alleen een voorgestelde toezegging" in page


def test_the_own_organisation_rewrites_its_proposal_until_it_is_agreed(signed_in, programme):
    promise = CommitmentFactory(in_programme=programme)
    browser = signed_in(own_person(promise))

    assert browser.get(url("commitment_edit", promise)).status_code == 200
    Commitment.objects.update(state="agreed", agreed_at="2026-01-01T10:00Z", first_due_on=promise.due_on)
    assert browser.get(url("commitment_edit", promise)).status_code == 403


def test_a_coordinator_corrects_details_but_not_the_agreement(signed_in, coordinator, promise):
    person = promise.organisation.representatives.get()
    browser = signed_in(coordinator)

    assert 'name="what"' not in browser.get(url("commitment_edit", promise)).content.decode()
    browser.post(url("commitment_edit", promise), {
        "person": person.pk, "explanation": "Nader uitgelegd.", "formal_basis": "budget", "visibility": "public", "what": "Stiekem anders",
    })  # fmt: skip

    changed = Commitment.objects.get()
    assert (changed.explanation, changed.formal_basis, changed.what) == ("Nader uitgelegd.", "budget", promise.what)


def test_a_representative_says_how_it_goes(signed_in, promise):
    user = own_person(promise)

    answer = signed_in(user).post(url("commitment_update", promise), {"report": "delayed", "sentence": "Wacht op vergunning.", "number": "2,5"})

    update = promise.updates.get()
    assert (answer.url, update.by, str(update.number)) == (url("commitment_detail", promise), user, "2.50")


def test_an_update_without_a_sentence_comes_back(signed_in, promise):
    answer = signed_in(own_person(promise)).post(url("commitment_update", promise), {"report": "on_track"})

    assert (answer.status_code, promise.updates.count()) == (422, 0)


def test_a_coordinator_ends_corrects_and_takes_up_again(signed_in, coordinator, promise):
    browser = signed_in(coordinator)
    states = []

    for name, values in [
        ("commitment_end", {"state": "not_kept"}),
        ("commitment_end", {"state": "not_kept", "reason": "Geen geld."}),
        ("commitment_end", {"state": "partly_kept", "reason": "De helft wel."}),
        ("commitment_reopen", {"reason": "Toch geld."}),
    ]:
        browser.post(url(name, promise), values)
        states.append(Commitment.objects.get().state)

    assert states == ["in_progress", "not_kept", "partly_kept", "in_progress"]


def test_steps_are_added_and_reached(signed_in, promise):
    browser = signed_in(own_person(promise))

    browser.post(url("milestone_add", promise), {"what": "Vergunning", "due_on": in_days(20).isoformat()})
    step = promise.milestones.get()
    browser.post(url("milestone_reach", promise, step.pk))

    step.refresh_from_db()
    assert (step.what, step.done_on) == ("Vergunning", in_days(0))


def test_a_coordinator_asks_by_mail_and_withdraws_the_link(signed_in, coordinator, promise):
    browser = signed_in(coordinator)

    browser.post(url("commitment_ask", promise))
    page = browser.get(url("commitment_detail", promise)).content.decode()

    assert Mail.objects.get().to == promise.owner.email
    assert "Links intrekken" in page
    browser.post(url("links_withdraw", promise))
    assert links.count_usable(promise) == 0


@pytest.mark.parametrize("rows", [1, 30])
def test_the_promises_of_a_partner_take_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    partner = OrganisationFactory(in_programme=programme)
    CommitmentFactory.create_batch(rows, in_programme=programme, organisation=partner, late=True)
    browser = signed_in(coordinator)

    with django_assert_num_queries(8):
        page = browser.get(reverse("ambitions:partner_commitments", args=[programme.slug, partner.pk])).content.decode()

    assert page.count("te laat</span>") == rows


def test_the_narrowed_list_is_downloaded_as_a_sheet(signed_in, coordinator, programme):
    CommitmentFactory(in_programme=programme, late=True, what="=1+1", quantity=12, unit="woningen")
    CommitmentFactory(in_programme=programme, started=True)

    answer = signed_in(coordinator).get(reverse("ambitions:commitment_sheet", args=[programme.slug]), {"signal": "late"})

    [headings, row] = load_workbook(BytesIO(answer.content)).active.iter_rows()
    found = {heading.value: cell for heading, cell in zip(headings, row, strict=True)}
    assert (found["Toezegging"].value, found["Toezegging"].data_type, found["Signaal"].value) == ("=1+1", "s", "te laat")
    assert (found["Klaar vóór"].value.date(), found["Aantal"].value) == (in_days(-3), 12)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_sheet_takes_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    CommitmentFactory.create_batch(rows, in_programme=programme, started=True)
    browser = signed_in(coordinator)

    with django_assert_num_queries(6):
        browser.get(reverse("ambitions:commitment_sheet", args=[programme.slug]))


def test_a_stranger_downloads_nothing(signed_in, person, programme):
    assert signed_in(person("stranger")).get(reverse("ambitions:commitment_sheet", args=[programme.slug])).status_code == 404


@pytest.mark.parametrize(("written", "euro"), [("1.500", 1500), ("1.500,50", Decimal("1500.50")), ("1500,5", Decimal("1500.5")), ("12,25", Decimal("12.25"))])
def test_a_point_between_thousands_is_read_as_people_write_it(signed_in, coordinator, programme, written, euro):
    owner = RepresentativeFactory(in_programme=programme)
    ambition = AmbitionFactory(programme=programme, adopted=True)
    promised = {"ambition": ambition.pk, "what": "Twaalf huizen isoleren", "person": owner.pk, "starts_on": in_days(0).isoformat()}

    signed_in(coordinator).post(reverse("ambitions:commitment_add", args=[programme.slug]), promised | {
        "due_on": in_days(50).isoformat(), "euro": written, "formal_basis": "none", "visibility": "partners",
    })

    assert Commitment.objects.get().euro == euro


def test_what_has_ended_stands_below_what_still_runs(signed_in, coordinator, programme):
    CommitmentFactory(in_programme=programme, kept=True, due_on=in_days(10), what="Afgerond")
    CommitmentFactory(in_programme=programme, started=True, due_on=in_days(100), what="Loopt nog")

    page = signed_in(coordinator).get(list_url(programme)).content.decode()

    assert page.index("Loopt nog") < page.index("Afgerond")


def test_a_date_that_does_not_move_is_said_at_the_date(signed_in, coordinator, promise):
    answer = signed_in(coordinator).post(url("commitment_postpone", promise), {"due_on": in_days(99).isoformat(), "reason": "Wacht op de aannemer."})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["due_on"])
