"""What of a figure may be told to everybody: one function for public sheets, reports and answers of the API."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from dashboards import wording
from dashboards.series.rows import FigureRow
from wijkaanpak.indicators.choices import MeasureKind

KNOWN, FEW = "known", "few"  # the other statuses are those of wording.missing_sign
Figure = tuple[int, int]  # indicator and period


class Told(NamedTuple):
    """A figure as it may be told: None where it is hidden or not there, and then `status` says which of the two."""

    row: FigureRow
    value: float | None
    previous: float | None
    municipality: float | None
    status: str


def told(rows: Iterable[FigureRow], *, public: bool, also_hidden: Container[Figure] = ()) -> Iterator[Told]:
    """Yield every row with what of it may be told; `public` hides what is about one to four cases, also where it is compared with.

    Give all periods of an indicator: a value before is hidden when its own row is.
    """
    known = list(rows)
    hidden = {(row.indicator, row.period) for row in known if public and (is_few(row) or (row.indicator, row.period) in also_hidden)}
    for row in known:
        is_hidden = (row.indicator, row.period) in hidden
        was_hidden = (row.indicator, row.previous_period) in hidden
        status = FEW if is_hidden else KNOWN if row.value is not None else wording.missing_sign(row.reason)
        yield Told(
            row, None if is_hidden else row.value, None if was_hidden else _enough(row.previous, row.kind, public),
            _enough(row.municipality, row.kind, public), status,
        )  # fmt: skip


def is_few(row: FigureRow) -> bool:
    return wording.is_few(row.value, row.kind, row.numerator)


def told_of_areas(rows: Mapping[int, list[FigureRow]]) -> dict[int, list[Told]]:
    """Return for everybody what may be told per area.

    Where one count alone would be hidden, the total minus the others would give it away: then the smallest other one is hidden too.
    """
    counts: dict[Figure, list[tuple[float, int, bool]]] = {}
    for area, figures in rows.items():
        for row in figures:
            if row.kind == MeasureKind.COUNT and row.value:
                counts.setdefault((row.indicator, row.period), []).append((row.value, area, is_few(row)))
    beside = {(area, figure) for figure, found in counts.items() if sum(few for _value, _area, few in found) == 1 for area in _smallest_open(found)}
    return {
        area: list(told(figures, public=True, also_hidden={figure for of, figure in beside if of == area})) for area, figures in rows.items()
    }


def _smallest_open(found: list[tuple[float, int, bool]]) -> list[int]:
    return [area for _value, area, few in sorted(found) if not few][:1]


def _enough(value: float | None, kind: str, public: bool) -> float | None:
    return None if public and wording.is_few(value, kind) else value
