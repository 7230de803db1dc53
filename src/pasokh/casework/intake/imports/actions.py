"""The verbs on imports. What a sheet holds is read by a channel; here it is decided and kept.

One row of a sheet is dealt with once: `place` moves with the files it began, in one transaction, so
a worker that was killed goes on where it was, and of two at work one finds the place moved.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from pasokh.casework.complaints.matter import Ended
from pasokh.casework.complaints.models import Attachment
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.imports import columns, events
from pasokh.casework.intake.imports.columns import Reading
from pasokh.casework.intake.imports.models import Import, ImportLayout, ImportRow
from pasokh.casework.intake.imports.states import BEFORE, Fate, Mode, State
from pasokh.casework.intake.incoming import Incoming
from pasokh.kernel import files, rows
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.files import Stored
from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.writer import record, together
from pasokh.policy.taxonomy import actions as taxonomy
from pasokh.policy.taxonomy import queries as taxonomy_queries
from pasokh.policy.taxonomy.kinds import Kind as Term

RIGHT = "complaint.import"
#: How long a sheet waits that nobody goes on with.
WAITS = timedelta(days=14)
#: After so long without a sign a job is taken for gone.
GONE = timedelta(minutes=2)


@dataclass(frozen=True)
class Taken:
    """A row as it would be filed, or the refusal code and facts that say why it is not.

    `ended` is told of a row that ended elsewhere; `waits` says that nobody has told them anything.
    """

    number: int
    key: str
    incoming: Incoming | None = None
    ended: Ended | None = None
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    waits: bool = True


@dataclass(frozen=True)
class Looked:
    """What a look through a sheet showed."""

    form: Mapping[str, Any]
    headings: Sequence[str]
    reading: Reading
    found: Mapping[str, Any]
    rows: int
    refused: Sequence[Taken]
    refused_digest: str


@transaction.atomic
def begin(name: str, stored: Stored, *, language: str, by: Actor, at: datetime) -> Import:
    """Take a sheet that was handed in; it is looked through in the background."""
    if by.kind is not Kind.STAFF or by.reach(RIGHT) == frozenset():
        raise Refused("not-authorised", right=RIGHT)
    sheet = Import(by_id=int(by.id), name=files.clean_name(name), digest=stored.digest)
    sheet.size, sheet.language, sheet.state = stored.size, language, State.LOOKING
    sheet.made_at = sheet.moved_at = at
    sheet.save()
    _look_later(sheet)
    return sheet


@transaction.atomic
def read_as(sheet_id: int, reading: Reading, *, by: Actor, at: datetime) -> Import:
    """Say what the columns of a sheet mean; that is remembered, and it is looked through anew."""
    sheet = _taken(sheet_id, by, BEFORE - {State.LOOKING})
    if code := columns.fault(reading):
        raise Refused(code)
    reading = _with_terms(reading, by, at)
    _remember(sheet, reading, by, at)
    sheet.reading, sheet.state, sheet.failure = reading.told(), State.LOOKING, {}
    _put(sheet, at)
    _look_later(sheet)
    return sheet


@transaction.atomic
def looked(sheet_id: int, seen: Looked, *, at: datetime) -> None:
    """Keep what a look through a sheet showed: it may then be started."""
    sheet = _locked(sheet_id)
    if sheet.state != State.LOOKING:
        return
    sheet.state, sheet.rows, sheet.refused = State.READY, seen.rows, len(seen.refused)
    sheet.form, sheet.headings = dict(seen.form), list(seen.headings)
    sheet.reading, sheet.found = seen.reading.told(), dict(seen.found)
    sheet.refused_digest = seen.refused_digest
    ImportRow.objects.filter(sheet=sheet).delete()
    ImportRow.objects.bulk_create([_refused(sheet, one) for one in seen.refused], batch_size=1000)
    _put(sheet, at)


@transaction.atomic
def fail(sheet_id: int, refused: Refused, *, at: datetime) -> None:
    """Say why a sheet cannot be read at all, or why the work on it broke off."""
    sheet = _locked(sheet_id)
    if sheet.state == State.RUNNING:
        sheet.state = State.STOPPED
    elif sheet.state == State.LOOKING:
        sheet.state = State.FAILED
    sheet.failure = {"code": refused.code, "facts": _plain(refused.facts)}
    _put(sheet, at)


@transaction.atomic
def start(sheet_id: int, *, mode: Mode, letters: bool, by: Actor, at: datetime) -> Import:
    """File the rows of a sheet in the background, as they were shown; letters only if asked for."""
    sheet = _startable(sheet_id, by)
    sheet.state, sheet.mode, sheet.letters = State.RUNNING, mode, letters
    sheet.refused, sheet.found, sheet.failure = 0, {}, {}
    ImportRow.objects.filter(sheet=sheet).delete()
    _put(sheet, at)
    fact = events.Started(digest=sheet.digest, rows=sheet.rows, mode=mode, letters=letters)
    record(fact, subject=sheet.subject, by=by, at=at)
    later("run-import", lock=sheet.subject, sheet=sheet.pk)
    return sheet


@transaction.atomic
def stop(sheet_id: int, *, by: Actor, at: datetime) -> Import:
    """Let the rows that are under way be filed, and no more."""
    sheet = _taken(sheet_id, by, {State.RUNNING})
    sheet.state = State.STOPPED
    _put(sheet, at)
    record(events.Stopped(place=sheet.place), subject=sheet.subject, by=by, at=at)
    return sheet


@transaction.atomic
def resume(sheet_id: int, *, by: Actor, at: datetime) -> Import:
    """Go on where the work on a sheet was stopped, or broke off."""
    sheet = _taken(sheet_id, by, {State.STOPPED, State.RUNNING})
    if sheet.state == State.RUNNING and at - sheet.moved_at < GONE:
        raise Refused("import-at-work")
    sheet.state, sheet.failure = State.RUNNING, {}
    _put(sheet, at)
    record(events.Resumed(place=sheet.place), subject=sheet.subject, by=by, at=at)
    later("run-import", lock=sheet.subject, sheet=sheet.pk)
    return sheet


def take_rows(
    sheet_id: int, taken: Sequence[Taken], *, after: int, by: Actor, at: datetime
) -> bool:
    """File the next rows of a sheet; False where it was stopped, or somebody else is at it.

    All of them or none: a refusal takes back all that were given with it.
    """
    with transaction.atomic():
        sheet = _locked(sheet_id)
        if sheet.state != State.RUNNING or sheet.place != after:
            return False
        outcomes = _file(sheet, taken, by, at)
        _count(sheet, outcomes)
        sheet.place = taken[-1].number
        _put(sheet, at)
        return True


def just_filed(sheet_id: int, numbers: Collection[int]) -> dict[int, str]:
    """The files that some rows of a sheet began: number → reference, for who leads them on."""
    found = ImportRow.objects.filter(sheet=sheet_id, number__in=numbers, fate=Fate.FILED)
    return dict(found.order_by("number").values_list("number", "complaint__ref"))


def fell_short(sheet_id: int, number: int, *, code: str, facts: Mapping[str, Any]) -> None:
    """Say of a row that was filed why its file does not stand where the row says it does."""
    row = ImportRow.objects.filter(sheet=sheet_id, number=number, fate=Fate.FILED)
    row.update(code=code, facts=_plain(facts))


@transaction.atomic
def finish(sheet_id: int, refused_digest: str, *, by: Actor, at: datetime) -> None:
    """Say that all rows of a sheet were dealt with."""
    sheet = _locked(sheet_id)
    if sheet.state == State.RUNNING:
        sheet.state, sheet.ended_at, sheet.refused_digest = State.DONE, at, refused_digest
        _put(sheet, at)
        fact = events.Ended(filed=sheet.filed, seen=sheet.seen, refused=sheet.refused)
        record(fact, subject=sheet.subject, by=by, at=at)


@transaction.atomic
def forget(sheet_id: int, *, by: Actor, at: datetime) -> None:
    """Let go of a sheet of which nothing was filed, bytes and all."""
    _forget([_taken(sheet_id, by, BEFORE)])


@transaction.atomic
def purge_imports(now: datetime) -> None:
    """Forget sheets that wait to be started for too long."""
    waiting = Import.objects.filter(state__in=BEFORE, moved_at__lt=now - WAITS)
    _forget(waiting.select_for_update())


def _locked(sheet_id: int) -> Import:
    found = Import.objects.select_for_update().filter(pk=sheet_id).first()
    if found is None:
        raise Refused("no-such-import")
    return found


def _taken(sheet_id: int, by: Actor, states: Collection[State]) -> Import:
    """Lock an import for whoever handed it in; nobody else's is there for them."""
    sheet = _locked(sheet_id)
    if by.kind is not Kind.STAFF or sheet.by_id != int(by.id):
        raise Refused("no-such-import")
    if by.reach(RIGHT) == frozenset():
        raise Refused("not-authorised", right=RIGHT)
    if sheet.state not in states:
        raise Refused("import-moved-on")
    return sheet


