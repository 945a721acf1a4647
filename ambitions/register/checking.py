"""Compare the rows of a register with what is known: what is new, what changes, and what is wrong, by row and column. Writes nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ambitions.choices import AmbitionState, CommitmentState, FormalBasis, Visibility
from ambitions.commitments import UNTIL_AGREED
from ambitions.models import Commitment
from ambitions.register import cells
from ambitions.register.columns import EDITABLE, HEADINGS
from ambitions.register.known import Known
from ambitions.register.reading import Row

CHOICES = {"formal_basis": FormalBasis, "visibility": Visibility}
DEFAULTS = {"formal_basis": FormalBasis.NONE.value, "visibility": Visibility.PARTNERS.value}
REQUIRED = ["what", "organisation", "owner", "starts_on", "due_on"]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row; `column` is its heading, empty when it is about the whole row."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Line:
    """A row that can be taken over: `values` are those that are new or change, `before` those they replace."""

    row: int
    commitment: Commitment | None
    ambition: Any
    values: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return self.values.get("what") or (self.commitment.what if self.commitment else "")

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Return (heading, before, after) as people read it."""
        return [(str(HEADINGS[key]), shown(key, self.before.get(key)), shown(key, value)) for key, value in self.values.items()]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return (heading, value) of what a new commitment says besides its promise."""
        return [(heading, after) for heading, _before, after in self.changes if after not in ("–", self.what)]


@dataclass(frozen=True)
class Plan:
    """What a register would do, and what is wrong with it; with one fault nothing can be taken over."""

    lines: Sequence[Line] = ()
    faults: Sequence[Fault] = ()
    notes: Sequence[Fault] = ()

    @property
    def added(self) -> list[Line]:
        return [line for line in self.lines if line.commitment is None]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.commitment and line.values]

    @property
    def unchanged(self) -> int:
        return sum(line.commitment is not None and not line.values for line in self.lines)

    @property
    def can_be_taken_over(self) -> bool:
        return not self.faults and bool(self.added or self.changed)

    @property
    def fingerprint(self) -> str:
        """Another one when anything that would be written, or that it replaces, is another."""
        parts = [(line.row, line.commitment and line.commitment.pk, _plain(line.values), _plain(line.before)) for line in self.lines]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def _plain(values: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((key, str(getattr(value, "pk", value))) for key, value in values.items())


def plan(rows: Iterable[Row], known: Known) -> Plan:
    """Judge every row; what is wrong in one does not hide what is wrong in the next."""
    lines: list[Line] = []
    faults: list[Fault] = []
    notes: list[Fault] = []
    seen: dict[Any, int] = {}
    for row in rows:
        check = RowCheck(row["row"], row["cells"], known)
        line = check.line(seen)
        faults += check.faults
        notes += check.notes
        if line and not check.faults:
            lines.append(line)
    return Plan(lines, faults, notes)


def shown(key: str, value: Any) -> str:
    """A value as people read it."""
    if value in (None, ""):
        return "–"
    if key in CHOICES:
        return str(CHOICES[key](value).label)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return number_format(value.normalize() if value % 1 else int(value), force_grouping=True)
    return str(value)


class RowCheck:
    """The judgement of one row: gathers what is wrong, and makes the line when nothing is."""

    def __init__(self, row: int, found: dict[str, Any], known: Known):
        self.row, self.cells, self.known = row, found, known
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []

    def fault(self, key: str, reason: str) -> None:
        self.faults.append(Fault(self.row, str(HEADINGS.get(key, "")), reason))

    def line(self, seen: dict[Any, int]) -> Line | None:
        """Return the line; `seen` holds the rows by number and by text, so that nothing stands in the file twice."""
        number = self.read("number", cells.whole)
        if self.faults:
            return None
        commitment = self.known.commitments.get(number) if number else None
        if number and commitment is None:
            self.fault("number", _("There is no commitment %(number)s in this programme. Leave the number empty for a new one.") % {"number": number})
            return None
        made = self.existing(commitment) if commitment else self.new()
        self.refuse_twice(number or self.identity(made), seen)
        return made

    def read(self, key: str, reader, *arguments) -> Any:
        """Return what a cell says, or None with a fault."""
        try:
            return reader(self.cells.get(key), *arguments)
        except ValidationError as error:
            self.fault(key, error.messages[0])
            return None

    def value(self, key: str, organisation: Any = None) -> Any:
        """Return what the cell of a column means for a commitment."""
        if key in {"starts_on", "due_on"}:
            return self.read(key, cells.day)
        if key in {"quantity", "euro", "hours"}:
            return self.read(key, cells.amount, key)
        if key in CHOICES:
            return self.read(key, cells.choice, CHOICES[key]) if self.cells.get(key) not in (None, "") else DEFAULTS[key]
        if key == "organisation":
            return self.organisation()
        return self.person(organisation) if key == "owner" else self.read(key, cells.text, key)

    def organisation(self) -> Any:
        name = str(self.cells.get("organisation") or "")
        found = self.known.organisations.get(name.casefold())
        if found or not name:
            return found
        near = [str(self.known.organisations[key]) for key in cells.nearest(name, self.known.organisations)]
        texts = {"name": name[:80], "near": ", ".join(f"“{each}”" for each in near)}
        known = _("“%(name)s” takes no part in this programme. Did you mean %(near)s?") if near else _("“%(name)s” takes no part in this programme. Add the partner first.")
        self.fault("organisation", known % texts)
        return None

    def person(self, organisation: Any) -> Any:
        name, people = str(self.cells.get("owner") or ""), self.known.people.get(organisation.pk, {}) if organisation else {}
        found = people.get(name.casefold(), [])
        if len(found) == 1 or not organisation or not name:
            return found[0] if len(found) == 1 else None
        texts = {"name": name[:80], "organisation": str(organisation), "names": ", ".join(user.name for users in people.values() for user in users)}
        if found:
            reason = _("Two people of %(organisation)s are called %(name)s. Choose the person on the page of the commitment.")
        elif people:
            reason = _("“%(name)s” does not speak for %(organisation)s. Choose one of: %(names)s.")
        else:
            reason = _("Nobody speaks for %(organisation)s yet. Add a representative first.")
        self.fault("owner", reason % texts)
        return None

    def new(self) -> Line | None:
        ambition = self.ambition()
        values: dict[str, Any] = {}
        for column in EDITABLE[2:]:
            values[column.key] = self.value(column.key, values.get("organisation"))
        self.check(values)
        twin = self.twin(ambition, values)
        if twin:
            self.fault("number", _("This looks like commitment %(number)s. Fill in that number, or make the promise another one.") % {"number": twin})
        kept = {key: value for key, value in values.items() if value is not None}
        return Line(self.row, None, ambition, kept)

    def ambition(self) -> Any:
        number = self.read("ambition", cells.whole)
        found = self.known.ambitions.get(number or 0)
        if number and found is None:
            self.fault("ambition", _("There is no ambition %(number)s in this programme.") % {"number": number})
        elif found is not None and found.state == AmbitionState.CLOSED:
            self.fault("ambition", _("Ambition %(number)s is closed.") % {"number": number})
        elif not number and not self.faults:
            self.fault("ambition", _("Fill in the number of the ambition."))
        return found

    def twin(self, ambition: Any, values: dict[str, Any]) -> int | None:
        """The number of a commitment that promises the same: uploading a file twice must not double it."""
        same = (getattr(ambition, "pk", None), values.get("organisation"), (values.get("what") or "").casefold())
        rows = self.known.commitments.values()
        return next((row.pk for row in rows if (row.ambition_id, row.organisation, row.what.casefold()) == same), None)

    def existing(self, commitment: Commitment) -> Line:
        """Return only what differs: what is as it was is not judged again."""
        if "ambition" in self.cells and self.read("ambition", cells.whole) != commitment.ambition.number and not self.faults:
            self.fault("ambition", _("A commitment stays with its ambition, number %(number)s.") % {"number": commitment.ambition.number})
        self.note_state(commitment)
        present = {column.key: getattr(commitment, column.key) for column in EDITABLE[2:]}
        values = dict(present)
        for key in present:
            if key in self.cells and not self.is_as_shown(key, commitment):
                values[key] = self.value(key, values["organisation"])
        self.check(values)
        changed = {key: value for key, value in values.items() if value != present[key]}
        self.refuse_agreed(commitment, changed)
        self.refuse_spread(commitment, changed)
        return Line(self.row, commitment, commitment.ambition, changed, {key: present[key] for key in changed})

    def is_as_shown(self, key: str, commitment: Commitment) -> bool:
        """Whether the cell names the same organisation or person: one who left is no fault as long as nobody changes it."""
        is_same_partner = self.cells.get("organisation") == commitment.organisation.name
        is_same_person = self.cells.get("owner") == commitment.owner.name
        return is_same_partner and (key == "organisation" or (key == "owner" and is_same_person))

    def note_state(self, commitment: Commitment) -> None:
        """Say that a state in the file is not taken over."""
        cell = self.cells.get("state")
        if cell in (None, ""):
            return
        try:
            said = cells.choice(cell, CommitmentState)
        except ValidationError:
            said = ""
        if said != commitment.state:
            reason = _("The state is not taken over. Change it on the page of commitment %(number)s.") % {"number": commitment.pk}
            self.notes.append(Fault(self.row, str(HEADINGS["state"]), reason))

    def refuse_agreed(self, commitment: Commitment, changed: dict[str, Any]) -> None:
        if commitment.state == CommitmentState.PROPOSED:
            return
        for key in changed.keys() & UNTIL_AGREED:
            is_day = key == "due_on"
            reason = _("What was agreed stays. Move the date on the page of the commitment, with the reason.") if is_day else _("What was agreed stays as it is.")
            self.fault(key, f"{reason} " + _("Agreed: %(value)s") % {"value": shown(key, getattr(commitment, key))})

    def refuse_spread(self, commitment: Commitment, changed: dict[str, Any]) -> None:
        """A total of which the years are known changes together with them."""
        for key in changed.keys() & {"euro", "hours"}:
            if commitment.has_years:
                self.fault(key, _("This amount is spread over years. Change it on the page of commitment %(number)s, under “Per year”.") % {"number": commitment.pk})

    def check(self, values: dict[str, Any]) -> None:
        """What must be filled in, and what must fit together; a cell that is wrong already is not called empty as well."""
        wrong = {fault.column for fault in self.faults}
        for key in REQUIRED:
            if not values.get(key) and str(HEADINGS[key]) not in wrong and not self.waits_for_organisation(key, values):
                self.fault(key, _("Fill in this cell."))
        if values.get("starts_on") and values.get("due_on") and values["due_on"] < values["starts_on"]:
            self.fault("due_on", _("This date lies before the start. Choose a later one."))
        if not {str(HEADINGS["quantity"]), str(HEADINGS["unit"])} & wrong and (values.get("quantity") is None) != (not values.get("unit")):
            self.fault("unit", _("Give a quantity together with its unit, or neither."))

    def waits_for_organisation(self, key: str, values: dict[str, Any]) -> bool:
        """Whether the person cannot be judged because the organisation is wrong."""
        return key == "owner" and not values.get("organisation") and bool(self.cells.get("owner"))

    def identity(self, made: Line | None) -> Any:
        if made is None or not made.ambition:
            return None
        return made.ambition.pk, made.values.get("organisation"), made.values.get("what", "").casefold()

    def refuse_twice(self, identity: Any, seen: dict[Any, int]) -> None:
        if identity is None:
            return
        if identity in seen:
            key = "number" if isinstance(identity, int) else "what"
            self.fault(key, _("The same commitment stands in row %(row)s. Keep one of the two.") % {"row": seen[identity]})
        seen.setdefault(identity, self.row)
