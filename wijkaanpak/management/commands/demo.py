"""Load the example: real figures of Arnhem and invented programmes; running it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wijkaanpak.demo import loading
from wijkaanpak.demo.people import PASSWORD


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="empty the database first, all of it")
        parser.add_argument("--accounts", action="store_true", help="print who can sign in, and load nothing")

    def handle(self, *args, **options):
        if options["accounts"]:
            self.print_accounts()
        else:
            self.load(fresh=options["fresh"])

    def load(self, *, fresh):
        if settings.PRODUCTION:
            raise CommandError("The example has known passwords: it is not for production.")
        if fresh and loading.holds_real_work():
            raise CommandError("This database holds a programme that is no example. Nothing was removed.")
        if fresh:
            loading.empty()
        if not loading.is_loaded():
            loading.load()

    def print_accounts(self):
        self.stdout.write(f"\nSign in with one of these accounts; the password of all is {PASSWORD}")
        for email, name, what in loading.accounts():
            self.stdout.write(f"  {email:<36}{name}, {what}")
        if code := loading.code_to_follow():
            self.stdout.write(f"As a resident, follow what was done with a message: /volg/{code}/")
