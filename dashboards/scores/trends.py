"""The trend word: better, about the same, worse, or why that cannot be said.

A value is compared with the one before it (a month with the same month a year earlier), over the
areas that have figures in both, and only when these kept their boundaries and the definition did not
change. The change must exceed what chance alone could do. Below twenty cases a year, three years are
compared with the three before when those figures are there.
"""

from dataclasses import dataclass, replace

import numpy as np

from dashboards.choices import Basis, Reason, Trend
from dashboards.scores import noise
from dashboards.scores.aggregation import ENOUGH, Array, Cube, Level, Parts, Rule, Units, of_slots
from wijkaanpak.indicators.choices import Direction, MeasureKind

JUDGED_FROM = 500  # inhabitants
BROKEN = [Reason.BOUNDARY, Reason.UNLINKED, Reason.GAP]  # why a line of areas ends, the surest first
FIRST_MONTH = 100_000  # periods from here on are months: 202005


@dataclass
class Trends:
    """Per unit and period: the period compared with (0 none), the value then, the threshold, the word, the reason."""

    previous: Array
    before: Array
    now: Array
    years: Array
    noise: Array
    trend: Array
    reason: Array
    breaks: Array


@dataclass
class Change:
    """Two moments compared for every unit, over the areas with figures in both; sums over `years` years each.

    `cases` is how many cases a year has on average: after a great fall few cases are left, and still it is one.
    """

    now: Array
    before: Array
    cases: Array
    needed: Array
    coverage: Array
    broken: Array  # word of Reason, "" where nothing broke
    years: int