def _startable(sheet_id: int, by: Actor) -> Import:
    sheet = _taken(sheet_id, by, {State.READY})
    if code := sheet.found.get("fault"):
        raise Refused(code)
    if example := sheet.found.get("open"):
        raise Refused("order-not-known", example=example)
    return sheet


def _put(sheet: Import, at: datetime) -> None:
    sheet.moved_at = at
    sheet.save()


def _look_later(sheet: Import) -> None:
    later("look-through-import", lock=sheet.subject, sheet=sheet.pk)


def _remember(sheet: Import, reading: Reading, by: Actor, at: datetime) -> None:
    told = {"reading": reading.told(), "by_id": int(by.id), "at": at}
    ImportLayout.objects.update_or_create(layout=columns.layout_of(sheet.headings), defaults=told)


def _with_terms(reading: Reading, by: Actor, at: datetime) -> Reading:
    """A reading in which new terms are made of the values that shall become some."""
    values = {means: dict(told) for means, told in reading.values.items()}
    for means, told in values.items():
        for value, code in told.items():
            if code == columns.NEW:
                told[value] = _term_of(Term(means), value, by, at)
    return replace(reading, values=values)


def _term_of(kind: Term, value: str, by: Actor, at: datetime) -> str:
    """The code of the term that is called as a value of a sheet: one that is there, or made now."""
    plain = re.sub("[^a-z0-9]+", "_", value.lower()).strip("_")[:30].strip("_")
    begins = plain if plain[:1].isalpha() else f"t_{plain}".strip("_")
    code = f"{begins}_{sha256(value.encode()).hexdigest()[:6]}"
    if taxonomy_queries.term(kind, code) is None:
        taxonomy.add_term(kind, code, name=Bilingual(value, value), by=by, at=at)
    return code


