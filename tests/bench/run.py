"""`bin/bench`: how fast Pasokh is at several sizes, beside a bare view in the same run."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

from tests.bench import machine, memory, servers, table
from tests.bench.browser import Browser
from tests.bench.measure import time_it
from tests.bench.operations import DESK, Bare, BarePlain, File, FileByProgram, Operation
from tests.bench.servers import ROOT, Place

OUT = ROOT / "var" / "bench"
CLIENTS = (1, 8)
#: Lines that one program has open.
LINES = (1, 4, 16)
PARTS = ("file", "api", *DESK, "mail", "import", "export", "memory")
#: How many mails are taken in, and how many rows of a spreadsheet in each way.
MAILS, ROWS = "4000", "4000"
#: The list with which that of all files is compared, and as what both are made.
FEW, FORMATS = 10_000, ("csv", "xlsx")


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if options.fill_only:
            _fill_only(options.fill_only, options.sizes[-1])
            return 0
        found = _run(options)
    except KeyboardInterrupt:
        print("bin/bench: interrupted; everything was taken down", file=sys.stderr)
        return 130
    OUT.mkdir(parents=True, exist_ok=True)
    kept = OUT / f"{found['at'].replace(':', '')}.json"
    kept.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    print(json.dumps(found, indent=1) if options.json else table.of(found))
    _say(f"kept in {kept.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Measure Pasokh by HTTP, beside a bare Django view that inserts one row.",
        epilog="Runs on an embedded PostgreSQL of its own, or on the server that DATABASE_URL "
        "names (in databases of its own, dropped at the end). docs/speed.md explains the figures.",
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(part) for part in text.split(",")],
        default=[1_000, 10_000, 100_000],
        metavar="N,N,…",
        help="how many complaints, once each (default: 1000,10000,100000)",
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=2.0,
        metavar="S",
        help="how long each operation is measured (default: %(default)s)",
    )
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        default=list(PARTS),
        metavar="PART,…",
        help=f"some of: {', '.join(PARTS)}",
    )
    parser.add_argument(
        "--exported",
        type=int,
        default=1_000_000,
        metavar="N",
        help="how many files the long list has that is exported (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--no-verify", action="store_true", help="do not verify the filled ledgers")
    parser.add_argument(
        "--fill-only",
        metavar="NAME",
        help="only fill a database of this name to the last of --sizes and leave it there; needs "
        "DATABASE_URL, and PASOKH_DATA for the ledger's key",
    )
    options = parser.parse_args()
    if strange := set(options.only) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(strange))}")
    return options


def _run(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "sizes": []}
    with ExitStack() as stack:
        place = stack.enter_context(servers.place())
        found["machine"] = machine.described(place)
        found["seconds"] = options.seconds
        pattern = stack.enter_context(_pattern(place))
        for size in options.sizes:
            last = size == options.sizes[-1] and "memory" in options.only
            found["sizes"].append(_size(place, pattern, size, options, last))
        if "export" in options.only:
            found["exports"] = list(_exports(place, pattern, options.exported))
    return found


@contextmanager
def _pattern(place: Place) -> Iterator[str]:
    """A database with the cases that are copied."""
    _say("making the cases that are copied, by their verbs")
    with place.database() as name:
        _make(place.environ(name))
        yield name


def _make(environ: Mapping[str, str]) -> None:
    servers.run("pasokh.config", "migrate", "--json", environ=environ)
    servers.run("tests.bench.fill", "make", environ=environ)


def _size(
    place: Place, pattern: str, size: int, options: argparse.Namespace, last: bool
) -> dict[str, Any]:
    """Everything that is measured at one size."""
    with place.database(pattern) as name:
        environ = place.environ(name)
        begun = time.monotonic()
        _say(f"{size:,} complaints: filling")
        servers.run("tests.bench.fill", str(size), environ=environ)
        found: dict[str, Any] = {"complaints": size, "filled_in_s": _since(begun)}
        if not options.no_verify:
            begun = time.monotonic()
            _say(f"{size:,} complaints: verifying the ledger")
            found["entries"] = servers.run("tests.bench.check", environ=environ)
            found["verified_in_s"] = _since(begun)
        _say(f"{size:,} complaints: measuring")
        found["statements"] = servers.run("tests.bench.statements", environ=environ)
        found["operations"] = _operations(place, name, options)
        if "mail" in options.only:
            found["mail"] = servers.run("tests.bench.mails", MAILS, environ=environ)
        if "import" in options.only:
            found["import"] = servers.run("tests.bench.imports", ROWS, environ=environ)
        if last:
            found["memory"] = _memory(place, environ)
    return found


def _operations(place: Place, database: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    environ, found = place.environ(database), []
    with (
        place.connected(database) as rows,
        servers.product("web", environ) as (port, _),
        servers.bare(environ) as beside,
    ):
        for clients in CLIENTS:
            visitors = [Browser(port) for _ in range(clients)]
            plain = [Browser(beside) for _ in range(clients)]
            todo: list[Operation] = []
            if "file" in options.only:
                todo += [Bare(visitors=plain), File(visitors=visitors), Bare(visitors=plain)]
                todo.append(BarePlain(visitors=plain))
            kinds = [kind for part in options.only for kind in DESK.get(part, ())]
            todo += [kind(visitors=visitors, database=rows) for kind in kinds]
            found += [_timed(one, options.seconds) for one in todo]
            for browser in (*visitors, *plain):
                browser.close()
        if "api" in options.only:
            token = servers.run("tests.bench.programs", environ=environ)
            for lines in LINES:
                found += _by_program(port, beside, token, lines, options.seconds)
    return found


def _by_program(
    port: int, beside: int, token: str, lines: int, seconds: float
) -> list[dict[str, Any]]:
    """Filing by a program with so many lines, and the bare view with as many beside it."""
    visitors = [Browser(port) for _ in range(lines)]
    plain = [Browser(beside) for _ in range(lines)]
    todo = (Bare(visitors=plain), FileByProgram(visitors=visitors, token=token))
    found = [_timed(one, seconds) for one in todo]
    for browser in (*visitors, *plain):
        browser.close()
    return found


def _timed(operation: Operation, seconds: float) -> dict[str, Any]:
    return {"operation": operation.name, **time_it(operation, seconds).figures()}


def _memory(place: Place, environ: Mapping[str, str]) -> dict[str, Any]:
    """The product at rest on the largest database, after somebody used it."""
    _say("measuring the memory of the idle product")
    with servers.product("serve", environ) as (port, process):
        one = Browser(port)
        for path in ("/fa/", "/fa/complain/", "/fa/desk/sign-in/"):
            one.get(path)
        one.close()
        return memory.idle([process, *([place.own.pid] if place.own else [])])


def _exports(place: Place, pattern: str, many: int) -> Iterator[dict[str, Any]]:
    """A short and a long list, each made by a process of its own that tells what it held."""
    with place.database(pattern) as name:
        environ = place.environ(name)
        for rows in sorted({min(FEW, many), many}):
            _say(f"exporting {rows:,} files")
            servers.run("tests.bench.exports", "grow", str(rows), environ=environ)
            for format_ in FORMATS:
                made = servers.run("tests.bench.exports", "make", format_, environ=environ)
                yield {"format": format_, **made}


def _fill_only(name: str, size: int) -> None:
    """Leave a filled database behind, for whoever works on speed."""
    place = servers.given()
    place.create(name)
    environ = place.environ(name)
    _make(environ)
    servers.run("tests.bench.fill", str(size), environ=environ)
    _say(f"{name} holds {size:,} complaints")


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
