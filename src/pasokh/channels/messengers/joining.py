"""A bot is told where its messages are to come, when somebody sets it up."""

from django.conf import settings
from django.urls import reverse

from pasokh.casework.intake.conversations import queries
from pasokh.channels.messengers import bot_api
from pasokh.kernel.errors import Refused


def listen(source: int, secret: str) -> None:
    """Tell a bot's messenger our address; refused with what the messenger `said` against it."""
    place = queries.place(source)
    if place is None:
        raise Refused("no-such-source", source=source)
    address = settings.PUBLIC_ADDRESS + reverse(settings.MESSAGES_IN, args=[secret])
    try:
        bot_api.listen(place, address)
    except bot_api.NotTaken as error:
        raise Refused("bot-not-reached", said=str(error)) from error
