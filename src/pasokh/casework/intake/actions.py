"""Receive a complaint from any door, once (ISO 10002:2018, 7.2), and open it again by its code."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints import queries
from pasokh.casework.complaints.matter import Ended, File, Filing, NewIssue
from pasokh.casework.complaints.models import NUMBERS, Attachment, Complaint, Issue
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import events
from pasokh.casework.intake.incoming import Incoming, Receipt, Who
from pasokh.casework.intake.models import AccessCode
from pasokh.casework.texting import queries as texting
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries as people_queries
from pasokh.directory.people.models import ContactPoint, Person
from pasokh.kernel import codes, files, locks, refs, rows
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.ledger.writer import record, together


@transaction.atomic
def receive(incoming: Incoming, *, by: Actor, at: datetime) -> Receipt:
    """File what came in, unless this very message was filed before: the door behind all doors.

    The acknowledgement waits in the outbox from the same moment on (7.4).
    """
    return receive_within(incoming, by=by, at=at)


def receive_within(incoming: Incoming, *, by: Actor, at: datetime) -> Receipt:
    """File as `receive` does, in the transaction of a caller who lets every refusal pass."""
    with rows.at_once() as batch:
        if incoming.source_id is not None:
            ref, numbers = _seen_before(incoming)
            if ref:
                return Receipt(ref, None, again=True)
            batch.add(numbers)
        return take_in(incoming, by=by, at=at)


def take_in(incoming: Incoming, *, by: Actor, at: datetime) -> Receipt:
    """File what was surely not filed before, as `receive` does, in the caller's transaction."""
    with rows.at_once(), together():
        case = take_in_by_letter(incoming, by=by, at=at)
        return Receipt(case.ref, _new_code(case, at))


def take_in_by_letter(incoming: Incoming, *, by: Actor, at: datetime) -> Complaint:
    """File as `take_in` does, for who is told by the acknowledgement alone: nobody sees a code."""
    with rows.at_once(), together():
        case, told = _begun(incoming, by, at)
        _acknowledge(case, told, at)
        return case


def take_over(incoming: Incoming, *, by: Actor, at: datetime) -> Complaint:
    """File what others took in before, as `take_in` does, and tell nobody: no letter, no code."""
    with rows.at_once(), together():
        return _begun(incoming, by, at)[0]


def record_history(incoming: Incoming, ended: Ended, *, by: Actor, at: datetime) -> Complaint:
    """File what was taken in and ended elsewhere, in the caller's transaction; tell nobody."""
    with rows.at_once(), together():
        reserve(incoming)
        filing, _told = _filed(incoming, by, at)
        received_at = incoming.received_at
        return complaints.open_history(filing, ended, received_at=received_at, by=by, at=at)


#: The numbers that one person's complaint takes, reached in two ways at most.
USUAL: dict[rows.Source, int] = {
    **dict.fromkeys((Complaint, NUMBERS, Letter, AccessCode, Issue, Person), 1),
    ContactPoint: 2,
    Entry: 4,
}


def reserve(*incoming: Incoming) -> None:
    """Take at once the numbers that filings need which a caller writes at once."""
    wanted: Counter[rows.Source] = Counter()
    for one in incoming:
        wanted.update(_new_rows(one))
    rows.reserve(wanted)


def _new_rows(incoming: Incoming) -> dict[rows.Source, int]:
    """How many rows and entries a filing writes that need keys, and the number it is known by."""
    people = [one for one in (incoming.who, incoming.on_behalf_of) if one]
    points = sum(len(one.reached) for one in people)
    return {
        **dict.fromkeys((Complaint, NUMBERS, Letter, AccessCode), 1),
        Person: len(people),
        ContactPoint: points,
        Issue: len(incoming.issues) or 1,
        Attachment: len(incoming.files) + len(incoming.originals),
        Entry: 1 + len(people) + points,
    }


