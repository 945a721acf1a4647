"""Runs the services and processes of one copy as a single foreground group.

Each child gets a session of its own, so Ctrl-C reaches only the supervisor, which knows the order of
stopping: what talks to people first, then the work, then Redis, then PostgreSQL.
"""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress

from wijkaanpak import embedded

FIRST_PORT = 8000
PORTS_TRIED = 100
SECONDS_TO_STOP = 12  # Celery finishes the step it is in; an unfinished job goes on at the next start
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class SupervisorError(RuntimeError):
    """This copy cannot run; the message says why in one sentence."""


@contextmanager
def only_copy(var):
    """Hold the lock of a data folder; the kernel releases it however the process ends."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SupervisorError(f"Wijkaanpak is already running here (process {lock.read().strip() or 'unknown'}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def services(var):
    """Run the embedded services that no environment variable replaces."""
    with ExitStack() as stack:
        for variable, service in (("DATABASE_URL", embedded.Postgres), ("REDIS_URL", embedded.Redis)):
            if not os.environ.get(variable):
                started = service(var)
                stack.callback(started.stop)
                started.start()
        yield stack


def listening_socket(port=None):
    """Return a socket that listens on the asked port, or on the first free one from 8000."""
    for candidate in [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            listener.bind(("127.0.0.1", candidate))
            listener.listen(512)
            return listener
        listener.close()
    raise SupervisorError(f"Port {port} is in use; choose another with --port." if port else "No port from 8000 is free.")


def python(*arguments):
    return [sys.executable, *arguments]


def commands(listener, var):
    """Return the processes of the product by name: web, worker and beat, as production runs them too."""
    celery = ("-W", "ignore:You're running the worker", "-m", "celery", "-A", "wijkaanpak", "--quiet")
    gunicorn = ("-m", "gunicorn", "wijkaanpak.wsgi", "--no-control-socket", "--log-level", "warning")
    web = (*gunicorn, "--bind", f"fd://{listener.fileno()}", "--workers", "2", "--preload")
    worker = ("worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle")
    beat = ("beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(var / "celerybeat-schedule"))
    return {"web": python(*web), "worker": python(*celery, *worker), "beat": python(*celery, *beat)}


def start(command, *, listener):
    return subprocess.Popen(
        embedded.dying_with_us(command, by="TERM"), stdin=subprocess.DEVNULL, start_new_session=True, pass_fds=[listener.fileno()]
    )


@contextmanager
def group(processes, *, seconds=SECONDS_TO_STOP):
    """Stop all processes together on leaving; what does not stop in time is killed with its children."""
    try:
        yield
    finally:
        for process in processes.values():
            with suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + seconds
        for process in processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/gezond/")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def wait_for_page(port, *, processes):
    deadline = time.monotonic() + 60
    while not answers(port):
        if ended := first_ended(processes):
            raise SupervisorError(f"The {ended} process stopped while starting; the reason stands above.")
        if time.monotonic() > deadline:
            raise SupervisorError("The first page did not come within a minute; the reason may stand above.")
        time.sleep(0.1)


def first_ended(processes):
    return next((name for name, process in processes.items() if process.poll() is not None), None)


def watch(processes):
    """Wait until a child ends, which is an error; a signal to stop arrives as KeyboardInterrupt."""
    while not (ended := first_ended(processes)):
        time.sleep(0.5)
    raise SupervisorError(f"The {ended} process ended by itself, so everything stops.")


@contextmanager
def stopping_on_signals():
    """Turn every request to stop into one KeyboardInterrupt; later ones do not disturb the stopping."""

    def stop(*_):
        for number in STOPPING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in STOPPING_SIGNALS:
        signal.signal(number, stop)
    yield
