"""The figures of a report, and how they were computed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dashboards import references, series, wording
from dashboards.models import Reference
from dashboards.series import FigureRow, ScoreRow
from wijkaanpak.neighbourhoods.choices import AreaKind

Entry = dict[str, Any]


def figures(rows: Iterable[FigureRow], *, public: bool) -> list[Entry]:
    """Return the figure to show of each indicator with a theme; numbers in the unit of the indicator, None where there is none."""
    return [_figure(told) for told in series.told(rows, public=public) if told.row.is_latest and told.row.theme]


def _figure(told: series.Told) -> Entry:
    row = told.row

    def said(value: float | None) -> str:
        return "" if value is None else wording.short(value, row.decimals, row.unit)

    return {
        "theme": row.theme_name, "slug": row.slug, "name": row.name, "unit": row.unit, "decimals": row.decimals, "status": told.status,
        "period": wording.period(row.period), "reference_on": _iso(row.reference_date), "value": told.value, "text": said(told.value) or absent(told),
        "municipality": told.municipality, "municipality_text": said(told.municipality), "country": row.country, "country_text": said(row.country),
        "previous": told.previous, "previous_text": said(told.previous), "previous_period": wording.period(row.previous_period) if row.previous_period else "",
        "trend": row.trend, "trend_label": wording.trend(row.trend), "reason": wording.reason(row.reason) if row.reason else "",
        "source": row.source, "is_example": row.is_example, "is_modelled": row.is_modelled, "is_provisional": row.provisional,
    }  # fmt: skip


def absent(told: series.Told) -> str:
    """Say why there is no value."""
    return wording.few() if told.status == series.FEW else wording.reason(told.row.reason)


def method(scores: Iterable[ScoreRow], *, shows_index: bool) -> Entry:
    """Return the rules in plain sentences, and the theme index of each theme with the version of its references."""
    latest = {score.theme: score for score in scores} if shows_index else {}
    used = references.in_force()
    periods = set(Reference.objects.filter(version=used).values_list("period", flat=True))
    return {
        "sentence_of_proof": str(settings.SENTENCE_OF_PROOF), "rules": rules(shows_index), "index_version": used if periods else None,
        "base_periods": sorted(map(wording.period, periods)), "indexes": [_index(score) for score in latest.values()],
    }  # fmt: skip


def rules(shows_index: bool) -> list[str]:
    found = [
        _("A figure of the whole neighbourhood is added up from its areas. We only show it when at least 80% of the residents live in areas with a figure."),
        _("“Better” and “worse” are only said when the change is larger than chance. Otherwise it reads “about the same” or “cannot be said”."),
        _("Two years are only compared when the boundaries and the definition stayed the same."),
        _("Numbers about fewer than five people are not shown."),
        _("An estimate comes from a model. It shows who lives here, not what a measure does."),
    ]
    if shows_index:
        found.append(_("The theme index: 100 is the average area of the same kind in the base period; ten points are one standard deviation."))
    return found


def _index(score: ScoreRow) -> Entry:
    text = wording.number(score.score, 0) if score.score is not None else wording.reason(score.reason)
    return {
        "theme": score.theme_name, "period": wording.period(score.period), "score": score.score, "text": text, "version": score.version,
        "compared_with": str(AreaKind(score.kind).label), "present": score.present, "total": score.total,
    }  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
