"""A slow job and a slow mail server for a real worker process that is killed half-way."""

import os
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend

from wijkaanpak.journal import events, jobs


@jobs.handles("test.slowly")
def count_slowly(run):
    for step in range(4):
        time.sleep(0.05)
        run.step(step + 1, 4)
    with run.finishing():
        events.record("test.counted", about=run.job)


class SlowBackend(BaseEmailBackend):
    """Writes each mail as one line, long after it was asked to.

    The wait is long beside the test's own polling, so that the worker dies before it hands a mail over: between
    handing over and writing that down nobody can tell whether it went out (decision 0003).
    """

    def send_messages(self, messages):
        for message in messages:
            time.sleep(0.8)
            with Path(os.environ["MAILS_FILE"]).open("a") as file:
                file.write(f"{message.extra_headers['Message-ID']}\n")
        return len(messages)
