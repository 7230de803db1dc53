"""Time operations: batches of requests prepared beforehand, sent by one client or by many."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles
from threading import Event

from tests.bench.browser import Answer, Browser
from tests.bench.operations import Operation

#: Requests in the first batch of each client, which warms everything and is not counted.
WARMING = 5
#: Most requests that one client has prepared at a time.
MOST = 400


@dataclass
class Timed:
    """What came of one operation with so many clients: seconds of each request, and of all."""

    clients: int
    each: list[float] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return len(self.each) / self.lasted

    def figures(self) -> dict[str, float | int]:
        """Milliseconds for half and for nineteen of twenty requests, and the rate."""
        places = quantiles(self.each, n=20, method="inclusive")
        return {
            "clients": self.clients,
            "p50_ms": round(places[9] * 1000, 2),
            "p95_ms": round(places[18] * 1000, 2),
            "per_second": round(self.rate, 1),
            "requests": len(self.each),
        }


def time_it(operation: Operation, seconds: float) -> Timed:
    """Let every visitor do an operation again and again for about so many seconds."""
    operation.prepare()
    timed = Timed(len(operation.visitors))
    first = _round(operation, operation.batch(WARMING))
    rate = len(first.each) / first.lasted / timed.clients
    while timed.lasted < seconds:
        left = seconds - timed.lasted
        count = max(WARMING, min(MOST, round(rate * left * 1.05)))
        done = _round(operation, operation.batch(count))
        timed.each += done.each
        timed.lasted += done.lasted
    return timed


def _round(operation: Operation, batches: Sequence[Sequence[bytes]]) -> Timed:
    """Send one batch, all clients at once; the answers are read whole, and judged afterwards.

    Once one client has sent all it has, the others stop too: what is timed is all of them at work.
    """
    over = Event()
    with ThreadPoolExecutor(len(batches)) as pool:
        begun = time.perf_counter()
        all_of = list(pool.map(partial(_sent, over), operation.visitors, batches))
        lasted = time.perf_counter() - begun
    for answer in _answers(all_of):
        operation.judge(answer)
    return Timed(len(batches), [spent for one in all_of for spent, _ in one], lasted)


def _sent(over: Event, one: Browser, batch: Sequence[bytes]) -> list[tuple[float, Answer]]:
    done = []
    for request in batch:
        if over.is_set():
            break
        begun = time.perf_counter()
        answer = one.send(request)
        done.append((time.perf_counter() - begun, answer))
    over.set()
    return done


def _answers(all_of: Iterable[list[tuple[float, Answer]]]) -> Iterable[Answer]:
    return (answer for one in all_of for _, answer in one)
