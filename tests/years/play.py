"""Four years of a programme, played day by day through the product's own functions, with everything written down beside it.

Nobody is an average: some organisations speak often, one hardly ever, people leave, promises move, fall and are withdrawn.
"""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import time_machine

from actors import organisations, representatives
from actors.models import Organisation, Representative
from ambitions import ambitions, commitments, completeness, escalations, reconfirmations, reminders, support, updates
from ambitions.models import Commitment, Escalation, ReconfirmationRequest
from dashboards import actions, decisions, handovers, holdings, meetings, succession
from dashboards.choices import Body, Outcome
from dashboards.models import Action, Decision
from residents import answers, inputs
from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from tests.years.record import Promise, Record
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.choices import Role

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST, LAST = date(2022, 1, 3), date(2025, 12, 31)
MORNING, DAY = time(7, 30), time(10)
KINDS = ["municipality", "housing", "care", "welfare", "police", "health", "school", "residents"]
THEMES = ["housing", "safety", "health", "participation", "subsistence", "cohesion"]
TALKATIVE = [0.7, 0.6, 0.5, 0.45, 0.4, 0.3, 0.25, 0.05, 0.3]  # chance of a word on a working day, per organisation
STARTS = {2022: 26, 2023: 14, 2024: 12, 2025: 8}  # promises agreed in January of each year: sixty
ENDS = ["kept", "partly_kept", "not_kept", "dropped"]
VOICES = 3  # inputs of residents on a working day
MERGER = date(2024, 3, 7)
WITHDRAWN, CHANGED = 2023, 2024  # years in which the yearly question brings a withdrawal, and a wish to change


@contextmanager
def at(day: date, hour: time = DAY) -> Iterator[None]:
    with time_machine.travel(datetime.combine(day, hour, AMSTERDAM), tick=False):
        yield


