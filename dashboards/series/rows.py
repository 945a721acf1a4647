"""Rows as the queries read them."""

import datetime
from typing import Any, NamedTuple


class FigureRow(NamedTuple):
    """A stored figure with its indicator; `definition` and `pitfalls` only on the latest row of an indicator.

    `base` is what a rate is a share of; `basis` says what tells how much of it is chance, where that is known.
    """

    indicator: int
    slug: str
    name: str
    unit: str
    decimals: int
    kind: str
    direction: int
    is_modelled: bool
    is_example: bool
    source: str
    definition: str
    pitfalls: str
    theme: str | None
    theme_name: str | None
    period: int
    value: float | None
    numerator: float | None
    coverage: float | None
    areas_with_value: int
    areas_total: int
    municipality: float | None
    country: float | None
    previous_period: int | None
    previous: float | None
    compared: float | None
    noise: float | None
    years: int
    trend: str
    reason: str
    breaks: bool
    provisional: bool
    is_latest: bool
    reference_date: datetime.date | None
    base: float | None = None
    per: float = 1
    basis: str = ""


class ScoreRow(NamedTuple):
    theme: str
    theme_name: str
    period: int
    score: float | None
    reason: str
    present: int
    total: int
    parts: list[dict[str, Any]]
    kind: str
    version: int


class AreaValue(NamedTuple):
    area: int
    value: float | None
    numerator: float | None
    reason: str


class Place(NamedTuple):
    area: int
    code: str
    name: str
    population: int | None


class GoalRow(NamedTuple):
    """A goal of an adopted ambition; `area` None: of the whole programme."""

    indicator: int
    area: int | None
    baseline: float
    baseline_period: int
    target: float
    target_on: datetime.date
    ambition: int
    sentence: str


class Freshness(NamedTuple):
    """When figures were computed, when a delivery last changed something, and the job that computes now; None: never, none."""

    computed_at: datetime.datetime | None
    changed_at: datetime.datetime | None
    computing: int | None


class ProgrammeState(NamedTuple):
    """Differs when the figures page of a programme may: by its log, its map, and what was or is being computed."""

    programme: int
    events: int
    drawn_at: datetime.datetime | None
    freshness: Freshness


class Surroundings(NamedTuple):
    """What stands around the figures of a programme."""

    places: list[Place]
    goals: list[GoalRow]
    adopted: list["Mark"]


class CommitmentCount(NamedTuple):
    organisation: str
    state: str
    number: int


class PromiseRow(NamedTuple):
    """A commitment beside the figures; `theme` and `ambition` (its number) are of the ambition it belongs to."""

    organisation: str
    state: str
    what: str
    agreed_at: datetime.datetime | None
    ended_at: datetime.datetime | None
    theme: str
    ambition: int


class Mark(NamedTuple):
    """Something that happened: an ambition "adopted", a promise "agreed", or the state in which a promise ended."""

    on: datetime.date
    kind: str
    what: str
    theme: str
    ambition: int
