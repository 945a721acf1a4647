"""What must be true of a programme, kept in plain lists beside the product: no database, and none of its rules called."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

STARTS_AFTER, SILENT_DAYS, WEEK, FORTNIGHT = 14, 45, timedelta(days=7), timedelta(days=14)
LEVELS = ["representative", "coordinator", "core_team", "steering_group"]
DAYS = {"representative": 7, "coordinator": 7, "core_team": 14, "steering_group": 28}


@dataclass
class Step:
    climb: int
    level: str
    ground: str
    since: date
    answer_before: date
    outcome: str = ""
    next_on: date | None = None


@dataclass
class Promise:
    """One promise with everything that ever happened to it, in the order in which it happened."""

    name: str
    ambition: int
    organisation: str
    owner: str
    starts_on: date
    agreed_on: date
    dates: list[tuple[date, date]]  # set on, due on
    words: list[tuple[date, str]] = field(default_factory=list)
    asked: list[tuple[date, str, date, str]] = field(default_factory=list)  # sent on, occasion, about which date, to whom
    steps: list[Step] = field(default_factory=list)
    ended: tuple[date, str] | None = None

    @property
    def due(self) -> date:
        return self.dates[-1][1]

    @property
    def runs(self) -> bool:
        return self.ended is None

    @property
    def stands(self) -> bool:
        return self.ended is None or self.ended[1] in {"kept", "partly_kept"}

    @property
    def silent_since(self) -> date:
        return max([self.starts_on, *(day for day, _report in self.words[-1:])])

    @property
    def last_report(self) -> str:
        return self.words[-1][1] if self.words else ""

    @property
    def open_step(self) -> Step | None:
        return self.steps[-1] if self.steps and not self.steps[-1].outcome else None

    def signal(self, today: date) -> str:
        if not self.runs:
            return ""
        if self.due < today:
            return "late"
        if (today - self.silent_since).days > SILENT_DAYS:
            return "silent"
        return {"": "none", "on_track": "on_track"}.get(self.last_report, "delayed")

    def verdict(self, limit: date, today: date) -> str:
        if self.ended is None:
            return "overdue" if limit < today else "running"
        ended_on, state = self.ended
        if state == "kept":
            return "on_time" if ended_on <= limit else "too_late"
        return "dropped" if state == "dropped" else "not_kept"

    def occasion(self, today: date) -> tuple[str, date] | None:
        """Why a word is asked for today and about which date; None when there is nothing to ask, or it was asked lately."""
        found = self._wanted(today)
        spoke = any(day > today - WEEK for day, _report in self.words)
        asked = any(sent > today - WEEK or (occasion, about) == found for sent, occasion, about, _who in self.asked)
        return None if spoke or asked or self.open_step else found

    def _wanted(self, today: date) -> tuple[str, date] | None:
        if not self.runs:
            return None
        if self.due <= today - FORTNIGHT:
            return "after", self.due
        if self.due <= today:
            return "due", self.due
        if self.due <= today + FORTNIGHT and self.starts_on <= today:
            return "before", self.due
        return ("silent", self.silent_since) if self.signal(today) == "silent" else None

    def ground(self, today: date) -> str:
        """Why it goes up today; empty when enough was heard."""
        answered = [step.next_on for step in self.steps if step.outcome == "answered"]
        heard = max([self.silent_since, *answered[-1:], self.dates[-1][0]])
        unheard = (today - heard).days
        if not self.runs or unheard <= STARTS_AFTER:
            return ""
        if (today - self.due).days > STARTS_AFTER:
            return "late"
        if self.last_report in {"delayed", "done"}:
            return "stuck"
        return "silent" if unheard > STARTS_AFTER + SILENT_DAYS else ""

    def climb(self, today: date, has_speaker: bool) -> None:
        before, ground = self.open_step, self.ground(today)
        if not ground or (before and (before.answer_before >= today or before.level == LEVELS[-1])):
            return
        above = LEVELS[LEVELS.index(before.level) + 1 :] if before else LEVELS
        level = next(level for level in above if has_speaker or level != "representative")
        if before:
            before.outcome = "passed_on"
        number = before.climb if before else max((step.climb for step in self.steps), default=0) + 1
        self.steps.append(Step(number, level, ground, today, today + timedelta(days=DAYS[level])))

    def settle(self, outcome: str) -> None:
        if self.open_step:
            self.open_step.outcome = outcome


@dataclass
class Record:
    """The whole programme. `speakers` has the people who speak for each organisation now, the first in charge first."""

    promises: dict[str, Promise] = field(default_factory=dict)
    speakers: dict[str, list[str]] = field(default_factory=dict)
    mails: Counter = field(default_factory=Counter)  # (purpose, to)
    done: Counter = field(default_factory=Counter)  # what was done, by kind of event
    unanswered: Counter = field(default_factory=Counter)  # inputs of residents, per organisation
    answered: Counter = field(default_factory=Counter)
    left: set[str] = field(default_factory=set)  # people
    agreed: set[str] = field(default_factory=set)  # open actions, decisions to look back on

    def morning(self, today: date) -> None:
        """What the product must do by itself on a day: steps up first, then a digest per person."""
        for promise in self.running():
            length = len(promise.steps)
            promise.climb(today, has_speaker=bool(self.speakers[promise.organisation]))
            self.done["commitment.escalated"] += len(promise.steps) - length
        people = set()
        for promise in self.running():
            found, speakers = promise.occasion(today), self.speakers[promise.organisation]
            if found and speakers:
                who = promise.owner if promise.owner in speakers else speakers[0]
                promise.asked.append((today, *found, who))
                people.add(who)
        self.mails.update(("commitment.reminder", who) for who in people)

    def running(self) -> list[Promise]:
        return [promise for promise in self.promises.values() if promise.runs]

    def of(self, organisation: str) -> list[Promise]:
        return [promise for promise in self.promises.values() if promise.organisation == organisation]

    def verdicts(self, organisation: str, today: date) -> tuple[Counter, Counter, int, int]:
        """Against the first date, against the last, how many moved, how many are silent."""
        own = self.of(organisation)
        silent = [one for one in own if one.runs and (today - one.silent_since).days > SILENT_DAYS]
        first = Counter(one.verdict(one.dates[0][1], today) for one in own)
        return first, Counter(one.verdict(one.due, today) for one in own), sum(one.dates[0][1] != one.due for one in own), len(silent)

    def reception(self, organisation: str, year: int, number: int, today: date) -> tuple[str, int, int]:
        """State of a quarter, how many promises were asked about, of how many something was heard."""
        first, last = date(year, 3 * number - 2, 1), date(year, 3 * number, 1)
        end = (date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)) - timedelta(days=1)
        asked = [one for one in self.of(organisation) if max(one.starts_on, one.agreed_on) < last and not (one.ended and one.ended[0] < first)]
        heard = [one for one in asked if any(first <= day <= end for day in [*(day for day, _report in one.words), *(one.ended or [])[:1]])]
        if not asked or first > today:
            return "not_asked", len(asked), len(heard)
        state = "received" if len(heard) == len(asked) else "open" if today <= end else "late"
        return state, len(asked), len(heard)
