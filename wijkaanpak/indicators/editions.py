"""A delivery of figures, names or boundaries: received, looked at, confirmed, read in, taken back."""

from collections import Counter
from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkaanpak.indicators import areas, catalogue, derived, loading, locks, preview, sources, staging
from wijkaanpak.indicators.choices import EditionState, Status
from wijkaanpak.indicators.formats import own, recognition
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.models import Edition, Indicator, ReplacedObservation
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import events, jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job

AT_ONCE = 20_000_000  # bytes that are looked at while the person waits; a workbook counts twenty times
CONFIRMABLE = [EditionState.PREVIEWED, EditionState.CANCELLED, EditionState.UNDONE, EditionState.FAILED]
WITHOUT_RESULT = [JobState.FAILED, JobState.CANCELLED]


def receive(content: bytes, *, name: str, by) -> Edition:
    """Store a file and say what is in it, at once or in a job when it is large.

    A file of no known form that has codes of areas waits for somebody to say what its columns are.
    Raises FileRefused, and stores nothing, when the file is one that cannot be read.
    """
    source = sources.take_in(content, name=name)
    if is_large(source):
        return store(source, by=by)
    try:
        table = opened(source)
    except FileRefused as refusal:
        if not is_own(source, refusal):
            raise
        return store(source, by=by, state=EditionState.COLUMNS)
    with transaction.atomic():
        return described(store(source, by=by), table)


def is_own(source: sources.Source, refusal: FileRefused) -> bool:
    return refusal.is_unknown and own.has_codes(source)


def is_large(source: sources.Source) -> bool:
    return len(source.content) * (20 if source.kind == "workbook" else 1) > AT_ONCE


@transaction.atomic
def store(source: sources.Source, *, by, state: str = EditionState.UPLOADED, looks_now: bool = True) -> Edition:
    """Store a file; a large one gets a job that looks at it, unless the caller does that (`looks_now=False`)."""
    edition = Edition(file_name=source.name[:200], sha256=source.sha256, uploaded_by=by, state=state)
    edition.file.save(f"{source.sha256[:16]}.bin", ContentFile(source.content), save=False)
    edition.save()
    events.record("edition.uploaded", about=edition, by=by)
    if looks_now and is_large(source):
        jobs.enqueue("indicators.preview", key=edition.pk, payload=payload(edition), by=by, total=1)
    return edition


def payload(edition: Edition) -> dict:
    return {"edition": edition.pk, "url": reverse("indicators:edition_detail", args=[edition.pk])}


def opened(source: sources.Source, columns: dict | None = None) -> Table:
    """Return the table in a file; `columns` as a person gave them, for a file of the municipality itself."""
    return derived.complete(own.read(source, own.Columns(**columns)) if columns else recognition.read(source))


def stored_source(edition: Edition) -> sources.Source:
    with edition.file.open("rb") as file:
        return sources.take_in(file.read(), name=edition.file_name)


def stored_table(edition: Edition) -> Table:
    return opened(stored_source(edition), edition.columns)


def described(edition: Edition, table: Table) -> Edition:
    edition.format = table.form
    edition.source = catalogue.sources()[source_of(table)].name
    edition.preview = preview.describe(table, name=edition.file_name)
    edition.state = EditionState.REFUSED if edition.preview["stops"] else EditionState.PREVIEWED
    edition.save(update_fields=["format", "source", "preview", "state", "columns"])
    return edition


def source_of(table: Table) -> str:
    """Return the slug of the source: what the form says, or else that of most of the indicators."""
    found = Counter(entry["source"] for slug, entry in catalogue.described(table.slugs).items() if slug not in table.derived)
    return table.source or (found.most_common(1)[0][0] if found else "kwb")


def preview_in_job(run) -> None:
    """Look at a large file; one that cannot be read is kept as refused, with the reason."""
    edition = Edition.objects.get(pk=run.payload["edition"])
    run.step(0, 1, _("Looking at the file"))
    try:
        table = stored_table(edition)
    except FileRefused as refusal:
        if is_own(stored_source(edition), refusal):
            with run.finishing():
                Edition.objects.filter(pk=edition.pk).update(state=EditionState.COLUMNS)
            return
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.REFUSED, problem=refusal.text())
        raise jobs.JobRefused(refusal.text()) from None
    with run.finishing():
        described(edition, table)


@transaction.atomic
def confirm(edition: Edition, *, year: int, by, status: int = Status.FINAL, published_on: date | None = None) -> Edition:
    """Settle the year and start the job that reads the figures in.

    Raises ValidationError: "not_waiting" when it is being or has been read in, "stops" when the
    file first has to be mended, "locked" when the figures of the year may not change.
    """
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if locked.preview.get("stops"):
        raise ValidationError(_("Mend the file and upload it again; nothing has been read in."), code="stops")
    if not can_be_confirmed(locked):
        raise ValidationError(_("This delivery is not waiting for confirmation."), code="not_waiting")
    locks.require_open(periods_of(locked, year))
    locked.year, locked.status, locked.published_on = year, status, published_on or locked.published_on
    locked.reference_date = None if locked.preview.get("periods") else date(year, 1, 1)
    locked.state, locked.problem, locked.undone_at = EditionState.LOADING, "", None
    locked.save()
    events.record("edition.confirmed", about=locked, by=by, new={"year": year})
    jobs.enqueue("indicators.load", key=locked.pk, payload=payload(locked), by=by, total=len(locked.preview["indicators"]) + 2)
    return locked


