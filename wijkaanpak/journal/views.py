from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wijkaanpak.journal import jobs, sentences
from wijkaanpak.journal.filters import EventFilter, JobFilter, MailFilter
from wijkaanpak.journal.models import Event, Job, Mail
from wijkaanpak.journal.permissions import can_administer, can_cancel_job
from wijkaanpak.journal.wording import job_name

PAGE = 50


def administrators_only(user):
    if not can_administer(user):
        raise PermissionDenied


@never_cache
def job_detail(request, pk):
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    return render(request, "journal/job_detail.html", _job(request, job))


@never_cache
def job_progress(request, pk):
    """The moving part of the page; when the job has ended the whole page is asked for again."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if request.htmx and not job.is_active:
        return HttpResponseClientRefresh()
    return render(request, "journal/_job_progress.html", _job(request, job))


def _job(request, job):
    return {"job": job, "name": job_name(job), "may_cancel": can_cancel_job(request.user, job), "next_url": _next_url(job)}


def _next_url(job):
    """Where the person who asked wants to go, given by whoever enqueued the job."""
    url = str(job.result.get("url") or job.payload.get("url") or "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


@require_POST
def job_cancel(request, pk):
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if jobs.cancel(job, by=request.user):
        messages.success(request, _("The job stops as soon as it can. Nothing of it will be kept."))
    else:
        messages.info(request, _("The job had ended already."))
    return redirect("journal:job_detail", pk=pk)


def job_list(request):
    administrators_only(request.user)
    found = JobFilter(request.GET, Job.objects.all())
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    rows = [{"job": job, "name": job_name(job), "url": reverse("journal:job_detail", args=[job.pk])} for job in page]
    return render(request, "journal/job_list.html", {"rows": rows, "page": page, "form": found.form})


def mail_list(request):
    administrators_only(request.user)
    found = MailFilter(request.GET, Mail.objects.all())
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/mail_list.html", {"page": page, "form": found.form, "readable": settings.MAILS_READABLE})


def event_list(request):
    administrators_only(request.user)
    found = EventFilter(request.GET, Event.objects.all())
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    rows = [{"event": event, "text": sentences.sentence(event), "changes": sentences.changes(event)} for event in page]
    return render(request, "journal/event_list.html", {"rows": rows, "page": page, "form": found.form})
