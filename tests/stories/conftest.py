"""The stories play in the example, in a real browser, with a real worker where one is needed."""

import re

import pytest
from celery.contrib.testing.worker import start_worker
from django.core import mail

from wijkaanpak.accounts.models import User
from wijkaanpak.celery import app
from wijkaanpak.demo import loading, people
from wijkaanpak.journal import mails

ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)")


@pytest.fixture
def example(browser, live_server, settings, tmp_path):
    """The example as `manage.py demo` loads it; its first mails have gone out."""
    settings.MEDIA_ROOT = tmp_path
    settings.BASE_URL = live_server.url
    loading.load()
    mails.deliver_waiting()


@pytest.fixture
def person(example):
    """An account of the example by the part before the @: `person("woning")`."""
    return lambda name: User.objects.get(email=people.address(name))


@pytest.fixture
def letters(example):
    """Deliver what waits and return what went to somebody since the story began: `letters("bewoner@…")`."""

    def letters(to):
        mails.deliver_waiting()
        return [message for message in mail.outbox if message.to == [to]]

    return letters


@pytest.fixture
def link_in():
    """Return the first path in a mail that holds a text, after some words: `link_in(message, "/t/", after="Twaalf bomen")`."""
    return lambda message, part, after="": next(path for path in ADDRESS.findall(message.body.partition(after or "\n")[2]) if part in path)


@pytest.fixture
def worker(example):
    """A Celery worker beside the test, fed by the real broker."""
    with start_worker(app, perform_ping_check=False, shutdown_timeout=30):
        yield
