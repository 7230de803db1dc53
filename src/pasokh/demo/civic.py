"""A civic app of the city files by Open311, at the address for such apps."""

from datetime import date, time, timedelta
from io import BytesIO
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIRequest

from pasokh.api.open311.view import open311
from pasokh.demo.case import Life, World
from pasokh.demo.data import read
from pasokh.demo.hours import TEHRAN
from pasokh.directory.clients import actions as clients
from pasokh.directory.organisation.calendar import instant
from pasokh.kernel.fields import Bilingual

_FORM = "application/x-www-form-urlencoded"
#: All that such an app may do.
_FILES = ("complaint.receive",)


def app(world: World, until: date) -> Life:
    """Admit the app, and let people file with it, on days counted back from the last one."""
    told, by = read("words")["civic"], world.actor("kiani")
    name = Bilingual(told["fa"], told["en"])
    made = clients.add_client(name=name, grants=_FILES, unit_id=None, by=by, at=world.now)
    key = clients.give_token(made.pk, by=by, at=world.now)
    for number, one in enumerate(read("words")["request"]):
        yield instant(TEHRAN, until - timedelta(days=one["days"]), time(10 + number, 17))
        _filed(key, one["fields"])
        world.posted = True


def _filed(key: str, fields: dict[str, str]) -> None:
    """Call the address as the app does; a request that is not taken ends the making."""
    body = urlencode(fields).encode()
    sent = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": _FORM}
    named = {"REQUEST_METHOD": "POST", "SERVER_NAME": "localhost", "SERVER_PORT": "443"}
    headers = {"HTTP_AUTHORIZATION": f"Bearer {key}", "HTTP_HOST": "localhost"}
    answer = open311(WSGIRequest({**sent, **named, **headers}), path="v2/requests.json")
    if answer.status_code >= 300:
        raise ValueError(answer)
