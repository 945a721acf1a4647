"""Gives every test run a throw-away PostgreSQL and Redis; loaded with `-p`, before the settings are read."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from wijkaanpak import embedded

VARIABLES = {"DATABASE_URL": embedded.database_url, "REDIS_URL": embedded.redis_url}
FOLDER = Path(tempfile.mkdtemp(prefix="wijkaanpak-test-"))
services = []

os.environ["WIJKAANPAK_VAR"] = str(FOLDER)
os.environ.pop("WIJKAANPAK_ENVIRONMENT", None)
missing = [variable for variable in VARIABLES if not os.environ.get(variable)]
for variable in missing:
    os.environ[variable] = VARIABLES[variable](FOLDER)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    if session.config.option.collectonly or not session.items:
        return
    if "DATABASE_URL" in missing:
        services.append(embedded.Postgres(FOLDER, throw_away=True).start())
    if "REDIS_URL" in missing:
        services.append(embedded.Redis(FOLDER, throw_away=True).start())


def pytest_unconfigure():
    while services:
        services.pop().stop()
    shutil.rmtree(FOLDER, ignore_errors=True)
