"""The stored figures as a sheet, for download."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.choices import Trend
from dashboards.series.openness import FEW, told
from dashboards.series.rows import FigureRow


def sheet(rows: Iterable[FigureRow], *, public: bool) -> Iterator[list[str]]:
    """Yield a heading and a line per figure. `public` hides counts under 5.

    Numbers have a decimal comma; where there is none stands the sign that also stands on the pages, and the reason says what it means.
    """
    yield [
        _("theme"), _("indicator"), _("unit"), _("period"), _("reference date"), _("value"), _("municipality"), _("the Netherlands"),
        _("compared with"), _("value then"), _("trend"), _("reason"), _("share of the inhabitants with figures"), _("status"), _("source"),
    ]  # fmt: skip
    for row, _value, previous, municipality, status in told(rows, public=public):
        own = wording.written(row.value, number, sign=wording.missing_sign(row.reason), few_cases=status == FEW)
        before = wording.few() if previous is None and row.previous is not None else _number(previous)
        yield [
            as_text(row.theme_name or ""), as_text(row.name), as_text(row.unit), str(row.period), str(row.reference_date or ""),
            own.plain, wording.written(municipality, number).plain, wording.written(row.country, number).plain,
            str(row.previous_period or ""), before, wording.trend(Trend(row.trend)),
            wording.reason(row.reason) if row.reason else "", _number(row.coverage), _status(row), as_text(row.source),
        ]  # fmt: skip


def _status(row: FigureRow) -> str:
    states = [(row.is_example, _("invented example")), (row.is_modelled, _("estimate")), (row.provisional, _("provisional"))]
    return ", ".join(text for applies, text in states if applies)


def number(value: float) -> str:
    """Write a number for a spreadsheet: six figures that count and a decimal comma."""
    return f"{value:.6g}".replace(".", ",")


def _number(value: float | None) -> str:
    return "" if value is None else number(value)


def as_text(value: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "@", "\t")) else value
