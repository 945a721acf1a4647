"""What asks for attention, and the one thing to do about it. Pure: rows in, dataclasses out, no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors import agreements
from actors.choices import AgreementState
from actors.models import Agreement, Organisation, Tension
from ambitions.choices import CommitmentState, Signal
from ambitions.dependencies import Wait
from ambitions.models import Ambition, Commitment, Confirmation, Escalation, Milestone
from dashboards.choices import Attention, Body
from dashboards.models import Action, Decision
from residents.choices import InputState
from residents.models import ResidentInput

AHEAD = timedelta(days=14)  # what comes within two weeks is announced
PATIENCE = timedelta(days=7)  # a proposal may lie so long before it asks for a decision
SHOWN = 6  # rows of one kind on the cockpit; the rest is behind a link
LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Alarm:
    """One row of the cockpit: what, whose, since when, and one action; `posts` means the action is a button, not a link.

    Its kind and where something is done about it tell it from all others: two contradictions may stand on one page.
    """

    kind: Attention
    what: str
    url: str
    who: str
    since: date | None
    detail: str
    action: str
    action_url: str
    posts: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.value, self.action_url


@dataclass(frozen=True)
class Group:
    """All exceptions of one kind: the first few to show, how many more there are, and where all of them stand."""

    kind: Attention
    rows: Sequence[Alarm]
    total: int
    url: str

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Ahead:
    """Something that happens within two weeks."""

    on: date
    what: str
    url: str
    who: str
    label: str


def of_commitments(commitments: Iterable[Commitment], *, slug: str, steps: Collection[Escalation] = ()) -> list[Alarm]:
    """Return a row for each commitment that is late, silent or delayed. Rows come from `with_signal()`.

    One with an open step up has its row there.
    """
    makers = {Signal.LATE: _late, Signal.SILENT: _silent, Signal.DELAYED: _delayed}
    asked = {step.commitment_id for step in steps}
    return [makers[Signal(row.signal)](row, slug) for row in commitments if row.signal in makers and row.pk not in asked]


def of_steps(steps: Iterable[Escalation], *, slug: str) -> list[Alarm]:
    """Return a row for each step up that waits for its answer."""
    return [_step_up(step, slug) for step in steps]


def _step_up(step: Escalation, slug: str) -> Alarm:
    lies = _("lies with the %(level)s, answer before %(day)s: %(ground)s")
    texts = {"level": step.get_level_display(), "day": date_format(step.answer_due_on, "j F Y"), "ground": step.get_ground_display()}
    return Alarm(
        Attention.ESCALATED, step.commitment.what, reverse("ambitions:commitment_detail", args=[slug, step.commitment_id]),
        who=f"{step.person or step.owner}, {step.commitment.organisation}", since=step.since, detail=lies % texts, action=_("Give the answer"),
        action_url=reverse("ambitions:commitment_answer", args=[slug, step.commitment_id]),
    )  # fmt: skip


def _late(row: Commitment, slug: str) -> Alarm:
    action_url = reverse("ambitions:commitment_postpone", args=[slug, row.pk])
    return _promise(row, slug, Attention.LATE, since=row.due_on, detail=_how_late(row.days_late), action=_("New date"), action_url=action_url)


def _silent(row: Commitment, slug: str) -> Alarm:
    detail = ngettext("no word for %(days)s day", "no word for %(days)s days", row.days_silent) % {"days": row.days_silent}
    action_url = reverse("ambitions:commitment_ask", args=[slug, row.pk])
    return _promise(row, slug, Attention.SILENT, since=row.silent_since, detail=detail, action=_("Ask for a word"), action_url=action_url, posts=True)


def _delayed(row: Commitment, slug: str) -> Alarm:
    action_url = reverse("ambitions:commitment_detail", args=[slug, row.pk])
    since = timezone.localtime(row.last_word_at).date()
    return _promise(row, slug, Attention.DELAYED, since=since, detail=row.last_sentence, action=_("Discuss"), action_url=action_url)


def _promise(row: Commitment, slug: str, kind: Attention, **values) -> Alarm:
    url = reverse("ambitions:commitment_detail", args=[slug, row.pk])
    return Alarm(kind=kind, what=row.what, url=url, who=f"{row.owner}, {row.organisation}", **values)


def _how_late(days: int) -> str:
    return ngettext("%(days)s day too late", "%(days)s days too late", days) % {"days": days}


def of_inputs(inputs: Iterable[ResidentInput], *, slug: str, today: date) -> list[Alarm]:
    """Return a row for each input to moderate and each published one whose answer is late."""
    found = []
    for row in inputs:
        if row.state in {InputState.HELD, InputState.AWAITING}:
            found.append(_to_moderate(row, slug, today))
        elif row.answer_due_on < today:
            found.append(_to_answer(row, slug, today))
    return found


def _to_moderate(row: ResidentInput, slug: str, today: date) -> Alarm:
    since = timezone.localtime(row.received_at).date()
    days = (today - since).days
    held = _("held as possible spam") if row.state == InputState.HELD else ngettext("%(days)s day old", "%(days)s days old", days) % {"days": days}
    return _voice(row, slug, Attention.MODERATION, text=row.text, who=_("moderators"), since=since, detail=held, action=_("Read and decide"))


def _to_answer(row: ResidentInput, slug: str, today: date) -> Alarm:
    who = str(row.organisation) if row.organisation_id else _("nobody yet")
    late = _how_late((today - row.answer_due_on).days)
    action = _("Answer it") if row.organisation_id else _("Hand over")
    return _voice(row, slug, Attention.ANSWER, text=row.public_text, who=who, since=row.answer_due_on, detail=late, action=action)


def _voice(row: ResidentInput, slug: str, kind: Attention, *, text: str, **values) -> Alarm:
    url = reverse("residents:input_detail", args=[slug, row.pk])
    what = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return Alarm(kind=kind, what=f"“{what}”", url=url, action_url=url, **values)


def decisions(ambitions: Iterable[Ambition], commitments: Iterable[Commitment], *, slug: str, today: date) -> list[Alarm]:
    """Return what waits for a decision: consultations whose date has passed, proposals that lie for a week."""
    closed = [row for row in ambitions if row.is_in_consultation and closes_on(row) < today]
    proposed = [row for row in commitments if row.state == CommitmentState.PROPOSED]
    lying = [row for row in proposed if timezone.localtime(row.created_at).date() + PATIENCE <= today]
    return [_to_adopt(row, slug) for row in closed] + [_to_agree(row, slug) for row in lying]


def _to_adopt(row: Ambition, slug: str) -> Alarm:
    url = reverse("ambitions:ambition_detail", args=[slug, row.number])
    return Alarm(
        Attention.DECISION, words(row), url, who=_("coordinator"), since=row.consultation_closes_on, detail=_("the consultation is over"),
        action=_("Adopt or ask longer"), action_url=url,
    )


def _to_agree(row: Commitment, slug: str) -> Alarm:
    url = reverse("ambitions:commitment_detail", args=[slug, row.pk])
    since = timezone.localtime(row.created_at).date()
    return _promise(row, slug, Attention.DECISION, since=since, detail=_("proposed, not agreed yet"), action=_("Decide"), action_url=url)


def support_missing(
    ambitions: Iterable[Ambition], participants: Collection[Organisation], stances: Collection[tuple[int, int]], *, slug: str, today: date
) -> list[Alarm]:
    """Return a row for each ambition in consultation about which some partner has not spoken.

    `stances` are the pairs (ambition, organisation) on record for the text that is asked about now.
    """
    found = []
    for row in ambitions:
        silent = [partner.name for partner in participants if (row.pk, partner.pk) not in stances]
        if row.is_in_consultation and closes_on(row) >= today and silent:
            found.append(_unsupported(row, silent, len(participants), slug))
    return found


def _unsupported(row: Ambition, silent: Sequence[str], asked: int, slug: str) -> Alarm:
    url = reverse("ambitions:ambition_detail", args=[slug, row.number])
    detail = _("%(number)s of %(total)s partners have not spoken") % {"number": len(silent), "total": asked}
    who = ", ".join(silent[:3]) + (" …" if len(silent) > 3 else "")
    return Alarm(Attention.SUPPORT, words(row), url, who=who, since=None, detail=detail, action=_("Look who"), action_url=url)


def of_waits(waits: Iterable[Wait], *, slug: str) -> list[Alarm]:
    """Return a row for each commitment in force that another one holds up."""
    return [_wait(wait, slug) for wait in waits]


def _wait(wait: Wait, slug: str) -> Alarm:
    row, on = wait.dependency.commitment, wait.dependency.on
    url = reverse("ambitions:commitment_detail", args=[slug, row.pk])
    detail = _("waits for “%(what)s” of %(organisation)s: %(how)s") % {"what": on.what, "organisation": on.organisation, "how": wait.words}
    return Alarm(
        Attention.WAITING, row.what, url, who=str(row.organisation), since=wait.since, detail=detail, action=_("Look what it waits for"),
        action_url=f"{reverse('ambitions:commitment_detail', args=[slug, on.pk])}#wacht-{row.pk}",
    )  # fmt: skip


def of_wishes(wishes: Iterable[Confirmation], *, slug: str) -> list[Alarm]:
    """Return a row for each change that was asked for at the yearly confirmation and that nobody followed or settled."""
    return [_wish(wish, slug) for wish in wishes]


def _wish(wish: Confirmation, slug: str) -> Alarm:
    url = reverse("ambitions:commitment_detail", args=[slug, wish.commitment_id])
    return Alarm(
        Attention.CHANGE, wish.commitment.what, url, who=f"{wish.by}, {wish.commitment.organisation}", since=timezone.localtime(wish.at).date(),
        detail=f"“{wish.text}”", action=_("Change or settle"), action_url=reverse("ambitions:change_settle", args=[slug, wish.pk]),
    )  # fmt: skip


def of_tensions(tensions: Iterable[Tension], *, slug: str) -> list[Alarm]:
    """Return a row for each tension whose day to look at it again has come."""
    return [_tension(tension, slug) for tension in tensions]


def _tension(tension: Tension, slug: str) -> Alarm:
    detail = _("no agreement yet") if tension.is_open else _("does the agreement still hold?")
    return Alarm(
        Attention.TENSION, tension.sentence, reverse("actors:tension_detail", args=[slug, tension.pk]), who=tension.owner.name, since=tension.review_on,
        detail=detail, action=_("See how it stands"), action_url=reverse("actors:tension_review", args=[slug, tension.pk]),
    )  # fmt: skip


def of_agreements(rows: Iterable[Agreement], *, slug: str, today: date) -> list[Alarm]:
    """Return a row for each agreement that comes near its end or its last day of notice. Rows come `with_parties()`."""
    near = {AgreementState.NOTICE_NEAR, AgreementState.ENDS_SOON}
    return [_agreement(row, slug, today) for row in rows if row.state_on(today) in near]


def _agreement(row: Agreement, slug: str, today: date) -> Alarm:
    url = reverse("actors:agreement_detail", args=[slug, row.pk])
    parties = [party.organisation.name for party in row.present]
    who = ", ".join(parties[:3]) + (" …" if len(parties) > 3 else "")
    detail = _("agreement runs out: %(next_step)s") % {"next_step": agreements.next_step(row, today)}
    return Alarm(Attention.DECISION, row.title, url, who=who, since=None, detail=detail, action=_("Say how it goes on"), action_url=url)


def actions_late(actions: Iterable[Action], *, slug: str, today: date) -> list[Alarm]:
    """Return a row for each action of a meeting whose date has passed."""
    return [_action(row, slug, today) for row in actions]


def _action(row: Action, slug: str, today: date) -> Alarm:
    url = reverse("dashboards:action_finish", args=[slug, row.pk])
    late = _how_late((today - row.due_on).days)
    return Alarm(Attention.ACTION, row.what, url, who=row.owner.name, since=row.due_on, detail=late, action=_("Say what came of it"), action_url=url)


def to_look_back_on(decisions: Iterable[Decision], *, slug: str) -> list[Alarm]:
    """Return a row for each decision whose day to look back has come."""
    return [_review(row, slug) for row in decisions]


def _review(row: Decision, slug: str) -> Alarm:
    url = reverse("dashboards:decision_look_back", args=[slug, row.number])
    detail = _("agreed: look back by now")
    return Alarm(Attention.REVIEW, row.what, url, who=str(Body(row.body).label), since=row.look_back_on, detail=detail, action=_("Look back"), action_url=url)


def words(ambition: Ambition) -> str:
    """The text people speak about: the revision while there is one, or else the text in force."""
    return ambition.revised_sentence or ambition.sentence


def closes_on(ambition: Ambition) -> date:
    """The last day of the consultation; far away when nobody is asked."""
    return ambition.consultation_closes_on or date.max


def grouped(found: Iterable[Alarm], *, slug: str, shown: int = SHOWN) -> list[Group]:
    """Return the exceptions by kind, most urgent kind first, longest waiting row first."""
    urgency = {kind: place for place, kind in enumerate(Attention)}
    ordered = sorted(found, key=lambda row: (urgency[row.kind], row.since or date.max))
    groups = [(kind, list(rows)) for kind, rows in groupby(ordered, key=lambda row: row.kind)]
    return [Group(kind, rows[:shown], len(rows), all_of(kind, slug)) for kind, rows in groups]


def all_of(kind: Attention, slug: str) -> str:
    """Return the address of the list with everything of a kind."""
    commitments = reverse("ambitions:commitment_list", args=[slug])
    inbox = reverse("residents:inbox", args=[slug])
    return {
        Attention.ESCALATED: reverse("ambitions:escalation_list", args=[slug]),
        Attention.LATE: f"{commitments}?signal=late", Attention.SILENT: f"{commitments}?signal=silent",
        Attention.DELAYED: f"{commitments}?signal=delayed", Attention.DECISION: f"{commitments}?state=proposed",
        Attention.CONTRADICTION: reverse("dashboards:contradiction_list", args=[slug]),
        Attention.WAITING: reverse("ambitions:dependency_list", args=[slug]), Attention.CHANGE: reverse("ambitions:reconfirmation", args=[slug]),
        Attention.TENSION: f"{reverse('actors:tension_list', args=[slug])}?terugkijken",
        Attention.ACTION: reverse("dashboards:meeting_list", args=[slug]), Attention.REVIEW: reverse("dashboards:decision_list", args=[slug]),
        Attention.ANSWER: f"{inbox}?lijst=te-laat", Attention.MODERATION: f"{inbox}?lijst=modereren",
    }.get(kind, reverse("ambitions:ambition_list", args=[slug]))


def ahead(
    commitments: Iterable[Commitment], milestones: Iterable[Milestone], ambitions: Iterable[Ambition], inputs: Iterable[ResidentInput], *,
    slug: str, today: date,
) -> list[Ahead]:
    """Return what comes within two weeks, nearest first."""
    until = today + AHEAD
    found = [_due(row, slug) for row in commitments if row.signal and today <= row.due_on <= until]
    found += [_step(row, slug) for row in milestones if today <= row.due_on <= until]
    found += [_closing(row, slug) for row in ambitions if row.is_in_consultation and today <= closes_on(row) <= until]
    found += [_promised(row, slug) for row in inputs if row.state == InputState.PUBLISHED and today <= row.answer_due_on <= until]
    return sorted(found, key=lambda row: row.on)


def _due(row: Commitment, slug: str) -> Ahead:
    return Ahead(row.due_on, row.what, reverse("ambitions:commitment_detail", args=[slug, row.pk]), str(row.organisation), _("promise due"))


def _step(row: Milestone, slug: str) -> Ahead:
    url = reverse("ambitions:commitment_detail", args=[slug, row.commitment_id])
    return Ahead(row.due_on, f"{row.what} ({row.commitment.what})", url, str(row.commitment.organisation), _("step due"))


def _closing(row: Ambition, slug: str) -> Ahead:
    url = reverse("ambitions:ambition_detail", args=[slug, row.number])
    return Ahead(closes_on(row), words(row), url, _("all partners"), _("consultation closes"))


def _promised(row: ResidentInput, slug: str) -> Ahead:
    voice = _voice(row, slug, Attention.ANSWER, text=row.public_text, who="", since=None, detail="", action="")
    return Ahead(row.answer_due_on, voice.what, voice.url, str(row.organisation or _("nobody yet")), _("answer promised"))
