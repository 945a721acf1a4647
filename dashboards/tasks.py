from celery import shared_task

from dashboards import asking, snapshots
from wijkaanpak.journal import jobs


@jobs.handles(asking.KIND)
def recompute(run):
    snapshots.recompute(run)


@shared_task(name="dashboards.recompute_all")
def recompute_all():
    asking.everything()
