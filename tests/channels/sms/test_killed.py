"""A worker killed over a text: after the gateway has it, before anyone wrote that down."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.casework.conftest import DAY
from tests.channels.sms.gateways import Gateway
from tests.channels.sms.test_sending import NOW, acknowledgement, state
from tests.fixtures.cloned import Cloned

from pasokh.channels.sms.sending import send_texts

#: Sends one text, and dies by SIGKILL when the gateway has taken it.
DYING = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from django.conf import settings
from pasokh.casework.texting import actions
from pasokh.channels.sms import sending
from pasokh.kernel import targets
settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
actions.handed_over = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
sending.send_texts(datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own, in which what is committed is seen by other processes."""
    return cloned_database


def test_a_worker_killed_between_sending_and_writing_it_down_sends_no_second_text(
    db: Cloned, box: Gateway, through: Callable[..., None], mobile: Callable[..., Any], shop: Any
) -> None:
    through()
    letter = acknowledgement(mobile(), shop)
    died = subprocess.run(
        [sys.executable, "-c", DYING, NOW.isoformat()],
        env={**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    assert state(letter) == ("sending", "sending")

    send_texts(NOW + DAY)

    first, second = box.heard
    assert first.told["localid"] == second.told["localid"]
    assert len(box.known) == 1  # the gateway knew our id and took no second text
    assert state(letter) == ("handed_over", "handed_over")
