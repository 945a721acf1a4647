"""Gives every test run a throw-away PostgreSQL and Redis; loaded with `-p`, before the settings are read."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from wijkaanpak import embedded

ADDRESSES = {"DATABASE_URL": embedded.database_url, "REDIS_URL": embedded.redis_url}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
FOLDER = Path(tempfile.mkdtemp(prefix="wijkaanpak-test-"))
services = []
missing = [variable for variable in ADDRESSES if not os.environ.get(variable)]


def pytest_addoption():
    """Set the addresses: this runs before pytest-django reads the settings, and starts nothing yet."""
    os.environ["WIJKAANPAK_VAR"] = str(FOLDER)
    os.environ.pop("WIJKAANPAK_ENVIRONMENT", None)
    for variable in missing:
        os.environ[variable] = ADDRESSES[variable](FOLDER)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    if session.config.option.collectonly or not session.items:
        return
    if "DATABASE_URL" in missing:
        services.append(embedded.Postgres(FOLDER, throw_away=True).start())
    if "REDIS_URL" in missing:
        services.append(embedded.Redis(FOLDER, throw_away=True).start())
    call_command("messages", compile=True)
    socket.socket.connect = refusing_strangers(socket.socket.connect)


def refusing_strangers(connect):
    """Return a `connect` that reaches this machine only: a test that needs another server is wrong."""

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def pytest_unconfigure():
    while services:
        services.pop().stop()
    shutil.rmtree(FOLDER, ignore_errors=True)
