"""A program that may file as often as it likes: print its token.

python -m tests.bench.programs     (DATABASE_URL and PASOKH_DATA say where)
"""

import json

import django

django.setup()

from pasokh.directory.clients import actions  # noqa: E402
from pasokh.directory.clients.terms import MOST_RATE  # noqa: E402
from pasokh.kernel import actors, clock  # noqa: E402
from pasokh.kernel.fields import Bilingual  # noqa: E402


def token() -> str:
    """The token of a new program."""
    by, at = actors.clock("bench", "client.manage"), clock.now()
    name, grants = Bilingual("سنجش", "Bench"), ("complaint.receive",)
    made = actions.add_client(name=name, grants=grants, per_minute=MOST_RATE, by=by, at=at)
    return actions.give_token(made.pk, by=by, at=at)


if __name__ == "__main__":
    print(json.dumps(token()))
