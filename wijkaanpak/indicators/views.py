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

from wijkaanpak.indicators import catalogue, editions, overview, wording
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.fetching import status, switching
from wijkaanpak.indicators.forms import ConfirmForm, FeedForm, UploadForm
from wijkaanpak.indicators.models import Edition, Indicator
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.permissions import can_import_figures

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
        "timeline": sentences.timeline(Event.objects.about(edition)[:PAGE]),
    }, status=422 if form and form.errors else 200)  # fmt: skip


def preview_rows(edition):
    """Return the preview with its texts; None while there is none."""
    preview = edition.preview
    if not preview:
        return None
    return preview | {
        "kinds": wording.kinds(preview),
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
