"""Mail that servers hand over: by LMTP, by SMTP, through a pipe; and who gets an answer when."""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from tests.channels.mail_in.mails import mail
from tests.channels.mail_in.postfixes import postfix
from tests.fixtures.cloned import Cloned

from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import clock, files

TO = "tehran@khaneh.example"
STRANGER = "nobody@khaneh.example"


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own, in which what is committed is seen by other processes."""
    return cloned_database


def surroundings(db: Cloned, **more: str) -> dict[str, str]:
    path = os.pathsep.join(sys.path)
    return {**os.environ, "DATABASE_URL": db.url, "PYTHONPATH": path, "PASOKH_LANG": "en", **more}


@contextmanager
def listener(db: Cloned, address: str) -> Iterator[str]:
    """`pasokh mail-listener`, as it runs; where it listens."""
    running = subprocess.Popen(
        [sys.executable, "-P", "-m", "pasokh.config", "mail-listener"],
        env=surroundings(db, PASOKH_MAIL_LISTENER=address),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout
    try:
        said = running.stdout.readline()
        assert said.startswith("Mail is taken over at ")
        yield said.removeprefix("Mail is taken over at ").strip().rstrip(".")
    finally:
        running.terminate()
        assert running.wait(20) == 0
        running.stdout.close()


def port_of(where: str) -> int:
    return int(where.rpartition(":")[2])


def test_a_server_hears_250_only_for_what_is_kept(db: Cloned, mailbox: Mailbox) -> None:
    content = mail(words="سطری بلند " * 300)
    with (
        listener(db, "lmtp://127.0.0.1:0") as where,
        smtplib.LMTP("127.0.0.1", port_of(where)) as line,
    ):
        line.ehlo()
        assert line.mail("")[0] == 250
        assert [line.rcpt(to)[0] for to in (TO, "Tehran+tag@khaneh.example", STRANGER)] == [
            250,
            250,
            550,
        ]
        line.putcmd("data")
        assert line.getreply()[0] == 354
        line.send(content + b".\r\n")
        assert [line.getreply()[0] for _each in range(2)] == [250, 250]
        line.sendmail("a@example.org", [TO], content)
        big = b"Subject: big\r\n\r\n" + b"x" * 900 + b"\r\n"
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            line.sendmail("a@example.org", [TO], big * (pipeline.limits().bytes // 900))
    assert refused.value.smtp_code == 552
    assert [one.sent_to for one in Mail.objects.order_by("pk")] == [TO, "Tehran+tag@khaneh.example"]
    first = Mail.objects.order_by("pk")[0]
    assert (first.sent_from, first.mailbox, first.door) == ("", mailbox, "lmtp")
    assert files.open(first.digest).read() == content


def test_the_listener_speaks_smtp_and_says_come_again_when_it_cannot_keep(
    db: Cloned, mailbox: Mailbox
) -> None:
    with listener(db, "smtp://127.0.0.1:0") as where:
        with smtplib.SMTP("127.0.0.1", port_of(where)) as line:
            line.sendmail("a@example.org", [TO], mail())
        _break()
        with smtplib.SMTP("127.0.0.1", port_of(where)) as line:
            line.ehlo()
            line.mail("a@example.org")
            assert line.rcpt(TO)[0] == 451
    assert Mail.objects.count() == 1


def _break() -> None:
    """Take away what the listener asks for, as a database under repair does."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casework_mailbox RENAME COLUMN address TO elsewhere")


def test_the_pipe_tells_by_its_exit_code_what_the_server_is_to_do(
    db: Cloned, mailbox: Mailbox
) -> None:
    content = mail()
    gone = Cloned(db.name, db.url.replace(db.name, "no_such_database"))
    assert _pipe(gone, content, "--recipient", TO) == 75
    assert _pipe(db, content, "--recipient", STRANGER) == 67
    assert _pipe(db, b"", "--recipient", TO) == 75
    assert not Mail.objects.exists()
    assert [_pipe(db, content, "--recipient", TO, "--sender", "a@example.org")] == [0]
    assert _pipe(db, content) == 0

    kept = Mail.objects.get()
    assert (kept.door, kept.sent_to, kept.sent_from) == ("pipe", TO, "a@example.org")
    assert files.open(kept.digest).read() == content


def _pipe(db: Cloned, content: bytes, *options: str) -> int:
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "pasokh.config", "mail-in", *options],
        env=surroundings(db),
        input=content,
        check=False,
        timeout=60,
    )
    return ended.returncode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start Postfix")
def test_postfix_hands_over_and_brings_again_what_was_put_off(db: Cloned, mailbox: Mailbox) -> None:
    with listener(db, "lmtp://127.0.0.1:0") as where, postfix(f"lmtp:inet:{where}") as server:
        server.send(mail(subject="اول"), TO)
        _until(lambda: Mail.objects.count() == 1)
        server.send(mail(subject="دوم"), STRANGER)
        _until(lambda: "550 5.1.1 No such mailbox here" in server.log())
    kept = Mail.objects.get()
    assert (kept.sent_from, kept.sent_to) == ("maryam@example.org", TO)
    pipeline.sort_mail(clock.now())
    kept.refresh_from_db()
    assert kept.disposition == "complaint"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start Postfix")
def test_postfix_keeps_what_its_pipe_could_not_bring_and_brings_it_again(
    db: Cloned, mailbox: Mailbox
) -> None:
    gone = Cloned(db.name, db.url.replace(db.name, "no_such_database"))
    content, to = mail(), "Tehran+tag@khaneh.example"
    with hand() as pipe, postfix("taken:", take=str(pipe.program)) as server:
        server.send(content, to)
        assert pipe.serve(gone) == 75
        _until(lambda: "status=deferred (temporary failure" in server.log())
        assert pipe.serve(db) == 0
        _until(lambda: "status=sent (delivered via taken service" in server.log())
        server.send(content, STRANGER)
        assert pipe.serve(db) == 67
        _until(lambda: "status=bounced (user unknown" in server.log())

    kept = Mail.objects.get()
    assert (kept.door, kept.sent_from, kept.sent_to) == ("pipe", "maryam@example.org", to)
    assert files.open(kept.digest).read().endswith(content.replace(b"\r\n", b"\n"))


_HAND = """#!/bin/sh
call=$(mktemp {folder}/XXXXXX)
cat > $call.mail
echo "$@" > $call.words
mv $call.words $call.call
while [ ! -s $call.code ]; do sleep 0.05; done
exit $(cat $call.code)
"""


@dataclass
class Hand:
    """A program that Postfix's pipe(8) can run: that never runs as root, which alone may read the
    surroundings of a test, so what it was given is handed to `pasokh mail-in` by us.
    """

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "take"

    def serve(self, db: Cloned) -> int:
        """Run the command for the next call, against a database, and give its exit code back."""
        _until(lambda: any(self.folder.glob("*.call")))
        call = next(self.folder.glob("*.call"))
        code = _pipe(db, call.with_suffix(".mail").read_bytes(), *call.read_text().split())
        call.unlink()
        call.with_suffix(".code").write_text(str(code))
        return code


@contextmanager
def hand() -> Iterator[Hand]:
    """A folder that anybody may write to, with the program in it."""
    with tempfile.TemporaryDirectory(prefix="pasokh-pipe-") as name:
        made = Hand(Path(name))
        made.folder.chmod(0o777)
        made.program.write_text(_HAND.format(folder=name))
        made.program.chmod(0o755)
        yield made


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
