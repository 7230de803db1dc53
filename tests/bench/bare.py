"""Serves the bare views as the product is served: what there is to be had.

python -m tests.bench.bare PORT PARENT
"""

import sys

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server
from tests.bench.bare_view import connection

from pasokh.config import leash
from pasokh.config.web import WORKERS, threads


def main() -> None:
    """Serve as `pasokh web` does, with as many processes and threads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, text text)"
        )
    connection.close()
    leash.hold(int(sys.argv[2]))
    Server(
        "tests.bench.bare_view:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=WORKERS,
        blocking_threads=threads(WORKERS),
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
