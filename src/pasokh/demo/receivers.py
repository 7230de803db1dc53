"""Programs that are told by webhook. Nobody is spoken to: here it is made up what they answer."""

from datetime import datetime, timedelta

from pasokh.casework.webhooks import actions
from pasokh.casework.webhooks.actions import Outcome, Outgoing
from pasokh.casework.webhooks.terms import Trouble

#: One that is being mended when it is first spoken to, and one that nobody reaches.
BUSY, AWAY = "https://service.hirmand.example/", "https://stock.hirmand.example/"
_TURNS, _LATER = 4, timedelta(minutes=1)
_MENDED = Outcome(503, Trouble.STATUS, "Down for maintenance, back in a minute")
_UNREACHED = Outcome(trouble=Trouble.UNREACHABLE, said="Connection timed out")


def deliver(now: datetime) -> None:
    """Send what waits, and once more what was not taken."""
    first = now
    while now < first + _TURNS * _LATER and (taken := actions.take(at=now)):
        for one in taken:
            actions.settle(one.id, _outcome(one, now == first), at=now)
        now += _LATER


def _outcome(one: Outgoing, first: bool) -> Outcome:
    if one.url.startswith(AWAY):
        return _UNREACHED
    if one.url.startswith(BUSY) and first:
        return _MENDED
    return Outcome(200, said='{"taken": true}')
