"""What a row tells of how its complaint was handled, to be written down by the verbs."""

from datetime import date, datetime

from pasokh.casework.afterwards.past import Past, claimed
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints.terms import Affected, Outcome, Verdict
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake.imports.columns import Means
from pasokh.channels.sheets import outcomes
from pasokh.channels.sheets.cells import Cells, Sheet, about, code, day, id_of, instant, planned
from pasokh.channels.sheets.outcomes import OPEN
from pasokh.kernel.text import digits


def of(cells: Cells, received: datetime, *, anonymous: bool, sheet: Sheet) -> Past | None:
    """The past of one complaint; None where a row tells of nothing but its receipt."""
    outcome, way = _outcome(cells, sheet), code(cells, Means.WAY, sheet)
    verdict, affected = code(cells, Means.VERDICT, sheet), _meant(cells, Means.AFFECTED)
    past = Past(
        anonymous=anonymous,
        acknowledged=_since(received, cells, Means.ACKNOWLEDGED, sheet),
        acknowledged_by=cells[Means.ACKNOWLEDGED_BY],
        assessed=_since(received, cells, Means.ASSESSED, sheet),
        answers=_answers(cells),
        decided=_since(received, cells, Means.DECIDED, sheet),
        outcome=outcome,
        reasons=cells[Means.REASONS] or cells[Means.ANSWER],
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
        closed=_since(received, cells, Means.CLOSED, sheet),
    )
    return past if claimed(past) else None


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
    complexity, danger = _number(cells, Means.COMPLEXITY), _meant(cells, Means.DANGER)
    if severity is None or impact is None or complexity is None or not danger:
        return None
    return Answers(
        severity=severity,
        safety=danger == outcomes.YES,
        complexity=complexity,
        impact=impact,
        immediate_needed=False,
        immediate_possible=False,
        recurrent=False,
    )


def _number(cells: Cells, means: Means) -> int | None:
    text = digits(cells[means].strip())[:3]
    return int(text) if text.isdecimal() else None
