"""Keep what somebody is writing until it is filed, and forget it after a day.

Who holds the token holds the draft: there is no other authority, and no entry in the ledger,
since nothing has been said yet.
"""

import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum

from pasokh.casework.complaints.matter import File
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.drafts import kinds, queries, sealing
from pasokh.casework.intake.drafts.models import Draft, StagedFile
from pasokh.casework.intake.drafts.queries import FORGOTTEN, Opened, Staged
from pasokh.casework.intake.incoming import Incoming, Receipt
from pasokh.kernel import codes, configuration, files, rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

KEPT = timedelta(hours=24)
#: How long reference and code can be read again after filing.
SHOWN = timedelta(hours=1)

MOST_FILES = 10
LARGEST = 25 * 1024 * 1024
#: Bytes of staged files: from one address, from all, and what the disk must still have free.
PER_ADDRESS, IN_TOTAL, LEFT_FREE = 1 << 30, 10 << 30, 1 << 30
#: How much a file grows by being sealed, at most.
_GROWTH = 1024


@transaction.atomic
def begin(answers: Mapping[str, Any], *, address: str, at: datetime) -> str:
    """Begin a draft with what was written so far, and return its token: it is stored nowhere."""
    token = codes.new_token()
    Draft.objects.create(
        number=uuid.uuid4(),
        token_hash=queries.token_hash(token),
        sealed=_sealed(token, answers, ()),
        address=queries.who_hash("draft", address),
        made_at=at,
        expires_at=at + KEPT,
    )
    return token