def _file(sheet: Import, taken: Sequence[Taken], by: Actor, at: datetime) -> list[ImportRow]:
    """Begin a file for each row that is new, and say what became of each, in few statements."""
    keys = [one.key for one in taken if one.incoming]
    known = dict(
        ImportRow.objects.filter(fate=Fate.FILED, key__in=keys).values_list("key", "complaint_id")
    )
    outcomes = []
    with rows.at_once(), together():
        intake.reserve(*(one.incoming for one in taken if one.incoming and one.key not in known))
        for one in taken:
            if one.incoming is None:
                outcomes.append(_refused(sheet, one))
            elif one.key in known:
                outcomes.append(_outcome(sheet, one, Fate.SEEN, known[one.key]))
            else:
                known[one.key] = _begun(sheet, one.incoming, one, by, at)
                outcomes.append(_outcome(sheet, one, Fate.FILED, known[one.key]))
    rows.insert(*outcomes)
    return outcomes


def _begun(sheet: Import, incoming: Incoming, one: Taken, by: Actor, at: datetime) -> int:
    if one.ended is not None:
        return intake.record_history(incoming, one.ended, by=by, at=at).pk
    tell = sheet.letters and one.waits
    take = intake.take_in_by_letter if tell else intake.take_over
    return take(incoming, by=by, at=at).pk


def _outcome(sheet: Import, one: Taken, fate: Fate, case: int | None) -> ImportRow:
    return rows.made(
        ImportRow,
        sheet_id=sheet.pk,
        number=one.number,
        key=one.key,
        fate=fate,
        complaint_id=case,
        code=one.code,
        facts=_plain(one.facts),
    )


def _refused(sheet: Import, one: Taken) -> ImportRow:
    return _outcome(sheet, one, Fate.REFUSED, None)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: fact if isinstance(fact, int | str) else str(fact) for name, fact in facts.items()
    }


def _count(sheet: Import, outcomes: Sequence[ImportRow]) -> None:
    fates = [one.fate for one in outcomes]
    sheet.filed += fates.count(Fate.FILED)
    sheet.seen += fates.count(Fate.SEEN)
    sheet.refused += fates.count(Fate.REFUSED)


def _forget(sheets: Any) -> None:
    """Delete sheets, and their bytes where nothing else here is made of the same."""
    gone = list(sheets)
    digests = {one for sheet in gone for one in (sheet.digest, sheet.refused_digest) if one}
    Import.objects.filter(pk__in=[sheet.pk for sheet in gone]).delete()
    for digest in digests:
        same = Import.objects.filter(Q(digest=digest) | Q(refused_digest=digest))
        if not same.exists() and not Attachment.objects.filter(digest=digest).exists():
            transaction.on_commit(partial(files.discard, digest))
