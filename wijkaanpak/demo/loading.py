"""Put the example together, take it away, and say who can sign in."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Model

from ambitions import escalations, reminders
from dashboards import asking
from residents import codes
from residents.models import ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.celery import app
from wijkaanpak.demo import (
    agreements,
    ambitions,
    contents,
    figures,
    following,
    formation,
    gatherings,
    leaving,
    meanings,
    people,
    programmes,
    promises,
    reports,
    survey,
    together,
    voices,
    years,
)
from wijkaanpak.demo.log import Log
from wijkaanpak.indicators.models import Edition
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme

PUBLIC, OTHER, STATES = "presikhaaf.toml", "malburgen.toml", "standen.toml"
OURS = ["accounts", "journal", "neighbourhoods", "indicators", "actors", "ambitions", "residents", "dashboards", "account", "mfa", "usersessions"]


def is_loaded() -> bool:
    return Programme.objects.filter(slug=contents.toml(PUBLIC)["programme"]["slug"]).exists()


def load() -> None:
    """Write the whole example, compute what its pages show, pass on and ask for words as every morning; those mails still have to go out."""
    app.loader.import_default_modules()  # a worker does this by itself: here the handlers of jobs register
    known = people.load()
    figures.load(by=known.users["analist"])
    figures.lock(by=known.users["analist"])
    write(known)
    asking.everything()
    escalations.plan()
    reminders.plan()
    jobs.run_all()
    explain(known)


@transaction.atomic
def explain(known: people.People) -> None:
    """What people make of the figures, once those are computed."""
    found = contents.toml(PUBLIC)
    programme = Programme.objects.select_related("municipality").get(slug=found["programme"]["slug"])
    coordinator = known.users[found["roles"][Role.COORDINATOR][0]]
    meanings.load(programme, found, known, by=coordinator)
    gatherings.coming(programme, found["next_meeting"], by=coordinator)
    reports.load(programme, known)
    leaving.load(programme, found["leaving"], known, by=coordinator)


@transaction.atomic
def write(known: people.People) -> None:
    """Half an example is never seen."""
    log = Log()
    survey.load(year=figures.YEAR)
    for name in (PUBLIC, OTHER, STATES):
        _programme(contents.toml(name), known, log, inputs=contents.toml("inbreng.toml") if name == PUBLIC else None)
    log.write()


def _programme(found: dict, known: people.People, log: Log, *, inputs: dict | None) -> None:
    programme = programmes.load(found, known, log)
    coordinator = known.users[found["roles"][Role.COORDINATOR][0]]
    agreements.load(programme, found.get("agreements", []), known, log, by=coordinator)
    agreements.place(programme, found.get("placements", {}), known)
    made = ambitions.load(programme, found["ambitions"], known, log, by=coordinator)
    formation.load(programme, found, made, known, log, by=coordinator)
    promised = promises.load(found["commitments"], made, known, log, by=coordinator)
    gatherings.held(programme, found.get("meetings", []), known, log, by=coordinator)
    following.load(programme, found, promised, known, log, by=coordinator)
    together.load(programme, found, promised, known, log, by=coordinator)
    if "year_clock" in found:
        years.load(programme, found, known, log, by=coordinator)
    if inputs:
        voices.Voices(programme, known, log, by=coordinator, ambitions=made, commitments=promised).load(inputs)


def holds_real_work() -> bool:
    return Programme.objects.filter(is_example=False).exists()


def holds_anything() -> bool:
    return Programme.objects.exists() or Area.objects.exists() or Edition.objects.exists()


def empty() -> None:
    """Remove everything but the themes. TRUNCATE passes the triggers that keep history: for examples only."""
    models: list[type[Model]] = [Session, *(model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True))]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models if model is not Theme]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


def accounts() -> list[tuple[str, str, str]]:
    """Return (mail address, name, what the person is) of every account of the example, in the order of the file."""
    addresses = [people.address(key) for key in contents.toml("people.toml")["people"]]
    known = {user.email: user for user in User.objects.filter(email__in=addresses)}
    return [(email, known[email].name, known[email].job_title) for email in addresses if email in known]


def code_to_follow() -> str:
    """Return the code of an answered input of the example, as its sender would have it; empty without one."""
    answered = ResidentInput.objects.filter(programme__is_example=True, links__commitment__isnull=False, answered_at__isnull=False)
    found = answered.order_by("pk").first()
    return codes.code_of(found) if found else ""
