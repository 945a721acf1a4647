"""A calculation in sentences, tables and a file: every step with its numbers, so that anybody can do it again. No database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.calculation import AreaNumbers, Calculation, Number
from dashboards.choices import Basis, Reason, Trend
from dashboards.scores import noise
from dashboards.scores.aggregation import ENOUGH, SHOWN_FROM
from dashboards.scores.trends import JUDGED_FROM
from dashboards.series import FigureRow
from dashboards.series.sheets import number as in_file
from dashboards.wording import Cell
from wijkaanpak.indicators.choices import MeasureKind, Status

SHOWN = 6  # areas written out in a sum; more are in the table
FINE = 2  # decimals more than the figure itself


@dataclass(frozen=True)
class Step:
    title: str
    text: str


@dataclass(frozen=True)
class AreaRow:
    """One area in one period: what was published, what it brings in, and whether it counts."""

    name: str
    code: str
    inhabitants: Cell
    period: str
    value: Cell
    top: Cell
    base: Cell
    counts: str
    border: str


@dataclass(frozen=True)
class Reckoning:
    """`is_stale`: the observations changed after the figure was computed."""

    row: FigureRow
    steps: tuple[Step, ...]
    rows: tuple[AreaRow, ...]
    sources: tuple[tuple[str, str, str, str, str], ...]
    figure: Cell
    word: str
    has_parts: bool
    is_compared: bool
    is_stale: bool


class Writer:
    """Writes the numbers of one calculation; `public` hides one to four cases."""

    def __init__(self, made: Calculation, row: FigureRow, names: dict[str, str], public: bool) -> None:
        self.made, self.row, self.names, self.public = made, row, names, public
        self.adds = made.rule.kind == MeasureKind.COUNT

    def fine(self, value: float) -> str:
        return wording.number(value, self.row.decimals + FINE)

    def is_few(self, cases: float | None) -> bool:
        """Whether a number of cases is hidden here; a mean times its base is no number of people."""
        return self.public and self.made.rule.kind != MeasureKind.MEAN and wording.is_few(cases, MeasureKind.COUNT)

    def cases(self, value: float) -> str:
        return wording.few() if self.is_few(value) else whole(value)

    def sum_of(self, name: str, periods: Sequence[int]) -> str:
        """Write a sum with its terms when these are few: 30 + 10 = 40."""
        terms = [getattr(number, name) or 0 for area in self.made.counting(periods) for number in area.numbers if number.period in periods]
        write = self.cases if name == "top" else whole
        if not 1 < len(terms) <= SHOWN:
            return write(sum(terms))
        return f"{' + '.join(write(term) for term in terms)} = {write(sum(terms))}"

    # --- the steps

    def steps(self) -> Iterator[Step]:
        yield Step(_("What is taken together"), self.together())
        yield from self.shown()
        if self.made.then and self.row.value is not None:
            yield Step(_("What is compared"), self.compared())
            if threshold := self.threshold():
                yield Step(_("How big a change must be"), threshold)
        yield Step(_("The word"), self.word())

    def together(self) -> str:
        rule, now = self.made.rule, self.made.now[:1]
        if len(self.made.areas) == 1:
            return _("It is one area. The figure is the one that was published, or else its cases divided by what they are a share of.")
        if rule.kind == MeasureKind.INDEX or not self.made.counting(now):
            return _("Scores, classes and figures without a base are never taken together over areas.")
        texts = {"tops": self.sum_of("top", now), "bases": self.sum_of("base", now), "per": wording.number(rule.per), **self.names}
        texts["value"] = self.fine(self.row.value) if self.row.value is not None else "–"
        if self.adds:
            return _("Counts are added up: %(tops)s.") % texts
        if rule.kind == MeasureKind.MEAN:
            return _("Every mean counts for as much as its base (%(base)s): the sum of mean × base (%(tops)s) ÷ the sum of the bases (%(bases)s) = %(value)s.") % texts
        return _("Cases (%(top)s): %(tops)s. Divided by (%(base)s): %(bases)s. Times %(per)s that is %(value)s. Rates are never averaged.") % texts

    def shown(self) -> Iterator[Step]:
        counting = len([area for area in self.made.areas if area.numbers[0].value is not None])
        covered = "–" if self.row.coverage is None else wording.number(100 * self.row.coverage, 1)
        texts = {"known": counting, "total": len(self.made.areas), "share": covered, "needed": wording.number(100 * ENOUGH)}
        text = _("Figures of %(known)s of the %(total)s areas, in which %(share)s%% of the inhabitants live. At least %(needed)s%% is needed.") % texts
        yield Step(_("How much is covered"), text)
        people = self.made.inhabitants
        texts = {"people": _("not known") if people is None else wording.number(people), "shown": SHOWN_FROM, "judged": JUDGED_FROM}
        text = _("Inhabitants: %(people)s. A figure is shown from %(shown)s inhabitants, a word is given from %(judged)s.") % texts
        yield Step(_("How many people it is about"), text)

    def compared(self) -> str:
        row = self.row
        texts = {"now": " + ".join(map(wording.period, self.made.now[::-1])), "then": " + ".join(map(wording.period, self.made.then[::-1]))}
        texts["areas"] = str(len(self.made.counting([*self.made.now, *self.made.then])))
        hidden = self.public and any(wording.is_few(value, row.kind) for value in (row.compared, row.previous))
        if row.compared is None or row.previous is None or hidden:
            return _("%(then)s with %(now)s, over the %(areas)s areas with figures in every one of these periods.") % texts
        texts |= {"before": self.fine(row.previous), "value": self.fine(row.compared), "change": self.fine(row.compared - row.previous)}
        if row.years > 1:
            return _("A year has few cases, so three years are taken together: %(then)s (mean %(before)s) with %(now)s (mean %(value)s), over %(areas)s areas. Change: %(change)s.") % texts
        return _("%(then)s (%(before)s) with %(now)s (%(value)s), over the %(areas)s areas with figures in both. Change: %(change)s.") % texts

    def threshold(self) -> str:
        """Return the rule with its numbers; "" where no word is given or where it would tell how few cases there were."""
        row, rule = self.row, self.made.rule
        if row.noise is None:
            return ""
        every = [*self.made.now, *self.made.then]
        tops, before = (self.made.total("top", periods, every) for periods in (self.made.now, self.made.then))
        if self.is_few(tops) or self.is_few(before):
            return ""
        bases, bases_before = (self.made.total("base", periods, every) for periods in (self.made.now, self.made.then))
        values = {"tops": tops, "before": before, "bases": bases, "bases_before": bases_before, "per": rule.per, "years": row.years}
        texts = {name: whole(value) for name, value in values.items()} | {"z": wording.number(noise.Z, 2)}
        texts |= {"needed": self.fine(row.noise), "smallest": self.fine(rule.smallest_change or 0)}
        return self._formula() % texts + self._rounding()

    def _formula(self) -> str:
        rule, years = self.made.rule, self.row.years
        if rule.basis == Basis.CHANGE:
            return _("For this figure a change counts from %(smallest)s.")
        if rule.basis == Basis.SAMPLE:
            return _("A survey: two samples of %(bases)s and %(bases_before)s people. The margin of their difference is %(needed)s.")
        if self.adds and years > 1:
            return _("Counted cases vary by chance: %(z)s × √(%(tops)s + %(before)s), over %(years)s years, gives %(needed)s a year.")
        if self.adds:
            return _("Counted cases vary by chance: %(z)s × √(%(tops)s + %(before)s) gives %(needed)s.")
        return _("Counted cases vary by chance: %(z)s × √(%(tops)s ÷ %(bases)s² + %(before)s ÷ %(bases_before)s²) × %(per)s gives %(needed)s.")

    def _rounding(self) -> str:
        rule, texts = self.made.rule, []
        if rule.cases_step:
            texts.append(_("The cases were rounded to %(step)s before publication, which is added.") % {"step": wording.number(rule.cases_step)})
        if rule.step:
            texts.append(_("The figure was rounded to %(step)s before publication, which is added.") % {"step": wording.number(rule.step, self.row.decimals)})
        return " ".join(["", *texts])

    def word(self) -> str:
        row = self.row
        texts = {"word": wording.trend(row.trend), "reason": wording.reason(row.reason) if row.reason else ""}
        if row.value is None:
            return _("There is no figure: %(reason)s.") % texts
        if row.trend == Trend.NOT_JUDGED:
            return _("Background figures and estimates from a model get no word.")
        if row.trend == Trend.UNKNOWN:
            return _("It cannot be said: %(reason)s.") % texts
        if row.reason == Reason.NOISE:
            return _("The change is not larger than that, so: %(word)s.") % texts
        return _("The change is larger than that. %(direction)s So: %(word)s.") % {**texts, "direction": str(wording.DIRECTIONS[row.direction])}

    # --- the table

    def area_rows(self) -> Iterator[AreaRow]:
        for area in self.made.areas:
            for number in area.numbers:
                yield self.area_row(area, number, whole, self.fine)

    def area_row(self, area: AreaNumbers, number: Number, write: Callable[[float], str], fine: Callable[[float], str]) -> AreaRow:
        few = self.public and wording.is_few(number.value, self.row.kind, number.top)
        later = number.period in self.made.then
        return AreaRow(
            area.name, area.code, wording.written(area.inhabitants, write), wording.period(number.period),
            wording.written(number.value, fine, sign=number.sign, few_cases=few),
            wording.written(number.top, write, sign=number.sign, few_cases=self.is_few(number.top)),
            wording.written(None if self.adds else number.base, write),
            _("yes") if number.counts or number.value is not None else _("no"), "" if not later else _("the same") if number.is_same else _("not the same"),
        )  # fmt: skip


def whole(value: float) -> str:
    """Write a number of people or cases: whole when it is, else with one decimal."""
    return wording.number(value, 0 if value == round(value) else 1)


def of(made: Calculation, row: FigureRow, names: dict[str, str], *, public: bool) -> Reckoning:
    """Return the calculation ready to show; `names` says what cases and base are ("top", "base")."""
    writer = Writer(made, row, names, public)
    few = public and wording.is_few(row.value, row.kind, row.numerator)
    figure = wording.written(row.value, lambda value: wording.amount(value, row.decimals, row.unit), sign=wording.missing_sign(row.reason), few_cases=few)
    is_stale = (made.value is None) != (row.value is None) or abs((made.value or 0) - (row.value or 0)) > 1e-6 * max(1, abs(row.value or 0))
    sources = tuple(
        (one.indicator, wording.period(one.period), one.file, date_format(one.reference_date) if one.reference_date else "", str(Status(one.status).label))
        for one in made.sources
    )
    return Reckoning(
        row, tuple(writer.steps()), tuple(writer.area_rows()), sources, figure, wording.trend(row.trend),
        made.rule.kind in {MeasureKind.RATE, MeasureKind.MEAN}, bool(made.then), is_stale,
    )  # fmt: skip


def sheet(made: Calculation, row: FigureRow, names: dict[str, str], *, public: bool) -> Iterator[list[str]]:
    """Yield a heading, a line per area and period with six figures that count, and a line per step with its text."""
    yield [
        _("line"), _("area"), _("code"), _("inhabitants"), _("period"), _("value"), names.get("top") or _("cases"), names.get("base") or _("base"),
        _("counts"), _("boundary"), _("text"),
    ]  # fmt: skip
    writer = Writer(made, row, names, public)
    for area in made.areas:
        for number in area.numbers:
            line = writer.area_row(area, number, in_file, in_file)
            cells = [cell.plain for cell in (line.value, line.top, line.base)]
            yield [_("area"), line.name, line.code, line.inhabitants.plain, str(number.period), *cells, line.counts, line.border, ""]
    few = public and wording.is_few(row.value, row.kind, row.numerator)
    value = wording.written(row.value, in_file, sign=wording.missing_sign(row.reason), few_cases=few)
    yield [_("figure"), "", "", "", str(row.period), value.plain, "", "", "", "", row.name]
    for step in writer.steps():
        yield [_("step"), "", "", "", "", "", "", "", "", "", f"{step.title}: {step.text}"]
