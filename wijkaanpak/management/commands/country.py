"""Fill an empty database with an invented country as large as the Netherlands, to measure with: 100 is all of it."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wijkaanpak.demo import country, loading


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, choices=[1, 10, 100], default=100, help="1: 180 areas, 10: 1,800, 100: 18,000")
        parser.add_argument("--fresh", action="store_true", help="empty the database first, all of it")

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("An invented country is not for production.")
        if loading.holds_real_work():
            raise CommandError("This database holds a programme that is no example. Nothing was changed.")
        if options["fresh"]:
            loading.empty()
        if loading.holds_anything():
            raise CommandError("This database is not empty. Give the country one of its own, or empty it with --fresh.")
        began = time.monotonic()
        written = country.load(options["scale"], self.stdout.write)
        self.stdout.write(f"{written:,} invented figures in {time.monotonic() - began:.1f} s")
