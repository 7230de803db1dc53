"""A worker killed at any point: nothing is lost and nothing is doubled."""

import os
import signal
import subprocess
import sys

import pytest
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import mail
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline

TO = "tehran@khaneh.example"

#: Takes a mail from standard input and sorts it, and dies by SIGKILL at a point.
DYING = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from pasokh.casework.intake.mailroom.actions import Handed, keeping, sorting
from pasokh.channels.mail_in import asking, pipeline
from pasokh.kernel import rows
point, at = sys.argv[1], datetime.fromisoformat(sys.argv[2])
die = lambda *told, **more: os.kill(os.getpid(), signal.SIGKILL)
where = {"bytes": (rows, "insert"), "read": (asking, "told"), "asked": (asking, "known"),
         "acted": (sorting, "settle")}
if point in where:
    setattr(*where[point], die)
pipeline.take_in(Handed(sys.stdin.buffer.read(), "lmtp", None, sys.argv[3]), at=at)
if point == "kept":
    die()
pipeline.sort_mail(at)
die()
"""
POINTS = ("bytes", "kept", "read", "asked", "acted", "sorted")


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own, in which what is committed is seen by other processes."""
    return cloned_database


def test_whatever_is_killed_when_each_mail_is_filed_once(db: Cloned, mailbox: Mailbox) -> None:
    contents = {point: mail(subject=f"یخچال {point}") for point in POINTS}
    for point, content in contents.items():
        died = subprocess.run(
            [sys.executable, "-c", DYING, point, START.isoformat(), TO],
            env={**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": ":".join(sys.path)},
            input=content,
            check=False,
            timeout=60,
        )
        assert died.returncode == -signal.SIGKILL
    assert Mail.objects.count() == len(POINTS) - 1
    assert Complaint.objects.count() == 1

    for content in contents.values():  # the server heard no answer, and brings each again
        pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START + HOUR)
    pipeline.sort_mail(START + HOUR)

    assert {one.disposition for one in Mail.objects.all()} == {"complaint"}
    counted = (Mail.objects.count(), Complaint.objects.count(), Letter.objects.count())
    assert counted == (len(POINTS),) * 3
    assert len({one.complaint_id for one in Mail.objects.all()}) == len(POINTS)


#: Sorts what waits together, and dies at a point.
SORTING = """
import os, signal, sys
from datetime import datetime
import django
django.setup()
from pasokh.casework.intake.mailroom.actions import sorting
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import rows
point, at = sys.argv[1], datetime.fromisoformat(sys.argv[2])
die = lambda *told, **more: os.kill(os.getpid(), signal.SIGKILL)
settle, run, settled = sorting.settle, rows._run, []
def settling(mail, **more):
    settled.append(mail)
    return die() if len(settled) == 3 else settle(mail, **more)
def running(*told):
    run(*told)
    die()
if point == "third":
    sorting.settle = settling
if point == "written":
    rows._run = running
pipeline.sort_mail(at)
die()
"""


@pytest.mark.parametrize(("point", "filed"), [("third", 0), ("written", 0), ("sorted", 4)])
def test_mails_sorted_together_are_filed_together_or_later(
    db: Cloned, mailbox: Mailbox, point: str, filed: int
) -> None:
    for number in range(4):
        content = mail(sender=f"person@shop-{number}.example", subject=f"یخچال {number}")
        pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START)
    died = subprocess.run(
        [sys.executable, "-c", SORTING, point, START.isoformat()],
        env={**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": ":".join(sys.path)},
        check=False,
        timeout=60,
    )
    assert died.returncode == -signal.SIGKILL
    assert Complaint.objects.count() == filed
    assert Mail.objects.filter(disposition="complaint").count() == filed
    for hours in range(1, 4):  # each rests first, and goes alone since it was tried before
        pipeline.sort_mail(START + hours * HOUR)
    assert {one.disposition for one in Mail.objects.all()} == {"complaint"}
    assert len({one.complaint_id for one in Mail.objects.all()}) == 4
    assert Complaint.objects.count() == Letter.objects.count() == 4
