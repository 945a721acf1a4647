from celery import shared_task

from residents import contacts


@shared_task(name="residents.erase_expired_contacts")
def erase_expired_contacts():
    contacts.erase_expired()