@dataclass
class Judge:
    """Everything needed to compare the periods of one indicator."""

    rule: Rule
    cube: Cube
    units: Units
    made: Parts
    level: Level

    def __post_init__(self) -> None:
        self.own = of_slots(self.rule, self.cube, self.made)
        source = self.rule.id if self.rule.id in self.cube.lines else self.rule.numerator
        self.lines = self.cube.line(source)
        self.is_counted = self.rule.basis == Basis.COUNTS and self.rule.kind in {MeasureKind.COUNT, MeasureKind.RATE}

    def words(self) -> Trends:
        """Return the trend of every unit in every period."""
        return self.judged(np.ones(self.level.value.shape, dtype=bool), previous_index(self.level.value, self.cube.periods))

    def shown_words(self, column: Array) -> Trends:
        """Return the trend of each unit in one period only, `column` [unit]; breaks are told of every period.

        For units of one area each: there a break is another line, or another definition, than that of the value before.
        """
        earlier = previous_index(self.level.value, self.cube.periods)
        result = self.judged(np.arange(len(self.cube.periods)) == column[:, None], earlier)
        return replace(result, breaks=self.broken(earlier))

    def judged(self, wanted: Array, earlier: Array) -> Trends:
        """Return the trend of the units and periods in `wanted`; `earlier` is the column each is compared with."""
        result = _nothing_said(self.level)
        known = ~np.isnan(self.level.value)
        for now in np.flatnonzero((known & wanted).any(axis=0)).tolist():
            for then in np.unique(earlier[:, now]):
                chosen = (earlier[:, now] == then) & known[:, now] & wanted[:, now]
                if chosen.any():
                    self.fill(result, chosen, now, int(then))
        return self.only_judged(result, known)

    def broken(self, earlier: Array) -> Array:
        periods, lines = self.cube.periods, self.lines[self.units.alone]
        then = np.maximum(earlier, 0)
        redefined = np.zeros(earlier.shape, dtype=bool)
        for moment in self.rule.breaks:
            redefined |= (periods[then] < moment) & (moment <= periods)
        return ~np.isnan(self.level.value) & (earlier >= 0) & ((lines != np.take_along_axis(lines, then, axis=1)) | redefined)

    def fill(self, result: Trends, chosen: Array, now: int, then: int) -> None:
        """Judge the units of `chosen` in one period against one earlier period, -1 for none."""
        if then < 0:
            self.write_first(result, chosen, now)
            return
        change = self.compare([now], [then])
        self.write(result, chosen, change, now, then)
        triples = _triples(self.cube.periods, now)
        few_cases = chosen & (change.cases < noise.FEW_CASES)
        if self.is_counted and triples and few_cases.any():
            summed = self.compare(*triples)
            usable = few_cases & (summed.broken == "") & (summed.coverage >= ENOUGH)
            self.write(result, usable, summed, now, triples[1][0])

    def write_first(self, result: Trends, chosen: Array, now: int) -> None:
        """Say why a period has none to be compared with: others have earlier figures, and these areas were not there yet."""
        known = ~np.isnan(self.own[:, now])
        begun = self.why_broken(known, now) if not np.isnan(self.own[:, :now]).all() else np.full(len(chosen), "", dtype=object)
        few = self.units.inhabitants < JUDGED_FROM
        reason = np.where(few, Reason.FEW_INHABITANTS.value, np.where(begun == "", Reason.ONE_PERIOD.value, begun))
        result.reason[chosen, now], result.breaks[chosen, now] = reason[chosen], (begun != "")[chosen]

    def why_broken(self, slots: Array, now: int, otherwise: str = "") -> Array:
        """Return per unit why the lines of these of its slots do not go on from before `now`; "" for units without such a slot.

        A line without a known cause counts as `otherwise`: it must never pass for one that goes on.
        """
        causes = np.array([self.cube.causes.get(int(line)) or otherwise for line in self.lines[:, now]], dtype=object)
        hit = [self.units.members @ (slots & (causes == reason.value)) > 0 for reason in BROKEN]
        return np.select(hit, [reason.value for reason in BROKEN], default="").astype(object)

    def compare(self, now: list[int], then: list[int]) -> Change:
        """Compare two sets of periods over the areas that have figures in all of them."""
        columns, units, made = [*now, *then], self.units, self.made
        counted: Array = np.all(made.has[:, columns], axis=1)
        seen: Array = np.all(~np.isnan(self.own[:, columns]), axis=1)
        alone = units.alone >= 0
        tops, bases = (np.where(counted[:, None], np.nan_to_num(array), 0) for array in (made.tops, made.bases))
        sums = [units.members @ array[:, part].sum(axis=1) for part in (now, then) for array in (tops, bases)]
        values = [made.ratio(*sums[:2]), made.ratio(*sums[2:])]
        moved = seen & np.any(self.lines[:, columns] != self.lines[:, columns[:1]], axis=1)
        if made.adds:
            values = [value / len(now) for value in values]
        if len(now) == 1:
            values = [np.where(alone, self.own[units.alone][:, part[0]], value) for part, value in zip((now, then), values, strict=True)]
        figures = units.members @ counted * len(now)
        return Change(
            now=values[0], before=values[1], cases=(sums[0] + sums[2]) / 2 / len(now), needed=self.threshold(sums, figures, len(now)),
            coverage=np.where(alone, seen[units.alone], units.coverage(counted)),
            broken=np.where(self.redefined(then, now), Reason.DEFINITION.value, self.why_broken(moved, now[0], Reason.GAP.value)),
            years=len(now),
        )

    def redefined(self, then: list[int], now: list[int]) -> bool:
        """Whether the definition changed after the first and up to the last period compared."""
        periods = self.cube.periods
        return any(periods[min(then)] < moment <= periods[max(now)] for moment in self.rule.breaks)

    def threshold(self, sums: list[Array], figures: Array, years: int) -> Array:
        """Return the smallest change that counts, in the unit of the value; NaN when that is not known.

        `sums` are tops and bases now, and tops and bases before; `figures` is how many figures, each rounded
        on its own, went into either side.
        """
        rule, made, (tops, bases, tops_before, bases_before) = self.rule, self.made, sums
        if rule.basis == Basis.CHANGE and rule.smallest_change:
            return np.full(len(tops), rule.smallest_change)
        if rule.basis == Basis.SAMPLE:
            return noise.with_rounding(noise.of_samples(tops, bases, tops_before, bases_before, made.per), rule.step)
        if not self.is_counted:
            return np.full(len(tops), np.nan)
        if made.adds:
            step = rule.cases_step or (years > 1)  # sums of few cases move by whole cases, which shows
            return noise.with_rounding(noise.of_counts(tops, tops_before), step, figures) / years
        needed = noise.of_rates(tops, bases, tops_before, bases_before, made.per)
        with np.errstate(divide="ignore", invalid="ignore"):
            step_of_cases = made.per * rule.cases_step / np.minimum(bases, bases_before)
        return noise.with_rounding(noise.with_rounding(needed, step_of_cases, figures), rule.step)

    def write(self, result: Trends, chosen: Array, change: Change, now: int, then: int) -> None:
        """Write the words of the units in `chosen` for one comparison."""
        with np.errstate(invalid="ignore"):
            moved = np.abs(change.now - change.before) > change.needed
            better = (change.now - change.before) * int(self.rule.direction) > 0
        steps = [
            (self.units.inhabitants < JUDGED_FROM, Trend.UNKNOWN, Reason.FEW_INHABITANTS),
            (change.broken != "", Trend.UNKNOWN, change.broken),
            (change.coverage < ENOUGH, Trend.UNKNOWN, Reason.COVERAGE),
            (np.isnan(change.needed), Trend.UNKNOWN, Reason.NO_MARGIN),
            (~moved, Trend.SAME, Reason.NOISE),
            (better, Trend.BETTER, Reason.NONE),
        ]
        conditions = [condition for condition, _word, _reason in steps]
        result.trend[chosen, now] = np.select(conditions, [word.value for _c, word, _r in steps], default=Trend.WORSE.value)[chosen]
        reasons = [np.broadcast_to(np.array(reason, dtype=object), len(chosen)) for _c, _w, reason in steps]
        result.reason[chosen, now] = np.select(conditions, reasons, default="")[chosen]
        result.previous[chosen, now] = self.cube.periods[then]
        result.years[chosen, now] = change.years
        pairs = [(result.before, change.before), (result.now, change.now), (result.noise, change.needed), (result.breaks, change.broken != "")]
        for target, source in pairs:
            target[chosen, now] = source[chosen]

    def only_judged(self, result: Trends, known: Array) -> Trends:
        """Context and estimates from a model never get a word, whatever they did."""
        if self.rule.direction == Direction.CONTEXT or self.rule.is_modelled:
            result.trend[known], result.reason[known] = Trend.NOT_JUDGED.value, ""
            result.noise[:] = np.nan
        return result


