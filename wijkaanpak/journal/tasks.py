from celery import shared_task

from wijkaanpak.journal import jobs, mails


@shared_task(name="journal.run_job")
def run_job(pk):
    jobs.run(pk)


@shared_task(name="journal.reconcile")
def reconcile():
    jobs.reconcile()


@shared_task(name="journal.deliver_mails")
def deliver_mails():
    mails.deliver_waiting()
