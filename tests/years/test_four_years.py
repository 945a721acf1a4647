"""A programme of four years, eight organisations and sixty promises ends with every list as the plain record has it."""

from collections import Counter, defaultdict

from django.test import TestCase

from actors.models import Organisation
from ambitions import completeness, coverage, records
from ambitions.choices import Verdict
from ambitions.models import Ambition, Commitment, DueDate, Escalation, Reminder
from ambitions.reminders import recipients
from dashboards import agenda, leaving
from dashboards.choices import Attention
from dashboards.models import Action, Decision
from residents import quarters
from residents.models import ResidentInput
from tests.years.play import LAST, Play, at
from wijkaanpak.accounts.models import User
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods.models import Membership, Programme

YEARS = range(2022, 2026)


class TestFourYears(TestCase):
    """Played once for all tests of the class; every test reads only."""

    @classmethod
    def setUpTestData(cls):
        cls.record = Play().run().record
        cls.programme = Programme.objects.get()

    def setUp(self):
        self.enterContext(at(LAST))
        self.promises = list(self.record.promises.values())

    def test_it_was_as_large_as_it_should_be(self):
        assert (Organisation.objects.count(), Organisation.objects.in_programme(self.programme).count(), Commitment.objects.count()) == (9, 7, 60)
        assert Event.objects.count() > 20_000
        ends = Counter(one.ended[1] if one.ended else "runs" for one in self.promises)
        assert all(ends[state] for state in ("runs", "kept", "partly_kept", "not_kept", "dropped")), ends

    def test_what_every_promise_says_of_itself(self):
        said = dict(Commitment.objects.with_signal(LAST).values_list("what", "signal"))
        assert said == {one.name: one.signal(LAST) for one in self.promises}

    def test_everybody_was_reminded_of_every_occasion_once(self):
        sent = sorted(Reminder.objects.values_list("commitment__what", "sent_on", "occasion", "due_on", "user__email"))
        assert sent == sorted((one.name, *asked) for one in self.promises for asked in one.asked)

    def test_there_was_one_digest_per_person_and_day(self):
        sent = Counter(Mail.objects.filter(purpose="commitment.reminder").values_list("to", flat=True))
        assert sent == Counter({who: number for (_purpose, who), number in self.record.mails.items()})

    def test_what_nobody_spoke_of_went_up_step_by_step(self):
        steps = sorted(Escalation.objects.values_list("commitment__what", "climb", "level", "ground", "since", "answer_due_on", "outcome", "next_on"))
        climbed = [(one.name, *vars(step).values()) for one in self.promises for step in one.steps]
        assert steps == sorted(climbed)
        assert {level for _what, _climb, level, *_rest in steps} == {"representative", "coordinator", "core_team", "steering_group"}

    def test_every_step_had_one_mail(self):
        keys = set(Mail.objects.filter(purpose="commitment.escalated").values_list("key", flat=True))
        assert keys == {f"escalation:{pk}" for pk in Escalation.objects.values_list("pk", flat=True)}
        assert len(keys) == Mail.objects.filter(purpose="commitment.escalated").count()

    def test_every_earlier_date_is_there(self):
        dates = defaultdict(list)
        for what, due_on in DueDate.objects.order_by("pk").values_list("commitment__what", "due_on"):
            dates[what].append(due_on)
        assert dates == {one.name: [due_on for _set_on, due_on in one.dates] for one in self.promises}

    def test_the_record_of_every_organisation(self):
        judged = Commitment.objects.with_verdict(LAST).select_related("organisation")
        for found in records.of_organisations(judged):
            first, last, moved, silent = self.record.verdicts(found.organisation.name, LAST)
            assert {each.verdict: (each.first, each.last) for each in found.counts} == {verdict: (first[verdict], last[verdict]) for verdict in Verdict}
            assert (found.moved, found.silent) == (moved, silent)

    def test_who_reported_in_every_quarter(self):
        every = [completeness.Quarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]
        for row in completeness.matrix(self.programme, every, LAST):
            cells = [(cell.state, cell.asked, cell.received) for cell in row.cells]
            assert cells == [self.record.reception(row.organisation.name, each.year, each.number, LAST) for each in every]

    def test_ambitions_with_nobody_or_one_organisation_behind_them(self):
        behind = {ambition.number: set() for ambition in Ambition.objects.all()}
        for one in self.promises:
            if one.stands and one.organisation in self.record.speakers:
                behind[one.ambition].add(one.organisation)
        coordinator = Membership.objects.steering().get(programme=self.programme).user
        gaps = coverage.gaps(coverage.read(self.programme, coordinator))
        assert {gap.ambition.number: set(gap.committed) for gap in gaps} == {number: names for number, names in behind.items() if len(names) < 2}

    def test_the_cockpit_names_what_is_late_silent_delayed_or_waits_above(self):
        above = {one.name for one in self.promises if one.open_step}
        wanted = {(one.signal(LAST), one.name) for one in self.promises if one.name not in above} | {("escalated", name) for name in above}
        kinds = {Attention.LATE, Attention.SILENT, Attention.DELAYED, Attention.ESCALATED}
        found = {(alarm.kind, alarm.what) for alarm in agenda.everything(self.programme, LAST) if alarm.kind in kinds}
        assert found == {pair for pair in wanted if pair[0] in kinds}

    def test_what_was_agreed_in_meetings_is_open_until_it_is_done(self):
        open_actions = set(Action.objects.filter(done_at=None).values_list("what", flat=True))
        kept = {decision.what for decision in Decision.objects.with_review() if not decision.last_outcome}
        assert open_actions | kept == self.record.agreed

    def test_every_resident_was_answered_or_waits_in_a_list(self):
        told = {promise.organisation.name: promise.total for promise in quarters.promises(quarters.public_answers(self.programme))}
        waiting = Counter(ResidentInput.objects.filter(state="published", answered_at=None).values_list("organisation__name", flat=True))
        assert (told, waiting) == (self.record.answered, +self.record.unanswered)

    def test_everything_done_is_in_the_log_once(self):
        logged = Counter(Event.objects.values_list("kind", flat=True))
        assert {kind: logged[kind] for kind in self.record.done} == self.record.done

    def test_nothing_that_runs_is_without_somebody_to_ask(self):
        running = list(Commitment.objects.in_force().select_related("owner", "organisation"))
        assert {one.pk for asked in recipients(running).values() for one in asked} == {one.pk for one in running}

    def test_nothing_open_is_in_the_hands_of_who_left(self):
        assert len(self.record.left) == 4
        gone = User.objects.filter(email__in=self.record.left)
        assert not Commitment.objects.in_force().filter(owner__in=gone).exists()
        assert not Action.objects.filter(done_at=None, owner__in=gone).exists()
        assert dict(Commitment.objects.values_list("what", "owner__email")) == {one.name: one.owner for one in self.promises}

    def test_what_ended_before_a_merger_stays_under_the_old_name(self):
        names = dict(Commitment.objects.values_list("what", "organisation__name"))
        assert names == {one.name: one.organisation for one in self.promises}
        assert set(names.values()) == {f"Partner {number}" for number in range(9)}

    def test_what_would_go_with_each_organisation(self):
        for organisation in Organisation.objects.in_programme(self.programme):
            found = leaving.simulate(self.programme, organisation)
            behind = defaultdict(set)
            for one in self.promises:
                if one.stands and one.organisation in self.record.speakers:
                    behind[one.ambition].add(one.organisation)
            lost = {number: sorted(names - {organisation.name}) for number, names in behind.items() if organisation.name in names and len(names) < 3}
            assert {loss.ambition.number: loss.remaining for loss in found.losses} == lost
            assert {row.what for row in found.promises} == {one.name for one in self.record.of(organisation.name) if one.runs}
            assert found.to_answer == self.record.unanswered[organisation.name]
