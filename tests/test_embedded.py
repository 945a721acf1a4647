"""The embedded pair: addresses, private folders, and coming back after being killed."""

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from wijkaanpak import embedded, supervisor
from wijkaanpak.management.commands import up


@pytest.fixture
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


def test_addresses_follow_the_data_folder_and_start_nothing(var):
    assert embedded.database_url(var).endswith("%2Frun")
    assert embedded.redis_url(var) == f"redis+socket://{var}/run/redis.sock"
    assert list(var.iterdir()) == []


def test_a_long_folder_gets_a_short_socket_of_its_own():
    long, other = Path("/tmp") / ("x" * 120), Path("/tmp") / ("y" * 120)

    assert len(str(embedded.socket_folder(long) / embedded.POSTGRES_SOCKET)) <= embedded.LONGEST_SOCKET_PATH
    assert embedded.socket_folder(long) != embedded.socket_folder(other)


def test_only_the_owner_may_enter_the_socket_folder(var):
    folder = embedded.open_socket_folder(var)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_data_survives_a_killed_server(var):
    first = embedded.Postgres(var).start()
    with psycopg.connect(embedded.database_url(var)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.killpg(first.process.pid, signal.SIGKILL)
    first.process.wait()

    second = embedded.Postgres(var).start()
    with psycopg.connect(embedded.database_url(var)) as connection:
        answer = connection.execute("SELECT answer FROM kept").fetchone()
    second.stop()

    assert answer == (42,)


def test_a_server_that_outlived_its_supervisor_is_stopped_first(var):
    survivor = embedded.Postgres(var).start()

    second = embedded.Postgres(var).start()
    second.stop()

    assert survivor.process.wait(10) == 0


def test_a_second_start_on_the_same_data_is_refused(var):
    with supervisor.only_copy(var), pytest.raises(supervisor.SupervisorError, match=str(os.getpid())), supervisor.only_copy(var):
        pass


def test_copies_side_by_side_get_ports_of_their_own():
    with supervisor.listening_socket() as one, supervisor.listening_socket() as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_an_asked_port_that_is_taken_is_refused():
    with supervisor.listening_socket() as taken, pytest.raises(supervisor.SupervisorError, match="in use"):
        supervisor.listening_socket(taken.getsockname()[1])


def test_a_process_that_does_not_listen_is_killed_with_its_group():
    with supervisor.listening_socket() as listener:
        stubborn = supervisor.start(["sh", "-c", "trap '' TERM; while true; do sleep 0.05; done"], listener=listener)

        with supervisor.group({"stubborn": stubborn}, seconds=0.3):
            time.sleep(0.1)

    assert stubborn.returncode == -signal.SIGKILL


def test_the_group_ends_when_one_process_ends():
    with supervisor.listening_socket() as listener:
        processes = {"web": supervisor.start(["true"], listener=listener)}

        with pytest.raises(supervisor.SupervisorError, match="web process ended"):
            supervisor.watch(processes)


def test_mails_written_before_the_web_server_starts_link_to_its_port(settings, monkeypatch):
    monkeypatch.setenv("BASE_URL", "")
    monkeypatch.delenv("BASE_URL")
    up.Command().tell_address(8123)

    assert settings.BASE_URL == os.environ["BASE_URL"] == "http://localhost:8123"