@transaction.atomic
def keep(token: str, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what is written now; a draft that was filed meanwhile stays filed."""
    draft, opened = _taken(token, at)
    if draft.filed_at is None:
        _put(draft, token, answers, opened.files)


@transaction.atomic
def add_file(token: str, name: str, chunks: Iterable[bytes], *, at: datetime) -> None:
    """Keep a file with a draft, encrypted; refused when there is no room, the text never is."""
    draft, opened = _taken(token, at)
    known = files.clean_name(name)
    _room_for(draft, opened, known)
    staged = _stage(token, known, chunks)
    StagedFile.objects.create(draft=draft, digest=staged.digest, size=staged.size)
    _put(draft, token, opened.answers, (*opened.files, staged))


@transaction.atomic
def remove_file(token: str, digest: str, *, at: datetime) -> None:
    """Let a file go that had been chosen; one that is not there is gone already."""
    draft, opened = _taken(token, at)
    left = tuple(file for file in opened.files if file.digest != digest)
    if left == opened.files:
        return
    _discard(StagedFile.objects.filter(draft=draft, digest=digest))
    if draft.filed_at is None:
        _put(draft, token, opened.answers, left)


def file(
    token: str, incoming: Incoming, *, opened: Opened | None = None, by: Actor, at: datetime
) -> Receipt:
    """File a draft, once: filed again, it gives the same receipt. `opened` is it, read just now.

    Nothing is locked: where another tap filed or changed it meanwhile, this filing is taken back,
    and the draft looked at anew.
    """
    opened = opened or queries.opened(token, at)
    if opened is None or opened.row is None:
        raise Refused("draft-gone")
    if opened.filed_at is not None:
        return Receipt(opened.ref, opened.code, again=True)
    try:
        with transaction.atomic():
            return _filed(token, opened, opened.row, incoming, by, at)
    except IntegrityError as error:  # of one message there is one complaint
        if not isinstance(error, _OvertakenError) and not _is_filed(token, at):
            raise
        return file(token, incoming, by=by, at=at)


class _OvertakenError(IntegrityError):
    """The draft is not any more what was read of it."""


def _is_filed(token: str, at: datetime) -> bool:
    draft = queries.row(token, at)
    return draft is not None and draft.filed_at is not None


def _filed(
    token: str, opened: Opened, draft: Draft, incoming: Incoming, by: Actor, at: datetime
) -> Receipt:
    chosen = (*_restored(token, opened), *incoming.files)
    whole = replace(incoming, source_id=str(draft.number), files=chosen)
    with rows.at_once() as batch:
        batch.numbers = opened.numbers
        receipt = intake.take_in(whole, by=by, at=at)
        sealed = sealing.seal(token, {"ref": receipt.ref, "code": receipt.code or ""})
        told = [sealed, at, at + SHOWN, draft.pk, bytes(draft.sealed)]
        rows.write_one(_FILE, told, _OvertakenError())
    if opened.files:
        _discard(StagedFile.objects.filter(draft=draft))
    return receipt


_FILE = """
UPDATE casework_draft SET sealed = %s, filed_at = %s, expires_at = %s
WHERE id = %s AND filed_at IS NULL AND sealed = %s
"""


@transaction.atomic
def hold(token: str, receipt: Receipt, *, address: str, at: datetime) -> None:
    """Keep a code given anew as a receipt keeps its own: for an hour, for one browser."""
    Draft.objects.create(
        number=uuid.uuid4(),
        token_hash=queries.token_hash(token),
        sealed=sealing.seal(token, {"ref": receipt.ref, "code": receipt.code or ""}),
        address=queries.who_hash("draft", address),
        made_at=at,
        expires_at=at + SHOWN,
        filed_at=at,
    )


@transaction.atomic
def take_files(
    token: str, originals: Iterable[tuple[str, bytes]] = (), *, at: datetime
) -> tuple[File, ...]:
    """Take the files out of a draft whose text is said in another way, and end the draft.

    Behind them come the originals: texts that cannot be stored as text, by field, as they came.
    """
    draft, opened = _taken(token, at)
    restored = (*_restored(token, opened), *intake.keep_originals(originals))
    _discard(StagedFile.objects.filter(draft=draft))
    draft.delete()
    return restored


@transaction.atomic
def forget(token: str) -> None:
    """Delete a draft and its files because whoever wrote it says so."""
    _end(Q(token_hash=queries.token_hash(token)))


@transaction.atomic
def lapse(token: str, *, at: datetime) -> None:
    """Let a draft end sooner than it would, filed or not: where others use the same machine."""
    rows = Draft.objects.filter(token_hash=queries.token_hash(token), expires_at__gt=at)
    rows.update(expires_at=at)


@transaction.atomic
def purge_drafts(now: datetime) -> None:
    """Delete the drafts whose day is over, with their files, and the knocks nobody counts."""
    _end(Q(expires_at__lte=now))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_knocks WHERE last_at <= %s", [now - FORGOTTEN])


def knock(door: str, who: str, *, at: datetime) -> None:
    """Count one who came to a door; a row of knocks is over after a quiet quarter of an hour."""
    _count(door, who, at, _EVERYBODY)


def admit(door: str, who: str, *, free: int, longest: timedelta, at: datetime) -> timedelta:
    """Count one who comes to a door that slows whoever comes often, or say how long they wait.

    Who has to wait is not counted. `free` knocks in a row cost one statement; see `queries.pause`.
    """
    if _count(door, who, at, free):
        return timedelta()
    left = queries.pause(door, who, at, free=free, longest=longest)
    if not left:
        _count(door, who, at, _EVERYBODY)
    return left


def send(
    token: str, who: str, *, free: int, longest: timedelta, at: datetime
) -> tuple[Opened | None, timedelta]:
    """Open a draft that is sent to be filed, and say how long its sender waits, as `admit` does.

    Everybody who complains waits for this, so the draft, the count, the numbers that filing takes
    and the mark of the set-up are one statement. Where nothing is to be filed, nothing is counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SEND, {**_knock("file", who, at, free), "token": queries.token_hash(token)})
        found = cursor.fetchone()
    opened = _sent(token, *found) if found else None
    if opened is None or opened.ref or opened.numbers:
        return opened, timedelta()
    return opened, admit("file", who, free=free, longest=longest, at=at)


def _sent(token: str, mark: object, numbers: list[int] | None, *row: Any) -> Opened | None:
    """What was sent; numbers were taken along if its sender need not wait."""
    configuration.seen(mark)
    opened = queries.read(queries.row_of(row), token)
    if opened and numbers:
        return replace(opened, numbers=rows.dealt(intake.USUAL, numbers))
    return opened


def _count(door: str, who: str, at: datetime, most: int) -> bool:
    """Count a knock, unless it is one too many; a count may be lost with the machine's power."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _knock(door, who, at, most))
        return cursor.fetchone() is not None


def _knock(door: str, who: str, at: datetime, most: int) -> dict[str, Any]:
    hashed = queries.who_hash(door, who)
    return {"door": door, "who": hashed, "at": at, "most": most, "over": at - FORGOTTEN}


_EVERYBODY = 2**31 - 1
_KNOCK = """
INSERT INTO casework_knocks AS row (door, who, count, last_at)
SELECT %(door)s, %(who)s, 1, %(at)s {if_there}
ON CONFLICT (door, who) DO UPDATE SET
    count = CASE WHEN row.last_at <= %(over)s THEN 1 ELSE row.count + 1 END,
    last_at = EXCLUDED.last_at
