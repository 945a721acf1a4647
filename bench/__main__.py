"""Measure the product beside a hello-world page, a raw INSERT and a raw COPY, on a database of its own.

    python3 dev.py bench [words]                  only the measurements whose name has one of the words
    python3 dev.py bench country [1 10 100]       an invented country at these scales; 100 is the Netherlands (some minutes, 8 GB)
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import django
from django.core.management import call_command
from django.urls import NoReverseMatch

from bench.measuring import Meter, Visitor
from wijkaanpak import embedded

COLUMNS = "{:<44} {:>5} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}  {}"
COUNTRY, SCALES = "country", ["1", "10", "100"]
# what docs/operations.md advises for a database of this size
TUNED = {"shared_buffers": "2GB", "max_wal_size": "8GB", "work_mem": "64MB", "maintenance_work_mem": "512MB"}


def main(words):
    if words[:1] == [COUNTRY] and len(words) == 2:
        return country(int(words[1]))
    if words[:1] == [COUNTRY]:
        return sum(each_apart(scale) for scale in words[1:] or SCALES)
    with ExitStack() as stack:
        postgres = start_services(stack)
        prepare()
        port, web = start_web(stack)

        from bench import scenarios  # noqa: PLC0415 models exist only after django.setup()

        return report(Meter(web=web.pid, postgres=postgres.process.pid), port, words, scenarios.ALL, scenarios.FLOORS)


def each_apart(scale):
    """Measure one scale in a process of its own: nothing of the scale before is left in memory."""
    return subprocess.run([sys.executable, "-m", "bench", COUNTRY, scale], check=False).returncode


def country(scale):
    with ExitStack() as stack:
        postgres = start_services(stack, tuned=True)
        django.setup()
        call_command("messages", compile=True)
        call_command("migrate", verbosity=0)

        from bench import countrywide  # noqa: PLC0415 models exist only after django.setup()

        say(f"\nAn invented country at scale {scale}; load of the machine {os.getloadavg()[0]:.1f}")
        port, web = start_web(stack)
        meter = Meter(web=web.pid, postgres=postgres.process.pid)
        failed = report(meter, port, [], countrywide.Country(scale).scenarios(), ())
        say(f"Load of the machine afterwards {os.getloadavg()[0]:.1f}")
        return failed


def start_services(stack, *, tuned=False):
    """Start PostgreSQL and Redis on a folder of their own, which goes away afterwards; return PostgreSQL."""
    var = Path(tempfile.mkdtemp(prefix="wijkaanpak-bench-"))
    stack.callback(shutil.rmtree, var, ignore_errors=True)
    os.environ |= {"WIJKAANPAK_VAR": str(var), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    os.environ |= {"DATABASE_URL": embedded.database_url(var), "REDIS_URL": embedded.redis_url(var)}
    postgres, redis = embedded.Postgres(var), embedded.Redis(var)
    if tuned:
        postgres.initialise()
        with (postgres.data / "postgresql.auto.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in TUNED.items())
    for service in (postgres, redis):
        stack.callback(service.stop)
        service.start()
    return postgres


def prepare():
    django.setup()
    say("Preparing a database with the example programme …")
    call_command("messages", compile=True)
    call_command("migrate", verbosity=0)
    call_command("demo", stdout=io.StringIO())


def start_web(stack):
    """Start the production web server with one worker, so that its processor time is of one process."""
    listener = stack.enter_context(socket.socket())
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    gunicorn = [sys.executable, "-m", "gunicorn", "wijkaanpak.wsgi", "--no-control-socket", "--log-level", "error"]
    command = [*gunicorn, "--bind", f"fd://{listener.fileno()}", "--workers", "1"]
    web = subprocess.Popen(command, pass_fds=[listener.fileno()], start_new_session=True)
    stack.callback(web.wait)
    stack.callback(web.terminate)
    port = listener.getsockname()[1]
    Visitor(port).request("GET", "/bench/hello/")
    return port, web


def report(meter, port, words, scenarios, always):
    print(COLUMNS.format("", "times", "median", "p95", "own CPU", "db CPU", "queries", "× floor", ""))
    print(COLUMNS.format("", "", "ms", "ms", "ms", "ms", "", "", ""))
    floors, failed = {}, []
    for name, floor, measure in scenarios:
        if words and name not in always and not any(word in name for word in words):
            continue
        try:
            result = measure(meter, port, name)
        except (RuntimeError, NoReverseMatch) as error:
            say(f"{name:<44} not measured: {error}")
            failed.append(name)
            continue
        floors[name] = result.median
        ratio = f"{result.median / floors[floor]:.1f}" if floor in floors else ""
        queries = "" if result.queries is None else result.queries
        figures = (f"{figure:.2f}" for figure in (result.median, result.p95, result.web_cpu, result.database_cpu))
        print(COLUMNS.format(name, result.times, *figures, queries, ratio, f"{floor} · {result.note}".strip(" ·")), flush=True)
    return failed


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    began = time.monotonic()
    outcome = bool(main(sys.argv[1:]))
    say(f"Measured in {time.monotonic() - began:.0f} s. CPU is processor time per request, or per run; own CPU is of the web process or the job.")
    sys.exit(outcome)
