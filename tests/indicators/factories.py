import factory

from tests.neighbourhoods.factories import AreaFactory
from wijkaanpak.indicators.choices import EditionState, MeasureKind, Status
from wijkaanpak.indicators.models import Edition, Indicator, Observation


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A count without theme, unless told otherwise."""

    class Meta:
        model = Indicator

    slug = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Indicator {n}")
    definition = "Wat dit cijfer zegt."
    unit = "inwoners"
    kind = MeasureKind.COUNT
    source = "Voorbeeldbron"


class EditionFactory(factory.django.DjangoModelFactory):
    """A delivery that only stands in the list; `loaded=True` gives it a year and a moment."""

    class Meta:
        model = Edition

    class Params:
        loaded = factory.Trait(state=EditionState.LOADED, year=2020, loaded_at=factory.Faker("date_time_this_year", tzinfo=None))

    file_name = factory.Sequence(lambda n: f"levering-{n}.csv")
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    state = EditionState.PREVIEWED
    source = "CBS, Kerncijfers wijken en buurten"


class ObservationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Observation

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    edition = factory.SubFactory(EditionFactory)
    period = 2020
    value = 10.0
    status = Status.FINAL