WHERE row.count <= %(most)s OR row.last_at <= %(over)s
RETURNING set_config('synchronous_commit', 'off', true)
"""
_COUNT = _KNOCK.format(if_there="")
_SEND = f"""
WITH draft AS ({queries.ROW}),
counted AS ({_KNOCK.format(if_there="FROM draft WHERE filed_at IS NULL")})
SELECT {configuration.MARK},
    CASE WHEN EXISTS (SELECT FROM counted) THEN {rows.numbers(intake.USUAL)} END,
    {", ".join(queries.COLUMNS)}
FROM draft
"""  # noqa: S608  our words


def _taken(token: str, at: datetime) -> tuple[Draft, Opened]:
    draft = queries.row(token, at, lock=True)
    opened = queries.read(draft, token) if draft else None
    if draft is None or opened is None:
        raise Refused("draft-gone")
    return draft, opened


def _put(draft: Draft, token: str, answers: Mapping[str, Any], staged: Iterable[Staged]) -> None:
    draft.sealed = _sealed(token, answers, staged)
    draft.save(update_fields=["sealed"])


def _sealed(token: str, answers: Mapping[str, Any], staged: Iterable[Staged]) -> bytes:
    content = {"answers": dict(answers), "files": [asdict(file) for file in staged]}
    return sealing.seal(token, content)


def _room_for(draft: Draft, opened: Opened, name: str) -> None:
    if draft.filed_at is not None:
        raise Refused("draft-gone")
    if len(opened.files) >= MOST_FILES:
        raise Refused("files-too-many", most=MOST_FILES, name=name)
    theirs = _bytes(StagedFile.objects.filter(draft__address=draft.address))
    everything = _bytes(StagedFile.objects.all())
    if theirs + LARGEST > PER_ADDRESS or everything + LARGEST > IN_TOTAL or not _disk_has_room():
        raise Refused("files-no-room", name=name)


def _bytes(staged: Any) -> int:
    return staged.aggregate(sum=Sum("size"))["sum"] or 0


def _disk_has_room() -> bool:
    try:
        return shutil.disk_usage(settings.FILES).free > LEFT_FREE
    except FileNotFoundError:  # no file has ever been kept
        return True


def _stage(token: str, name: str, chunks: Iterable[bytes]) -> Staged:
    seen = _Seen()
    try:
        stored = files.put(sealing.seal_file(token, seen.through(chunks)), LARGEST + _GROWTH)
    except Refused as refused:
        if refused.code == "no-space":
            raise Refused("files-no-room", name=name) from refused
        raise Refused("file-too-big", name=name, most=LARGEST >> 20) from refused
    kind = kinds.kind_of(seen.head)
    if kind == kinds.PROGRAM or not seen.size:
        files.discard(stored.digest)
        raise Refused("file-is-a-program" if seen.size else "file-empty", name=name)
    return Staged(stored.digest, name, kind, seen.size)


class _Seen:
    """Sees how a stream begins and how long it is, while it passes."""

    def __init__(self) -> None:
        self.head, self.size = b"", 0

    def through(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        for chunk in chunks:
            if len(self.head) < kinds.HEAD:
                self.head += chunk[: kinds.HEAD - len(self.head)]
            self.size += len(chunk)
            if self.size > LARGEST:
                raise Refused("file-too-large", limit=LARGEST)
            yield chunk


def _restored(token: str, opened: Opened) -> tuple[File, ...]:
    """Put the staged files into the store as they were, where the case keeps them."""
    return tuple(_restore(token, staged) for staged in opened.files)


def _restore(token: str, staged: Staged) -> File:
    with files.open(staged.digest) as sealed:
        chunks = iter(partial(sealed.read, 1 << 20), b"")
        stored = files.put(sealing.unseal_file(token, chunks), LARGEST)
    return File(stored.digest, staged.name, staged.kind, stored.size)


def _discard(staged: Any) -> None:
    """Delete staged files; their bytes once nothing can bring the rows back."""
    digests = list(staged.values_list("digest", flat=True))
    staged.delete()
    for digest in digests:
        transaction.on_commit(partial(files.discard, digest))


def _end(drafts: Q) -> None:
    found = list(Draft.objects.select_for_update(skip_locked=True).filter(drafts)[:1000])
    if not found:
        return
    _discard(StagedFile.objects.filter(draft__in=found))
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()
