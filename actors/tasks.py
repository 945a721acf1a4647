from celery import shared_task

from actors import reminders, review_reminders


@shared_task(name="actors.remind")
def remind():
    reminders.plan()


@shared_task(name="actors.remind_reviews")
def remind_reviews():
    review_reminders.plan()
