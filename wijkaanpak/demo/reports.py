"""Reports of the example: one for everybody that is signed off, and one for the steering group on its way."""

from datetime import timedelta

from django.utils import timezone

from dashboards.choices import Readers
from dashboards.reports import content, signing
from dashboards.reports.content import Order
from wijkaanpak.demo.moments import day
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme

DECISIONS = ("Stem in met een tweede ronde energiecoaches voor de flats.", "Geef de kerngroep tot 1 maart de tijd voor een plan tegen schulden.")


def load(programme: Programme, people: People) -> None:
    """Make them as the job does, from what the example says now; the figures must have been computed."""
    maker, checker = people.users["coordinator"], people.users["analist"]
    at = timezone.now() - timedelta(minutes=5)
    for audience, decisions in [(Readers.PUBLIC, ()), (Readers.PARTNERS, DECISIONS)]:
        order = Order(day(-180), day(0), audience, decisions)
        report = signing.keep(programme, order, content.compose(programme, order, at), at=at, by=maker)
        if audience == Readers.PUBLIC:
            signing.sign(signing.check(report, by=checker), by=maker)
