"""The life of a report: asked for, made by a job, checked by somebody else, signed off by another; then it never changes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.choices import Readers, ReportState
from dashboards.models import Report
from dashboards.reports import content
from dashboards.reports.content import Document, Order
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, jobs
from wijkaanpak.neighbourhoods.models import Programme

KIND = "dashboards.report"


@transaction.atomic
def ask(
    programme: Programme, *, starts_on: date, ends_on: date, audience: str, by: User, decisions: Sequence[str] = (),
    replaces: Report | None = None, because: str = "",
) -> Any:
    """Ask for a report; the job that makes it is returned. Asking for the same twice gives one job.

    Raises ValidationError (codes "period", "not_public", "not_signed", "no_reason").
    """
    _check_order(programme, starts_on, ends_on, audience)
    _check_replaced(programme, replaces, because)
    payload = {
        "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(), "audience": audience, "decisions": list(decisions),
        "replaces": replaces.pk if replaces else None, "because": because if replaces else "",
    }  # fmt: skip
    key = f"{programme.pk}-{audience}-{starts_on}-{ends_on}"
    return jobs.enqueue(KIND, key=key, payload=payload, by=by, programme=programme, total=content.STEPS)


def _check_order(programme: Programme, starts_on: date, ends_on: date, audience: str) -> None:
    if starts_on >= ends_on or starts_on > timezone.localdate():
        raise ValidationError(_("The period must begin before it ends, and not in the future."), code="period")
    if audience == Readers.PUBLIC and not programme.is_public:
        raise ValidationError(_("This programme has no public page. Make a report for partners, or make the programme public first."), code="not_public")


def _check_replaced(programme: Programme, replaces: Report | None, because: str) -> None:
    if replaces is None:
        return
    if replaces.programme_id != programme.pk or not replaces.is_signed or replaces.replacements.signed().exists():
        raise ValidationError(_("Only a report that was signed off, and not replaced yet, can be replaced."), code="not_signed")
    if not because:
        raise ValidationError(_("Say what was wrong in the earlier report."), code="no_reason")


def make(run: jobs.Run) -> None:
    """Do a job of this kind: compose with progress, then keep the report in the transaction that ends the job."""
    payload, at = run.payload, timezone.now()
    programme = Programme.objects.select_related("municipality").defer("municipality__boundary").get(pk=run.job.programme_id)
    order = Order(
        date.fromisoformat(payload["starts_on"]), date.fromisoformat(payload["ends_on"]), payload["audience"], tuple(payload["decisions"])
    )
    by = User.objects.get(pk=run.job.requested_by_id)
    document = content.compose(programme, order, at, run.step)
    with run.finishing() as result:
        report = keep(programme, order, document, at=at, by=by, replaces=payload["replaces"], because=payload["because"])
        result["url"] = reverse("dashboards:report_detail", args=[programme.slug, report.number])


@transaction.atomic
def keep(programme: Programme, order: Order, document: Document, *, at: Any, by: User, replaces: int | None = None, because: str = "") -> Report:
    """Store a document under the next number; the programme is locked, so no number is given twice."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    last = programme.reports.aggregate(last=Max("number"))["last"] or 0
    report = Report.objects.create(
        programme=programme, number=last + 1, starts_on=order.starts_on, ends_on=order.ends_on, audience=order.audience, document=document,
        fingerprint=content.fingerprint(document), made_by=by, made_at=at, replaces_id=replaces, replaces_because=because,
    )
    _tell("report.made", report, by=by)
    return report


@transaction.atomic
def check(report: Report, *, by: User) -> Report:
    """Say that the report was read and is right; by somebody else than who made it. Raises ValidationError ("not_draft", "same_person")."""
    locked = _locked(report)
    if locked.state != ReportState.DRAFT:
        raise ValidationError(_("This report is no draft any more."), code="not_draft")
    if locked.made_by_id == by.pk:
        raise ValidationError(_("You made this report yourself. Ask somebody else to check it."), code="same_person")
    return _move(locked, ReportState.CHECKED, "report.checked", by=by, checked_by=by, checked_at=timezone.now())


@transaction.atomic
def sign(report: Report, *, by: User) -> Report:
    """Sign off for good; by somebody else than who checked. Raises ValidationError ("not_checked", "same_person", "not_signed")."""
    locked = _locked(report)
    if locked.state != ReportState.CHECKED:
        raise ValidationError(_("A report must be checked first, and is signed off once."), code="not_checked")
    if locked.checked_by_id == by.pk:
        raise ValidationError(_("You checked this report yourself. Somebody else signs it off."), code="same_person")
    _check_replaced(locked.programme, locked.replaces, locked.replaces_because)
    return _move(locked, ReportState.SIGNED, "report.signed", by=by, signed_by=by, signed_at=timezone.now())


@transaction.atomic
def discard(report: Report, *, by: User) -> Report:
    """Lay a report aside that will not be signed off; its number is not used again. Raises ValidationError ("signed")."""
    locked = _locked(report)
    if locked.state not in {ReportState.DRAFT, ReportState.CHECKED}:
        raise ValidationError(_("What was signed off stays. Make a new report that comes in its place."), code="signed")
    return _move(locked, ReportState.DISCARDED, "report.discarded", by=by)


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("programme", "replaces").get(pk=report.pk)


def _move(report: Report, state: ReportState, kind: str, *, by: User, **values: Any) -> Report:
    report.state = state
    for name, value in values.items():
        setattr(report, name, value)
    report.save(update_fields=["state", *values])
    _tell(kind, report, by=by)
    return report


def _tell(kind: str, report: Report, *, by: User) -> None:
    new = {"number": report.number, "starts_on": report.starts_on.isoformat(), "ends_on": report.ends_on.isoformat(), "audience": report.audience}
    name = _("Progress report %(number)s") % {"number": report.number}
    events.record(kind, about=report, by=by, programme=report.programme_id, new={**new, "replaces": report.replaces_because}, name=name)
