"""The yearly survey of the example. Nobody was ever asked: every figure in it is invented."""

import csv
import hashlib

from django.utils import timezone

from dashboards.choices import Basis
from dashboards.models import TrendRule
from wijkaanpak.demo import contents
from wijkaanpak.indicators.choices import Direction, EditionState, MeasureKind, Status
from wijkaanpak.indicators.models import Edition, Indicator, Observation
from wijkaanpak.neighbourhoods.models import Area, Theme

FILE = "wijkmonitor-voorbeeld.csv"
SOURCE = "Wijkmonitor (voorbeeld): verzonnen voorbeeldcijfers"
ASKED = "example_respondents"
QUESTIONS = [
    ("example_home_satisfaction", "housing", Direction.HIGHER, "Tevreden met de woning", "Het deel van de bewoners dat tevreden of zeer tevreden is met de eigen woning."),
    ("example_feels_unsafe", "safety", Direction.LOWER, "Voelt zich wel eens onveilig", "Het deel van de bewoners dat zich in de eigen buurt wel eens onveilig voelt."),
    ("example_nuisance", "safety", Direction.LOWER, "Heeft vaak overlast in de buurt", "Het deel van de bewoners dat vaak last heeft van lawaai, jongeren of buren."),
    ("example_good_health", "health", Direction.HIGHER, "Voelt zich gezond", "Het deel van de bewoners dat de eigen gezondheid goed of zeer goed noemt."),
    ("example_participates", "participation", Direction.HIGHER, "Werkt, leert of is vrijwilliger", "Het deel van de bewoners tot 67 jaar dat werkt, een opleiding volgt of vrijwilligerswerk doet."),
    ("example_making_ends_meet", "subsistence", Direction.LOWER, "Heeft moeite met rondkomen", "Het deel van de bewoners dat het afgelopen jaar moeite had om rond te komen."),
    ("example_neighbours", "cohesion", Direction.HIGHER, "Kent de buren en helpt elkaar", "Het deel van de bewoners dat minstens drie buren kent en elkaar wel eens helpt."),
    ("example_clean_streets", "environment", Direction.HIGHER, "Vindt de straat schoon", "Het deel van de bewoners dat de eigen straat schoon vindt."),
    ("example_meeting_place", "facilities", Direction.LOWER, "Mist een plek om elkaar te ontmoeten", "Het deel van de bewoners dat in de buurt een plek mist om anderen te ontmoeten."),
]  # fmt: skip


def load(*, year: int) -> None:
    """Store the survey of all years for the areas of one division."""
    indicators = _indicators()
    areas = dict(Area.objects.in_year(year).values_list("code", "pk"))
    lines = contents.content(FILE).decode("utf-8").splitlines()
    edition = _edition(lines)
    rows = list(csv.DictReader(lines[1:], delimiter=";"))
    Observation.objects.bulk_create(
        Observation(
            indicator_id=pk, period=int(row["jaar"]), area_id=areas[row["code"]], value=float(row[slug]), status=Status.FINAL, edition_id=edition.pk
        )
        for row in rows
        for slug, pk in indicators.items()
    )


def _indicators() -> dict[str, int]:
    """Return the ids of the invented indicators by slug; they are marked as example figures."""
    themes = dict(Theme.objects.values_list("slug", "pk"))
    about = {
        "source": SOURCE, "is_example": True, "frequency": "elk jaar (verzonnen)",
        "pitfalls": "Dit onderzoek bestaat niet. De cijfers laten zien hoe meerdere jaren eruitzien.",
    }
    asked, _created = Indicator.objects.update_or_create(
        slug=ASKED,
        defaults={
            **about, "name": "Deelnemers aan de Wijkmonitor (voorbeeld)", "definition": "Het aantal bewoners dat zou hebben meegedaan.",
            "unit": "bewoners", "kind": MeasureKind.COUNT, "order": 900,
        },
    )
    found = {ASKED: asked.pk}
    for order, (slug, theme, direction, name, definition) in enumerate(QUESTIONS, start=901):
        values = {
            **about, "name": name, "definition": definition, "theme_id": themes[theme], "direction": direction, "denominator": asked,
            "unit": "% van de bewoners", "kind": MeasureKind.RATE, "per": 100, "order": order,
        }
        made, _created = Indicator.objects.update_or_create(slug=slug, defaults=values)
        TrendRule.objects.update_or_create(indicator=made, defaults={"basis": Basis.SAMPLE, "why": "Een (verzonnen) steekproef."})
        found[slug] = made.pk
    return found


def _edition(lines: list[str]) -> Edition:
    years = {line.split(";")[1] for line in lines[2:]}
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Edition.objects.create(
        format="example-survey", source=SOURCE, file_name=FILE, sha256=digest, state=EditionState.LOADED, year=int(max(years)), loaded_at=timezone.now()
    )
