"""The trend word: better, about the same, worse, or why that cannot be said.

A value is compared with the one before it (a month with the same month a year earlier), over the
areas that have figures in both, and only when these kept their boundaries and the definition did not
change. The change must exceed what chance alone could do. Below twenty cases a year, three years are
compared with the three before when those figures are there.
"""

from dataclasses import dataclass, replace
from typing import Any

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
    """Pairs of moments compared for every unit ([unit, pair]), over the areas with figures in both; sums over `years` years each.

    `cases` is how many cases a year has on average: after a great fall few cases are left, and still it is one.
    `then` is the column each pair begins with.
    """

    now: Array
    before: Array
    cases: Array
    needed: Array
    coverage: Array
    broken: Array  # word of Reason, "" where nothing broke
    then: Array
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
        asked = known & wanted
        self.write_first(result, asked & (earlier < 0))
        self.write_compared(result, asked & (earlier >= 0), earlier)
        return self.only_judged(result, known)

    def broken(self, earlier: Array) -> Array:
        periods, lines = self.cube.periods, self.lines[self.units.alone]
        then = np.maximum(earlier, 0)
        redefined = np.zeros(earlier.shape, dtype=bool)
        for moment in self.rule.breaks:
            redefined |= (periods[then] < moment) & (moment <= periods)
        return ~np.isnan(self.level.value) & (earlier >= 0) & ((lines != np.take_along_axis(lines, then, axis=1)) | redefined)

    def write_first(self, result: Trends, asked: Array) -> None:
        """Say why a period has none to be compared with: others have earlier figures, and these areas were not there yet."""
        known = ~np.isnan(self.own)
        for now in np.flatnonzero(asked.any(axis=0)).tolist():
            chosen = asked[:, now]
            begun = self.why_broken(known[:, [now]] & known[:, :now].any(), [now])[:, 0]
            few = self.units.inhabitants < JUDGED_FROM
            reason = np.where(few, Reason.FEW_INHABITANTS.value, np.where(begun == "", Reason.ONE_PERIOD.value, begun))
            result.reason[chosen, now], result.breaks[chosen, now] = reason[chosen], (begun != "")[chosen]

    def write_compared(self, result: Trends, asked: Array, earlier: Array) -> None:
        """Judge every unit and period in `asked` against its earlier period; all pairs of periods that occur at once."""
        unit, column = np.nonzero(asked)
        width = asked.shape[1]
        codes, pair = np.unique(column * width + earlier[unit, column], return_inverse=True)
        if not len(codes):
            return
        now, then = np.divmod(codes, width)
        change = self.compare(now[:, None], then[:, None])
        self.write(result, (unit, column), change, pair)
        few = change.cases[unit, pair] < noise.FEW_CASES
        if self.is_counted and few.any():
            self.write_summed(result, unit[few], column[few])

    def write_summed(self, result: Trends, unit: Array, column: Array) -> None:
        """Judge these units and periods by three years against the three before, where those have figures."""
        triples = {now: _triples(self.cube.periods, now) for now in np.unique(column).tolist()}
        found = {now: columns for now, columns in triples.items() if columns}
        if not found:
            return
        summed = self.compare(*(np.array(side) for side in zip(*found.values(), strict=True)))
        here = np.isin(column, list(found))
        unit, column = unit[here], column[here]
        pair = np.searchsorted(list(found), column)
        usable = (summed.broken[unit, pair] == "") & (summed.coverage[unit, pair] >= ENOUGH)
        self.write(result, (unit[usable], column[usable]), summed, pair[usable])

    def why_broken(self, slots: Array, now: Array | list[int], otherwise: str = "") -> Array:
        """Return per unit why the lines of these of its slots ([slot, pair]) do not go on from before `now` ([pair]); "" without such a slot.

        A line without a known cause counts as `otherwise`: it must never pass for one that goes on.
        """
        if not slots.any():
            return np.full((len(self.units.members), slots.shape[1]), "", dtype=object)
        lines, place = np.unique(self.lines[:, now], return_inverse=True)
        words = np.array([self.cube.causes.get(line) or otherwise for line in lines.tolist()], dtype=object)
        causes = words[place].reshape(slots.shape)
        hit = [self.units.members @ (slots & (causes == reason.value)) > 0 for reason in BROKEN]
        return np.select(hit, [reason.value for reason in BROKEN], default="").astype(object)

    def compare(self, now: Array, then: Array) -> Change:
        """Compare pairs of sets of columns ([pair, year]) over the areas that have figures in all of them."""
        columns, units, made, years = np.concatenate([now, then], axis=1), self.units, self.made, now.shape[1]
        counted: Array = np.all(made.has[:, columns], axis=2)
        seen: Array = np.all(~np.isnan(self.own[:, columns]), axis=2)
        alone = (units.alone >= 0)[:, None]
        sums = [
            units.members @ np.where(counted, array[:, part].sum(axis=2), 0) for part in (now, then) for array in (made.tops, made.bases)
        ]
        values = [made.ratio(*sums[:2]), made.ratio(*sums[2:])]
        moved = seen & (self.lines[:, columns] != self.lines[:, columns[:, :1]]).any(axis=2)
        if made.adds:
            values = [value / years for value in values]
        if years == 1:
            values = [np.where(alone, self.own[units.alone][:, part[:, 0]], value) for part, value in zip((now, then), values, strict=True)]
        return Change(
            now=values[0], before=values[1], cases=(sums[0] + sums[2]) / 2 / years,
            needed=self.threshold(sums, units.members @ counted * years, years),
            coverage=np.where(alone, seen[units.alone], units.coverage(counted)),
            broken=np.where(self.redefined(then, now), Reason.DEFINITION.value, self.why_broken(moved, now[:, 0], Reason.GAP.value)),
            then=then[:, 0], years=years,
        )  # fmt: skip

    def redefined(self, then: Array, now: Array) -> Array:
        """Say of each pair whether the definition changed after the first and up to the last period compared."""
        first, last = self.cube.periods[then.min(axis=1)], self.cube.periods[now.max(axis=1)]
        return np.any([(first < moment) & (moment <= last) for moment in self.rule.breaks] or [np.zeros(len(now), dtype=bool)], axis=0)

    def threshold(self, sums: list[Array], figures: Array, years: int) -> Array:
        """Return the smallest change that counts, in the unit of the value; NaN when that is not known.

        `sums` are tops and bases now, and tops and bases before; `figures` is how many figures, each rounded
        on its own, went into either side.
        """
        rule, made, (tops, bases, tops_before, bases_before) = self.rule, self.made, sums
        if rule.basis == Basis.CHANGE and rule.smallest_change:
            return np.full(tops.shape, rule.smallest_change)
        if rule.basis == Basis.SAMPLE:
            return noise.with_rounding(noise.of_samples(tops, bases, tops_before, bases_before, made.per), rule.step)
        if not self.is_counted:
            return np.full(tops.shape, np.nan)
        if made.adds:
            step = rule.cases_step or (years > 1)  # sums of few cases move by whole cases, which shows
            return noise.with_rounding(noise.of_counts(tops, tops_before), step, figures) / years
        needed = noise.of_rates(tops, bases, tops_before, bases_before, made.per)
        with np.errstate(divide="ignore", invalid="ignore"):
            step_of_cases = made.per * rule.cases_step / np.minimum(bases, bases_before)
        return noise.with_rounding(noise.with_rounding(needed, step_of_cases, figures), rule.step)

    def write(self, result: Trends, cells: tuple[Array, Array], change: Change, pair: Array) -> None:
        """Write the words of the cells (unit, column), each by its pair of the change."""
        unit = cells[0]
        now, before, needed, coverage, broken = (
            array[unit, pair] for array in (change.now, change.before, change.needed, change.coverage, change.broken)
        )
        with np.errstate(invalid="ignore"):
            moved = np.abs(now - before) > needed
            better = (now - before) * int(self.rule.direction) > 0
        steps: list[tuple[Array, Trend, Any]] = [
            (self.units.inhabitants[unit] < JUDGED_FROM, Trend.UNKNOWN, Reason.FEW_INHABITANTS.value),
            (broken != "", Trend.UNKNOWN, broken),
            (coverage < ENOUGH, Trend.UNKNOWN, Reason.COVERAGE.value),
            (np.isnan(needed), Trend.UNKNOWN, Reason.NO_MARGIN.value),
            (~moved, Trend.SAME, Reason.NOISE.value),
            (better, Trend.BETTER, Reason.NONE.value),
        ]
        word, reason = np.full(len(unit), Trend.WORSE.value, dtype=object), np.full(len(unit), "", dtype=object)
        for applies, said, why in reversed(steps):  # the first that applies is written last
            word[applies], reason[applies] = said.value, why[applies] if why is broken else why
        result.trend[cells], result.reason[cells] = word, reason
        result.previous[cells], result.years[cells] = self.cube.periods[change.then[pair]], change.years
        result.before[cells], result.now[cells], result.noise[cells], result.breaks[cells] = before, now, needed, broken != ""

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
