"""A worker killed over a letter: after the server has it, before anyone wrote that down."""

import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import written
from tests.channels.postbox import Postbox
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Telling
from pasokh.channels.mail_out import send_letters
from pasokh.kernel import locks

NOW = START + DAY

#: Sends one letter, and dies by SIGKILL when the server has taken it.
DYING = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from django.conf import settings
from pasokh.channels import mail_out
from pasokh.kernel import locks
settings.SMTP_URL = sys.argv[1]
mail_out._tell = lambda *told: os.kill(os.getpid(), signal.SIGKILL)
mail_out.send_letters(datetime.fromisoformat(sys.argv[2]))
"""


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own, in which what is committed is seen by other processes."""
    return cloned_database


def test_a_worker_killed_between_sending_and_telling_leaves_one_letter_sent_twice_at_most(
    db: Cloned, box: Postbox, acts: Acts
) -> None:
    letter: Any = written(LetterKind.ACKNOWLEDGEMENT, "fa", acts)
    died = subprocess.run(
        [sys.executable, "-c", DYING, box.url, NOW.isoformat()],
        env={**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    letter.refresh_from_db()
    assert (letter.state, len(box.mails)) == (LetterState.SENDING, 1)

    send_letters(NOW + DAY)

    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]
    letter.refresh_from_db()
    letter.complaint.refresh_from_db()
    assert letter.state == LetterState.HANDED_OVER
    assert letter.uncertain_at == NOW + DAY
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)
    assert Telling.objects.filter(letter=letter).count() == 1


def test_two_sweeps_do_not_send_at_the_same_time(db: Cloned, box: Postbox, acts: Acts) -> None:
    written(LetterKind.ACKNOWLEDGEMENT, "fa", acts)
    holding = (
        "import sys, psycopg\n"
        "line = psycopg.connect(sys.argv[1], autocommit=True)\n"
        "line.execute('SELECT pg_advisory_lock(%s)', [int(sys.argv[2])])\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", holding, db.url, str(locks.number("send-letters"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        send_letters(NOW)
        assert box.mails == []
        other.communicate()
    send_letters(NOW)

    assert len(box.mails) == 1
