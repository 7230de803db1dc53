"""A text about no case, sent at once: it shows whoever sets Pasokh up that texts leave."""

import uuid
from datetime import datetime

from django.conf import settings

from pasokh.casework.texting import queries, words
from pasokh.channels.carriers import Failed, LostSight, PutOff, Unreachable
from pasokh.channels.sms import wire
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.people import ways
from pasokh.directory.people.ways import Way
from pasokh.kernel.errors import Refused


def send(to: str, *, language: str, at: datetime) -> str:
    """Send a test text to a number and wait for the gateway's answer; return its id of it.

    Refused: `no-text-gateway`, `number-takes-no-texts`, or `text-not-taken` with what was `said`.
    """
    gateway, number = queries.gateway(), ways.key(Way.PHONE, to)
    if gateway is None:
        raise Refused("no-text-gateway")
    if not ways.takes_texts(number):
        raise Refused("number-takes-no-texts")
    if settings.DEMO:
        raise Refused("text-not-taken", said="demonstration")
    own = organisation.organisation()
    text = words.trial(language, office=own.name.in_(language) if own else "")
    try:
        return wire.give(gateway, to=number, text=text, key=uuid.uuid4().hex, reports="")
    except (Unreachable, PutOff, Failed, LostSight) as error:
        raise Refused("text-not-taken", said=str(error)) from error


def balance() -> str:
    """What is left on the account with the gateway; empty when it does not say."""
    gateway = queries.gateway()
    return wire.balance(gateway) if gateway else ""
