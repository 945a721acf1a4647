"""What an event says to a reader. Every app registers one sentence per kind in its `AppConfig.ready()`."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Choices
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wijkaanpak.journal.models import Event

SENTENCES: dict[str, str | Promise] = {}
WORDS: dict[str, str | Promise] = {}
CHOICES: dict[str, type[Choices]] = {}
DATE = re.compile(r"\d{4}-\d\d-\d\d$")


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, ready to show."""

    at: datetime
    who: str
    text: str
    kind: str


def register(mapping: dict, words: dict | None = None, choices: dict | None = None) -> None:
    """Add a translated sentence for each kind of event.

    A sentence may name `%(who)s`, `%(subject)s`, and each key of the event's values as `%(old_due_on)s` or `%(new_due_on)s`.
    `words` names the keys that are no fields of the subject, and `choices` says of which choices their values are.
    """
    SENTENCES.update(mapping)
    WORDS.update(words or {})
    CHOICES.update(choices or {})


def sentence(event: Event) -> str:
    """Return what happened as one translated sentence; a kind that nobody registered is shown as it is."""
    if event.kind not in SENTENCES:
        return event.kind
    return str(SENTENCES[event.kind]) % defaultdict(lambda: "–", _values(event))


def timeline(events) -> list[Entry]:
    """Return the events as entries in their own order; what happened by itself is by "Wijkaanpak"."""
    return [Entry(at=event.at, who=event.actor_name or _("Wijkaanpak"), text=sentence(event), kind=event.kind) for event in events]


def changes(event: Event) -> list[tuple[str, str, str]]:
    """Return what changed as (name of the field, before, after), in the order it was recorded."""
    keys = dict.fromkeys([*event.old, *event.new])
    return [_change(_field(event.subject_type, key), key, event.old.get(key), event.new.get(key)) for key in keys]


def _change(field, key: str, old, new) -> tuple[str, str, str]:
    name = getattr(field, "verbose_name", None) or WORDS.get(key, key.replace("_", " "))
    labels = dict(getattr(field, "flatchoices", None) or (CHOICES[key].choices if key in CHOICES else ()))
    before, after = (labels.get(value, value) if isinstance(value, str | int) else value for value in (old, new))
    return str(name), _shown(before), _shown(after)


def _field(subject_type: str, key: str):
    try:
        return apps.get_model(subject_type)._meta.get_field(key)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None


def _values(event: Event) -> dict[str, str]:
    values = {"who": event.actor_name or _("Wijkaanpak"), "subject": event.subject_name}
    values |= {f"old_{key}": _shown(value) for key, value in event.old.items()}
    return values | {f"new_{key}": _shown(value) for key, value in event.new.items()}


def _shown(value) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return number_format(int(value) if value.is_integer() else value)
    if isinstance(value, str) and DATE.match(value):
        return _local_date(parse_date(value))
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)


def _local_date(value: date | None) -> str:
    return date_format(value, "DATE_FORMAT") if value else "–"
