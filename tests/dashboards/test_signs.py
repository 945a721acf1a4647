"""Zero, not known, secret and not yet published are four signs, the same on pages and in files."""

import csv
import io

import pytest
from django.template import Context, Template
from django.utils import translation

from dashboards import series, wording
from dashboards.choices import Reason
from dashboards.series import AreaValue, Place
from tests.dashboards.test_series import COUNT, ROW
from wijkaanpak.indicators import signs
from wijkaanpak.indicators.choices import Status

WRITTEN = {Reason.NO_VALUES: "–", Reason.SUPPRESSED: "×", Reason.NOT_PUBLISHED: "…"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_the_four_signs_differ():
    assert len({shown for shown, _meaning in signs.SIGNS.values()}) == len(signs.SIGNS) == 4


@pytest.mark.parametrize(("reason", "sign"), WRITTEN.items())
def test_a_figure_that_is_not_there_has_the_sign_of_its_reason(reason, sign):
    cell = wording.written(None, str, sign=wording.missing_sign(reason))

    assert (cell.text, cell.plain) == ("", sign)


def test_zero_is_written_as_zero_and_never_as_a_sign():
    assert wording.written(0.0, lambda value: wording.number(value)) == wording.Cell("0", "")


@pytest.mark.parametrize(("status", "sign"), [(Status.MISSING, "–"), (Status.SUPPRESSED, "×"), (Status.NOT_PUBLISHED, "…")])
def test_an_observation_without_value_has_the_sign_of_its_status(status, sign):
    assert signs.shown(signs.of_status(status)) == sign


@pytest.mark.parametrize(("reason", "sign"), WRITTEN.items())
def test_files_carry_the_same_signs_as_pages(reason, sign):
    rows = [COUNT._replace(value=None, reason=reason), COUNT._replace(value=0.0)]

    lines = list(series.sheet(rows, public=False))

    assert [line[5] for line in lines[1:]] == [sign, "0"]


def test_cards_tables_and_maps_carry_the_same_signs():
    row = ROW._replace(value=None, reason=Reason.SUPPRESSED, municipality=None)
    card = series.indicator_cards([row])[0]
    map_ = series.choropleth([Place(1, "BU1", "Oost", 900)], [AreaValue(1, None, None, Reason.NOT_PUBLISHED)], row)

    assert (card.sign, card.table[0].own.sign, card.table[0].municipality.sign, map_.rows[0].sign) == ("suppressed", "suppressed", "missing", "not_published")


@pytest.mark.parametrize("kind", ["missing", "suppressed", "not_published"])
def test_a_sign_is_read_out_in_words(kind):
    markup = Template("{% sign kind %}").render(Context({"kind": kind}))

    assert f'aria-hidden="true">{signs.shown(kind)}<' in markup
    assert f'class="visually-hidden">{signs.meaning(kind)}<' in markup


def test_the_legend_names_all_four():
    markup = Template("{% signs %}").render(Context({}))

    assert all(signs.shown(kind) in markup and signs.meaning(kind) in markup for kind in signs.SIGNS)


def test_a_sign_survives_a_file_and_is_no_formula():
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([signs.shown(kind) for kind in signs.SIGNS])

    assert out.getvalue().strip() == "0;–;×;…"
