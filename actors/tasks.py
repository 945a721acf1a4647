from celery import shared_task

from actors import reminders


@shared_task(name="actors.remind")
def remind():
    reminders.plan()
