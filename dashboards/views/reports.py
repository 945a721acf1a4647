"""Progress reports: the list, asking for one, reading, checking, signing off, and the same as a file."""


from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from dashboards.choices import ReportState
from dashboards.forms import ReportForm
from dashboards.models import Report
from dashboards.permissions import can_check_report, can_make_report, can_sign_report
from dashboards.reports import content, pdf, reading, sheets, signing
from dashboards.views import keeping
from dashboards.views.public import public_page
from wijkaanpak.neighbourhoods.models import Programme

TYPES = {
    "pdf": "application/pdf", "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
MAKERS = {"pdf": pdf.render, "xlsx": sheets.workbook, "json": lambda document, stamp, at: content.canonical(document)}


def programme_of(request, slug):
    visible = Programme.objects.visible_to(request.user).select_related("municipality").defer("municipality__boundary")
    return get_object_or_404(visible, slug=slug)


@require_GET
def report_list(request, slug):
    programme = programme_of(request, slug)
    return render(request, "dashboards/reports/list.html", {
        "programme": programme, "reports": list(Report.objects.visible_to(request.user).filter(programme=programme).in_short()),
        "may_make": can_make_report(request.user, programme),
    })  # fmt: skip


def report_add(request, slug):
    programme = programme_of(request, slug)
    if not can_make_report(request.user, programme):
        raise PermissionDenied
    form = ReportForm(request.POST or None, programme=programme)
    if form.is_valid():
        try:
            job = signing.ask(programme, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("journal:job_detail", pk=job.pk)
    return render(request, "dashboards/reports/form.html", {"programme": programme, "form": form}, status=422 if form.errors else 200)


@require_GET
def report_detail(request, slug, number):
    programme = programme_of(request, slug)
    report = get_object_or_404(Report.objects.visible_to(request.user).filter(programme=programme).whole(), number=number)
    user, is_draft, is_checked = request.user, report.state == ReportState.DRAFT, report.state == ReportState.CHECKED
    return render(request, "dashboards/reports/report.html", {
        "programme": programme, "report": report, "page": reading.page(report.document),
        "may_check": is_draft and can_check_report(user, programme) and report.made_by_id != user.pk,
        "may_sign": is_checked and can_sign_report(user, programme) and report.checked_by_id != user.pk,
        "may_discard": (is_draft or is_checked) and can_make_report(user, programme),
    })  # fmt: skip


@require_GET
def report_file(request, slug, number, form):
    programme = programme_of(request, slug)
    return _file(get_object_or_404(Report.objects.visible_to(request.user).filter(programme=programme).whole(), number=number), form)


def _file(report, form):
    if form not in TYPES:
        raise Http404
    return answer(report, form, MAKERS[form](report.document, reading.stamp(report), report.signed_at or report.made_at))


def answer(report, form, made):
    response = HttpResponse(made, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{report.programme.slug}-voortgang-{report.number}.{form}"'
    return response


def _act(request, slug, number, *, allowed, action, done):
    """Fetch what is visible, check, act, answer: the same for each step of a report's life."""
    programme = programme_of(request, slug)
    report = get_object_or_404(Report.objects.visible_to(request.user).filter(programme=programme), number=number)
    if not allowed(request.user, programme):
        raise PermissionDenied
    try:
        action(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("dashboards:report_detail", slug=slug, number=number)


@require_POST
def report_check(request, slug, number):
    done = _("The report is checked. Somebody else can sign it off now.")
    return _act(request, slug, number, allowed=can_check_report, action=signing.check, done=done)


@require_POST
def report_sign(request, slug, number):
    return _act(request, slug, number, allowed=can_sign_report, action=signing.sign, done=_("The report is signed off. It never changes again."))


@require_POST
def report_discard(request, slug, number):
    return _act(request, slug, number, allowed=can_make_report, action=signing.discard, done=_("The report is laid aside."))


@public_page
def public_reports(request, programme):
    reports = Report.objects.public().filter(programme=programme).in_short()
    return render(request, "dashboards/reports/public_list.html", {"programme": programme, "reports": list(reports)})


@public_page
def public_report(request, programme, number):
    report = get_object_or_404(Report.objects.public().filter(programme=programme).whole(), number=number)
    return render(request, "dashboards/reports/public_report.html", {"programme": programme, "report": report, "page": reading.page(report.document)})


@login_not_required
@require_safe
def public_report_file(request, slug, number, form):
    """A public report as a file; setting the pages takes a moment, so they are kept for an hour."""
    report = get_object_or_404(Report.objects.public().filter(programme__slug=slug).whole(), number=number)
    key = "-".join(map(str, ["report", *keeping.RELEASE, report.pk, form]))
    return answer(report, form, keeping.kept(key, lambda: _file(report, form).content))
