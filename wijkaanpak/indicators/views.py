from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wijkaanpak.indicators import catalogue, editions, locks, overview, own_figures, wording
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.fetching import status, switching
from wijkaanpak.indicators.formats import own
from wijkaanpak.indicators.forms import ColumnsForm, ConfirmForm, FeedForm, LockForm, UnlockForm, UploadForm
from wijkaanpak.indicators.models import Edition, Indicator, PeriodLock
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.permissions import can_import_figures, is_analyst

PAGE = 20


def importers_only(user):
    if not can_import_figures(user):
        raise PermissionDenied


def find_edition(request, pk):
    return get_object_or_404(Edition.objects.visible_to(request.user).with_uploader(), pk=pk)


def source_list(request):
    visible = Edition.objects.visible_to(request.user).with_uploader().in_short()
    page = Paginator(visible, PAGE).get_page(request.GET.get("page"))
    return render(request, "indicators/source_list.html", {
        "sources": overview.source_rows(),
        "page": page,
        "deliveries": [{"edition": edition, "badge": wording.BADGES[edition.state]} for edition in page],
        "may_import": can_import_figures(request.user),
        "may_lock": is_analyst(request.user),
        "feeds": status.rows(request.user),
        "is_fetching_allowed": settings.FETCHING,
    })  # fmt: skip


def edition_upload(request):
    return upload(request, "indicators/edition_upload.html")


def boundary_upload(request):
    return upload(request, "indicators/boundary_upload.html")