@transaction.atomic
def replace_code(ref: str, *, proof: str, by: Actor, at: datetime) -> str:
    """Give a lost tracking code anew; the old one opens nothing from now on.

    `proof` says what showed that the person is the complainant: a contact confirmed earlier, or
    which questions the file could answer. Refused for an anonymous file, which nobody can prove
    to be theirs.
    """
    case = queries.complaint_for(by, ref)
    if not by.may("complaint.replace_code", unit=case.unit_id):
        raise Refused("not-authorised", ref=ref)
    if case.anonymous:
        raise Refused("anonymous-code-not-replaced", ref=ref)
    if not proof.strip():
        raise Refused("proof-missing", parts=("proof",))
    Complaint.objects.select_for_update().get(pk=case.pk)
    # A page sent twice must not make another code: who sends it again saw an older file.
    Complaint.objects.filter(pk=case.pk).update(version=F("version") + 1)
    return give_new_code(case, proof=proof, by=by, at=at)


def give_new_code(case: Complaint, *, proof: str, by: Actor, at: datetime) -> str:
    """Void the code of a locked file and give another; for a verb that has judged the proof.

    Files that were split share their code: it is replaced in all of them.
    """
    valid = AccessCode.objects.filter(replaced_at=None)
    alike = valid.filter(code_hash__in=valid.filter(complaint=case).values("code_hash"))
    sharing = {case} | {one.complaint for one in alike.select_related("complaint")}
    valid.filter(complaint__in=sharing).update(replaced_at=at)
    code = codes.new_code()
    for one in sorted(sharing, key=lambda one: one.pk):
        record(events.CodeReplaced(), subject=one.subject, by=by, at=at, private={"proof": proof})
        _keep_code(one, _hash(code), at)
    return code


@transaction.atomic
def split(ref: str, *, issue: int, by: Actor, at: datetime) -> Complaint:
    """Let one issue continue as a file of its own that the code of the first one opens (7.5).

    Whoever complained reads of it by letter; no colleague sees a code.
    """
    other = complaints.split(ref, issue=issue, by=by, at=at)
    for known in AccessCode.objects.filter(complaint__ref=ref, replaced_at=None):
        _keep_code(other, bytes(known.code_hash), at)
    return other


def complainant(ref: str, code: str) -> Actor:
    """The complainant of a file, when reference and code belong together.

    Refuses in the same words whether the reference exists, the code is wrong or was replaced.
    """
    clean_ref, clean_code = refs.read(ref), codes.read_code(code)
    found = AccessCode.objects.filter(
        complaint__ref=clean_ref or "", code_hash=_hash(clean_code or ""), replaced_at=None
    )
    if not found.exists():
        raise Refused("code-does-not-open")
    return Actor(Kind.COMPLAINANT, clean_ref or "")


def keep_originals(originals: Iterable[tuple[str, bytes]]) -> tuple[File, ...]:
    """Store texts that no database holds as text: the bytes, as files called after their fields."""
    return tuple(_original(name, content) for name, content in originals)


def keep_as_it_came(
    ref: str, originals: Iterable[tuple[str, bytes]], *, by: Actor, at: datetime
) -> None:
    """Keep such texts beside what was just written on a file; where there are none, nothing."""
    if files := keep_originals(originals):
        complaints.keep_as_it_came(ref, files=files, by=by, at=at)


def _original(name: str, content: bytes) -> File:
    stored = files.put([content], len(content))
    kind = "application/octet-stream"
    return File(stored.digest, files.clean_name(f"{name}.txt"), kind, stored.size)


def _seen_before(incoming: Incoming) -> tuple[str | None, dict[rows.Source, list[int]]]:
    """The file of this very message; else the numbers that it takes, found along with the look."""
    wanted = _new_rows(incoming)
    # Two deliveries of one message wait for each other.
    channel, message = incoming.channel, incoming.source_id
    lock = locks.number(f"{channel}\0{message}")
    with connection.cursor() as cursor:
        cursor.execute(_seen(tuple(wanted.items())), [lock, channel, message])
        ref, numbers = cursor.fetchone()
    return ref, rows.dealt(wanted, numbers or ())


