"""What people do with a service: set it up, let it look for something new, stop it. The night does the same for all."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkaanpak.indicators.fetching import keeping
from wijkaanpak.indicators.models import Feed
from wijkaanpak.journal import events, jobs
from wijkaanpak.journal.models import Job

LOOK, FETCH = "indicators.look", "indicators.fetch"
SETTABLE = ["is_on", "municipality", "since", "reads_in_by_itself"]


@transaction.atomic
def set_up(slug: str, *, by, **values) -> Feed:
    """Change how a service is used; one that is switched on is asked at once."""
    if unknown := set(values) - set(SETTABLE):
        raise ValueError(f"cannot be set: {unknown}")
    Feed.objects.get_or_create(slug=slug)
    feed = Feed.objects.select_for_update().get(slug=slug)
    old = {name: getattr(feed, name) for name in values if getattr(feed, name) != values[name]}
    if not old:
        return feed
    for name in old:
        setattr(feed, name, values[name])
    feed.save(update_fields=list(old))
    events.record("feed.changed", about=feed, by=by, old=old, new={name: values[name] for name in old})
    if feed.is_on and settings.FETCHING:
        look(feed, by=by)
    return feed


def look_now(feed: Feed, *, by) -> Job:
    """Ask a service whether there is something new.

    Raises ValidationError (code "off") when it is switched off, here or in the whole installation.
    """
    if not (feed.is_on and settings.FETCHING):
        raise ValidationError(_("This service is switched off, so nothing is asked."), code="off")
    return look(feed, by=by)


def look(feed: Feed, *, by) -> Job:
    return jobs.enqueue(LOOK, key=feed.pk, payload={"feed": feed.pk}, by=by)


def look_everywhere() -> None:
    """Ask every service that is switched on, and clear away what was kept long enough."""
    if not settings.FETCHING:
        return
    for feed in Feed.objects.switched_on():
        look(feed, by=None)
    keeping.tidy()


def stop(feed: Feed, *, by) -> None:
    """Stop everything a service is doing. Raises ValidationError (code "idle") when that is nothing."""
    stopped = [jobs.cancel(job, by=by) for job in active_jobs(feed)]
    if not any(stopped):
        raise ValidationError(_("Nothing is being fetched from this service."), code="idle")


def active_jobs(feed: Feed) -> list[Job]:
    return list(Job.objects.active().filter(kind__in=[LOOK, FETCH], payload__feed=feed.pk))
