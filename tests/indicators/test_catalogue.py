import pytest
from django.core.management import call_command

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.models import Indicator


def test_the_catalogue_may_be_loaded_again_and_again(db):
    catalogue.sync()
    first = set(Indicator.objects.values_list("pk", "slug"))

    call_command("catalogue", verbosity=0)

    assert set(Indicator.objects.values_list("pk", "slug")) == first


def test_loading_mends_a_text_but_keeps_that_figures_are_invented(indicators):
    Indicator.objects.filter(slug="feels_unsafe").update(name="Anders", is_example=True)

    catalogue.sync()

    kept = Indicator.objects.get(slug="feels_unsafe")
    assert (kept.name, kept.is_example) == ("Voelt zich wel eens onveilig in de buurt", True)


def test_rates_point_at_their_counts(indicators):
    rate = Indicator.objects.select_related("numerator", "denominator", "theme").get(slug="social_assistance")

    assert (rate.numerator.slug, rate.denominator.slug) == ("social_assistance_count", "inhabitants_15_65")
    assert (rate.theme.slug, rate.per, rate.direction, rate.in_theme_index) == ("participation", 1000, -1, True)


def test_context_and_the_leefbaarometer_never_enter_the_theme_index(indicators):
    counted = Indicator.objects.filter(in_theme_index=True)

    assert not counted.filter(direction=0).exists()
    assert not counted.filter(slug__startswith="lbm_").exists()
    assert counted.filter(theme__slug="participation").count() >= 3


@pytest.mark.parametrize("form", ["v3", "v4", "excel", "statline"])
def test_no_column_belongs_to_two_indicators_or_to_origin(form):
    names = [name.lower() for entry in catalogue.entries() for name in entry.get("columns", {}).get(form, [])]

    assert len(names) == len(set(names))
    assert not set(names) & catalogue.origin_columns(form)
