"""Webhooks out: one sweep at a time, each receiver in a thread of its own.

The threads only speak HTTP; what they send was said and signed before, and what became of it is
written down here. A receiver that is slow holds up nothing but its own deliveries: its turn ends
with the first failure, and it is left alone for a while.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from itertools import groupby

from pasokh.casework.webhooks import actions
from pasokh.casework.webhooks.actions import Outcome, Outgoing
from pasokh.casework.webhooks.terms import Trouble, succeeded
from pasokh.channels import web_out
from pasokh.channels.web_out import (
    Answer,
    BadTls,
    TargetRefused,
    TooLarge,
    TooSlow,
    Unanswered,
)
from pasokh.kernel import locks

#: Seconds for one attempt, and for one receiver's turn.
PATIENCE, TURN = 10.0, 10.0
#: Bytes of an answer that are read.
READ = 4096
#: Receivers that are spoken to at the same time.
TOGETHER = 16


#: An attempt with its outcome; None for what was not tried because the one before it failed.
Tried = tuple[Outgoing, Outcome | None]

logger = logging.getLogger(__name__)


def send_webhooks(now: datetime) -> None:
    """Send what is due: the line of the schedule."""
    with locks.alone("send-webhooks") as alone:
        if not alone:
            return
        if lost := actions.lose_sight(at=now):
            logger.warning("%s deliveries were left while sending; each is sent once more", lost)
        if taken := actions.take(at=now):
            _send(taken, now)


def _send(taken: list[Outgoing], now: datetime) -> None:
    turns = [list(each) for _, each in groupby(taken, key=lambda one: one.subscription)]
    with ThreadPoolExecutor(min(TOGETHER, len(turns)), "webhooks") as threads:
        for turn in as_completed([threads.submit(_turn, each) for each in turns]):
            for one, outcome in turn.result():
                if outcome:
                    actions.settle(one.id, outcome, at=now)
            actions.put_back([one.id for one, outcome in turn.result() if not outcome], at=now)


def _turn(deliveries: list[Outgoing]) -> list[Tried]:
    """Speak to one receiver until something fails or its time is over."""
    tried: list[Tried] = []
    end, well = time.monotonic() + TURN, True
    for one in deliveries:
        outcome = attempt(one) if well and time.monotonic() < end else None
        well = well and outcome is not None and succeeded(outcome.status)
        tried.append((one, outcome))
    return tried


def attempt(one: Outgoing) -> Outcome:
    """Send one delivery, whatever may come of it."""
    headers = {"Content-Type": "application/json", **one.headers}
    try:
        answer = web_out.send(
            "POST", one.url, headers=headers, body=one.body, timeout=PATIENCE, limit=READ
        )
    except TooLarge as large:
        return _answered(large.answer)
    except TargetRefused as refused:
        return Outcome(trouble=Trouble.REFUSED, said=refused.code)
    except Unanswered as error:
        return Outcome(trouble=_trouble(error), said=str(error))
    return _answered(answer)


def _trouble(error: Unanswered) -> Trouble:
    if isinstance(error, TooSlow):
        return Trouble.SLOW
    return Trouble.TLS if isinstance(error, BadTls) else Trouble.UNREACHABLE


def _answered(answer: Answer) -> Outcome:
    trouble = None
    if not succeeded(answer.status):
        trouble = Trouble.REDIRECT if 300 <= answer.status < 400 else Trouble.STATUS
    said = answer.body.decode("utf-8", "replace").strip()
    return Outcome(answer.status, trouble, said, _after(answer))


def _after(answer: Answer) -> timedelta | None:
    """How long a receiver asks to be left alone, where it says so in seconds."""
    asked = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(asked)) if asked.isdecimal() and len(asked) < 7 else None
