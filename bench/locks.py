"""What the triggers of locked periods cost: 200,000 rows inserted with and without them, in a transaction that is rolled back.

    echo "from bench import locks; locks.measure()" | python3 dev.py manage shell
"""

import re
import time

from django.db import connection, transaction

ROWS = 200_000
INSERT = """
INSERT INTO indicators_observation (indicator_id, period, area_id, value, status, edition_id)
SELECT -1 - g %% 40, 1800, -g / 40, g, 1, 0 FROM generate_series(1, %s) g
"""
LOCK = "INSERT INTO indicators_periodlock (first, last, reason, locked_at, unlock_reason) VALUES (190001, 190012, 'meting', now(), '')"
WAYS = {
    "without triggers": "ALTER TABLE indicators_observation DISABLE TRIGGER USER",
    "nothing locked": "SELECT 1",
    "another year locked": LOCK,
}


def measure(times: int = 6) -> None:
    """Print the best of some runs in turn, and what PostgreSQL itself says the trigger took; milliseconds."""
    best = dict.fromkeys(WAYS, float("inf"))
    for _ in range(times):
        for name, prepare in WAYS.items():
            best[name] = min(best[name], once(prepare, insert))
    for name, milliseconds in best.items():
        print(f"{name}: {milliseconds:.0f} ms for {ROWS:,} rows")
    for name in ("nothing locked", "another year locked"):
        print(f"{name}, the trigger alone: {min(once(WAYS[name], in_trigger) for _ in range(times)):.1f} ms")


def once(prepare: str, timed) -> float:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(prepare)
        taken = timed(cursor)
        transaction.set_rollback(True)
    return taken


def insert(cursor) -> float:
    start = time.perf_counter()
    cursor.execute(INSERT, [ROWS])
    return 1000 * (time.perf_counter() - start)


def in_trigger(cursor) -> float:
    cursor.execute(f"EXPLAIN ANALYZE {INSERT}", [ROWS])
    plan = "\n".join(line for (line,) in cursor.fetchall())
    return sum(float(taken) for taken in re.findall(r"Trigger \w+: time=([\d.]+)", plan))
