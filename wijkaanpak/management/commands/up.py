"""Start everything in the foreground: database, broker, web server, worker and beat; Ctrl-C stops it."""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from wijkaanpak import embedded, supervisor
from wijkaanpak.neighbourhoods.models import Programme


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", 0)) or None)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args, **options):
        var = embedded.var_folder()
        try:
            with supervisor.stopping_on_signals(), supervisor.only_copy(var), supervisor.listening_socket(options["port"]) as listener:
                self.tell_address(listener.getsockname()[1])
                with supervisor.services(var):
                    self.prepare(demo=not options["no_demo"])
                    self.serve(var, listener)
        except (supervisor.SupervisorError, embedded.EmbeddedServiceError) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def tell_address(self, port):
        """Let mails of the example, written before the web server starts, link to this copy too."""
        settings.BASE_URL = os.environ.setdefault("BASE_URL", f"http://localhost:{port}")

    def prepare(self, *, demo):
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there
        call_command("messages", compile=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("catalogue", verbosity=0)
        if demo and not Programme.objects.exists():
            self.say("Loading the example programme …")
            call_command("demo")
        connections.close_all()

    def serve(self, var, listener):
        port, processes = listener.getsockname()[1], {}
        with supervisor.group(processes):
            for name, command in supervisor.commands(listener, var).items():
                processes[name] = supervisor.start(command, listener=listener)
                if name == "web":  # the first page comes sooner when the others load their modules after it
                    supervisor.wait_for_page(port, processes=processes)
            self.welcome(port)
            supervisor.watch(processes)

    def welcome(self, port):
        self.say(f"\nWijkaanpak runs at http://localhost:{port}/")
        if Programme.objects.exists() and not settings.PRODUCTION:
            call_command("demo", accounts=True)
        self.say(f"Data: {embedded.var_folder()}" if not os.environ.get("DATABASE_URL") else f"Database: {settings.DATABASES['default']['NAME']}")
        self.say("Stop with Ctrl-C.")

    def say(self, text):
        self.stdout.write(text)
        sys.stdout.flush()
