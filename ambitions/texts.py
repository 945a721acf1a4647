"""What a text is made of: sentences and goals, as people react to them and as they are kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ambitions.choices import PartKind
from ambitions.models import Ambition

ENDS = re.compile(r"""(?<=[.!?])\s+(?=["“\u2018'’(]?[A-ZÀ-Þ])|\s*\n+\s*""")  # a space and a capital after a full stop, or a new line


@dataclass(frozen=True)
class Part:
    """A sentence or a goal that can be agreed with by itself; `position` counts from 1."""

    position: int
    kind: PartKind
    text: str


def parts(*, sentence: str, why: str, goals: Iterable[dict[str, Any]]) -> list[Part]:
    """Return the ambition as one part, each sentence of why, and each goal, in that order."""
    texts = [(PartKind.SENTENCE, sentence.strip()), *((PartKind.WHY, text) for text in sentences(why))]
    texts += [(PartKind.GOAL, goal_text(goal)) for goal in goals]
    return [Part(position, kind, text) for position, (kind, text) in enumerate(texts, start=1)]


def sentences(text: str) -> list[str]:
    return [found for found in ENDS.split(text.strip()) if found]


def frozen_goals(ambition: Ambition) -> list[dict[str, Any]]:
    """The goals as they stand, as plain values that can be read when indicator or area have changed."""
    return [
        {
            "indicator": goal.indicator.slug, "name": goal.indicator.name, "unit": goal.indicator.unit, "decimals": goal.indicator.decimals,
            "area": goal.area.name if goal.area else "", "baseline": goal.baseline, "baseline_period": goal.baseline_period,
            "target": goal.target, "target_on": goal.target_on.isoformat(), "is_headline": goal.is_headline, "definition": goal.definition,
            "points": [{"on": point.on.isoformat(), "value": point.value} for point in goal.points.all()],
        }
        for goal in ambition.goals.select_related("indicator", "area").prefetch_related("points")
    ]  # fmt: skip


def goal_text(goal: dict[str, Any]) -> str:
    """Return a kept goal as one sentence."""
    unit = goal["unit"] if goal["unit"].startswith("%") else f" {goal['unit']}"
    day = parse_date(goal["target_on"])
    return _("%(name)s: from %(baseline)s%(unit)s in %(period)s to %(target)s%(unit)s before %(day)s") % {
        "name": f"{goal['name']} ({goal['area']})" if goal["area"] else goal["name"], "unit": unit, "period": goal["baseline_period"],
        "baseline": _number(goal, "baseline"), "target": _number(goal, "target"), "day": date_format(day, "j F Y") if day else "",
    }  # fmt: skip


def _number(goal: dict[str, Any], key: str) -> str:
    return number_format(goal[key], decimal_pos=goal.get("decimals", 1))
