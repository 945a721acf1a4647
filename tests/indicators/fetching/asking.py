"""Turn a service on and let its jobs run here, as a worker would."""

from wijkaanpak.indicators.fetching import switching
from wijkaanpak.indicators.models import Feed
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job


def switch_on(slug, *, by=None, municipality="GM0202", since=2020, **values):
    return switching.set_up(slug, by=by, is_on=True, municipality=municipality, since=since, **values)


def work():
    """Do every waiting job of this app, and those that follow from it."""
    while waiting := list(Job.objects.filter(state=JobState.QUEUED, kind__startswith="indicators.").order_by("pk")):
        for job in waiting:
            jobs.run(job.pk)


def fetch(slug, **values):
    feed = switch_on(slug, **values)
    work()
    feed.refresh_from_db()
    return feed


def fetch_again(feed):
    switching.look_everywhere()
    work()
    feed.refresh_from_db()
    return feed


def turned_on(slug, **values):
    """A service that is on, without asking it."""
    return Feed.objects.create(slug=slug, is_on=True, **values)
