"""Taking areas together, against the rule as one would say it: a thousand random towns."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.choices import Reason
from dashboards.scores import aggregation
from dashboards.scores.aggregation import Cube, Rule, Units
from wijkaanpak.indicators.choices import MeasureKind

VALUE, TOP, BASE = 1, 2, 3


class Place(NamedTuple):
    """One area as it was published; None is not known."""

    value: float | None
    top: float | None
    base: float | None
    people: int | None


# --- the rule in sentences


def said(kind, per, has_numerator, places):
    """Return (value, reason) of areas together: the plain reading of "How figures are treated", point 4."""
    if len(places) == 1:
        value = own_value(kind, per, has_numerator, places[0])
        reason = "" if value is not None else Reason.NO_VALUES
    else:
        value, reason = together(kind, per, has_numerator, places)
    people = [place.people for place in places]
    if not reason and None not in people and sum(people) < 100:
        return None, Reason.FEW_INHABITANTS
    if not reason and value is None:
        return None, Reason.NO_BASE
    return (value, "") if not reason else (None, reason)


def own_value(kind, per, has_numerator, place):
    """What was published goes before what can be worked out."""
    if place.value is not None or kind in {"count", "index"}:
        return place.value
    top = top_of(kind, per, has_numerator, place)
    return per * top / place.base if top is not None and place.base else None


def top_of(kind, per, has_numerator, place):
    """The part that adds up: a count itself, the cases of a rate, the mean times what it is a mean over."""
    if kind == "count":
        return place.value
    if kind == "rate" and has_numerator and place.top is not None:
        return place.top
    if place.value is None or place.base is None:
        return None
    return place.value * place.base / per


def together(kind, per, has_numerator, places):
    known = [place for place in places if top_of(kind, per, has_numerator, place) is not None and (kind == "count" or place.base is not None)]
    published = [place for place in places if own_value(kind, per, has_numerator, place) is not None]
    if kind == "index":
        return None, Reason.KIND if published else Reason.NO_VALUES
    share = share_of_people(known, places)
    if not published and share == 0:
        return None, Reason.NO_VALUES
    if not known:
        return None, Reason.NO_BASE
    if share < 0.8:
        return None, Reason.COVERAGE
    if kind == "count":
        return sum(place.value for place in known), ""
    base = sum(place.base for place in known)
    return (per * sum(top_of(kind, per, has_numerator, place) for place in known) / base if base else None), ""


def share_of_people(known, places):
    """Of the inhabitants; of the areas when of one of them the inhabitants are not known."""
    if any(place.people is None for place in places):
        return len(known) / len(places)
    total = sum(place.people for place in places)
    return sum(place.people for place in known) / total if total else 0


# --- the arrays


def computed(kind, per, has_numerator, places, groups):
    """Return (value, reason) of each group of areas, by the code that computes everything."""
    columns = {VALUE: "value", TOP: "top", BASE: "base"}
    values = {key: np.array([[_float(getattr(place, name))] for place in places]) for key, name in columns.items()}
    cube = Cube(np.array([2020]), len(places), values)
    members = np.array([[number in group for number in range(len(places))] for group in groups], dtype=float)
    units = Units(members, np.array([_float(place.people) for place in places]), np.full(len(groups), -1))
    denominator = None if kind in {"count", "index"} else BASE
    rule = Rule(VALUE, MeasureKind(kind), per=per, numerator=TOP if has_numerator else None, denominator=denominator)
    level = aggregation.level(rule, cube, units, aggregation.parts(rule, cube))
    return [(None if math.isnan(value) else value, reason) for value, reason in zip(level.value[:, 0], level.reason[:, 0], strict=True)]


def _float(value):
    return math.nan if value is None else float(value)


maybe = st.one_of(st.none(), st.just(0), st.integers(0, 500))
people = st.one_of(st.integers(0, 60), st.integers(0, 6000), st.integers(0, 6000), st.integers(0, 6000), st.none())
towns = st.lists(st.builds(Place, value=maybe, top=maybe, base=maybe, people=people), min_size=1, max_size=9)


@settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(places=towns, kind=st.sampled_from(list(MeasureKind)), per=st.sampled_from([100, 1000]), has_numerator=st.booleans(), data=st.data())
def test_a_town_and_its_parts_agree_with_the_rule_in_sentences(places, kind, per, has_numerator, data):
    kind, per, has_numerator = kind.value, per if kind == "rate" else 1, has_numerator and kind == "rate"
    every = list(range(len(places)))
    groups = [every, data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True)), every[:1]]

    found = computed(kind, per, has_numerator, places, groups)

    for group, (value, reason) in zip(groups, found, strict=True):
        expected, why = said(kind, per, has_numerator, [places[number] for number in sorted(group)])
        assert (value, reason) == (None if expected is None else pytest.approx(expected), why), group


@settings(max_examples=200, deadline=None, derandomize=True)
@given(places=st.lists(st.builds(Place, st.integers(0, 500), st.none(), st.integers(1, 500), st.integers(100, 6000)), min_size=2, max_size=9))
def test_a_rate_of_areas_lies_between_the_lowest_and_the_highest(places):
    value, reason = computed("rate", 100, False, places, [list(range(len(places)))])[0]

    assert reason == ""
    assert min(place.value for place in places) - 1e-9 <= value <= max(place.value for place in places) + 1e-9
