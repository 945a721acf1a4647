from celery import shared_task

from ambitions import reminders


@shared_task(name="ambitions.remind")
def remind():
    reminders.plan()