class Play:
    def __init__(self) -> None:
        self.chance, self.record, self.waiting = random.Random(2022), Record(), []
        self.number = 0
        self.joined: dict[str, tuple[bool, int]] = {}  # deputy or not, and in which order people came

    def run(self) -> "Play":
        day = FIRST
        with at(day):
            self.begin()
        while day <= LAST:
            with at(day, MORNING):
                self.by_itself(day)
            if day.weekday() < 5:
                with at(day):
                    self.working_day(day)
            day += timedelta(days=1)
        return self

    # --- beginning

    def begin(self) -> None:
        self.coordinator = UserFactory(name="Coördinator")
        self.programme = ProgrammeFactory(is_public=True, name="Vier jaar")
        MembershipFactory(programme=self.programme, user=self.coordinator, role=Role.COORDINATOR)
        self.partners = [self.partner(number, kind) for number, kind in enumerate(KINDS)]
        self.ambitions = [self.ambition(slug) for slug in THEMES]

    def partner(self, number: int, kind: str) -> Organisation:
        made = organisations.add(name=f"Partner {number}", kind=kind, by=self.coordinator, programme=self.programme)
        self.record.speakers[made.name] = []
        for is_deputy in (False, True):
            self.join(made, UserFactory(), is_deputy=is_deputy)
        return made

    def join(self, organisation: Organisation, user: User, *, is_deputy: bool) -> None:
        representatives.add(organisation, user=user, by=self.coordinator, programme=self.programme, is_deputy=is_deputy)
        self.joined[user.email] = (is_deputy, len(self.joined))
        self.in_charge_first(organisation.name, [*self.record.speakers[organisation.name], user.email])

    def in_charge_first(self, name: str, people: list[str]) -> None:
        self.record.speakers[name] = sorted(people, key=self.joined.get)

    def ambition(self, slug: str):
        made = ambitions.draft(self.programme, theme=ThemeFactory(slug=slug), sentence=f"Iedereen woont hier prettig: {slug}.", why="Het is nodig.", by=self.coordinator)
        ambitions.open_consultation(made, closes_on=FIRST + timedelta(days=21), by=self.coordinator)
        for partner in self.partners:
            support.give(made, organisation=partner, stance="supports", by=self.people[self.record.speakers[partner.name][0]])
        ambitions.adopt(made, by=self.coordinator)
        made.refresh_from_db()
        return made

    @cached_property
    def people(self) -> dict[str, User]:
        return {user.email: user for user in User.objects.all()}

    # --- days

    def by_itself(self, day: date) -> None:
        escalations.plan()
        jobs.run_all()
        reminders.plan()
        jobs.run_all()
        self.record.morning(day)

    def working_day(self, day: date) -> None:
        if day.month == 1 and 8 <= day.day <= 14 and day.weekday() == 0:
            self.promise_for(day)
        self.talk(day)
        self.answer_steps(day)
        self.listen(day)
        if day.day <= 7 and day.weekday() == 1:
            self.meet(day)
        if day.month % 3 == 0 and 10 <= day.day <= 16 and day.weekday() == 2:
            self.press_the_button(day)
        if day.month == 10 and day.day <= 7 and day.weekday() == 3:
            self.ask_yearly(day)
        if day == MERGER:
            self.merge(day)
        if day.month == 5 and day.day <= 7 and day.weekday() == 4:
            self.somebody_leaves(day)

    def promise_for(self, day: date) -> None:
        for _number in range(STARTS.get(day.year, 0)):
            self.number += 1
            partner, ambition = self.partners[self.number % len(self.partners)], self.ambitions[self.number % len(self.ambitions)]
            speakers = self.record.speakers[partner.name]
            owner = speakers[self.number // len(self.partners) % len(speakers)]
            starts_on = day + timedelta(days=self.chance.randrange(0, 90))
            due_on = starts_on + timedelta(days=self.chance.randrange(120, 600))
            made = commitments.propose(
                ambition, organisation=partner, owner=self.people[owner], what=f"Toezegging {self.number:02}", starts_on=starts_on, due_on=due_on, by=self.people[owner]
            )
            commitments.agree(made, by=self.coordinator)
            self.record.promises[made.what] = Promise(made.what, ambition.number, partner.name, owner, starts_on, day, [(day, due_on)])
            self.record.done.update({"commitment.proposed": 1, "commitment.agreed": 1})

    def talk(self, day: date) -> None:
        rows = {row.what: row for row in Commitment.objects.in_force().select_related("organisation", "owner")}
        for promise in self.record.running():
            if promise.starts_on <= day and rows[promise.name].starts_on <= day:
                self.speak_of(rows[promise.name], promise, day)

    def speak_of(self, row: Commitment, promise: Promise, day: date) -> None:
        talkative = TALKATIVE[int(promise.organisation[-1])]
        days_late, luck = (day - promise.due).days, self.chance.random()
        if days_late > -20 and luck < talkative * 0.02:
            self.say(row, promise, day, "done")
        elif days_late > 30 and luck > 0.98:
            self.end(row, promise, day, ENDS[self.chance.randrange(len(ENDS))])
        elif days_late > -10 and luck > 0.97:
            self.move(row, promise, day)
        elif luck < talkative:
            self.say(row, promise, day, "delayed" if self.chance.random() < 0.2 else "on_track")

    def say(self, row: Commitment, promise: Promise, day: date, report: str) -> None:
        updates.report(row, report=report, sentence=f"Zo staat het op {day}.", by=row.owner)
        promise.words.append((day, report))
        promise.settle("word")
        self.record.done["commitment.reported"] += 1
        if report == "done":
            promise.ended = (day, "kept")
            self.record.done["commitment.kept"] += 1

    def move(self, row: Commitment, promise: Promise, day: date) -> None:
        due_on = max(day, promise.due) + timedelta(days=self.chance.randrange(20, 150))
        commitments.postpone(row, due_on=due_on, reason="De aannemer kan niet eerder.", by=row.owner)
        promise.dates.append((day, due_on))
        promise.settle("settled")
        self.record.done["commitment.postponed"] += 1

    def end(self, row: Commitment, promise: Promise, day: date, state: str) -> None:
        commitments.end(row, state=state, reason="" if state == "kept" else "Er was geen geld meer.", by=self.coordinator)
        promise.ended = (day, state)
        promise.settle("settled")
        self.record.done[f"commitment.{state}"] += 1

    def answer_steps(self, day: date) -> None:
        for step in Escalation.objects.open().select_related("commitment").order_by("pk"):
            if self.chance.random() < 0.08:
                next_on = day + timedelta(days=self.chance.randrange(5, 60))
                escalations.answer(step, answer="Wij zoeken een andere aannemer.", next_on=next_on, by=self.coordinator)
                promise = self.record.promises[step.commitment.what]
                promise.open_step.next_on = next_on
                promise.settle("answered")
                self.record.done["commitment.escalation_answered"] += 1

    # --- residents

    def listen(self, day: date) -> None:
        for _number in range(VOICES):
            stored, _code = inputs.receive(programme=self.programme, kind="idea", text=f"Meer licht op het plein, zei iemand op {day}.", form_key=uuid.uuid4())
            if self.chance.random() < 0.1:
                inputs.refuse(stored, house_rule="personal", by=self.coordinator)
                continue
            inputs.publish(stored, public_text="Meer licht op het plein.", by=self.coordinator)
            partner = self.chance.choice(self.partners)
            inputs.route(stored, organisation=partner, by=self.coordinator)
            self.waiting.append((day + timedelta(days=self.chance.randrange(0, 40)), stored, partner))
            self.record.unanswered[partner.name] += 1
        due = [one for one in self.waiting if one[0] <= day]
        self.waiting = [one for one in self.waiting if one[0] > day]
        for _planned, stored, partner in due:
            answers.give(stored, end_state="will_do", reason="Er komt een lamp bij.", organisation=partner, by=self.coordinator)
            self.record.unanswered[partner.name] -= 1
            self.record.answered[partner.name] += 1

    # --- steering

    def meet(self, day: date) -> None:
        body = Body.STEERING if day.month % 3 == 0 else Body.CORE
        meeting = meetings.call(self.programme, body=body, held_on=day, by=self.coordinator)
        meetings.make_agenda(meeting, by=self.coordinator)
        decision = decisions.decide(meeting, what=f"Besluit van {day}", reason="Dat helpt.", review_on=day + timedelta(days=180), by=self.coordinator)
        owner = self.people[self.record.speakers[self.chance.choice(self.partners).name][0]]
        action = actions.give(meeting, what=f"Actie van {day}", owner=owner, due_on=day + timedelta(days=40), by=self.coordinator)
        meetings.close(meeting, by=self.coordinator)
        self.record.agreed |= {decision.what, action.what}
        self.finish_and_look_back(day)

    def finish_and_look_back(self, day: date) -> None:
        for action in Action.objects.filter(done_at=None, due_on__lt=day).order_by("pk")[:1]:
            actions.finish(action, result="Het is geregeld.", by=self.coordinator)
            self.record.agreed.discard(action.what)
        for decision in Decision.objects.with_review().filter(last_outcome=None, review_on__lt=day).order_by("pk")[:1]:
            decisions.look_back(decision, outcome=Outcome.STOP, text="Niet meer nodig.", by=self.coordinator)
            self.record.agreed.discard(decision.what)

    def press_the_button(self, day: date) -> None:
        """Everybody who owes a word this quarter gets a mail, unless one came today already."""
        first, last = date(day.year, day.month - 2, 1), date(day.year, day.month, 1)
        mailed = {who for one in self.record.promises.values() for sent, _occasion, _about, who in one.asked if sent == day}
        people = set()
        for one in self.record.running():
            speakers = self.record.speakers[one.organisation]
            heard = any(said >= first for said, _report in one.words)
            stepped = one.open_step and one.open_step.since == day
            if speakers and not heard and not stepped and max(one.starts_on, one.agreed_on) < last:
                who = one.owner if one.owner in speakers else speakers[0]
                if who not in mailed:
                    one.asked.append((day, "quarter", day, who))
                    people.add(who)
        self.record.mails.update(("commitment.reminder", who) for who in people)
        completeness.remind(self.programme, by=self.coordinator)

    def ask_yearly(self, day: date) -> None:
        made = reconfirmations.ask(self.programme, answer_before=day + timedelta(days=30), by=self.coordinator)
        for request in ReconfirmationRequest.objects.filter(reconfirmation=made).select_related("organisation", "person").order_by("pk"):
            self.answer_yearly(request, day)

    def answer_yearly(self, request: ReconfirmationRequest, day: date) -> None:
        for number, row in enumerate(reconfirmations.promises(request).in_force()):
            special = number == 0 and request.organisation.name == "Partner 4"
            choice = {WITHDRAWN: "withdraw", CHANGED: "change"}.get(day.year, "confirm") if special else "confirm"
            reconfirmations.answer(request, commitment=row, choice=choice, text="" if choice == "confirm" else "Wij kunnen dit niet meer.", by=request.person)
            if choice == "withdraw":
                promise = self.record.promises[row.what]
                promise.ended = (day, "dropped")
                promise.settle("settled")
                self.record.done.update({"commitment.withdrawn": 1, "commitment.dropped": 1})

    # --- people and organisations that go

    def somebody_leaves(self, day: date) -> None:
        """Who speaks first for an organisation goes; what that person has in hand goes to a newcomer and the deputy in turn."""
        partner = self.partners[day.year % len(self.partners)]
        leaving, deputy = (self.people[email] for email in self.record.speakers[partner.name][:2])
        newcomer = UserFactory()
        self.people[newcomer.email] = newcomer
        self.join(partner, newcomer, is_deputy=False)
        made = handovers.begin(self.programme, leaver=leaving, leaves_on=day, by=self.coordinator)
        handovers.write(made, unwritten="Bel altijd eerst de conciërge.", by=leaving)
        taken = {item.key: self.chance.choice([newcomer, deputy]) for item in holdings.items(self.programme, leaving)}
        handovers.hand_over(made, successors=taken, by=self.coordinator)
        representatives.end(Representative.objects.active().get(organisation=partner, user=leaving), by=self.coordinator, programme=self.programme)
        self.in_charge_first(partner.name, [email for email in self.record.speakers[partner.name] if email != leaving.email])
        rows = {row.what: row for row in Commitment.objects.filter(organisation=partner)}
        for promise in self.record.of(partner.name):
            if promise.runs and promise.owner == leaving.email:
                promise.owner = taken[f"commitment-{rows[promise.name].pk}"].email
        self.record.left.add(leaving.email)

    def merge(self, day: date) -> None:
        """Two organisations go on as one."""
        *stay, first, second = self.partners
        succession.merge(
            self.programme, chosen=[first, second], successor=None, name="Partner 8", kind="welfare", reason="Zij gaan samen verder.", by=self.coordinator
        )
        new = Organisation.objects.get(name="Partner 8")
        self.partners = [*stay, new]
        self.in_charge_first(new.name, [email for old in (first, second) for email in self.record.speakers.pop(old.name)])
        for old in (first, second):
            for promise in self.record.of(old.name):
                if promise.runs:
                    promise.organisation = new.name
                    self.record.done["commitment.carried_over"] += 1
            self.record.unanswered[new.name] += self.record.unanswered.pop(old.name, 0)
        self.waiting = [(planned, stored, new if partner in (first, second) else partner) for planned, stored, partner in self.waiting]
