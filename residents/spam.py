"""Judges how much an input looks like spam. What looks like it is held for a person to read, never dropped."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from residents import limits

HOLD_FROM = 3
FASTEST_PERSON = 6  # seconds for three screens
PER_HOUR = 5
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)

REASONS = {
    "trap": (5, _("a field that people do not see was filled in")),
    "fast": (3, _("sent faster than a person can read")),
    "unsigned": (3, _("the form was not opened first")),
    "links": (3, _("contains two or more links")),
    "link": (1, _("contains a link")),
    "repeats": (3, _("repeats the same words")),
    "again": (3, _("the same text came in several times")),
    "often": (3, _("much was sent from the same connection")),
}


@dataclass(frozen=True)
class Verdict:
    """A score and the reasons for it, as keys of REASONS."""

    score: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.score >= HOLD_FROM


CLEAN = Verdict()


def judge(text: str, *, trap: str, seconds: float | None, address: str) -> Verdict:
    """Judge a form: its text, the field nobody sees, how long it was open (None: never opened) and who sends it."""
    reasons = [*of_text(text), *of_form(trap, seconds)]
    reasons += ["again"] if limits.count_text(text) > 2 else []
    reasons += ["often"] if limits.count("send", address) > PER_HOUR else []
    return Verdict(min(sum(REASONS[reason][0] for reason in reasons), 99), reasons)


def of_text(text: str) -> list[str]:
    links = len(LINK.findall(text))
    reasons = [["link"], ["links"]][links > 1] if links else []
    return [*reasons, "repeats"] if repeats(text) else reasons


def of_form(trap: str, seconds: float | None) -> list[str]:
    reasons = ["trap"] if trap else []
    if seconds is None:
        return [*reasons, "unsigned"]
    return [*reasons, "fast"] if seconds < FASTEST_PERSON else reasons


def repeats(text: str) -> bool:
    """True when one word makes up over half of a text of ten words or more, or one sign a third of thirty."""
    words, signs = text.lower().split(), text.replace(" ", "")
    word = max(Counter(words).values(), default=0)
    sign = max(Counter(signs).values(), default=0)
    return (len(words) >= 10 and word > len(words) / 2) or (len(signs) >= 30 and sign > len(signs) / 3)
