"""How ambitions of the example were formed: reactions to the text, checks of goals, who could take part, and a review half-way."""

from typing import Any

from ambitions import consultations
from ambitions.choices import Course, Criterion, Followed, Influence, Judgement, Stage
from ambitions.models import Ambition, Consultation, Goal, GoalCheck, GoalPoint, InPeriod, Involvement, Reaction, Review, ReviewVerdict
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme

PUT = -12  # the day on which the texts in consultation were put to the partners, at the latest


def load(programme: Programme, found: dict[str, Any], made: dict[int, Ambition], people: People, log: Log, *, by: User) -> None:
    for number, entry in enumerate(found["ambitions"], start=1):
        _checks(made[number], entry.get("goals", []), people)
        _consultation(made[number], entry, people, log, by)
        for each in entry.get("involvements", []):
            _involvement(made[number], each, log, by)
    if "review" in found:
        _review(programme, found["review"], made, log, by)


def _checks(ambition: Ambition, entries: list[dict[str, Any]], people: People) -> None:
    goals = list(Goal.objects.filter(ambition=ambition).order_by("order"))
    for goal, entry in zip(goals, entries, strict=True):
        GoalPoint.objects.bulk_create(GoalPoint(goal=goal, on=day(offset), value=value) for offset, value in entry.get("points", []))
        for criterion, (judgement, reason) in entry.get("checks", {}).items():
            GoalCheck.objects.create(
                goal=goal, criterion=Criterion(criterion), judgement=Judgement(judgement), reason=reason, judged_by=people.users["analist"], judged_at=moment(PUT)
            )


def _consultation(ambition: Ambition, entry: dict[str, Any], people: People, log: Log, by: User) -> None:
    if not ambition.is_in_consultation:
        return
    asked = consultations.put(ambition, by=by)
    Consultation.objects.filter(pk=asked.pk).update(opened_at=moment(min(entry["consultation_closes"] - 30, PUT), step=3))
    for each in entry.get("reactions", []):
        _reaction(asked, each, people, log, by)


def _reaction(asked: Consultation, entry: dict[str, Any], people: People, log: Log, by: User) -> None:
    part = next(part for part in consultations.parts(asked) if part.position == entry["about"])
    organisation = people.organisations[entry["by"]]
    speaker = organisation.representatives.select_related("user").order_by("pk")[0].user
    ambition, at = asked.ambition, moment(entry["on"], step=part.position)
    answered = {"outcome": Followed(entry["outcome"]), "answer": entry["answer"], "answered_by": by, "answered_at": moment(entry["answered"], step=6)} if "outcome" in entry else {}
    Reaction.objects.create(
        consultation=asked, organisation=organisation, position=part.position, kind=part.kind, about=part.text, view=entry["view"],
        words=entry.get("words", ""), given_by=speaker, given_at=at, **answered,
    )  # fmt: skip
    new = {"organisation": organisation.name, "parts": 1, "version": asked.version}
    log.tell("reaction.given", about=ambition, at=at, programme=ambition.programme, by=speaker, new=new)
    if answered:
        new = {"organisation": organisation.name, "outcome": str(Followed(entry["outcome"]).label), "answer": entry["answer"]}
        log.tell("reaction.answered", about=ambition, at=moment(entry["answered"], step=6), programme=ambition.programme, by=by, new=new)


def _involvement(ambition: Ambition, entry: dict[str, Any], log: Log, by: User) -> None:
    texts = {key: entry.get(key, "") for key in ("who", "fixed", "free", "outcome")}
    Involvement.objects.create(
        ambition=ambition, stage=Stage(entry["stage"]), influence=Influence(entry["influence"]), starts_on=day(entry["starts"]),
        ends_on=day(entry["ends"]) if "ends" in entry else None, written_by=by, written_at=moment(entry.get("ends", entry["starts"]) + 2), **texts,
    )  # fmt: skip
    new = {"who": entry["who"], "influence": str(Influence(entry["influence"]).label)}
    log.tell("involvement.written", about=ambition, at=moment(entry.get("ends", entry["starts"]) + 2), programme=ambition.programme, by=by, new=new)


def _review(programme: Programme, entry: dict[str, Any], made: dict[int, Ambition], log: Log, by: User) -> None:
    """An open review in which some ambitions were decided about already."""
    period = programme.periods.get()
    InPeriod.objects.bulk_create(InPeriod(ambition=ambition, period=period) for ambition in made.values() if ambition.state != "closed")
    review = Review.objects.create(period=period, opened_by=by, opened_at=moment(entry["opened"]))
    log.tell("review.opened", about=period, at=moment(entry["opened"]), programme=programme, by=by)
    for each in entry["verdicts"]:
        at, ambition = moment(each["on"], step=2), made[each["ambition"]]
        ReviewVerdict.objects.create(review=review, ambition=ambition, course=Course(each["course"]), reason=each["reason"], decided_by=by, decided_at=at)
        new = {"course": str(Course(each["course"]).label), "reason": each["reason"]}
        log.tell("review.decided", about=ambition, at=at, programme=programme, by=by, new=new)
