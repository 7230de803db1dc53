"""Mailboxes watched from within the worker: one thread each, told by the server when mail comes.

A mailbox is watched by one worker at a time; should two watch it all the same, the database lets
each mail be kept once.
"""

import logging
import threading
from contextlib import suppress
from typing import Any

from django.db import connection

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.kernel import clock

#: Seconds: between two looks at which mailboxes there are; of one IDLE, after which we look
#: ourselves whatever the server said; between two glances at whether to end.
ROUND, IDLE, GLANCE = 15.0, 60.0, 1.0
#: Seconds after a look that failed, doubled each time.
SHORTEST, LONGEST = 5.0, 300.0

_WATCHED = 0x5061736F_6B49  # with a mailbox's number: an advisory lock of the session

logger = logging.getLogger(__name__)


class Watching(threading.Thread):
    """Keeps a thread for each mailbox in use, until told to end."""

    def __init__(self, every: float = ROUND) -> None:
        super().__init__(name="mailboxes", daemon=True)
        self._ended, self._every = threading.Event(), every
        self._watchers: dict[int, _Watcher] = {}

    def run(self) -> None:
        while True:
            try:
                self._keep(queries.fetched())
            except Exception:
                logger.exception("the mailboxes could not be looked up; it will be tried again")
            connection.close()
            if self._ended.wait(self._every):
                break
        for watcher in self._watchers.values():
            watcher.ended.set()

    def stop(self, patience: float) -> None:
        """End, and wait so long for a mail that is being kept."""
        self._ended.set()
        self.join(patience)
        for watcher in self._watchers.values():
            watcher.join(patience)

    def _keep(self, boxes: list[Mailbox]) -> None:
        wanted = {box.pk: _marks(box) for box in boxes}
        for pk, watcher in list(self._watchers.items()):
            if wanted.get(pk) != watcher.marks or not watcher.is_alive():
                watcher.ended.set()
                del self._watchers[pk]
        for box in boxes:
            if box.pk not in self._watchers:
                self._watchers[box.pk] = _Watcher(box)
                self._watchers[box.pk].start()


def _marks(box: Mailbox) -> tuple[Any, ...]:
    """What makes a line to be opened anew when it changes."""
    grant = getattr(box, "grant", None)
    given = grant.given_at if grant else bytes(box.secret or b"")
    return box.host, box.port, box.security, box.sign_in, box.user, box.folder, given


class _Watcher(threading.Thread):
    """Looks into one mailbox again and again; a line that breaks is opened anew, after a pause."""

    def __init__(self, box: Mailbox) -> None:
        super().__init__(name=f"mailbox-{box.pk}", daemon=True)
        self.box, self.marks, self.ended = box, _marks(box), threading.Event()

    def run(self) -> None:
        from pasokh.channels.mail_in import imap  # noqa: PLC0415  slow import

        pause = SHORTEST
        while not self.ended.is_set():
            try:
                if self._alone():
                    self._watch(imap)
                pause = SHORTEST
            except imap.TROUBLE as error:
                self._note(imap.words(error, self.box))
                pause = min(pause * 2, LONGEST)
            except Exception:
                logger.exception("mailbox %s could not be looked into", self.box.pk)
                pause = min(pause * 2, LONGEST)
            connection.close()
            self.ended.wait(pause)

    def _watch(self, imap: Any) -> None:
        """Look, then wait for the server's word, over and over on one line."""
        with imap.opened(self.box) as line:
            told = "IDLE" in line.client.capabilities
            while not self.ended.is_set():
                imap.look(self.box, line)
                if told:
                    self._idle(line)
                else:
                    self.ended.wait(IDLE)

    def _idle(self, line: Any) -> None:
        """Wait until the server says anything, or it is time to look ourselves."""
        line.idle.start()
        waited = 0.0
        while waited < IDLE and not self.ended.is_set() and not line.idle.poll(timeout=GLANCE):
            waited += GLANCE
        line.idle.stop()

    def _alone(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_WATCHED << 16 | self.box.pk])
            (alone,) = cursor.fetchone()
        return bool(alone)

    def _note(self, trouble: str) -> None:
        logger.warning("mailbox %s: %s", self.box.pk, trouble)
        with suppress(Exception):
            actions.note_look(self.box.pk, trouble=trouble, at=clock.now())
