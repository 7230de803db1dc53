"""`pasokh worker`: jobs, what happens by the clock, and the ledger's loop."""

import argparse
import logging
import threading

from pasokh.config import database, environment, garbage, leash, tables
from pasokh.config.messages import _
from pasokh.config.supervise import WORKER_GRACE

#: Seconds: a worker that gives no sign of life for longer than `schedule.STALLED` is gone.
HEARTBEAT = 5.0
#: Seconds between two looks at the ledger: at once while there is work, at most this when idle.
SHORTEST, LONGEST = 0.1, 2.0
#: Seconds after a turn that failed, growing to this.
LONGEST_AFTER_FAILURE = 30.0

logger = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=int,
        default=2,
        metavar="N",
        help=_("jobs run at the same time (default: %(default)s)"),
    )
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    if options.parent:
        leash.hold(options.parent)
    surroundings = environment.read()
    database.require(surroundings)
    tables.require_fit(surroundings)
    return _work(options.jobs)


def _work(jobs: int) -> int:
    import django  # noqa: PLC0415  Django-free path

    django.setup()
    import psycopg  # noqa: PLC0415  apps not loaded
    from procrastinate import PsycopgConnector  # noqa: PLC0415  apps not loaded
    from procrastinate.contrib.django import app, connector_params  # noqa: PLC0415  apps not loaded
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415  apps not loaded

    from pasokh.channels.mail_in import watching  # noqa: PLC0415  apps not loaded
    from pasokh.config import schedule  # noqa: PLC0415  apps not loaded

    schedule.register()
    garbage.settle()
    ledger, mailboxes = Ledger(), watching.Watching()
    ledger.start()
    mailboxes.start()
    # An app of its own, with its own connections: what jobs themselves enqueue must go through
    # Django's connection, in the transaction of their act.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=jobs + 3)
    workers = app.with_connector(connector)
    try:
        workers.run_worker(
            concurrency=jobs,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=schedule.STALLED.total_seconds(),
            shutdown_graceful_timeout=WORKER_GRACE,
        )
    except (psycopg.Error, ConnectorException) as error:
        logger.error("the database went away: %s", type(error).__name__)
        return 1
    finally:
        mailboxes.stop(WORKER_GRACE / 3)
        ledger.stop()
    return 0


class Ledger(threading.Thread):
    """Sequences entries and lets followers read them; one failing turn never ends the loop."""

    def __init__(self) -> None:
        super().__init__(name="ledger", daemon=True)
        self._ended = threading.Event()

    def run(self) -> None:
        pause = SHORTEST
        while not self._ended.wait(pause):
            try:
                pause = SHORTEST if turn() else min(pause * 1.5, LONGEST)
            except Exception:
                logger.exception("a turn of the ledger's loop failed; it will be tried again")
                pause = min(max(pause, 1.0) * 2, LONGEST_AFTER_FAILURE)
                _drop_connection()
        _drop_connection()

    def stop(self) -> None:
        self._ended.set()
        self.join(WORKER_GRACE)


def turn() -> int:
    """Give a sign of life, sequence, follow; return how much there was to do."""
    from django.db import connection  # noqa: PLC0415  Django-free path

    from pasokh.config.health import PULSE  # noqa: PLC0415  Django-free path
    from pasokh.config.wiring import FOLLOWERS  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path
    from pasokh.kernel.ledger import follow, sequencer  # noqa: PLC0415  apps not loaded

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [PULSE])
    sequenced = sequencer.run_once(clock.now())
    return sequenced + follow.run_once(FOLLOWERS, clock.now())


def _drop_connection() -> None:
    from django.db import connection  # noqa: PLC0415  Django-free path

    connection.close()
