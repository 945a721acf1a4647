"""A file with many periods takes the same road: preview, confirmation, job, undo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.excerpts import changed, excerpt
from tests.indicators.test_editions import bring_in, observations, undo
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import EditionState, Status
from wijkaanpak.indicators.formats import periods
from wijkaanpak.indicators.models import Indicator, Observation
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.neighbourhoods.models import Area

NAME = "leefbaarometer-3.csv"
in_database = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019", (2019, False)), ("2024*", (2024, True)), ("2024**", (2024, True)), ("2019JJ00", (2019, False)), ("2017MM12", (201712, False)),
        ("2017-12", (201712, False)), ("2020 december", (202012, False)), (2012, (2012, False)), (2012.0, (2012, False)), ("2023KW01", (0, False)),
        ("2017MM13", (0, False)), ("1066", (0, False)), ("", (0, False)), (None, (0, False)), ("2019 en later", (0, False)),
    ],
)  # fmt: skip
def test_the_period_in_a_cell(text, period):
    assert periods.read(text) == period


@given(st.integers(1995, 2100), st.integers(1, 12))
def test_every_month_of_the_service_is_read(year, month):
    found = periods.read(f"{year}MM{month:02d}")

    assert found.number == year * 100 + month
    assert periods.year_of(found.number) == year


class TestInTheDatabase:
    pytestmark = in_database

    def test_every_year_stands_at_its_own_period_in_the_division_that_was_confirmed(self, analyst):
        edition = bring_in(excerpt(NAME), analyst, name=NAME, year=2024)

        rows = Observation.objects.filter(indicator__slug="lbm_overall", area__code="WK001400")
        assert list(rows.order_by("period").values_list("period", flat=True)) == [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022, 2024]
        assert set(Area.objects.values_list("division__year", flat=True)) == {2024}
        assert (edition.state, edition.reference_date, edition.result["periods"][0]) == (EditionState.LOADED, None, 2002)

    def test_figures_of_a_model_are_estimates_and_what_was_not_measured_is_not_known(self, analyst):
        bring_in(excerpt(NAME), analyst, name=NAME, year=2024)

        statuses = Observation.objects.filter(indicator__slug="lbm_cohesion", area__code="WK001400").order_by("period")
        assert list(statuses.values_list("status", flat=True))[:4] == [Status.MISSING, Status.MISSING, Status.MISSING, Status.MODELLED]

    def test_a_later_measurement_changes_what_differs_and_undo_puts_every_year_back(self, analyst):
        bring_in(excerpt(NAME), analyst, name=NAME, year=2024)
        before = observations()
        later = bring_in(changed(NAME, ("0.029255144741313", "0.5"), ("0.12135512593049", "-0.5")), analyst, name=NAME, year=2024)
        assert (later.result["new"], later.result["changed"]) == (0, 2)

        undo(later, analyst)

        assert observations() == before

    def test_others_hear_of_every_period(self, analyst):
        heard = []

        def listen(sender, **values):
            heard.append(values["periods"])

        figures_changed.connect(listen)
        try:
            bring_in(excerpt("police.json"), analyst, name="politie.json", year=2017)
        finally:
            figures_changed.disconnect(listen)

        assert heard == [[201201, 201712]]

    def test_what_the_file_says_nothing_about_is_not_written(self, analyst):
        bring_in(excerpt("police.json"), analyst, name="politie.json", year=2017)

        assert Observation.objects.count() == 2
        assert Observation.objects.get(indicator__slug="burglary_count").area.code == "BU07580004"

    def test_a_provisional_year_in_the_file_is_provisional_whatever_was_confirmed(self, analyst):
        bring_in(changed("ses-2019-symbols.csv", ('"2019"', '"2019*"')), analyst, name="ses.csv", year=2019)

        assert Observation.objects.get(indicator__slug="ses_woa", area__code="GM0363").status == Status.PROVISIONAL

    def test_an_empty_cell_is_not_published_only_where_the_form_has_a_sign_for_unknown(self, analyst):
        bring_in(changed("kwb-2019-untyped.csv", ('"    4295"', "")), analyst, year=2019)

        assert Observation.objects.get(indicator__slug="inhabitants", area__code="WK036300").status == Status.NOT_PUBLISHED

    def test_a_count_made_of_a_percentage_is_an_estimate(self, analyst):
        bring_in(excerpt("map-2016.csv"), analyst, name="kaart.csv", year=2016)

        found = {
            slug: Observation.objects.get(indicator__slug=slug, area__code="WK000300").status
            for slug in ("inhabitants", "inhabitants_0_15")
        }
        assert found == {"inhabitants": Status.FINAL, "inhabitants_0_15": Status.MODELLED}

    def test_an_estimate_never_takes_the_place_of_a_count(self, analyst):
        bring_in(excerpt("map-2016.csv"), analyst, name="kaart.csv", year=2016)
        counted = Observation.objects.filter(indicator__slug="inhabitants_0_15", area__code="WK000300", period=2016)
        counted.update(value=1795, status=Status.FINAL)

        again = bring_in(excerpt("map-2016.csv"), analyst, name="kaart.csv", year=2016)

        assert (counted.get().value, again.result["changed"]) == (1795, 0)

    def test_an_empty_column_is_remembered_as_not_published(self, analyst):
        edition = bring_in(excerpt("nearby-2023-symbols.csv"), analyst, name="nabijheid.csv", year=2023)

        assert "distance_pharmacy" in edition.result["not_published"]
        assert not Observation.objects.filter(indicator__slug="distance_pharmacy").exists()
        assert edition.source == "CBS, Nabijheid voorzieningen"

    def test_the_last_period_is_compared_with_the_one_before_it_in_the_file(self, analyst):
        edition = editions.receive(excerpt(NAME), name=NAME, by=analyst)

        assert (edition.preview["compared_with"], edition.preview["year"], edition.preview["periods"][-1]) == (2022, 2024, 2024)

    def test_the_leefbaarometer_is_modelled_and_never_part_of_an_index_or_a_target(self):
        found = Indicator.objects.filter(slug__startswith="lbm")

        assert found.count() == 13
        assert not found.filter(is_modelled=False).exists()
        assert not found.filter(in_theme_index=True).exists()
