"""From figures per area to figures per unit (a programme, or one area), for all units and periods at once.

Counts add up; rates and means are taken together by their numerators and denominators, never averaged;
indexes and classes are never taken together. All arrays are float with NaN for "no figure":
[slot, period] for areas and [unit, period] for units. A slot is one area of a programme, a municipality
or the country, whatever its code was in the year of the figure.
"""

from dataclasses import dataclass, field

import numpy as np

from dashboards.choices import Basis, Reason
from wijkaanpak.indicators.choices import Direction, MeasureKind

ENOUGH = 0.8  # share of the inhabitants with figures
SHOWN_FROM = 100  # inhabitants
Array = np.ndarray


@dataclass(frozen=True)
class Rule:
    """How one indicator is taken together and judged. `per`: 1,000 when the value is per 1,000 of the denominator.

    `step` is what the figures were rounded to and `cases_step` what the cases they count were rounded to (0: not);
    `breaks` are the periods in which a new definition began.
    """

    id: int
    kind: MeasureKind
    direction: Direction = Direction.CONTEXT
    per: float = 1
    numerator: int | None = None
    denominator: int | None = None
    is_modelled: bool = False
    basis: Basis = Basis.COUNTS
    smallest_change: float | None = None
    step: float = 0
    cases_step: float = 0
    breaks: tuple[int, ...] = ()


@dataclass
class Cube:
    """Figures of all slots: per indicator a [slot, period] array of values and of lines (same line: comparable).

    `absent` holds the status of an observation without value, 0 where there is none; `causes` says of a line why it
    does not go on from an earlier one, as a word of Reason; `gone` [slot, period] says which areas the division of a year does not have.
    """

    periods: Array
    slots: int
    values: dict[int, Array] = field(default_factory=dict)
    lines: dict[int, Array] = field(default_factory=dict)
    absent: dict[int, Array] = field(default_factory=dict)
    causes: dict[int, str] = field(default_factory=dict)
    gone: Array | None = None

    def value(self, indicator: int | None) -> Array:
        return self.values.get(indicator or 0, np.full((self.slots, len(self.periods)), np.nan))

    def line(self, indicator: int | None) -> Array:
        return self.lines.get(indicator or 0, np.zeros((self.slots, len(self.periods)), dtype="int64"))


@dataclass
class Units:
    """Which slots make up each unit ([unit, slot], 0 or 1), the inhabitants of the slots, and what to compare with."""

    members: Array
    population: Array
    municipality: Array  # slot per unit, -1 for none
    country: int = -1

    def __post_init__(self) -> None:
        known = np.where(self.members > 0, np.isnan(self.population), False)
        weights = np.where(known.any(axis=1, keepdims=True), 1.0, np.nan_to_num(self.population))
        self.weights = self.members * weights  # without inhabitants known, areas count as one
        self.inhabitants = np.where(known.any(axis=1), np.nan, self.members @ np.nan_to_num(self.population))
        self.total = self.weights.sum(axis=1)
        self.areas = self.members.sum(axis=1).astype(int)
        self.alone = np.where(self.areas == 1, self.members.argmax(axis=1), -1)

    def coverage(self, has: Array) -> Array:
        """Share of the inhabitants of each unit in the slots of `has` ([slot, period] or [slot]); 0 for empty units."""
        total = self.total if has.ndim == 1 else self.total[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.nan_to_num(self.weights @ has / total)


@dataclass
class Parts:
    """What adds up: numerators and denominators per slot and period. `adds`: the value is the sum of numerators."""

    tops: Array
    bases: Array
    adds: bool
    per: float

    @property
    def has(self) -> Array:
        return ~np.isnan(self.tops) & ~np.isnan(self.bases)

    def ratio(self, tops: Array, bases: Array) -> Array:
        """Value of summed tops over summed bases; NaN when the base is zero."""
        if self.adds:
            return tops
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(bases > 0, self.per * tops / bases, np.nan)


@dataclass
class Level:
    """The figure of each unit in each period; `reason` (array of str) tells why a value is NaN."""

    value: Array
    tops: Array
    bases: Array
    coverage: Array
    present: Array
    municipality: Array
    country: Array
    reason: Array


def parts(rule: Rule, cube: Cube) -> Parts:
    """Return what adds up for this kind of indicator. A rate published without numerator gets one from its denominator."""
    values = cube.value(rule.id)
    if rule.kind == MeasureKind.COUNT:
        return Parts(values, np.ones_like(values), adds=True, per=1)
    if rule.kind == MeasureKind.INDEX:
        return Parts(np.full_like(values, np.nan), np.full_like(values, np.nan), adds=False, per=1)
    bases = cube.value(rule.denominator)
    if rule.kind == MeasureKind.MEAN:
        return Parts(values * bases, bases, adds=False, per=1)
    tops = cube.value(rule.numerator)
    return Parts(np.where(np.isnan(tops), values * bases / rule.per, tops), bases, adds=False, per=rule.per)


def of_slots(rule: Rule, cube: Cube, made: Parts) -> Array:
    """Value of each slot itself: as published, or else from its numerator and denominator."""
    published = cube.value(rule.id)
    return published if made.adds else np.where(np.isnan(published), made.ratio(made.tops, made.bases), published)


def level(rule: Rule, cube: Cube, units: Units, made: Parts) -> Level:
    """Take the figures of the slots together for every unit, with coverage and the reason for what is missing."""
    own, has = of_slots(rule, cube, made), made.has
    tops, bases = units.members @ np.where(has, made.tops, 0), units.members @ np.where(has, made.bases, 0)
    alone = (units.alone >= 0)[:, None]
    single = own[units.alone]
    coverage = np.where(alone, ~np.isnan(single), units.coverage(has))
    value = np.where(alone, single, np.where(units.members @ has > 0, made.ratio(tops, bases), np.nan))
    reason = _reasons(rule, units, made, own, value, coverage)
    known = reason == ""
    return Level(
        value=np.where(known, value, np.nan),
        tops=np.where(known & (units.members @ has > 0), tops, np.nan),
        bases=np.where(known & (units.members @ has > 0) & (not made.adds), bases, np.nan),
        coverage=coverage,
        present=(units.members @ ~np.isnan(own)).astype(int),
        municipality=_compared(own, units.municipality),
        country=_compared(own, np.full(len(units.members), units.country)),
        reason=reason,
    )


def _compared(own: Array, slots: Array) -> Array:
    return np.where((slots >= 0)[:, None], own[slots], np.nan)


def _reasons(rule: Rule, units: Units, made: Parts, own: Array, value: Array, coverage: Array) -> Array:
    """Return why each value cannot be given, "" where it can; the first that applies."""
    several = (units.areas != 1)[:, None]
    published = units.members @ ~np.isnan(own) > 0
    cannot = rule.kind == MeasureKind.INDEX or (rule.kind == MeasureKind.MEAN and rule.denominator is None)
    few = np.broadcast_to((units.inhabitants < SHOWN_FROM)[:, None], value.shape)
    conditions = [
        ~published & (coverage == 0),
        several & cannot & np.ones_like(value, dtype=bool),
        several & (units.members @ made.has == 0),
        coverage < ENOUGH,
        few,
        np.isnan(value),
    ]
    reasons = [Reason.NO_VALUES, Reason.KIND, Reason.NO_BASE, Reason.COVERAGE, Reason.FEW_INHABITANTS, Reason.NO_BASE]
    return np.select(conditions, [reason.value for reason in reasons], default="")