@lru_cache(maxsize=256)  # people may be reached in many ways
def _seen(wanted: tuple[tuple[rows.Source, int], ...]) -> str:
    """The reference under which a message was filed; where it was not, the numbers for it."""
    return f"""
    SELECT ref, CASE WHEN ref IS NULL THEN {rows.numbers(dict(wanted))} END
    FROM casework_filed_before(%s::bigint, %s::text, %s::text) AS ref
    """  # noqa: S608  our words


@dataclass(frozen=True)
class _Known:
    """Somebody just written down: who, what they are looked for by, and where letters go."""

    id: int
    called: tuple[str, ...]
    reached: tuple[str, ...]
    box: int | None


def _begun(incoming: Incoming, by: Actor, at: datetime) -> tuple[Complaint, "_Known | None"]:
    """Begin a file: with whom a letter would go to."""
    reserve(incoming)
    filing, told = _filed(incoming, by, at)
    case = complaints.open_file(filing, received_at=incoming.received_at, by=by, at=at)
    return case, told


def _register(who: Who | None, by: Actor, at: datetime) -> _Known | None:
    if who is None:
        return None
    person, points = people.introduce(
        who.name,
        kind=who.kind,
        language=who.language,
        needs=who.needs,
        needs_note=who.needs_note,
        reached=who.reached,
        by=by,
        at=at,
    )
    called, reached = map(tuple, people_queries.called(person, points))
    box = people_queries.box_among(points, texts=texting.leave())
    return _Known(person.pk, called, reached, box)


def _filed(incoming: Incoming, by: Actor, at: datetime) -> tuple[Filing, _Known | None]:
    """Write down who is concerned: with what the core files, and whom a letter would go to."""
    speaker = _register(incoming.who, by, at)
    concerned = _register(incoming.on_behalf_of, by, at)
    return _filing(incoming, speaker, concerned), speaker or concerned


def _filing(incoming: Incoming, speaker: _Known | None, concerned: _Known | None) -> Filing:
    complainant = concerned or speaker
    return Filing(
        matter=incoming.matter,
        channel=incoming.channel,
        language=incoming.language,
        unit=incoming.unit or organisation.front_unit(),
        complainant_kind=incoming.complainant_kind,
        anonymous=incoming.who is None,
        confidential=incoming.confidential,
        complainant=complainant.id if complainant else None,
        representative=speaker.id if speaker and concerned else None,
        source_id=incoming.source_id,
        issues=incoming.issues or (NewIssue(incoming.matter.narrative, incoming.category),),
        files=(*incoming.files, *keep_originals(incoming.originals)),
        complained_about=incoming.complained_about,
        called=tuple(text for one in (speaker, concerned) if one for text in one.called),
        reached=tuple(text for one in (speaker, concerned) if one for text in one.reached),
        remarks=incoming.remarks,
    )


def _acknowledge(case: Complaint, whom: _Known | None, at: datetime) -> None:
    """Put the acknowledgement to whoever spoke in the outbox."""
    correspondence.queue(
        case.pk,
        stage=case.stage,
        kind=LetterKind.ACKNOWLEDGEMENT,
        language=case.language,
        to=whom.box if whom else None,
        facts={},
        at=at,
    )


def _new_code(case: Complaint, at: datetime) -> str:
    code = codes.new_code()
    _keep_code(case, _hash(code), at)
    return code


def _keep_code(case: Complaint, hashed: bytes, at: datetime) -> None:
    rows.insert(rows.made(AccessCode, complaint_id=case.pk, code_hash=hashed, made_at=at))


def _hash(code: str) -> bytes:
    return codes.keyed_hash("tracking-code", code, settings.SECRET_KEY.encode())
