from celery import shared_task

from wijkaanpak.indicators import editions
from wijkaanpak.indicators.fetching import running, switching
from wijkaanpak.journal import jobs


@jobs.handles("indicators.preview")
def preview(run):
    editions.preview_in_job(run)


@jobs.handles("indicators.load")
def load(run):
    editions.load(run)


@jobs.handles("indicators.undo")
def undo(run):
    editions.undo_in_job(run)


@jobs.handles("indicators.look")
def look(run):
    running.look(run)


@jobs.handles("indicators.fetch")
def fetch(run):
    running.fetch(run)


@shared_task(name="indicators.look_everywhere")
def look_everywhere():
    switching.look_everywhere()
