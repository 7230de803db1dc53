"""What a row tells of how its complaint was handled, to be written down by the verbs."""

from datetime import date, datetime
from typing import Any

from pasokh.casework.afterwards.past import Past, claimed
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints.terms import Affected, Decline, Outcome, Verdict
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake.imports.columns import Means
from pasokh.channels.sheets import outcomes
from pasokh.channels.sheets.cells import Cells, Sheet, about, code, day, id_of, instant, planned
from pasokh.channels.sheets.outcomes import OPEN
from pasokh.kernel.money import parse
from pasokh.kernel.text import digits

#: Columns by which somebody can be reached.
_REACHED = (Means.PHONE, Means.EMAIL, Means.POST)


def of(cells: Cells, received: datetime, *, anonymous: bool, sheet: Sheet) -> Past | None:
    """The past of one complaint; None where a row tells of nothing but its receipt."""
    outcome, way = _outcome(cells, sheet), code(cells, Means.WAY, sheet)
    verdict, affected = code(cells, Means.VERDICT, sheet), _meant(cells, Means.AFFECTED)
    declined = code(cells, Means.DECLINED_FOR, sheet)
    past = Past(
        anonymous=anonymous,
        ways=sum(bool(cells[means].strip()) for means in _REACHED),
        danger=_danger(cells),
        acknowledged=_since(received, cells, Means.ACKNOWLEDGED, sheet),
        acknowledged_by=cells[Means.ACKNOWLEDGED_BY],
        assessed=_since(received, cells, Means.ASSESSED, sheet),
        answers=_answers(cells),
        decided=_since(received, cells, Means.DECIDED, sheet),
        outcome=outcome,
        reasons=cells[Means.REASONS] or cells[Means.ANSWER],
        declined_for=Decline(declined) if declined else None,
        cause=id_of(cells, Means.CAUSE, sheet),
        affected=Affected(affected) if affected else None,
        remedy=(remedy := id_of(cells, Means.REMEDY, sheet)),
        remedy_unknown=remedy is None and bool(cells[Means.REMEDY].strip()),
        remedy_due=planned(cells, Means.REMEDY_DUE, sheet),
        remedy_done=_day_since(received, cells, Means.REMEDY_DONE, sheet),
        remedy_proof=cells[Means.REMEDY_PROOF],
        told=_since(received, cells, Means.TOLD, sheet),
        way=Way(way) if way else None,
        proof=cells[Means.PROOF],
        answered=_since(received, cells, Means.ANSWERED, sheet),
        verdict=Verdict(verdict) if verdict else None,
        accepted_how=cells[Means.ACCEPTED_HOW],
        closed=_since(received, cells, Means.CLOSED, sheet),
        **_notice(received, cells, sheet),
        **_money(cells),
    )
    return past if claimed(past) else None


def _notice(received: datetime, cells: Cells, sheet: Sheet) -> dict[str, Any]:
    """The notice before closing, and how they were tried once more."""
    return {
        "noticed": _since(received, cells, Means.NOTICED, sheet),
        "notice_proof": cells[Means.NOTICE_PROOF],
        "tried": _since(received, cells, Means.TRIED, sheet),
        "tried_by": cells[Means.TRIED_BY],
        "tried_channel": _meant(cells, Means.TRIED_BY),
    }


def _since(received: datetime, cells: Cells, means: Means, sheet: Sheet) -> datetime | None:
    """When something was done; nothing is done before receipt."""
    at = instant(cells, means, sheet)
    if at is not None and at < received:
        raise about("row-ends-before-receipt", cells, means, sheet)
    return at


def _day_since(received: datetime, cells: Cells, means: Means, sheet: Sheet) -> date | None:
    _since(received, cells, means, sheet)
    return day(cells, means, sheet)


def _outcome(cells: Cells, sheet: Sheet) -> Outcome | None:
    found = code(cells, Means.OUTCOME, sheet)
    return Outcome(found) if found and found != OPEN else None


def _meant(cells: Cells, means: Means) -> str:
    return outcomes.meant(means, cells[means].strip())


def _answers(cells: Cells) -> Answers | None:
    """The short form of an assessment, if the row tells all that has no usual answer.

    Whether something had to be done at once, or had happened before, is told by no table: no.
    """
    severity, impact = _number(cells, Means.SEVERITY), _number(cells, Means.IMPACT)
    complexity, danger = _number(cells, Means.COMPLEXITY), _danger(cells)
    if severity is None or impact is None or complexity is None or danger is None:
        return None
    return Answers(
        severity=severity,
        safety=danger,
        complexity=complexity,
        impact=impact,
        immediate_needed=False,
        immediate_possible=False,
        recurrent=False,
    )


def _danger(cells: Cells) -> bool | None:
    said = _meant(cells, Means.DANGER)
    return said == outcomes.YES if said else None


def _money(cells: Cells) -> dict[str, Any]:
    """An amount with its currency, which stands beside it or in a column of its own."""
    amount, currency = cells[Means.AMOUNT].strip(), cells[Means.CURRENCY].strip()
    if not amount:
        return {}
    money = parse(f"{amount} {currency}")
    return (
        {"amount": money.amount, "currency": money.currency} if money else {"amount_unread": True}
    )


def _number(cells: Cells, means: Means) -> int | None:
    text = digits(cells[means].strip())[:3]
    return int(text) if text.isdecimal() else None
