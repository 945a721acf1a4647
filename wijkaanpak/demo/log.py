"""The event log of the example: what would have been written at the time."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from wijkaanpak.accounts.models import User
from wijkaanpak.journal.models import Event


class Log:
    """Collects events and writes them in the order in which they happened."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def tell(
        self, kind: str, *, about: Model, at: datetime, programme: Model, by: User | None = None,
        old: dict[str, Any] | None = None, new: dict[str, Any] | None = None,
    ) -> None:
        self.events.append(
            Event(
                kind=kind, at=at, actor_id=by.pk if by else None, actor_name=str(by or ""), subject_type=about._meta.label_lower,
                subject_id=about.pk, subject_name=str(about)[:300], programme_id=programme.pk, old=old or {}, new=new or {},
            )
        )

    def write(self) -> None:
        Event.objects.bulk_create(sorted(self.events, key=lambda event: event.at))
        self.events = []
