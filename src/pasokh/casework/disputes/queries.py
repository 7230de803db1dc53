"""What authorities asked and were answered, for those who may see the files."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from pasokh.casework.complaints.queries.fence import complaint_for, visible_to
from pasokh.casework.complaints.queries.gathering import office
from pasokh.casework.correspondence import sheets, texts
from pasokh.casework.correspondence.composed import Composed, Facts, Paragraph
from pasokh.casework.disputes.models import Inquiry
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates, paper
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.text import direction

#: Letters on one page of the register.
PAGE = 50


@dataclass(frozen=True)
class Registered:
    """One letter of an authority, as the register of letters in and out has it."""

    id: int
    ref: str
    body: Bilingual
    their_ref: str
    number: str
    dated_on: date
    number_in: str
    received_at: datetime
    due_on: date | None
    asks: str
    written: bool
    number_out: str
    answered_at: datetime | None


def register(actor: Actor, *, answered: bool, page: int = 1) -> tuple[list[Registered], bool]:
    """A page of the letters of authorities, and whether there are more.

    The unanswered ones begin with the one that is due first, the answered ones with the newest.
    """
    start = (page - 1) * PAGE
    shown = list(registered_letters(actor, answered=answered)[start : start + PAGE + 1])
    return [registered(row) for row in shown[:PAGE]], len(shown) > PAGE


def registered_letters(actor: Actor, *, answered: bool) -> QuerySet[Inquiry]:
    """The letters of authorities in the files an actor may see, in the order of the register."""
    rows = Inquiry.objects.filter(complaint__in=visible_to(actor), answered_at__isnull=not answered)
    first = F("answered_at").desc() if answered else F("due_on").asc(nulls_last=True)
    return rows.select_related("complaint", "referral__body").order_by(first, "-pk")


def registered(row: Inquiry) -> Registered:
    """A letter as a line of the register."""
    return Registered(
        id=row.pk,
        ref=row.complaint.ref,
        body=row.referral.body.name,
        their_ref=row.referral.their_ref,
        number=row.number,
        dated_on=row.dated_on,
        number_in=row.number_in,
        received_at=row.received_at,
        due_on=row.due_on,
        asks=row.asks,
        written=bool(row.answer),
        number_out=row.number_out,
        answered_at=row.answered_at,
    )


def answer_pdf(by: Actor, ref: str, inquiry: int) -> bytes:
    """The answer to an authority on the letterhead, in the language in which it was written.

    Refused: `no-such-letter`, while none is written.
    """
    case = complaint_for(by, ref)
    rows = Inquiry.objects.select_related("referral__body", "complaint__unit")
    row = rows.filter(complaint=case, pk=inquiry).exclude(answer="").first()
    if row is None:
        raise Refused("no-such-letter", letter=inquiry)
    return paper.typeset("letter", sheets.letter_sheet(_composed(row), number=row.number_out))


def _composed(row: Inquiry) -> Composed:
    language = "fa" if direction(row.answer) == "rtl" else "en"
    say, case = texts.speaker(language), row.complaint
    own = organisation.organisation()
    zone = ZoneInfo(own.time_zone) if own else UTC
    numbers = (("theirs", row.referral.their_ref), ("letter", row.number))
    paragraphs = [part.strip() for part in row.answer.split("\n\n")]
    house = office(case, language)
    return Composed(
        kind="authority",
        language=language,
        reference=case.ref,
        dated=dates.as_date(row.answered_at, language, zone) if row.answered_at else sheets.BLANK,
        subject=say("authority.subject", day=dates.as_date(row.dated_on, language, zone)),
        salutation=f"{row.referral.body.name.in_(language)}\n{say('authority.salutation')}",
        blocks=(
            Facts(tuple((say(f"authority.{name}"), told) for name, told in numbers if told)),
            *(Paragraph(part) for part in paragraphs if part),
        ),
        valediction=say("letter.yours"),
        signature=tuple(dict.fromkeys(filter(None, (house.name, house.unit)))),
        office=house,
    )
