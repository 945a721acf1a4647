"""Two texts of an ambition beside each other, with what went and what came marked by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ambitions import texts
from ambitions.models import Ambition

WORD = re.compile(r"\S+\s*")
NOW = "nu"
ALIKE = 0.4  # below this share of common words, marks by word are confetti


@dataclass(frozen=True)
class Piece:
    """Some words that are in both texts, or in one of them (`is_other`)."""

    text: str
    is_other: bool
    space: str = ""  # behind the words, outside the mark


@dataclass(frozen=True)
class Pair:
    """A part of the text in its two wordings; empty where one of them does not have it."""

    old: Sequence[Piece]
    new: Sequence[Piece]

    @property
    def is_same(self) -> bool:
        return not any(piece.is_other for piece in [*self.old, *self.new])


@dataclass(frozen=True)
class Wording:
    """One of the texts an ambition has or had."""

    key: str
    label: str
    sentence: str
    why: str
    goals: Sequence[dict[str, Any]]


def pair(old: str, new: str) -> Pair:
    """Compare two texts word by word; a text with little left of the other is another text as a whole."""
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False)
    steps = matcher.get_opcodes() if matcher.ratio() >= ALIKE else [("replace", 0, len(before), 0, len(after))]
    left = [_piece(before[start:end], tag) for tag, start, end, _from, _to in steps if end > start]
    right = [_piece(after[start:end], tag) for tag, _from, _to, start, end in steps if end > start]
    return Pair(left, right)


def _piece(words: Sequence[str], tag: str) -> Piece:
    text = "".join(words)
    return Piece(text.rstrip(), tag != "equal", text[len(text.rstrip()) :])


def wordings(ambition: Ambition) -> list[Wording]:
    """Return every text the ambition has or had, oldest first: asked about, adopted, and the one being written. Three queries at most."""
    dated = [(one.opened_at, _asked(one)) for one in ambition.consultations.all() if one.ended_at]
    dated += [(version.adopted_at, _adopted(version)) for version in ambition.versions.all()]
    found = [wording for _at, wording in sorted(dated, key=lambda each: each[0])]
    is_written = ambition.is_open_to_change or not found
    return [*found, _written(ambition)] if is_written else found


def _adopted(version: Any) -> Wording:
    label = _("version %(number)s, adopted on %(day)s") % {"number": version.number, "day": _day(version.adopted_at)}
    return Wording(f"v{version.number}", label, version.sentence, version.why, version.goals)


def _asked(consultation: Any) -> Wording:
    label = _("put to the partners on %(day)s") % {"day": _day(consultation.opened_at)}
    return Wording(f"c{consultation.pk}", label, consultation.sentence, consultation.why, consultation.goals)


def _written(ambition: Ambition) -> Wording:
    sentence, why = (ambition.revised_sentence, ambition.revised_why) if ambition.is_being_revised else (ambition.sentence, ambition.why)
    label = _("the new text, as it is now") if ambition.is_being_revised else _("the text as it is now")
    return Wording(NOW, label, sentence, why, texts.frozen_goals(ambition))


def _day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y")


def of_goals(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> list[Pair]:
    """Compare goals on the same figure and area; those of one text alone come as wholly gone or new."""
    before, after = ({(goal["indicator"], goal["area"]): texts.goal_text(goal) for goal in goals} for goals in (old, new))
    return [pair(before.get(key, ""), after.get(key, "")) for key in dict.fromkeys([*before, *after])]