def periods_of(edition: Edition, year: int) -> list[int]:
    """Return the periods whose figures a delivery for a year changes; none for areas and boundaries."""
    return (edition.preview.get("periods") or [year]) if edition.preview.get("indicators") else []


def can_be_confirmed(edition: Edition) -> bool:
    """Whether a delivery has been looked at, needs no mending, and is not being or has been read in."""
    return bool(edition.preview) and (edition.state in CONFIRMABLE or has_failed(edition))


def latest_job(edition: Edition) -> Job | None:
    kinds = ["indicators.preview", "indicators.load", "indicators.undo"]
    return Job.objects.filter(kind__in=kinds, key=str(edition.pk)).order_by("-pk").first()


def has_failed(edition: Edition) -> bool:
    """Whether the work on a delivery ended without result: the job gave up, or was stopped."""
    job = latest_job(edition)
    return edition.state in (EditionState.LOADING, EditionState.UPLOADED) and (job is None or job.state in WITHOUT_RESULT)


@transaction.atomic
def cancel(edition: Edition, *, by) -> None:
    """Stop reading in: a waiting job stops now, a running one at its next step; nothing of it remains.

    Raises ValidationError (code "not_loading") when there is nothing to stop, or it was ready just before.
    """
    job = latest_job(edition)
    stopped = job is not None and job.kind == "indicators.load" and jobs.cancel(job, by=by)
    if not stopped or not Edition.objects.filter(pk=edition.pk, state=EditionState.LOADING).update(state=EditionState.CANCELLED):
        raise ValidationError(_("This delivery is not being read in (any more)."), code="not_loading")
    events.record("edition.cancelled", about=edition, by=by)


def load(run) -> None:
    """Read a confirmed delivery in: stage with progress, then one transaction that ends with the job done."""
    edition = Edition.objects.get(pk=run.payload["edition"])
    total = run.job.total
    run.step(0, total, _("Opening the file"))
    if edition.state != EditionState.LOADING:
        raise jobs.JobRefused(_("This delivery is not waiting to be read in."))
    table = table_to_load(edition)
    ids = indicator_ids(table)

    def step(done: int) -> None:
        run.step(done, total, _("Reading the columns"))

    staging.stage(table, indicators=ids, year=edition.year or 0, status=edition.status, step=step)
    run.step(max(total - 1, 0), total, _("Comparing with the figures that are here"))
    try:
        with run.finishing() as result:
            result |= settle(edition, table, ids, by_id=run.job.requested_by_id)
    except ValidationError as refusal:
        raise fail(edition, " ".join(refusal.messages)) from None
    staging.clear()
    loading.tidy()


def table_to_load(edition: Edition) -> Table:
    try:
        return stored_table(edition)
    except (FileRefused, FileNotFoundError) as refusal:
        raise fail(edition, str(refusal)) from None


def fail(edition: Edition, problem: str) -> jobs.JobRefused:
    """Keep why a delivery could not be read in, and return what ends its job."""
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.FAILED, problem=problem)
    return jobs.JobRefused(problem)


def indicator_ids(table: Table) -> dict[str, int]:
    """Return the number of each indicator by slug; the catalogue is loaded first where the table knows more than the database."""
    ids = dict(Indicator.objects.values_list("slug", "pk"))
    if set(table.slugs) - set(ids):
        catalogue.sync()
        ids = dict(Indicator.objects.values_list("slug", "pk"))
    return ids


def settle(edition: Edition, table: Table, ids: dict[str, int], *, by_id: int | None) -> dict:
    """Write areas and figures of a staged delivery, and what it changed; inside the job's transaction.

    Raises ValidationError when the figures were locked in the meantime.
    """
    loading.lock()
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    year = locked.year or 0
    locks.require_open(periods_of(locked, year))
    touched = areas.bring_up_to_date(locked, year=year, source=locked.source)
    indicators = [ids[slug] for slug in table.slugs]
    periods = table.periods or [year]
    done = loading.load(locked, periods=periods, indicators=indicators, estimated=[ids[slug] for slug in table.estimated])
    result = outcome(done, touched, ids) | {"periods": periods, "not_published": table.empty}
    locked.state, locked.loaded_at, locked.result = EditionState.LOADED, timezone.now(), result
    locked.save(update_fields=["state", "loaded_at", "result"])
    new = {"year": year, "new": locked.result["new"], "changed": locked.result["changed"]}
    events.record("edition.loaded", about=locked, by=requester(by_id), new=new)
    if done.new or done.changed or any(touched.values()):
        figures_changed.send(Edition, indicator_ids=indicators, periods=periods, area_ids=done.areas)
    return new


