from celery import shared_task

from dashboards import asking, calibration, references, snapshots
from dashboards.reports import signing
from wijkaanpak.journal import jobs


@jobs.handles(asking.KIND)
def recompute(run):
    snapshots.recompute(run)


@jobs.handles(signing.KIND)
def make_report(run):
    signing.make(run)


@jobs.handles(references.KIND)
def make_references(run):
    calibration.make(run)


@shared_task(name="dashboards.recompute_all")
def recompute_all():
    asking.everything()
