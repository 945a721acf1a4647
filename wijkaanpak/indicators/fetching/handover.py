"""From fetched bytes to a delivery that waits for an analyst, on the same road as an upload."""

from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from wijkaanpak.indicators import editions, sources, years
from wijkaanpak.indicators.choices import EditionState, Status
from wijkaanpak.indicators.fetching import feeds
from wijkaanpak.indicators.fetching.published import File
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.models import Edition, Release
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.sources import Source
from wijkaanpak.neighbourhoods.models import Area


@dataclass
class Opened:
    """A fetched file as the importer sees it: its table, or why there is none."""

    source: Source
    table: Table | None
    refusal: str = ""


def opened(file: File) -> Opened:
    """Look at a file the way an upload is looked at. Raises FileRefused when even its size or kind is wrong."""
    source = sources.take_in(file.content, name=file.name)
    try:
        return Opened(source, editions.opened(source))
    except FileRefused as refusal:
        return Opened(source, None, refusal.text())


def hand_over(found: Opened, release: Release) -> Edition | None:
    """Store a fetched file as a delivery with the year and status of the catalogue; inside the job's transaction.

    A file that was delivered before is not stored again, and a list of names that are all here is not
    stored at all. What the importer cannot read is stored as refused, so that it can be tried later.
    """
    if earlier := Edition.objects.in_short().filter(sha256=found.source.sha256).exclude(state=EditionState.REFUSED).first():
        return earlier
    if found.table is not None and is_known(found.table, release.year):
        return None
    edition = editions.store(found.source, by=None, looks_now=False)
    edition.published_on = parse_date(release.modified[:10])
    if found.table is None:
        return refused(edition, found, release)
    found.table.year = found.table.year or release.year
    return announced(editions.described(edition, found.table), release)


def refused(edition: Edition, found: Opened, release: Release) -> Edition:
    edition.state, edition.problem, edition.year = EditionState.REFUSED, found.refusal, release.year
    edition.source = feeds.definitions()[release.feed.slug].source.name
    edition.save(update_fields=["state", "problem", "year", "source", "published_on"])
    return edition


def is_known(table: Table, year: int) -> bool:
    """Whether a list of names holds nothing but names of areas that have a name in the division of the year."""
    codes = table.areas["code"].tolist()
    return table.form == "cbs-names" and Area.objects.in_year(year).filter(code__in=codes).exclude(name="").count() == len(codes)


def announced(edition: Edition, release: Release) -> Edition:
    """Fill in what the publisher's catalogue says; where the figures point at another year, that guess stays in sight."""
    if edition.preview["year"] == release.year:
        edition.preview["year_reason"] = _("the catalogue of the publisher says so")
    edition.preview["status"] = Status.PROVISIONAL if release.is_provisional else Status.FINAL
    edition.save(update_fields=["preview", "published_on"])
    return edition


def stands_out(edition: Edition, release: Release) -> bool:
    """Whether a person has to look: a problem, a jump, a doubtful year, or nothing that can be read."""
    seen = edition.preview
    if edition.state != EditionState.PREVIEWED or not seen:
        return True
    return bool(seen["problem_count"] or seen["jump_count"] or years.doubts(seen, release.year))


def confirm(edition: Edition, release: Release) -> None:
    """Start reading a delivery in without waiting for a person."""
    editions.confirm(edition, year=release.year, status=edition.preview["status"], by=None)
