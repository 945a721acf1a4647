"""Time, processor time and queries of requests to a real web process, and of work in this one."""

import http.client
import os
import resource
import statistics
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.db import connection


class Result(NamedTuple):
    """One line of the table. Times are milliseconds per request, or per run when `times` is 1."""

    name: str
    times: int
    median: float
    p95: float
    web_cpu: float
    database_cpu: float
    queries: int | None
    note: str = ""


def count_queries(get_response):
    """Middleware that says in a header how many queries the answer took."""

    def middleware(request):
        count = 0

        def counting(execute, *arguments):
            nonlocal count
            count += 1
            return execute(*arguments)

        with connection.execute_wrapper(counting):
            response = get_response(request)
        response["X-Queries"] = str(count)
        return response

    return middleware


def cpu_used(pids):
    """Return the processor time in seconds that each single-threaded process has used."""
    used = {}
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):
            used[pid] = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    return used


def cpu_of_ended(pid):
    """Return the processor time in seconds of the children of a process that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def own_cpu():
    """Return the processor time in seconds of this process and of the processes it started that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def since(before, now):
    """Return the seconds between two readings; a process that ended in between counts for nothing."""
    return sum(used - before.get(pid, 0) for pid, used in now.items())


def children(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(after_name[1]) == pid:
            found.append(int(stat.parent.name))
    return found


class Meter:
    """Knows which processes are the web and which are the database."""

    def __init__(self, *, web, postgres):
        self.web, self.postgres = web, postgres

    def database_cpu(self):
        return {**cpu_used([self.postgres, *children(self.postgres)]), "ended": cpu_of_ended(self.postgres)}

    def web_cpu(self):
        return cpu_used(children(self.web))

    def requests(self, name, send, *, times, expected=200):
        """Send one request after another; `send(number)` returns (status, queries)."""
        for number in range(5):
            send(number)  # connections opened, templates compiled
        web, database = self.web_cpu(), self.database_cpu()
        durations, queries = [], []
        for number in range(5, times + 5):
            began = time.perf_counter()
            status, counted = send(number)
            durations.append((time.perf_counter() - began) * 1000)
            queries.append(counted)
            if status != expected:
                raise RuntimeError(f"{name}: answer {status} instead of {expected}")
        web, database = since(web, self.web_cpu()), since(database, self.database_cpu())
        return Result(
            name, times, statistics.median(durations), percentile(durations, 95), web / times * 1000, database / times * 1000, max(queries)
        )

    def work(self, name, action, *, times=1, note="", before=None):
        """Do something in this process `times` times; its own processor time stands in the web column.

        What `before(number)` returns is given to the action instead of the number; making it is not measured.
        """
        own, database, durations = 0.0, 0.0, []
        with counting() as count:
            for number in range(times):
                given = before(number) if before else number
                cpu, used, began = own_cpu(), self.database_cpu(), time.perf_counter()
                action(given)
                durations.append((time.perf_counter() - began) * 1000)
                own, database = own + own_cpu() - cpu, database + since(used, self.database_cpu())
        per_run = round(count() / times) or None
        return Result(
            name, times, statistics.median(durations), percentile(durations, 95), own / times * 1000, database / times * 1000, per_run, note
        )


@contextmanager
def counting():
    """Count the queries Django sends from this process; psycopg used directly is not counted."""
    count = 0

    def wrapper(execute, *arguments):
        nonlocal count
        count += 1
        return execute(*arguments)

    with connection.execute_wrapper(wrapper):
        yield lambda: count


def percentile(values, percent):
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


class Visitor:
    """A client with cookies of its own that talks HTTP to the real server."""

    def __init__(self, port, cookies=()):
        self.port = port
        self.cookies = dict(cookies)

    def request(self, method, path, body=None, source="127.0.0.1"):
        """Ask for a page; `source` is the loopback address the server sees as the visitor's."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept-Language": "nl"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        link.request(method, path, body, headers)
        response = link.getresponse()
        text = response.read().decode(errors="replace")
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        link.close()
        return response, text

    def get(self, path):
        """Return a function for `Meter.requests` that asks for one page."""

        def send(_number):
            response, _ = self.request("GET", path)
            return response.status, int(response.headers.get("X-Queries", 0))

        return send
