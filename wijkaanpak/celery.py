"""The Celery application and the whole schedule of what happens by itself."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkaanpak.settings")

app = Celery("wijkaanpak")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    timezone="Europe/Amsterdam",
    task_ignore_result=True,
    task_acks_late=False,  # a job row is the truth and beat rings again; a message may be lost
    worker_prefetch_multiplier=1,
    task_soft_time_limit=1700,
    task_time_limit=1800,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600, "socket_connect_timeout": 2, "max_retries": 1, "interval_start": 0, "interval_step": 0.1},
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0.1},
)
app.conf.beat_schedule = {
    "reconcile-jobs": {"task": "journal.reconcile", "schedule": 5.0, "options": {"expires": 5}},
    "deliver-mails": {"task": "journal.deliver_mails", "schedule": 15.0, "options": {"expires": 15}},
    "pass-on-unanswered": {"task": "ambitions.climb", "schedule": crontab(hour="6", minute="30")},
    "remind-of-agreements": {"task": "actors.remind", "schedule": crontab(hour="7", minute="20")},
    "remind-of-tensions": {"task": "actors.remind_reviews", "schedule": crontab(hour="7", minute="25")},
    "remind-owners": {"task": "ambitions.remind", "schedule": crontab(hour="7", minute="30")},
    "remind-consulted": {"task": "ambitions.remind_consulted", "schedule": crontab(hour="7", minute="20")},
    "look-for-new-figures": {"task": "indicators.look_everywhere", "schedule": crontab(hour="1", minute="40")},
    "recompute-figures": {"task": "dashboards.recompute_all", "schedule": crontab(hour="3", minute="15")},
    "erase-expired-contacts": {"task": "residents.erase_expired_contacts", "schedule": crontab(hour="4", minute="10")},
}
app.autodiscover_tasks()


@worker_ready.connect
def look_for_work(sender, **_):
    """A worker that starts looks at once for what an earlier one left lying."""
    app.send_task("journal.reconcile")