def _nothing_said(level: Level) -> Trends:
    shape = level.value.shape
    return Trends(
        previous=np.zeros(shape, dtype="int64"), before=np.full(shape, np.nan), now=np.full(shape, np.nan), years=np.ones(shape, dtype="int64"),
        noise=np.full(shape, np.nan), trend=np.full(shape, Trend.UNKNOWN.value, dtype=object),
        reason=level.reason.astype(object), breaks=np.zeros(shape, dtype=bool),
    )


def previous_index(values: Array, periods: Array) -> Array:
    """Return for each unit and period the column to compare with, -1 for none.

    Years: the last earlier year with a value. Months: the same month of the year before.
    """
    columns = np.where(np.isnan(values), -1, np.arange(len(periods)))
    last = np.maximum.accumulate(columns, axis=1)
    before = np.concatenate([np.full((len(values), 1), -1), last[:, :-1]], axis=1)
    place = {int(period): column for column, period in enumerate(periods)}
    for column, period in enumerate(periods):
        if period >= FIRST_MONTH:
            then = place.get(int(period) - 100, -1)
            before[:, column] = np.where(np.isnan(values[:, then]), -1, then) if then >= 0 else -1
    return before


def _triples(periods: Array, now: int) -> tuple[list[int], list[int]] | None:
    """Return the columns of this year and the two before, and of the three before those; None when one is absent."""
    place = {int(period): column for column, period in enumerate(periods)}
    year = int(periods[now])
    columns = [place.get(year - back, -1) for back in range(6)]
    if year >= FIRST_MONTH or -1 in columns:
        return None
    return columns[:3], columns[3:]
