"""A worker killed over a webhook: after the receiver has it, before anyone wrote that down."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from standardwebhooks import Webhook
from tests.channels.receiver import Receiver
from tests.channels.test_webhook_out import server, tried
from tests.fixtures.cloned import Cloned

from pasokh.casework.webhooks import queries
from pasokh.channels.webhook_out import send_webhooks
from pasokh.kernel import clock

__all__ = ["server"]

#: Sends what waits, and dies by SIGKILL when the receiver has it.
DYING = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from django.conf import settings
from pasokh.casework.webhooks import actions
from pasokh.channels import webhook_out
from pasokh.kernel import targets
settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
actions.settle = lambda *told, **more: os.kill(os.getpid(), signal.SIGKILL)
webhook_out.send_webhooks(datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own, in which what is committed is seen by other processes."""
    return cloned_database


def test_a_worker_killed_after_sending_sends_again_under_the_same_id(
    db: Cloned, server: Receiver, shop: SimpleNamespace
) -> None:
    now = clock.now()  # receivers refuse what was signed minutes ago
    one, secret = tried(shop, server.url("/in"), now)
    died = subprocess.run(
        [sys.executable, "-c", DYING, now.isoformat()],
        env={**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    assert one.deliveries.get().state == "sending"

    send_webhooks(now)

    first, second = server.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert Webhook(secret).verify(second.body, second.headers)["type"] == queries.TRIAL
    row = one.deliveries.get()
    assert (row.state, row.tries) == ("delivered", 2)
    assert row.attempts[0]["trouble"] == "lost"
