from celery import shared_task

from ambitions import consultations, escalations, reminders


@shared_task(name="ambitions.remind")
def remind():
    reminders.plan()


@shared_task(name="ambitions.climb")
def climb():
    escalations.plan()


@shared_task(name="ambitions.remind_consulted")
def remind_consulted():
    consultations.plan()