def upload(request, template):
    """Take in a file; what it is follows from its content, so both pages accept every kind."""
    importers_only(request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            edition = editions.receive(file.read(), name=file.name, by=request.user)
        except FileRefused as refusal:
            form.add_error("file", refusal.text())
        else:
            return redirect("indicators:edition_detail", edition.pk)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


@never_cache
def edition_detail(request, pk):
    return show(request, find_edition(request, pk))


def show(request, edition, form=None):
    """Show a delivery in whatever state it is; 422 when the form came back with errors."""
    if edition.state == EditionState.COLUMNS:
        return redirect("indicators:edition_columns", edition.pk)
    job = editions.latest_job(edition)
    edition = find_edition(request, edition.pk)  # after the job: one that ends in between is busy here, and the page asks again
    stopped = editions.has_failed(edition)
    may_confirm = editions.can_be_confirmed(edition)
    return render(request, "indicators/edition_detail.html", {
        "edition": edition,
        "job": job,
        "is_busy": job is not None and job.is_active,
        "is_stopped": stopped,
        "stopped_undo": editions.stopped_undo(edition, job),
        "headline": wording.headline(edition),
        "form_name": wording.form_name(edition),
        "badge": wording.BADGES[EditionState.FAILED if stopped else edition.state],
        "preview": preview_rows(edition),
        "largest": wording.largest(edition.result) if edition.state == EditionState.LOADED else [],
        "later": editions.later_editions(edition) if edition.state == EditionState.LOADED else [],
        "form": form or (ConfirmForm(preview=edition.preview) if may_confirm else None),
        "same_file": same_file(edition),
        "closed": locks.why_closed(editions.periods_of(edition, edition.preview.get("year") or 0)) if may_confirm else "",
        "timeline": sentences.timeline(Event.objects.about(edition)[:PAGE]),
    }, status=422 if form and form.errors else 200)  # fmt: skip


@never_cache
def edition_columns(request, pk):
    """Ask what the columns of a file of the municipality itself are, and look at it in that way."""
    edition = find_edition(request, pk)
    if edition.state != EditionState.COLUMNS and not edition.columns:
        raise Http404
    grid = own.grid_of(editions.stored_source(edition))
    before = edition if edition.columns else own_figures.remembered(grid.headings)
    form = ColumnsForm(request.POST or None, grid=grid, before=before)
    if form.is_valid() and choose_columns(request, edition, form):
        return redirect("indicators:edition_detail", pk)
    status = 422 if form.errors else 200
    return render(request, "indicators/edition_columns.html", {"edition": edition, "form": form, "before": before}, status=status)


def choose_columns(request, edition, form):
    """Settle what the columns are; False, with the reason on the form, when the file cannot be read in this way."""
    columns, new = form.chosen()
    try:
        own_figures.choose(edition, columns=columns, new=new, by=request.user)
    except FileRefused as refusal:
        form.add_error(None, refusal.text())
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


def preview_rows(edition):
    """Return the preview with its texts; None while there is none."""
    preview = edition.preview
    if not preview:
        return None
    return preview | {
        "kinds": wording.kinds(preview),
        "periods_text": wording.periods(preview),
        "population": wording.population(preview),
        "problems": wording.problems(edition),
        "jumps": wording.jumps(preview),
        "calculated": sum(row["derived"] for row in preview["indicators"]),
        "recognised": sum(not row["derived"] for row in preview["indicators"]),
    }


def same_file(edition):
    """Return an earlier delivery of exactly the same file that was read in."""
    return Edition.objects.loaded().in_short().filter(sha256=edition.sha256).exclude(pk=edition.pk).first()


@never_cache
def edition_progress(request, pk):
    """The moving part of the page; when the job has ended the whole page is asked for again."""
    edition = find_edition(request, pk)
    job = editions.latest_job(edition)
    if job is None or not job.is_active:
        return HttpResponseClientRefresh() if request.htmx else redirect("indicators:edition_detail", pk)
    return render(request, "indicators/_progress.html", {"edition": edition, "job": job})


@require_POST
def edition_confirm(request, pk):
    edition = find_edition(request, pk)
    form = ConfirmForm(request.POST, preview=edition.preview)
    if not form.is_valid():
        return show(request, edition, form)
    values = {name: form.cleaned_data[name] for name in ("year", "status") if name in form.cleaned_data}
    return attempt(request, edition, editions.confirm, **values)


@require_POST
def edition_cancel(request, pk):
    return attempt(request, find_edition(request, pk), editions.cancel, done=_("Stopped. Nothing of this delivery was read in."))


@require_POST
def edition_undo(request, pk):
    return attempt(request, find_edition(request, pk), editions.undo)


def attempt(request, edition, action, *, done="", **values):
    """Do something with a delivery and go back to its page; what is refused is said there."""
    importers_only(request.user)
    try:
        action(edition, by=request.user, **values)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect("indicators:edition_detail", edition.pk)


def find_feed(request, slug):
    """Return a service; for who may not bring in figures there is none."""
    try:
        return status.row(slug, request.user)
    except KeyError:
        raise Http404 from None


def feed_edit(request, slug):
    row = find_feed(request, slug)
    initial = {name: getattr(row.feed, name) for name in switching.SETTABLE}
    if row.feed.pk is None:
        initial["municipality"] = status.own_municipality()
    form = FeedForm(request.POST or None, initial=initial, needs_municipality=row.definition.needs_municipality)
    if form.is_valid():
        switching.set_up(slug, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("indicators:source_list")
    page = {"row": row, "form": form, "is_fetching_allowed": settings.FETCHING}
    return render(request, "indicators/feed_edit.html", page, status=422 if form.errors else 200)


@never_cache
def feed_card(request, slug):
    """One service on the page with all of them, which asks for itself while it is busy."""
    row = find_feed(request, slug)
    if not request.htmx:
        return redirect("indicators:source_list")
    return render(request, "indicators/_feed.html", {"row": row})


@require_POST
def feed_look(request, slug):
    return attempt_with_feed(request, slug, switching.look_now, done=_("We are asking whether there is something new."))


@require_POST
def feed_stop(request, slug):
    return attempt_with_feed(request, slug, switching.stop, done=_("Stopped. Pages that were fetched are kept for the next time."))


def attempt_with_feed(request, slug, action, *, done):
    """Do something with a service and go back to the page with all of them; what is refused is said there."""
    row = find_feed(request, slug)
    try:
        action(row.feed, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("indicators:source_list")


def indicator_list(request):
    found = overview.indicators_with_latest()
    groups = [{"theme": theme, "indicators": list(rows)} for theme, rows in groupby(found, key=lambda indicator: indicator.theme)]
    return render(request, "indicators/indicator_list.html", {"groups": groups})


def indicator_detail(request, slug):
    indicator = get_object_or_404(Indicator.objects.select_related("theme", "numerator", "denominator"), slug=slug)
    periods = overview.coverage(indicator)
    made_of = Edition.objects.visible_to(request.user).in_short().filter(Q(pk__in=[row["edition"] for row in periods]))
    sources = {edition.pk: edition for edition in made_of}
    return render(request, "indicators/indicator_detail.html", {
        "indicator": indicator,
        "source": catalogue.source_named(indicator.source),
        "columns": catalogue.column_names(slug),
        "parts": Indicator.objects.filter(slug__in=catalogue.sums().get(slug, [])),
        "periods": [row | {"delivery": sources.get(row["edition"])} for row in periods],
    })  # fmt: skip


def analysts_only(user):
    if not is_analyst(user):
        raise PermissionDenied


def lock_list(request):
    """The locked periods, and the form that locks another."""
    analysts_only(request.user)
    form = LockForm(request.POST or None)
    if form.is_valid():
        made = locks.lock(**form.cleaned_data["span"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The figures of %(span)s are locked.") % {"span": locks.span(made)})
        return redirect("indicators:lock_list")
    found = PeriodLock.objects.with_people()
    rows = [{"lock": lock, "span": locks.span(lock), "form": UnlockForm(auto_id=f"open-{lock.pk}-%s")} for lock in found]
    return render(request, "indicators/lock_list.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@require_POST
def lock_open(request, pk):
    analysts_only(request.user)
    lock = get_object_or_404(PeriodLock, pk=pk)
    form = UnlockForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you open these figures."))
        return redirect("indicators:lock_list")
    try:
        locks.unlock(lock, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The figures of %(span)s can change again.") % {"span": locks.span(lock)})
    return redirect("indicators:lock_list")
