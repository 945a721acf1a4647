"""What the API offers: everything here passes through `public()`, as the public pages do."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from ambitions.choices import AmbitionState, CommitmentState, Signal
from ambitions.models import Ambition, AmbitionVersion, Commitment
from dashboards import neighbourhood
from dashboards.api import figures
from dashboards.api.fields import Field, Resource, Row, day, flag, number, text
from residents.choices import EndState, InputKind
from residents.models import Answer
from wijkaanpak.indicators.choices import Direction, MeasureKind
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area, Programme

KINDS = {AreaKind.COUNTRY: "country", AreaKind.PROVINCE: "province", AreaKind.MUNICIPALITY: "municipality", AreaKind.DISTRICT: "district", AreaKind.NEIGHBOURHOOD: "neighbourhood"}
DIRECTIONS = {Direction.HIGHER: "higher", Direction.LOWER: "lower", Direction.CONTEXT: "context"}
GOAL = (
    text("indicator", "Slug van de indicator."), text("name", "Naam van het cijfer bij het vaststellen."), text("unit", "Eenheid."),
    text("area", "Naam van het gebied; leeg voor het hele programma."), Field("baseline", "number", "Nulmeting."),
    text("baselinePeriod", "Periode van de nulmeting."), Field("target", "number", "Streefwaarde."), day("targetDate", "Streefdatum."),
)  # fmt: skip


def programmes() -> QuerySet[Programme]:
    return Programme.objects.public().select_related("municipality").defer("municipality__boundary").order_by("slug")


def programme(row: Programme) -> Row:
    place = row.municipality
    return {
        "id": row.slug, "name": row.name, "summary": row.summary, "municipalityCode": place.code if place else None,
        "municipalityName": place.name if place else None, "answerTermDays": row.answer_term_days, "isExample": row.is_example,
    }  # fmt: skip


def areas(of: Programme) -> QuerySet[Area]:
    return of.areas.without_boundary().select_related("division").order_by("code", "division__year")


def area(row: Area) -> Row:
    return {"code": row.code, "name": row.name, "kind": KINDS[AreaKind(row.kind)], "divisionYear": row.division.year, "inhabitants": row.population}


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.select_related("theme").order_by("slug")


def indicator(row: Indicator) -> Row:
    return {
        "id": row.slug, "name": row.name, "theme": row.theme.slug if row.theme else None, "definition": row.definition, "unit": row.unit,
        "kind": row.kind, "direction": DIRECTIONS[Direction(row.direction)], "decimals": row.decimals, "source": row.source, "pitfalls": row.pitfalls,
        "isModelled": row.is_modelled, "isExample": row.is_example,
    }  # fmt: skip


def ambitions(of: Programme) -> QuerySet[Ambition]:
    return neighbourhood.ambitions(of).prefetch_related(Prefetch("versions", AmbitionVersion.objects.order_by("-number"))).order_by("number")


def ambition(row: Ambition) -> Row:
    newest = row.versions.all()[0]
    return {
        "number": row.number, "sentence": row.sentence, "why": row.why, "theme": row.theme.slug, "state": row.state, "version": newest.number,
        "adoptedOn": timezone.localdate(newest.adopted_at), "goals": [goal(entry) for entry in newest.goals],
    }  # fmt: skip


def goal(entry: dict[str, Any]) -> Row:
    return {
        "indicator": entry["indicator"], "name": entry["name"], "unit": entry["unit"], "area": entry.get("area", ""), "baseline": entry["baseline"],
        "baselinePeriod": figures.period(entry["baseline_period"]), "target": entry["target"], "targetDate": entry["target_on"],
    }  # fmt: skip


def commitments(of: Programme) -> QuerySet[Commitment]:
    return neighbourhood.promises(of).select_related("organisation", "ambition").order_by("pk")


def commitment(row: Any) -> Row:
    return {
        "id": row.pk, "ambition": row.ambition.number, "organisation": row.organisation.name, "what": row.what,
        "quantity": None if row.quantity is None else float(row.quantity), "unit": row.unit, "startsOn": row.starts_on, "firstDueOn": row.first_due_on,
        "dueOn": row.due_on, "state": row.state, "signal": row.signal or None, "lastWord": row.last_sentence,
        "lastWordOn": timezone.localdate(row.last_word_at) if row.last_word_at else None, "endReason": row.end_reason,
    }  # fmt: skip


def answers(of: Programme) -> QuerySet[Answer]:
    return neighbourhood.answers(of).select_related("input__area", "organisation", "ambition").defer("input__area__boundary").order_by("pk")


def answer(row: Answer) -> Row:
    known = row.ambition if row.ambition and row.ambition.state == AmbitionState.ADOPTED else None
    return {
        "id": row.pk, "kind": row.input.kind, "said": row.input.public_text, "area": row.input.area.code if row.input.area else None,
        "receivedOn": timezone.localdate(row.input.received_at), "answeredOn": timezone.localdate(row.given_at), "endState": row.end_state,
        "reason": row.reason, "organisation": row.organisation.name, "passedOnTo": row.passed_on_to, "ambition": known.number if known else None,
    }  # fmt: skip


PROGRAMMES = Resource("programmes", "Programme", "Openbare wijkprogramma's", (
    text("id", "Naam van het programma in adressen."), text("name", "Naam."), text("summary", "Eén zin voor bewoners."),
    text("municipalityCode", "CBS-code van de gemeente.", nullable=True), text("municipalityName", "Naam van de gemeente.", nullable=True),
    Field("answerTermDays", "integer", "Termijn voor antwoord aan bewoners, in werkdagen."), flag("isExample", "Verzonnen voorbeeld."),
), programmes, programme, is_of_programme=False)  # fmt: skip
INDICATORS = Resource("indicators", "Indicator", "Indicatoren met hun definitie", (
    text("id", "Slug van de indicator."), text("name", "Naam."), text("theme", "Slug van het thema.", nullable=True), text("definition", "Definitie."),
    text("unit", "Eenheid."), text("kind", "Hoe waarden van gebieden samengaan.", choices=tuple(MeasureKind.values)),
    text("direction", "Wat beter is: higher, lower, of context (geen oordeel).", choices=tuple(DIRECTIONS.values())),
    Field("decimals", "integer", "Aantal decimalen om te tonen."), text("source", "Bron."), text("pitfalls", "Hoe het cijfer niet gelezen moet worden."),
    flag("isModelled", "Schatting uit een model."), flag("isExample", "Verzonnen voorbeeldcijfers."),
), indicators, indicator, is_of_programme=False)  # fmt: skip
AREAS = Resource("areas", "Area", "Gebieden van het programma", (
    text("code", "CBS-code."), text("name", "Naam."), text("kind", "Soort gebied.", choices=tuple(KINDS.values())),
    Field("divisionYear", "integer", "Jaar van de gebiedsindeling."), Field("inhabitants", "integer", "Aantal inwoners.", nullable=True),
), areas, area)  # fmt: skip
AMBITIONS = Resource("ambitions", "Ambition", "Vastgestelde ambities", (
    Field("number", "integer", "Nummer in het programma."), text("sentence", "De ambitie in één zin."), text("why", "Waarom."), text("theme", "Slug van het thema."),
    text("state", "adopted of closed.", choices=(AmbitionState.ADOPTED.value, AmbitionState.CLOSED.value)), Field("version", "integer", "Nummer van de vastgestelde tekst."),
    day("adoptedOn", "Dag van vaststellen."), Field("goals", "array", "Doelen zoals vastgesteld.", parts=GOAL),
), ambitions, ambition)  # fmt: skip
COMMITMENTS = Resource("commitments", "Commitment", "Openbare toezeggingen", (
    Field("id", "integer", "Nummer van de toezegging."), Field("ambition", "integer", "Nummer van de ambitie."), text("organisation", "Wie het toezegde."),
    text("what", "Wat is toegezegd."), number("quantity", "Aantal."), text("unit", "Eenheid van het aantal."), day("startsOn", "Begint op."),
    day("firstDueOn", "Eerst afgesproken datum.", nullable=True), day("dueOn", "Nu afgesproken datum."),
    text("state", "Stand.", choices=tuple(state.value for state in CommitmentState if state != CommitmentState.PROPOSED)),
    text("signal", "Hoe het loopt; null als de toezegging is geëindigd.", nullable=True, choices=tuple(Signal.values)),
    text("lastWord", "Laatste bericht.", nullable=True), day("lastWordOn", "Datum van het laatste bericht.", nullable=True), text("endReason", "Reden van het einde."),
), commitments, commitment)  # fmt: skip
ANSWERS = Resource("answers", "Answer", "Wat bewoners zeiden en welk antwoord zij kregen", (
    Field("id", "integer", "Nummer van het antwoord."), text("kind", "Soort inbreng.", choices=tuple(InputKind.values)), text("said", "Tekst zoals gepubliceerd."),
    text("area", "CBS-code van het gebied; null is de hele wijk.", nullable=True), day("receivedOn", "Ontvangen op."), day("answeredOn", "Beantwoord op."),
    text("endState", "Uitkomst.", choices=tuple(EndState.values)), text("reason", "Het antwoord."), text("organisation", "Wie antwoordde."),
    text("passedOnTo", "Aan wie het is doorgegeven."), Field("ambition", "integer", "Nummer van de ambitie waar het deel van is.", nullable=True),
), answers, answer)  # fmt: skip
ALL = (PROGRAMMES, INDICATORS, AREAS, *figures.RESOURCES, AMBITIONS, COMMITMENTS, ANSWERS)
BY_NAME = {resource.name: resource for resource in ALL}
