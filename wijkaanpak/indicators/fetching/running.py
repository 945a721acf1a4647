"""The jobs: look whether a service has something new, and fetch one release of it.

Looking ends with a row and a job per new release. Fetching keeps each page on disk, so a worker
that takes over asks only for the pages that are missing; the delivery is made in the transaction
that ends the job.
"""

from types import ModuleType

from django.conf import settings
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import feeds, handover, leefbaarometer, odata3, odata4, pdok, police, switching, wording
from wijkaanpak.indicators.fetching.asking import Asker
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.keeping import Kept
from wijkaanpak.indicators.fetching.published import Published, Wanted
from wijkaanpak.indicators.models import Feed, Release
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.journal import events, jobs

PROTOCOLS: dict[str, ModuleType] = {
    "odata3": odata3, "odata4": odata4, "police": police, "leefbaarometer": leefbaarometer, "pdok": pdok,
}  # fmt: skip


def look(run) -> None:
    """Ask a service what it offers now, and start a job for each release that is not here yet."""
    feed, definition = switched_on(run)
    ask = Asker(lambda pages: run.step(0, 1, _("Asking whether there is something new")))
    ask.alive(0)
    try:
        offered = list(PROTOCOLS[definition.protocol].published(definition, ask, since=feed.since))
        if not offered:
            raise FetchFailed(FetchProblem.EMPTY, ", ".join(definition.tables) or definition.base)
    except FetchFailed as failure:
        raise failed(feed, failure) from None
    with run.finishing() as result:
        current = [remembered(feed, found) for found in offered]
        feed.releases.filter(fetched_at=None).exclude(pk__in=[release.pk for release in current]).delete()  # overtaken before they came
        due = [release for release in current if release.fetched_at is None]
        for release in due:
            fetch_later(release, by=editions.requester(run.job.requested_by_id))
        answered(feed)
        result["new"] = len(due)


def switched_on(run) -> tuple[Feed, Definition]:
    """Return the service of a job. Raises JobRefused when it was switched off: nothing is asked then."""
    feed = Feed.objects.get(pk=run.payload["feed"])
    if not (feed.is_on and settings.FETCHING):
        raise jobs.JobRefused(_("This service is switched off, so nothing is asked."))
    return feed, feeds.definitions()[feed.slug]


def remembered(feed: Feed, found: Published) -> Release:
    """Return the row of a release; the same table with another `modified`, or for another municipality, is another."""
    release, _created = Release.objects.get_or_create(
        feed=feed, table=found.table, year=found.year, municipality=feed.municipality, since=since_of(feed, found),
        modified=found.modified, defaults={"is_provisional": found.is_provisional},
    )  # fmt: skip
    return release


def since_of(feed: Feed, found: Published) -> int:
    """Return the first year asked for; a table of one year is the same from whatever year on."""
    return feed.since if feeds.definitions()[feed.slug].tables.get(found.table, found.year) is None else found.year


def fetch_later(release: Release, *, by) -> None:
    payload = {"feed": release.feed_id, "release": release.pk, "url": reverse("indicators:source_list")}
    jobs.enqueue(switching.FETCH, key=release.pk, payload=payload, by=by)


def fetch(run) -> None:
    """Fetch a release page by page and hand it over as deliveries."""
    feed, definition = switched_on(run)
    release = Release.objects.filter(pk=run.payload["release"]).first()
    if release is None:
        raise jobs.JobRefused(_("There is a newer release of this table; that one is fetched."))
    kept = Kept(release.pk)
    ask = Asker(lambda pages: run.step(pages, None, _("%(release)s: %(pages)s pages") % {"release": release, "pages": pages}), kept)
    ask.alive(0)
    try:
        found = read(definition, release, ask)
    except FetchFailed as failure:
        if failure.problem == FetchProblem.CHANGED:
            kept.drop()
        raise failed(feed, failure) from None
    with run.finishing() as result:
        made = [edition for file in found if (edition := handover.hand_over(file, release))]
        settle(feed, release, made)
        result["editions"] = [edition.pk for edition in made]


def read(definition: Definition, release: Release, ask: Asker) -> list[handover.Opened]:
    """Return the files of a release. Raises FetchFailed, also when the publisher renewed the table meanwhile."""
    protocol = PROTOCOLS[definition.protocol]
    wanted = Wanted(release.table, release.year, release.municipality, release.since)
    files = list(protocol.files(definition, wanted, ask))
    if protocol.modified(definition, ask, release.table) != release.modified:
        raise FetchFailed(FetchProblem.CHANGED, release.table)
    found = []
    try:
        for file in files:
            ask.alive(ask.pages)  # opening a national file takes seconds
            found.append(handover.opened(file))
    except FileRefused as refusal:
        raise FetchFailed(FetchProblem.UNREADABLE, refusal.text()) from None
    return found


def settle(feed: Feed, release: Release, made: list) -> None:
    """Write that a release is here, and read it in when that was asked for and nothing stands out."""
    release.editions.set(made)
    release.fetched_at = timezone.now()
    release.save(update_fields=["fetched_at"])
    events.record("release.fetched", about=release, name=f"{feeds.definitions()[feed.slug].name}, {release}")
    answered(feed)
    if feed.reads_in_by_itself and not any(handover.stands_out(edition, release) for edition in made):
        for edition in made:
            handover.confirm(edition, release)


def answered(feed: Feed) -> None:
    """Write that a service answered; an earlier problem is over when nothing is left to fetch."""
    is_over = not feed.releases.filter(fetched_at=None).exists()
    values = {"problem": "", "problem_detail": "", "problem_at": None} if is_over else {}
    Feed.objects.filter(pk=feed.pk).update(asked_at=timezone.now(), **values)


def failed(feed: Feed, failure: FetchFailed) -> jobs.JobRefused:
    """Write why a service failed, keeping since when, and return what ends the job."""
    since = Coalesce("problem_at", Value(timezone.now()), output_field=DateTimeField())
    Feed.objects.filter(pk=feed.pk).update(problem=failure.problem, problem_detail=failure.detail, problem_at=since)
    return jobs.JobRefused(wording.reason(failure.problem))
