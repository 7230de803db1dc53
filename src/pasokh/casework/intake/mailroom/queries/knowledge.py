"""What mails are judged by, asked of the tables in one statement whatever they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection

from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.told import Told
from pasokh.directory.people import ways
from pasokh.directory.people.ways import Way
from pasokh.kernel import rows

#: How far back the mails of a sender and a domain are counted.
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """What of a mail is looked up: `ours` may be Message-IDs of our letters (kept is the part
    before the @), `answers` are those it says it answers, `keyed` is the file of its address.
    """

    mail: Mail
    told: Told
    ours: Sequence[str] = ()
    answers: Sequence[str] = ()
    keyed: str | None = None

    def values(self) -> dict[str, Any]:
        """What the statement is given."""
        return {
            "mail": self.mail.pk,
            "since": self.mail.kept_at - LATELY,
            "sender": self.told.sender,
            "domain": self.told.sender.rpartition("@")[2] or None,
            "key": ways.email_key(self.told.sender),
            "likeness": self.told.likeness,
            "ours": [sign.partition("@")[0] for sign in self.ours],
            "answers": self.answers,
            "keyed": self.keyed,
        }


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


def found(asked: Sequence[Asked]) -> list[Found]:
    """Look everything up at once, for as many mails as are judged together."""
    with connection.cursor() as cursor:
        values = [{"number": n, **one.values()} for n, one in enumerate(asked)]
        cursor.execute(_FOUND, {"asked": rows.dump(values), "way": Way.EMAIL})
        return [_found(*told) for _number, *told in cursor.fetchall()]


def _found(letters: Any, earlier: Any, party: Any, *counted: Any) -> Found:
    return Found(
        {sign: (pk, ref, to) for sign, pk, ref, to in letters or ()},
        dict(earlier or ()),
        frozenset(party or ()),
        *counted,
    )


_FOUND = """
SELECT asked.number, found.*
FROM json_to_recordset(%(asked)s::json) AS asked(
    number integer, mail bigint, since timestamptz, sender text, domain text, key text,
    likeness text, ours text[], answers text[], keyed text
) CROSS JOIN LATERAL (
WITH sent AS (
    SELECT message_id, id FROM casework_letter WHERE message_id = ANY(asked.ours)
    UNION SELECT message_id, letter_id FROM casework_sending WHERE message_id = ANY(asked.ours)
), letter AS (
    SELECT sent.message_id, sent.id, complaint.ref, coalesce(point.value, '') AS point
    FROM sent JOIN casework_letter one ON one.id = sent.id
    JOIN casework_complaint complaint ON complaint.id = one.complaint_id
    LEFT JOIN directory_contactpoint point ON point.id = one.to_id
), earlier AS (
    SELECT mail.message_id, complaint.ref
    FROM casework_mail mail JOIN casework_complaint complaint ON complaint.id = mail.complaint_id
    WHERE mail.message_id = ANY(asked.answers) AND mail.disposition IN ('complaint', 'answer')
), named AS (
    SELECT ref FROM letter UNION SELECT ref FROM earlier UNION SELECT asked.keyed
), lately AS (
    SELECT sender FROM casework_mail
    WHERE domain = asked.domain AND kept_at > asked.since AND id <> asked.mail
)
SELECT
    (SELECT json_agg(json_build_array(message_id, id, ref, point)) FROM letter),
    (SELECT json_agg(json_build_array(message_id, ref)) FROM earlier),
    (SELECT array_agg(complaint.ref) FROM casework_complaint complaint
     WHERE complaint.ref IN (SELECT ref FROM named) AND EXISTS (
        SELECT FROM directory_contactpoint point
        WHERE point.person_id IN (complaint.complainant_id, complaint.representative_id)
          AND point.kind = %(way)s AND point.refused_at IS NULL
          AND lower(point.key) = lower(asked.key))),
    (SELECT count(*) FROM lately WHERE sender = asked.sender),
    (SELECT count(*) FROM lately),
    (SELECT min(id) FROM casework_mail
     WHERE likeness = asked.likeness AND id <> asked.mail AND disposition <> ''
       AND reason <> 'duplicate'),
    (SELECT count(DISTINCT person_id) FROM directory_contactpoint
     WHERE kind = %(way)s AND key = asked.key AND refused_at IS NULL)
) found ORDER BY asked.number
"""
