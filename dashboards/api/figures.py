"""Figures in the API: stored rows, without what is about one to four cases, and always with the reason why a value is not there."""

from collections.abc import Iterable, Iterator

from dashboards import queries, series
from dashboards.api.fields import Field, Parameter, Resource, Row, day, flag, number, text
from dashboards.choices import Reason, Trend
from dashboards.series import Told
from wijkaanpak.neighbourhoods.models import Programme

STATUS = {series.KNOWN: "available", series.FEW: "suppressed", "suppressed": "suppressed", "not_published": "notPublished", "missing": "missing"}
FIRST_MONTH = 100_000
FIELDS = (
    text("indicator", "Slug van de indicator."),
    text("period", "Jaar (2020) of maand (2020-05).", format=""),
    day("referenceDate", "Peildatum.", nullable=True),
    number("value", "Waarde in de eenheid van de indicator; null als er geen waarde is of als die niet wordt getoond."),
    text("status", "Waarom er wel of geen waarde is: available, suppressed (over minder dan vijf), notPublished of missing.", choices=tuple(dict.fromkeys(STATUS.values()))),
    text("unit", "Eenheid van de waarde."),
    number("municipality", "Waarde van de gemeente in dezelfde periode."),
    number("country", "Waarde van Nederland in dezelfde periode."),
    text("previousPeriod", "Periode waarmee is vergeleken.", nullable=True),
    number("previousValue", "Waarde in die periode; over drie jaar samen het gemiddelde per jaar."),
    text("trend", "Oordeel over de verandering; unknown als dat niet te zeggen is.", choices=tuple(Trend.values)),
    text("reason", "Waarom er geen waarde of oordeel is; leeg als er niets aan de hand is.", choices=tuple(Reason.values)),
    flag("isLatest", "Of dit het laatste cijfer van de indicator is."),
    flag("isProvisional", "Voorlopig cijfer."),
    flag("isModelled", "Schatting uit een model."),
    flag("isExample", "Verzonnen voorbeeldcijfer."),
    text("source", "Bron."),
)
INDICATOR = Parameter("indicator", "Alleen de cijfers van deze indicator.", r"^[-a-zA-Z0-9_]{1,50}$")
AREA = Parameter("area", "Alleen de cijfers van het gebied met deze CBS-code.", r"^[0-9A-Z]{4,10}$")


def of_programme(programme: Programme, indicator: str = "") -> list[Told]:
    return [one for one in series.told(queries.programme_figures(programme), public=True) if indicator in {"", one.row.slug}]


def of_areas(programme: Programme, indicator: str = "", area: str = "") -> list[tuple[str, int, Told]]:
    """Return the figures of all areas with code and year of the division; which are hidden is decided over all of them."""
    places = {pk: (code, year) for pk, code, year in programme.areas.order_by("code").values_list("pk", "code", "division__year")}
    known = series.told_of_areas(queries.figures_of_areas([*places]))
    return list(_chosen(places, known, indicator, area))


def _chosen(places: dict[int, tuple[str, int]], known: dict[int, list[Told]], indicator: str, area: str) -> Iterator[tuple[str, int, Told]]:
    for pk, (code, year) in places.items():
        for one in known.get(pk, []):
            if indicator in {"", one.row.slug} and area in {"", code}:
                yield code, year, one


def figure(one: Told) -> Row:
    row = one.row
    return {
        "indicator": row.slug, "period": period(row.period), "referenceDate": row.reference_date, "value": one.value, "status": STATUS[one.status],
        "unit": row.unit, "municipality": one.municipality, "country": row.country,
        "previousPeriod": period(row.previous_period) if row.previous_period else None, "previousValue": one.previous, "trend": row.trend,
        "reason": row.reason, "isLatest": row.is_latest, "isProvisional": row.provisional, "isModelled": row.is_modelled,
        "isExample": row.is_example, "source": row.source,
    }  # fmt: skip


def area_figure(found: tuple[str, int, Told]) -> Row:
    code, year, one = found
    return {"area": code, "divisionYear": year, **figure(one)}


def period(value: int) -> str:
    return str(value) if value < FIRST_MONTH else f"{value // 100}-{value % 100:02d}"


def fields_of_areas() -> Iterable[Field]:
    return (text("area", "CBS-code van het gebied."), Field("divisionYear", "integer", "Jaar van de gebiedsindeling."), *FIELDS)


RESOURCES = (
    Resource("figures", "Figure", "Cijfers van het hele programma", FIELDS, of_programme, figure, parameters=(INDICATOR,)),
    Resource("area-figures", "AreaFigure", "Cijfers per gebied", tuple(fields_of_areas()), of_areas, area_figure, parameters=(INDICATOR, AREA)),
)
