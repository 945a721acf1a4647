"""How each service is doing, as the page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import feeds, switching, wording
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.models import Edition, Feed, Release
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area
from wijkaanpak.neighbourhoods.permissions import can_import_figures

RECENT = 200  # jobs looked back for the last one of each service
BADGES = {
    "off": ("done", _("switched off")),
    "busy": ("info", _("fetching")),
    "failing": ("danger", _("failing")),
    "new": ("info", _("not asked yet")),
    "fine": ("safe", _("works")),
}


@dataclass
class Row:
    """A service with its settings, the last release that came, and its newest job."""

    definition: Definition
    feed: Feed
    release: Release | None
    job: Job | None
    place: str

    @property
    def edition(self) -> Edition | None:
        """The last delivery; needs `release.editions` prefetched."""
        return max(self.release.editions.all(), key=lambda edition: edition.pk, default=None) if self.release else None

    @property
    def is_on(self) -> bool:
        return self.feed.is_on and settings.FETCHING

    @property
    def is_busy(self) -> bool:
        return self.job is not None and self.job.is_active

    @property
    def problem(self) -> str:
        """The kind of problem; a job that broke down although the service answered is one of our own."""
        broke_down = self.job is not None and self.job.state == JobState.FAILED and not self.job.result.get("refused")
        return FetchProblem.FAULT if broke_down else self.feed.problem

    @property
    def reason(self) -> str:
        return wording.reason(self.problem)

    @property
    def advice(self) -> str:
        return wording.advice(self.problem)

    @property
    def failing_since(self) -> datetime | None:
        return self.feed.problem_at or (self.job.finished_at if self.job else None)

    @property
    def state(self) -> str:
        if not self.is_on:
            return "off"
        if self.is_busy:
            return "busy"
        if self.problem:
            return "failing"
        return "fine" if self.feed.asked_at else "new"

    @property
    def badge(self) -> tuple:
        return BADGES[self.state]

    @property
    def next_year(self) -> int | None:
        """The year of the figures to look out for, of a source that comes at most once a year."""
        months = self.definition.source.months
        return self.release.year + months // 12 if self.release and months >= 12 else None


def rows(user) -> list[Row]:
    """Return every service in the order of the list; none for who may not bring in figures. Five queries."""
    if not can_import_figures(user):
        return []
    known = {feed.slug: feed for feed in Feed.objects.all()}
    newest = Release.objects.fetched().order_by("feed_id", "-year", "-fetched_at").distinct("feed_id").prefetch_related("editions")
    releases = {release.feed_id: release for release in newest}
    latest = latest_jobs()
    places = municipality_names([feed.municipality for feed in known.values()])
    found = []
    for definition in feeds.definitions().values():
        feed = known.get(definition.slug) or Feed(slug=definition.slug)
        found.append(Row(definition, feed, releases.get(feed.pk), latest.get(feed.pk), places.get(feed.municipality, feed.municipality)))
    return found


def row(slug: str, user) -> Row:
    """Return one service; KeyError when there is none of that name for this user."""
    return {row.definition.slug: row for row in rows(user)}[slug]


def latest_jobs() -> dict[int, Job]:
    """Return per service the job to speak of: one that runs, else the one that ended last."""
    found: dict[int, Job] = {}
    for job in Job.objects.filter(kind__in=[switching.LOOK, switching.FETCH]).order_by("-pk")[:RECENT]:
        feed = job.payload["feed"]
        if feed not in found or (job.is_active and not found[feed].is_active):
            found[feed] = job
    return found


def municipality_names(codes: list[str]) -> dict[str, str]:
    named = Area.objects.filter(code__in=[code for code in codes if code], kind=AreaKind.MUNICIPALITY).exclude(name="")
    return dict(named.order_by("division__year").values_list("code", "name"))


def own_municipality() -> str:
    """Return the code of the municipality all programmes lie in; blank when there are none, or several."""
    kinds = [AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD]
    codes = Area.objects.filter(programmes__isnull=False, kind__in=kinds).values_list("code", flat=True)
    found = {f"GM{code[2:6]}" for code in codes}
    return found.pop() if len(found) == 1 else ""