def outcome(done: loading.Loaded, touched: dict[str, int], ids: dict[str, int]) -> dict:
    """Return what changed, as it is stored with the delivery and shown on its page."""
    used = set(done.new) | set(done.changed) | set(done.unchanged)
    slugs = [slug for slug, pk in ids.items() if pk in used]
    entries = catalogue.described(slugs)
    return {
        "new": sum(done.new.values()),
        "changed": sum(done.changed.values()),
        "unchanged": sum(done.unchanged.values()),
        "areas_new": touched["new"],
        "areas_changed": touched["changed"],
        "indicators": [
            {"slug": slug, "name": entries[slug]["name"], "new": done.new.get(ids[slug], 0), "changed": done.changed.get(ids[slug], 0)}
            for slug in slugs
        ],
        "largest": done.largest,
        "confirmed": done.confirmed,
    }


def undo(edition: Edition, *, by) -> Job:
    """Start the job that puts back, to the last value, what was there before this delivery was read in.

    Until the job is done the delivery stays as it is: read in. Raises ValidationError, and starts
    nothing, when it is clear already that it cannot be undone; see `require_undoable`.
    """
    require_undoable(Edition.objects.get(pk=edition.pk))
    return jobs.enqueue("indicators.undo", key=edition.pk, payload=payload(edition), by=by, total=2)


def require_undoable(edition: Edition) -> None:
    """Raise ValidationError: "not_loaded", "locked", or "touched_later" when a later delivery changed or confirmed
    the same figures and has to be undone first.
    """
    if edition.state != EditionState.LOADED:
        raise ValidationError(_("Only a delivery that has been read in can be undone."), code="not_loaded")
    locks.require_open(periods_of(edition, edition.year or 0))
    if later := later_editions(edition):
        names = ", ".join(str(other) for other in later)
        message = _("A later delivery holds the same figures. Undo that one first: %(names)s")
        raise ValidationError(message, code="touched_later", params={"names": names})


def undo_in_job(run) -> None:
    """Take a delivery back in one transaction that ends with the job done; refused when a later delivery came in between."""
    edition = Edition.objects.get(pk=run.payload["edition"])
    run.step(1, 2, _("Putting back what was there before"))
    try:
        with run.finishing():
            take_back(edition, by_id=run.job.requested_by_id)
    except ValidationError as refusal:
        raise jobs.JobRefused(" ".join(refusal.messages)) from None
    loading.tidy()


def take_back(edition: Edition, *, by_id: int | None) -> None:
    """Put back figures and areas of before a delivery; inside the job's transaction."""
    loading.lock()
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    require_undoable(locked)
    slugs = [row["slug"] for row in locked.result["indicators"]]
    indicators = list(Indicator.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    periods = locked.result.get("periods") or [locked.year]
    touched = loading.take_back(locked, periods=periods, indicators=indicators)
    areas.take_back(locked)
    locked.state, locked.undone_at, locked.loaded_at = EditionState.UNDONE, timezone.now(), None
    locked.save(update_fields=["state", "undone_at", "loaded_at"])
    events.record("edition.undone", about=locked, by=requester(by_id), old={"year": locked.year})
    figures_changed.send(Edition, indicator_ids=indicators, periods=periods, area_ids=touched)


def stopped_undo(edition: Edition, job: Job | None) -> Job | None:
    """Return the job that should have undone a delivery and ended without doing so; None when there is nothing to say (any more)."""
    if job is None or job.kind != "indicators.undo" or job.state not in WITHOUT_RESULT or edition.state != EditionState.LOADED:
        return None
    return None if job.result.get("refused") and not later_editions(edition) else job


def requester(pk: int | None):
    """Return who asked for a job; None when that account is gone."""
    return get_user_model().objects.filter(pk=pk).first()


def later_editions(edition: Edition) -> list[Edition]:
    """Return the deliveries read in after this one that replaced or confirmed some of its figures, newest first."""
    replaced = Q(pk__in=ReplacedObservation.objects.filter(previous_edition_id=edition.pk).values("edition"))
    confirmed = Q(**{f"result__confirmed__{edition.pk}__isnull": False})
    return list(Edition.objects.loaded().in_short().filter(replaced | confirmed).exclude(pk=edition.pk).order_by("-loaded_at"))


def bring_in(content: bytes, *, name: str, year: int, by, status: int = Status.FINAL) -> Edition:
    """Receive, confirm and read in at once, in this process: for the demo and for commands."""
    edition = receive(content, name=name, by=by)
    confirm(edition, year=year, by=by, status=status)
    job = latest_job(edition)
    if job is not None:
        jobs.run(job.pk)
    edition.refresh_from_db()
    return edition
