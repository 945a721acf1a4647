"""What is measured: (name, floor to compare with, function of meter, port and name)."""

import os

import psycopg

from bench.measuring import Visitor

REQUESTS = 300
ROWS = 200_000
HELLO, INSERT, COPY = "hello-world page", "raw INSERT, one per commit", f"raw COPY of {ROWS:,} rows"
FLOORS = (HELLO, INSERT, COPY)


def database():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def hello(meter, port, name):
    return meter.requests(name, Visitor(port).get("/bench/hello/"), times=REQUESTS)


def raw_insert(meter, _port, name):
    """A resident's sentence straight into a table: what the database alone needs to keep it."""
    with database() as connection:
        connection.execute("CREATE TABLE bench_input (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said text, at timestamptz DEFAULT now())")
        sentence = "Het plein is 's avonds te donker, ik loop er liever niet langs. " * 4
        return meter.work(name, lambda _: connection.execute("INSERT INTO bench_input (said) VALUES (%s)", [sentence]), times=REQUESTS)


def raw_copy(meter, _port, name):
    """The same rows as an import writes, without checks and without an index."""
    with database() as connection:
        connection.execute("CREATE TABLE bench_observation (indicator_id int, period int, area_id int, value float8, status int2, edition_id int)")

        def copy(_):
            with connection.cursor().copy("COPY bench_observation FROM STDIN (FORMAT BINARY)") as rows:
                rows.set_types(["int4", "int4", "int4", "float8", "int2", "int4"])
                for number in range(ROWS):
                    rows.write_row((number % 100, 2020, number // 100, number / 7, 1, 1))

        return meter.work(name, copy, times=3)


ALL = [
    (HELLO, "", hello),
    (INSERT, "", raw_insert),
    (COPY, "", raw_copy),
]
