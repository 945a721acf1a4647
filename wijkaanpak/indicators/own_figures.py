"""Figures of the municipality itself: say what the columns of a file are, and add the indicators it needs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue, editions
from wijkaanpak.indicators.choices import EditionState, MeasureKind, OwnKind
from wijkaanpak.indicators.derived import RESPONDENTS
from wijkaanpak.indicators.formats import own
from wijkaanpak.indicators.formats.own import Columns
from wijkaanpak.indicators.models import Edition, Indicator
from wijkaanpak.journal import events

CHANGEABLE = [EditionState.COLUMNS, EditionState.PREVIEWED, EditionState.REFUSED, EditionState.CANCELLED, EditionState.UNDONE]
FILLABLE = ["survey", "reports", "debt", "health", "own"]  # sources of which a municipality has figures of its own
BASES = {
    OwnKind.SURVEY: "inhabitants",
    OwnKind.INHABITANTS: "inhabitants",
    OwnKind.HOUSEHOLDS: "households",
    OwnKind.DWELLINGS: "dwellings",
}
KINDS = {OwnKind.COUNT: MeasureKind.COUNT, OwnKind.MEAN: MeasureKind.MEAN, OwnKind.SCORE: MeasureKind.INDEX}


@dataclass(frozen=True)
class NewIndicator:
    """An indicator as it is filled in with the column that holds it."""

    name: str
    unit: str
    kind: str
    direction: int
    definition: str
    theme_id: int | None = None


def fillable():
    """Return the indicators that a file of the municipality itself may hold; published figures are not among them."""
    names = [catalogue.sources()[slug].name for slug in FILLABLE]
    return Indicator.objects.filter(source__in=names, is_example=False).exclude(slug__endswith=RESPONDENTS).select_related("theme")


def remembered(headings: list[str]) -> Edition | None:
    """Return the latest delivery with the same heading row of which the columns are known."""
    return Edition.objects.filter(columns__fingerprint=own.fingerprint(headings)).order_by("-pk").first()


@transaction.atomic
def choose(edition: Edition, *, columns: Columns, new: dict[str, NewIndicator], by) -> Edition:
    """Settle what the columns are, add the new indicators (by heading) and look at the file.

    Raises ValidationError (code "not_waiting") when the figures have been or are being read in, and
    FileRefused, changing nothing, when the file cannot be read in this way.
    """
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if locked.state not in CHANGEABLE or not (locked.columns or locked.state == EditionState.COLUMNS):
        raise ValidationError(_("The columns of this delivery cannot be changed (any more)."), code="not_waiting")
    surveys = [heading for heading, filled in new.items() if filled.kind == OwnKind.SURVEY]
    for heading, filled in new.items():
        slug = add(filled, is_counted=heading in columns.bases and heading in surveys, by=by).slug
        columns.figures[heading] = slug
        for beside in (columns.bases, columns.margins):
            if heading in beside:
                beside[slug] = beside.pop(heading)
    table = editions.opened(editions.stored_source(locked), columns.as_dict())
    locked.columns, locked.problem = columns.as_dict(), ""
    events.record("edition.columns", about=locked, by=by)
    return editions.described(locked, table)


def add(filled: NewIndicator, *, is_counted: bool, by) -> Indicator:
    """Add an indicator of the municipality itself; of a survey with the number of people asked beside it."""
    kind = OwnKind(filled.kind)
    slug = free_slug(filled.name)
    denominator = Indicator.objects.filter(slug=BASES.get(kind, "")).first()
    if is_counted:
        denominator = Indicator.objects.create(
            slug=f"{slug}{RESPONDENTS}", name=_("Asked: %(name)s") % {"name": filled.name[:100]}, definition=_("The number of people who answered."),
            unit=_("people"), kind=MeasureKind.COUNT, **always(),
        )  # fmt: skip
    made = Indicator.objects.create(
        slug=slug, name=filled.name, theme_id=filled.theme_id, definition=filled.definition, unit=filled.unit, direction=filled.direction,
        kind=KINDS.get(kind, MeasureKind.RATE), per=1 if kind in KINDS else 100, decimals=0 if kind == OwnKind.COUNT else 1,
        denominator=denominator if kind not in KINDS or is_counted else None, may_be_negative=kind == OwnKind.SCORE, **always(),
    )  # fmt: skip
    events.record("indicator.added", about=made, by=by)
    return made


def always() -> dict:
    source = catalogue.sources()["own"]
    return {"source": source.name, "frequency": source.frequency[:60], "is_own": True, "order": 500}


def free_slug(name: str) -> str:
    """Return a slug that no indicator has yet."""
    wanted = f"own_{slugify(name).replace('-', '_')[:28]}".rstrip("_")
    taken = set(Indicator.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in [wanted, *(f"{wanted}_{number}" for number in range(2, len(taken) + 3))] if slug not in taken)
