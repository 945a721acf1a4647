"""Bring the catalogue of indicators in the database up to date; may be run any number of times."""

from django.core.management.base import BaseCommand

from wijkaanpak.indicators import catalogue


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        count = catalogue.sync()
        if options["verbosity"]:
            self.stdout.write(f"{count} indicators in the catalogue.")
