"""Mail fetched by IMAP: by number, from where we stopped, whatever others do in the mailbox.

The mailbox is opened for reading alone and each mail is peeked at, so nothing in it changes; what
is *unread* there says nothing here. How far we are stands in the database, and moves in the same
transaction in which a mail is kept.
"""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import imap_tools

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.casework.intake.mailroom.terms import LOOPBACK, Security, SignIn
from pasokh.channels import tokens
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import clock, sealed

#: Seconds to wait for a server's answer.
PATIENCE = 60
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")

#: What a server or the line to it may answer with.
TROUBLE = (
    OSError,
    imaplib.IMAP4.error,
    imap_tools.ImapToolsError,
    sealed.BrokenError,
    tokens.NoToken,
)


@contextmanager
def opened(box: Mailbox) -> Iterator[imap_tools.BaseMailBox]:
    """An open mailbox, for reading alone; raises one of TROUBLE."""
    renewed = box.sign_in == SignIn.RENEWED
    secret = tokens.access(box) if renewed else queries.secret_of(box)
    line = _line(box)
    try:
        enter = line.login if box.sign_in == SignIn.PASSWORD else line.xoauth2
        try:
            enter(box.user, secret, initial_folder=None)
        except (imaplib.IMAP4.error, imap_tools.ImapToolsError):
            if renewed:
                actions.forget_access(box)
            raise
        line.folder.set(box.folder, readonly=True)
        yield line
    finally:
        _leave(line)


def look(box: Mailbox, line: imap_tools.BaseMailBox) -> int:
    """Keep all mail of an open mailbox that is not kept yet; say how many.

    First it is counted what the mailbox tells of, then it is fetched one by one.
    """
    validity, newest = _numbers(box, line)
    now = actions.begin_mailbox(box.pk, uid_validity=validity, newest=newest)
    told = [int(uid) for uid in line.uids(f"UID {now.last_uid + 1}:*", charset=None)]
    uids = sorted(uid for uid in told if uid > now.last_uid)
    actions.note_listing(box.pk, uid_validity=validity, uids=uids, at=clock.now())
    for uid in uids:
        _fetch(now, line, uid)
    actions.note_look(box.pk, trouble="", at=clock.now())
    return len(uids)


def words(error: BaseException, box: Mailbox) -> str:
    """What went wrong in the words of whoever said it, on one line, without what opens the box; of
    what we know ourselves, a code (`labels.TROUBLES`).
    """
    if isinstance(error, sealed.BrokenError):
        return "secret-unreadable"
    if isinstance(error, tokens.NoToken):
        return error.code
    said = " ".join(str(error).split()) or type(error).__name__
    return said.replace(box.user, "…")[:200] if box.user else said[:200]


def _line(box: Mailbox) -> imap_tools.BaseMailBox:
    where: dict[str, Any] = {"host": box.host, "port": box.port, "timeout": PATIENCE}
    if box.security == Security.PLAIN:
        if box.host not in LOOPBACK:
            raise OSError("a line that is not secured is for this machine alone")
        return imap_tools.MailBoxUnencrypted(**where)
    safe = ssl.create_default_context()
    kind = imap_tools.MailBox if box.security == Security.TLS else imap_tools.MailBoxStartTls
    return kind(**where, ssl_context=safe)


def _leave(line: imap_tools.BaseMailBox) -> None:
    try:
        line.client.logout()
    except TROUBLE:
        line.client.shutdown()


def _numbers(box: Mailbox, line: imap_tools.BaseMailBox) -> tuple[int, int]:
    """Under which numbers the server counts, and the newest that it gave."""
    told = line.folder.status(box.folder, ["UIDVALIDITY", "UIDNEXT"])
    return told["UIDVALIDITY"], told["UIDNEXT"] - 1


def _fetch(box: Mailbox, line: imap_tools.BaseMailBox, uid: int) -> None:
    """Fetch one mail and keep it; of one that is too large, only its head."""
    told = _asked(line, uid, "(RFC822.SIZE INTERNALDATE)")
    if told is None:
        actions.note_gone(box, uid=uid)
        return
    head, _nothing = told
    size = int(found[1]) if (found := _SIZE.search(head)) else 0
    part = "BODY.PEEK[HEADER]" if size > pipeline.limits().bytes else "BODY.PEEK[]"
    if (answer := _asked(line, uid, f"({part})")) is None:
        actions.note_gone(box, uid=uid)
        return
    at = clock.now()
    received = _received(head) or at
    actions.keep_fetched(box, uid=uid, content=answer[1], size=size, received_at=received, at=at)


def _asked(line: imap_tools.BaseMailBox, uid: int, what: str) -> tuple[bytes, bytes] | None:
    """What the server tells of one mail, and its bytes; None when the mail is not there."""
    state, answer = line.client.uid("FETCH", str(uid), what)
    if state != "OK":
        raise imaplib.IMAP4.error(f"FETCH answered {state}")
    for part in answer:
        if isinstance(part, tuple):
            return part[0], part[1]
        if isinstance(part, bytes) and f"UID {uid}".encode() in part:
            return part, b""
    return None


def _received(head: bytes) -> datetime | None:
    """When the mail came into the mailbox."""
    if (local := imaplib.Internaldate2tuple(head)) is None:
        return None
    return datetime.fromtimestamp(time.mktime(local), UTC)
