"""What of a figure may be told to everybody: one function for public sheets, reports and answers of the API."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dashboards import wording
from dashboards.series.rows import FigureRow

KNOWN, FEW = "known", "few"  # the other statuses are those of wording.MISSING, and "missing"


class Told(NamedTuple):
    """A figure as it may be told: None where it is hidden or not there, and then `status` says which of the two."""

    row: FigureRow
    value: float | None
    previous: float | None
    municipality: float | None
    status: str


def told(rows: Iterable[FigureRow], *, public: bool) -> Iterator[Told]:
    """Yield every row with what of it may be told; `public` hides what is about one to four cases, also where it is compared with.

    Give all periods of an indicator: a value before is hidden when its own row is.
    """
    known = list(rows)
    hidden = {(row.indicator, row.period) for row in known if public and wording.is_few(row.value, row.kind, row.numerator)}
    for row in known:
        is_few = (row.indicator, row.period) in hidden
        was_few = (row.indicator, row.previous_period) in hidden
        status = FEW if is_few else KNOWN if row.value is not None else wording.missing_sign(row.reason)
        yield Told(
            row, None if is_few else row.value, None if was_few else _enough(row.previous, row.kind, public),
            _enough(row.municipality, row.kind, public), status,
        )  # fmt: skip


def _enough(value: float | None, kind: str, public: bool) -> float | None:
    return None if public and wording.is_few(value, kind) else value
