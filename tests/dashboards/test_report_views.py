import datetime

import pytest
from django.urls import reverse

from ambitions.choices import Visibility
from dashboards.choices import Readers
from dashboards.forms import last_half_year
from dashboards.models import Report
from dashboards.reports import content, signing
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from tests.dashboards.factories import ProgrammeFigureFactory, make_report
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", name="Voorbeeldwijk", is_public=True)


@pytest.fixture
def sign_in_as(client, programme):
    def sign_in_as(role):
        user = MembershipFactory(programme=programme, role=role).user
        client.force_login(user)
        return user

    return sign_in_as


def url(name, report, *args):
    return reverse(f"dashboards:{name}", args=[report.programme.slug, report.number, *args])


def test_a_coordinator_asks_for_a_report_and_sees_its_progress(client, programme, sign_in_as):
    sign_in_as(Role.COORDINATOR)
    asked = {"starts_on": in_days(-90), "ends_on": in_days(0), "audience": "partners", "decisions": "Stem in.\n\nKies een datum."}

    answer = client.post(reverse("dashboards:report_add", args=[programme.slug]), asked)

    job = Job.objects.get()
    assert answer.url == reverse("journal:job_detail", args=[job.pk])
    assert job.payload["decisions"] == ["Stem in.", "Kies een datum."]


def test_a_wrong_period_is_explained_on_the_form(client, programme, sign_in_as):
    sign_in_as(Role.COORDINATOR)
    asked = {"starts_on": in_days(0), "ends_on": in_days(-90), "audience": "partners"}

    answer = client.post(reverse("dashboards:report_add", args=[programme.slug]), asked)

    assert answer.status_code == 422
    assert "De periode moet beginnen voordat zij eindigt" in answer.content.decode()


def test_a_replacement_asks_for_its_reason(client, programme, sign_in_as):
    sign_in_as(Role.COORDINATOR)
    earlier = make_report(programme, signed=True)
    asked = {"starts_on": in_days(-90), "ends_on": in_days(0), "audience": "partners", "replaces": earlier.pk}

    answer = client.post(reverse("dashboards:report_add", args=[programme.slug]), asked)

    assert answer.context["form"].errors == {"because": ["Zeg wat er niet klopte in de eerdere rapportage."]}


def test_a_report_goes_from_draft_to_signed_by_the_buttons_on_its_page(client, programme, sign_in_as):
    report = make_report(programme)

    sign_in_as(Role.ANALYST)
    assert "Ik heb haar gelezen en zij klopt" in client.get(url("report_detail", report)).content.decode()
    client.post(url("report_check", report))
    signatory = sign_in_as(Role.SIGNATORY)
    client.post(url("report_sign", report))

    report.refresh_from_db()
    assert (report.is_signed, report.signed_by) == (True, signatory)


def test_the_maker_gets_no_button_to_check_and_is_told_why_when_trying(client, programme, sign_in_as):
    report = make_report(programme, by=sign_in_as(Role.COORDINATOR))

    page = client.get(url("report_detail", report)).content.decode()
    answer = client.post(url("report_check", report), follow=True)

    assert url("report_check", report) not in page
    assert "U hebt deze rapportage zelf gemaakt" in answer.content.decode()
    assert not Report.objects.exclude(state="draft").exists()


@pytest.mark.parametrize(("role", "sees"), [(Role.READER, [2]), (Role.REPRESENTATIVE, [2]), (Role.COORDINATOR, [2, 1])])
def test_readers_see_what_was_signed_and_makers_also_what_is_on_its_way(client, programme, sign_in_as, role, sees):
    draft = make_report(programme)
    make_report(programme, signed=True)
    sign_in_as(role)

    listed = client.get(reverse("dashboards:report_list", args=[programme.slug])).context["reports"]

    assert [report.number for report in listed] == sees
    assert client.get(url("report_detail", draft)).status_code == (200 if 1 in sees else 404)


def test_a_report_reads_as_it_was_made_whatever_happened_later(client, programme, sign_in_as):
    promise = CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.PUBLIC, what="Veertig woningen")
    report = make_report(programme, signed=True)
    type(promise).objects.update(what="Iets anders")
    sign_in_as(Role.READER)

    page = client.get(url("report_detail", report)).content.decode()

    assert "Veertig woningen" in page
    assert "Iets anders" not in page


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_a_reader_downloads_a_signed_report(client, programme, sign_in_as, form, begins):
    report = make_report(programme, signed=True)
    sign_in_as(Role.READER)

    answer = client.get(url("report_file", report, form))

    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="voorbeeldwijk-voortgang-1.{form}"'
    assert client.get(url("report_file", report, "exe")).status_code == 404


