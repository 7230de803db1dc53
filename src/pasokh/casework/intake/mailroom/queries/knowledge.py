"""What a mail is judged by, asked of the tables in one statement whatever the mail holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.told import Told
from pasokh.directory.people import ways
from pasokh.directory.people.ways import Way

#: How far back the mails of a sender and a domain are counted.
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """What of a mail is looked up: `ours` may be Message-IDs of our letters, as kept (the part
    before the @), `answers` are those it says it answers, `keyed` the file of its address.
    """

    ours: Sequence[str] = ()
    answers: Sequence[str] = ()
    keyed: str | None = None


@dataclass(frozen=True)
class Found:
    """What the tables say. `letters` by Message-ID as kept: number, file, address; `earlier` are
    the files of mails that were filed, by Message-ID.
    """

    letters: Mapping[str, tuple[int, str, str]] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    party_of: frozenset[str] = frozenset()
    of_sender: int = 0
    of_domain: int = 0
    copy_of: int | None = None
    givers: int = 0


def found(mail: Mail, told: Told, asked: Asked, at: datetime) -> Found:
    """Look everything up at once."""
    key = ways.email_key(told.sender)
    values: dict[str, Any] = {
        "ours": list(asked.ours),
        "answers": list(asked.answers),
        "keyed": asked.keyed,
        "way": Way.EMAIL,
        "key": key,
        "mail": mail.pk,
        "sender": told.sender,
        "domain": told.sender.rpartition("@")[2] or None,
        "since": at - LATELY,
        "likeness": told.likeness,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, values)
        letters, earlier, party, of_sender, of_domain, copy_of, givers = cursor.fetchone()
    return Found(
        {sign: (pk, ref, to) for sign, pk, ref, to in letters or ()},
        dict(earlier or ()),
        frozenset(party or ()),
        of_sender,
        of_domain,
        copy_of,
        givers,
    )


_FOUND = """
WITH sent AS (
    SELECT message_id, id FROM casework_letter WHERE message_id = ANY(%(ours)s)
    UNION SELECT message_id, letter_id FROM casework_sending WHERE message_id = ANY(%(ours)s)
), letter AS (
    SELECT sent.message_id, sent.id, complaint.ref, coalesce(point.value, '') AS point
    FROM sent JOIN casework_letter one ON one.id = sent.id
    JOIN casework_complaint complaint ON complaint.id = one.complaint_id
    LEFT JOIN directory_contactpoint point ON point.id = one.to_id
), earlier AS (
    SELECT mail.message_id, complaint.ref
    FROM casework_mail mail JOIN casework_complaint complaint ON complaint.id = mail.complaint_id
    WHERE mail.message_id = ANY(%(answers)s) AND mail.disposition IN ('complaint', 'answer')
), named AS (
    SELECT ref FROM letter UNION SELECT ref FROM earlier UNION SELECT %(keyed)s::text
), lately AS (
    SELECT sender FROM casework_mail
    WHERE domain = %(domain)s AND kept_at > %(since)s AND id <> %(mail)s
)
SELECT
    (SELECT json_agg(json_build_array(message_id, id, ref, point)) FROM letter),
    (SELECT json_agg(json_build_array(message_id, ref)) FROM earlier),
    (SELECT array_agg(complaint.ref) FROM casework_complaint complaint
     WHERE complaint.ref IN (SELECT ref FROM named) AND EXISTS (
        SELECT FROM directory_contactpoint point
        WHERE point.person_id IN (complaint.complainant_id, complaint.representative_id)
          AND point.kind = %(way)s AND point.refused_at IS NULL
          AND lower(point.key) = lower(%(key)s))),
    (SELECT count(*) FROM lately WHERE sender = %(sender)s),
    (SELECT count(*) FROM lately),
    (SELECT min(id) FROM casework_mail
     WHERE likeness = %(likeness)s AND id <> %(mail)s AND disposition <> ''
       AND reason <> 'duplicate'),
    (SELECT count(DISTINCT person_id) FROM directory_contactpoint
     WHERE kind = %(way)s AND key = %(key)s AND refused_at IS NULL)
"""
