"""Figures of the municipality itself: a person says once what the columns are, and the rest of the road is the same."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.indicators.excerpts import changed, excerpt
from tests.indicators.test_editions import observations, undo
from wijkaanpak.indicators import editions, own_figures
from wijkaanpak.indicators.choices import EditionState, Status
from wijkaanpak.indicators.formats.own import Columns
from wijkaanpak.indicators.models import Edition, Indicator, Observation
from wijkaanpak.indicators.own_figures import NewIndicator
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]
NAME = "own-survey.csv"
SATISFIED = {
    "title_3": "Tevreden met de buurt",
    "unit_3": "% van de bewoners",
    "kind_3": "survey",
    "direction_3": "1",
    "definition_3": "Het deel dat tevreden is.",
}
ANSWERS = {
    "year": "2024",
    "comma": "yes",
    "role_0": "code",
    "role_1": "name",
    "role_2": "base",
    "role_3": "new",
    "role_4": "margin",
    "role_5": "unused",
    **SATISFIED,
}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def visit(client, analyst):
    client.force_login(analyst)
    return client


def delivered(analyst, content=None):
    return editions.receive(content or excerpt(NAME), name=NAME, by=analyst)


def address(edition):
    return reverse("indicators:edition_columns", args=[edition.pk])


def answered(visit, edition, **changes):
    return visit.post(address(edition), ANSWERS | changes)


def loaded(edition, analyst, year=2024):
    editions.confirm(edition, year=year, by=analyst)
    jobs.run(editions.latest_job(edition).pk)
    edition.refresh_from_db()
    return edition


def observed(code):
    return Observation.objects.get(indicator__slug="own_tevreden_met_de_buurt", area__code=code)


def test_an_unknown_file_with_codes_waits_for_its_columns(visit):
    answer = visit.post(reverse("indicators:edition_upload"), {"file": SimpleUploadedFile(NAME, excerpt(NAME))}, follow=True)

    assert Edition.objects.get().state == EditionState.COLUMNS
    assert "Tevreden met de buurt" in answer.content.decode()
    assert not Indicator.objects.filter(is_own=True).exists()


def test_code_name_number_and_margin_are_guessed_from_headings_and_cells(visit, analyst):
    form = visit.get(address(delivered(analyst))).context["form"]

    assert [form[f"role_{number}"].initial for number in range(6)] == ["code", "name", "base", "unused", "margin", "unused"]
    assert form["comma"].initial == "yes"


def test_from_columns_to_figures_with_base_and_margin_and_back(visit, analyst):
    edition = delivered(analyst)
    answered(visit, edition)
    edition.refresh_from_db()

    loaded(edition, analyst)

    first = observed("WK020201")
    assert (first.value, first.base, first.margin, first.status) == (71.5, 212, 6.1, Status.FINAL)
    undo(edition, analyst)
    assert not observations()


def test_secret_zero_and_missing_are_told_apart(visit, analyst):
    edition = delivered(analyst, changed(NAME, (";155;0;0;", ";155;;;"), ("64,0;9,5", "0;9,5")))
    answered(visit, edition)
    edition.refresh_from_db()
    loaded(edition, analyst)

    assert (observed("WK020203").status, observed("WK020203").base) == (Status.SUPPRESSED, 12)
    assert (observed("WK020202").status, observed("WK020202").value) == (Status.FINAL, 0)
    assert observed("WK020204").status == Status.MISSING


def test_the_people_asked_become_the_base_of_a_survey(visit, analyst):
    answered(visit, delivered(analyst))

    made = Indicator.objects.select_related("denominator").get(slug="own_tevreden_met_de_buurt")
    assert made.denominator.slug == "own_tevreden_met_de_buurt_respondents"
    assert (made.kind, made.per, made.direction, made.is_own) == ("rate", 100, 1, True)
    assert Event.objects.filter(kind="indicator.added", subject_name="Tevreden met de buurt").count() == 1


def test_the_same_headings_are_remembered(visit, analyst):
    answered(visit, delivered(analyst))
    again = delivered(analyst, changed(NAME, ("71,5", "72,5")))

    answer = visit.get(address(again))

    assert [answer.context["form"][f"role_{number}"].initial for number in range(5)] == [
        "code",
        "name",
        "base",
        "is:own_tevreden_met_de_buurt",
        "margin",
    ]
    assert "We remember these columns" in answer.content.decode()


def test_a_new_base_or_margin_is_a_change_and_undo_puts_the_old_one_back(visit, analyst):
    first = delivered(analyst)
    answered(visit, first)
    first.refresh_from_db()
    loaded(first, analyst)
    before = set(Observation.objects.values_list("area_id", "indicator_id", "value", "base", "margin", "status", "edition_id"))
    second = delivered(analyst, changed(NAME, (";212;", ";213;"), ("6,1", "6,0")))
    answered(visit, second, role_3="is:own_tevreden_met_de_buurt")
    second.refresh_from_db()

    loaded(second, analyst)

    assert (observed("WK020201").base, observed("WK020201").margin) == (213, 6.0)
    undo(second, analyst)
    assert set(Observation.objects.values_list("area_id", "indicator_id", "value", "base", "margin", "status", "edition_id")) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role_0": "unused"}, None), ({"role_3": "unused"}, None), ({"role_1": "code"}, "role_1"), ({"year": ""}, "year"), ({"year": "2099"}, "year"),
        ({"unit_3": ""}, "unit_3"), ({"definition_3": ""}, "definition_3"), ({"title_3": "Met een migratieachtergrond"}, "role_3"), ({"role_5": "is:home_satisfaction", "role_4": "is:home_satisfaction"}, "role_5"),
    ],
)  # fmt: skip
def test_what_is_missing_or_double_is_said_in_place_and_nothing_is_made(visit, analyst, changes, field):
    answer = answered(visit, delivered(analyst), **changes)

    assert answer.status_code == 422
    assert (field or "__all__") in answer.context["form"].errors
    assert not Indicator.objects.filter(is_own=True).exists()


def test_a_decimal_point_where_commas_were_promised_stops(visit, analyst):
    edition = delivered(analyst, changed(NAME, ("71,5", "71.5")))
    answered(visit, edition)

    edition.refresh_from_db()
    assert edition.state == EditionState.REFUSED
    assert [problem["value"] for problem in edition.preview["problems"]] == ["71.5"]
    assert answered(visit, edition, role_3="unused", role_4="is:home_satisfaction").status_code == 302


def test_a_column_with_years_makes_several_periods(visit, analyst):
    rows = ["code;jaar;rapportcijfer", "GM0202;2022;7,1", "GM0202;2023;7,3", "WK020201;2023;6,9"]
    edition = delivered(analyst, "\n".join(rows).encode())
    answers = {"comma": "yes", "role_0": "code", "role_1": "period", "role_2": "is:home_satisfaction"}

    visit.post(address(edition), answers)
    edition.refresh_from_db()
    loaded(edition, analyst, year=2023)

    rows = Observation.objects.filter(indicator__slug="home_satisfaction").order_by("period", "area__code")
    assert list(rows.values_list("period", "area__code", "value")) == [
        (2022, "GM0202", 7.1),
        (2023, "GM0202", 7.3),
        (2023, "WK020201", 6.9),
    ]
    assert edition.reference_date is None


def workbook(*rows):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_asked_about_in_the_same_way(visit, analyst):
    edition = delivered(analyst, workbook(["code", "cijfer"], ["GM0202", 7.25], ["WK020201", "6,5"]))

    visit.post(address(edition), {"year": "2024", "comma": "yes", "role_0": "code", "role_1": "is:home_satisfaction"})
    edition.refresh_from_db()

    assert (edition.preview["known"], edition.preview["year"]) == (2, 2024)


def test_published_figures_cannot_be_overwritten_by_own_ones(visit, analyst):
    assert not own_figures.fillable().filter(slug__in=["inhabitants", "crime_total", "lbm_overall"]).exists()
    assert answered(visit, delivered(analyst), role_3="is:inhabitants").status_code == 422


def test_a_known_file_is_not_asked_about(visit, analyst):
    edition = editions.receive(excerpt("kwb-2019-untyped.csv"), name="kwb.csv", by=analyst)

    assert visit.get(address(edition)).status_code == 404


def test_columns_that_are_read_in_cannot_be_changed(visit, analyst):
    edition = delivered(analyst)
    answered(visit, edition)
    edition.refresh_from_db()
    loaded(edition, analyst)

    answer = answered(visit, edition, role_3="is:own_tevreden_met_de_buurt")

    assert answer.status_code == 422
    assert "cannot be changed" in answer.content.decode()


@pytest.mark.parametrize("columns", [1, 30])
def test_the_page_takes_the_same_queries_for_any_number_of_columns(visit, analyst, columns, django_assert_num_queries):
    headings = ";".join(["code", *(f"cijfer {number}" for number in range(columns))])
    edition = delivered(analyst, f"{headings}\nGM0202{';7' * columns}\n".encode())

    with django_assert_num_queries(7):
        page = visit.get(address(edition)).content.decode()

    assert page.count("<legend>cijfer") == columns


def test_two_indicators_of_one_name_get_slugs_of_their_own(analyst):
    filled = NewIndicator("Rapportcijfer", "rapportcijfer", "mean", 1, "Het gemiddelde cijfer.")

    slugs = [own_figures.add(filled, is_counted=False, by=analyst).slug for _time in range(2)]

    assert slugs == ["own_rapportcijfer", "own_rapportcijfer_2"]


def test_columns_survive_being_stored():
    columns = Columns(code="code", figures={"cijfer": "x"}, bases={"x": "n"}, year=2024)

    assert Columns(**columns.as_dict()) == columns
