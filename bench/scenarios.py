"""What is measured: (name, floor to compare with, function of meter, port and name)."""

import os
import time
from urllib.parse import urlencode

import psycopg
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from bench import delivery
from bench.measuring import Visitor
from dashboards import asking
from wijkaanpak.accounts.models import User
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.models import Edition, Observation
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.models import Programme

REQUESTS = 300
SECONDS_TO_READ = 7  # a form sent faster than a person reads is held as spam
HELLO, INSERT, COPY = "hello-world page", "raw INSERT, one per commit", f"raw COPY of {delivery.WANTED:,} rows"
FLOORS = (HELLO, INSERT, COPY)
SENTENCE = "Het plein is 's avonds te donker, ik loop er liever niet langs. " * 4


def database():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def programme():
    return Programme.objects.public().first()


def signed_in(port, email):
    """Return a visitor with the session of one of the example's people."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return Visitor(port, {name: morsel.value for name, morsel in client.cookies.items()})


def hello(meter, port, name):
    return meter.requests(name, Visitor(port).get("/bench/hello/"), times=REQUESTS)


def raw_insert(meter, _port, name):
    """A resident's sentence straight into a table: what the database alone needs to keep it."""
    with database() as connection:
        connection.execute("CREATE TABLE bench_input (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text, at timestamptz DEFAULT now())")
        return meter.work(name, lambda _: connection.execute("INSERT INTO bench_input (said) VALUES (%s)", [SENTENCE]), times=REQUESTS)


def raw_copy(meter, _port, name):
    """As many rows as an import writes, without checks and without an index."""
    with database() as connection:
        connection.execute("CREATE TABLE bench_observation (indicator_id int, period int, area_id int, value float8, status int2, edition_id int)")

        def copy(_):
            with connection.cursor().copy("COPY bench_observation FROM STDIN (FORMAT BINARY)") as rows:
                rows.set_types(["int4", "int4", "int4", "float8", "int2", "int4"])
                for number in range(delivery.WANTED):
                    rows.write_row((number % 100, 2020, number // 100, number / 7, 1, 1))

        return meter.work(name, copy, times=3)


def resident_post(meter, port, name):
    """The last of the resident's screens: everything is judged, stored and coded. Every sender has an address of its own."""
    visitor, path = Visitor(port), reverse("residents:give_input", args=[programme().slug])
    _, text = visitor.request("GET", path)
    page = BeautifulSoup(text, "html.parser")
    hidden = {field["name"]: field["value"] for field in page.select("input[name=opening], input[name=csrfmiddlewaretoken]")}
    time.sleep(SECONDS_TO_READ)

    def send(number):
        said = {**hidden, "screen": "preview", "to": "send", "kind": "idea", "where": "whole", "text": f"{number}: {SENTENCE}"}
        response, _ = visitor.request("POST", path, urlencode(said), source=f"127.1.{number // 250}.{number % 250 + 1}")
        return response.status, int(response.headers["X-Queries"])

    return meter.requests(name, send, times=REQUESTS, expected=302)


def page_of(view, email=""):
    """Return the measurement of a programme's page, as a visitor or as one of the example's people."""

    def measure(meter, port, name):
        visitor = signed_in(port, email) if email else Visitor(port)
        return meter.requests(name, visitor.get(reverse(view, args=[programme().slug])), times=REQUESTS)

    return measure


def page_anew(meter, port, name):
    """The figures page without what was kept: each address has a choice nobody made before, which is left aside."""
    visitor, path = signed_in(port, "coordinator@voorbeeld.example"), reverse("dashboards:programme_dashboard", args=[programme().slug])
    return meter.requests(name, lambda number: visitor.get(f"{path}?gebied=x{number}")(number), times=REQUESTS)


def done(job):
    """Do a job here and now, as a worker would."""
    jobs.run(job.pk)
    job.refresh_from_db()
    if job.state != JobState.DONE:
        raise RuntimeError(f"{job.kind}: {job.state} {job.error}")


def import_preview(meter, _port, name):
    content, analyst = delivery.content(), User.objects.get(email="analist@voorbeeld.example")
    return meter.work(name, lambda _: editions.receive(content, name="levering.csv", by=analyst), note=f"{len(content) / 1e6:.1f} MB")


def import_commit(meter, _port, name):
    edition, analyst = Edition.objects.order_by("pk").last(), User.objects.get(email="analist@voorbeeld.example")
    before = Observation.objects.count()

    def commit(_):
        editions.confirm(edition, year=delivery.YEAR, by=analyst)
        done(Job.objects.filter(kind="indicators.load").latest("pk"))

    result = meter.work(name, commit)
    return result._replace(note=f"{Observation.objects.count() - before:,} rows")


def recomputation(meter, _port, name):
    def everything(_):
        done(asking.everything())
        jobs.run_all()  # the parts it was cut in
        if Job.objects.exclude(state=JobState.DONE).exists():
            raise RuntimeError("a part was not done")

    return meter.work(name, everything, note="all programmes, areas and years")


ALL = [
    (HELLO, "", hello),
    (INSERT, "", raw_insert),
    (COPY, "", raw_copy),
    ("resident POST", INSERT, resident_post),
    ("public page", HELLO, page_of("dashboards:neighbourhood")),
    ("dashboard page", HELLO, page_of("dashboards:programme_dashboard", "coordinator@voorbeeld.example")),
    ("dashboard page, drawn anew", HELLO, page_anew),
    ("cockpit", HELLO, page_of("dashboards:cockpit", "coordinator@voorbeeld.example")),
    ("import: preview", COPY, import_preview),
    ("import: commit", COPY, import_commit),
    ("full recomputation", COPY, recomputation),
]
