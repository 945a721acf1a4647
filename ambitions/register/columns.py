"""The columns of the commitment register: the same in the file that goes out and in the one that comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = Any  # a commitment of `with_signal()`, with ambition, theme, organisation and owner


@dataclass(frozen=True)
class Column:
    """A column; one that is only to be read is never taken over from a file."""

    key: str
    heading: str | Promise
    value: Callable[[Row], Any]
    width: int = 14
    is_editable: bool = True
    is_required: bool = False


COLUMNS = [
    Column("number", _("Number"), lambda row: row.pk, 10, is_required=True),
    Column("ambition", _("Ambition number"), lambda row: row.ambition.number, 12, is_required=True),
    Column("what", _("Promise"), lambda row: row.what, 60, is_required=True),
    Column("organisation", _("Organisation"), lambda row: row.organisation.name, 32, is_required=True),
    Column("owner", _("Responsible person"), lambda row: row.owner.name, 26, is_required=True),
    Column("starts_on", _("Starts on"), lambda row: row.starts_on, is_required=True),
    Column("due_on", _("Done before"), lambda row: row.due_on, is_required=True),
    Column("quantity", _("Quantity"), lambda row: row.quantity),
    Column("unit", _("Unit"), lambda row: row.unit, 20),
    Column("euro", _("Euro"), lambda row: row.euro),
    Column("hours", _("Hours"), lambda row: row.hours),
    Column("formal_basis", _("Formal basis"), lambda row: row.get_formal_basis_display(), 22),
    Column("visibility", _("Visible to"), lambda row: row.get_visibility_display(), 34),
    Column("explanation", _("Explanation"), lambda row: row.explanation, 50),
    Column("sentence", _("Ambition"), lambda row: row.ambition.sentence, 50, is_editable=False),
    Column("theme", _("Theme"), lambda row: row.ambition.theme.name, 22, is_editable=False),
    Column("state", _("State"), lambda row: row.get_state_display(), 18, is_editable=False),
    Column("signal", _("Signal"), lambda row: str(row.badge.label) if row.is_in_force else "", 18, is_editable=False),
    Column("first_due_on", _("First agreed date"), lambda row: row.first_due_on, is_editable=False),
    Column("last_sentence", _("Last word"), lambda row: row.last_sentence, 50, is_editable=False),
    Column("last_word_on", _("Last word on"), lambda row: timezone.localdate(row.last_word_at) if row.last_word_at else None, is_editable=False),
]  # fmt: skip
EDITABLE = [column for column in COLUMNS if column.is_editable]
HEADINGS = {column.key: column.heading for column in COLUMNS}


def by_heading() -> dict[str, str]:
    """Return the key of each column by its heading in small letters, in every language a register may have been made in."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(column.heading).casefold(): column.key for column in COLUMNS}
    return found
