from wijkaanpak.indicators import editions
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
