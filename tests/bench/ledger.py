"""Measure the ledger: eight writers, the sequencer and a follower, each a process of its own.

    PYTHONPATH=src DATABASE_URL=… python tests/bench/ledger.py [--writers 8] [--seconds 10]

Makes a database of its own on that server, verifies the whole log at the end, and drops it.
A bare INSERT of one row in its own transaction is measured beside it, by as many processes.
"""

import argparse
import json
import multiprocessing
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier
from tests.fixtures import databases

SUBJECTS = 200
TEXT = "یخچالی که خریده‌ام از روز سوم دیگر سرد نمی‌کند و کسی پاسخ تلفن را نمی‌دهد. " * 8


def ready() -> None:
    """Set Django up in a process of this measurement."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "pasokh.config.settings"
    import django  # noqa: PLC0415  apps not loaded

    django.setup()


def write(number: int, stop: Event, counts: Any) -> None:
    """Record on subjects shared with the other writers, a sealed text with each entry."""
    ready()
    from django.db import transaction  # noqa: PLC0415  apps not loaded

    from pasokh.kernel import clock, events  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.actors import Actor, Kind  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.ledger import writer  # noqa: PLC0415  apps not loaded

    happened: Any = events.event("bench.happened", "Happened")(
        type("Happened", (), {"__annotations__": {"count": int}})
    )
    by = Actor(Kind.STAFF, str(number))
    while not stop.is_set():
        subject = f"complaint:P-{secrets.randbelow(SUBJECTS)}"
        with transaction.atomic():
            writer.record(
                happened(count=counts[number]),
                subject=subject,
                by=by,
                at=clock.now(),
                private={"narrative": TEXT},
            )
        counts[number] += 1


def insert(number: int, stop: Event, counts: Any) -> None:
    """Insert one row a transaction, with nothing around it: what the server can do at best."""
    ready()
    from django.db import connection, transaction  # noqa: PLC0415  apps not loaded

    while not stop.is_set():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", [TEXT])
        counts[number] += 1


def sequence(number: int, stop: Event, counts: Any) -> None:
    ready()
    from pasokh.kernel import clock  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.ledger import sequencer  # noqa: PLC0415  apps not loaded

    _loop(lambda: sequencer.run_once(clock.now()), number, stop, counts)


def follow(number: int, stop: Event, counts: Any) -> None:
    ready()
    from pasokh.kernel import clock  # noqa: PLC0415  apps not loaded
    from pasokh.kernel.ledger import follow  # noqa: PLC0415  apps not loaded

    follower = follow.Follower("bench", {"bench.happened": lambda entry: None})
    _loop(lambda: follow.run_once([follower], clock.now()), number, stop, counts)


def _loop(step: Callable[[], int], number: int, stop: Event, counts: Any) -> None:
    """Work as the worker's loop does: at once when there was something, else after a pause."""
    while True:
        done = step()
        counts[number] += done
        if not done and stop.is_set():
            return
        if not done:
            time.sleep(0.1)


def run(writer: Any, writers: int, others: tuple[Any, ...], seconds: float) -> dict[str, Any]:
    """Let processes work together for a time and return what they did, per second."""
    method = multiprocessing.get_context("spawn")
    stops = method.Event(), method.Event()
    counts = method.Array("q", writers + len(others), lock=False)
    works = [*[(writer, stops[0])] * writers, *((other, stops[1]) for other in others)]
    processes = [
        method.Process(target=work, args=(number, stop, counts))
        for number, (work, stop) in enumerate(works)
    ]
    for process in processes:
        process.start()
    while not all(counts[:writers]):
        time.sleep(0.01)
    begun, before = time.perf_counter(), list(counts)
    time.sleep(seconds)
    lasted, after = time.perf_counter() - begun, list(counts)
    stops[0].set()
    for process in processes[:writers]:
        process.join()
    stops[1].set()
    for process in processes[writers:]:
        process.join()
    rates = [round((new - old) / lasted) for old, new in zip(before, after, strict=True)]
    caught_up = round(time.perf_counter() - begun - lasted, 2)
    return {"written": sum(rates[:writers]), "others": rates[writers:], "caught_up_in": caught_up}


def measure(writers: int, seconds: float) -> dict[str, Any]:
    ready()
    from django.core.management import call_command  # noqa: PLC0415  apps not loaded
    from django.db import connection  # noqa: PLC0415  apps not loaded

    from pasokh.kernel.ledger import verify  # noqa: PLC0415  apps not loaded

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, text text)")
    bare = run(insert, writers, (), seconds)
    ledger = run(write, writers, (sequence, follow), seconds)
    begun = time.perf_counter()
    findings = verify.whole_log()
    checked = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), pg_database_size(current_database()) FROM ledger_entry")
        entries, size = cursor.fetchone()
    connection.close()
    return {
        "writers": writers,
        "bare_inserts_per_second": bare["written"],
        "entries_per_second": ledger["written"],
        "sequenced_per_second": ledger["others"][0],
        "followed_per_second": ledger["others"][1],
        "seconds_to_catch_up": ledger["caught_up_in"],
        "entries": entries,
        "database_bytes": size,
        "verified_per_second": round(entries / checked),
        "findings": [str(finding) for finding in findings],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10)
    arguments = parser.parse_args()
    server, name = os.environ["DATABASE_URL"], f"pasokh_bench_{secrets.token_hex(4)}"
    with (
        psycopg.connect(server, autocommit=True) as connection,
        tempfile.TemporaryDirectory(prefix="pasokh-bench-") as data,
    ):
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        os.environ |= {"DATABASE_URL": make_conninfo(server, dbname=name), "PASOKH_DATA": data}
        try:
            print(json.dumps(measure(arguments.writers, arguments.seconds), indent=1))
        finally:
            databases.drop(connection, name)


if __name__ == "__main__":
    main()