def test_visitors_read_signed_public_reports_and_nothing_else(client, programme):
    partners, draft = make_report(programme, signed=True), make_report(programme, audience=Readers.PUBLIC)
    public = make_report(programme, audience=Readers.PUBLIC, signed=True)

    page = client.get(reverse("dashboards:public_reports", args=[programme.slug])).content.decode()

    assert "Voortgangsrapportage 3" in page
    assert "Voortgangsrapportage 1" not in page
    assert "Voortgangsrapportage 2" not in page
    for hidden in (partners, draft):
        assert client.get(url("public_report", hidden)).status_code == client.get(url("public_report_file", hidden, "json")).status_code == 404
    assert client.get(url("public_report_file", public, "json")).content == content.canonical(public.document)


def test_a_public_report_is_gone_when_the_programme_is_not_public_any_more(client, programme):
    report = make_report(programme, audience=Readers.PUBLIC, signed=True)
    before = client.get(url("public_report_file", report, "pdf")).status_code

    type(programme).objects.update(is_public=False)

    assert (before, client.get(url("public_report_file", report, "pdf")).status_code, client.get(url("public_report", report)).status_code) == (200, 404, 404)


def test_a_file_kept_for_visitors_is_the_file_itself(client, programme):
    report = make_report(programme, audience=Readers.PUBLIC, signed=True)

    first, second = (client.get(url("public_report_file", report, "pdf")) for _time in range(2))

    assert first.content == second.content
    assert first.headers["Content-Type"] == second.headers["Content-Type"] == "application/pdf"


def test_a_replaced_report_leads_to_the_later_one(client, programme):
    earlier = make_report(programme, audience=Readers.PUBLIC, signed=True)
    make_report(programme, audience=Readers.PUBLIC, signed=True, replaces=earlier.pk, because="Een cijfer was oud.")

    page = client.get(url("public_report", earlier)).content.decode()

    assert "Een cijfer was oud." in page
    assert f"/wijken/{programme.slug}/rapportages/2/" in page


def test_a_public_page_names_nobody_who_made_or_signed_it(client, programme):
    report = make_report(programme, audience=Readers.PUBLIC, signed=True, by=UserFactory(name="Mia Maker"))

    assert "Mia Maker" not in client.get(url("public_report", report)).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_of_reports_need_a_constant_number_of_queries(client, programme, rows, django_assert_num_queries, sign_in_as):
    for _number in range(rows):
        CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.PUBLIC)
        ProgrammeFigureFactory(programme=programme)
        ResidentInputFactory(answered=True, programme=programme)
    for _number in range(rows):
        report = make_report(programme, audience=Readers.PUBLIC, signed=True)
    counts = {
        reverse("dashboards:public_reports", args=[programme.slug]): 3, url("public_report", report): 3, url("public_report_file", report, "json"): 2,
    }  # fmt: skip

    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
    sign_in_as(Role.READER)
    for address in [reverse("dashboards:report_list", args=[programme.slug]), url("report_detail", report)]:
        with django_assert_num_queries(6):
            assert client.get(address).status_code == 200


def test_a_laid_aside_report_offers_no_step(client, programme, sign_in_as):
    report = signing.discard(make_report(programme), by=UserFactory())
    sign_in_as(Role.COORDINATOR)

    page = client.get(url("report_detail", report)).content.decode()

    assert "weggelegd" in page
    assert not any(url(name, report) in page for name in ["report_check", "report_sign", "report_discard"])


@pytest.mark.parametrize(("today", "expected"), [
    ((2026, 1, 20), ((2025, 7, 1), (2025, 12, 31))), ((2026, 5, 3), ((2026, 1, 1), (2026, 5, 3))), ((2026, 7, 31), ((2026, 1, 1), (2026, 6, 30))),
    ((2026, 8, 1), ((2026, 7, 1), (2026, 8, 1))),
])  # fmt: skip
def test_the_form_offers_the_half_year_that_ended_or_the_running_one(today, expected):
    assert last_half_year(datetime.date(*today)) == tuple(datetime.date(*day) for day in expected)


def test_a_reader_of_the_english_pages_gets_the_same_file(client, programme, sign_in_as):
    report = make_report(programme)
    sign_in_as(Role.ANALYST)

    dutch, english = (client.get(url("report_file", report, "pdf"), headers={"accept-language": language}).content for language in ("nl", "en"))

    assert dutch == english
