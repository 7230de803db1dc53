"""One file, whole: everything its page shows, in a constant number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from pasokh.casework.complaints import rules
from pasokh.casework.complaints.actions.bracket import facts
from pasokh.casework.complaints.actions.contract import contract_of
from pasokh.casework.complaints.actions.reading import log_reading
from pasokh.casework.complaints.closing import Contract
from pasokh.casework.complaints.lifecycle import OPEN, State, Step
from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.complaints.queries.lines import Line
from pasokh.casework.complaints.queries.search import of_same_people
from pasokh.casework.complaints.queries.timeline import Happened, Names, timeline
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.correspondence.wording.queries import Version
from pasokh.casework.deadlines import queries as deadlines
from pasokh.casework.deadlines.queries import ClockOnCase, ExtensionOnCase, HoldOnCase
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.inspection.verdicts import Standing
from pasokh.directory.organisation.models import Staff
from pasokh.directory.people import queries as people
from pasokh.directory.people.models import Mandate, Person
from pasokh.kernel import trees
from pasokh.kernel.actors import Actor
from pasokh.kernel.configuration import held
from pasokh.kernel.fields import Bilingual

#: Readings that the page shows of a file, the newest first.
READINGS = 100
#: The kind of a mail that hangs on a file as it came.
MAIL = "message/rfc822"


@dataclass(frozen=True)
class FindingOnCase:
    """What one stage found about an issue."""

    stage: int
    finding: str
    reasons: str
    cause: Bilingual | None
    others_affected: str
    standing: bool


@dataclass(frozen=True)
class IssueOnCase:
    """One issue with its category and everything found about it, first stage first.

    `verdict` is what the complainant said of it alone in the present stage.
    """

    id: int
    number: int
    text: str
    category: int | None
    category_name: Bilingual | None
    moved_to: str | None
    findings: tuple[FindingOnCase, ...]
    verdict: str


@dataclass(frozen=True)
class ReadingOnCase:
    """One reading: who, what, when."""

    actor: str
    what: str
    at: datetime


class CasePage:
    """A file with all that hangs on it, as one actor may see it. What was asked for once is kept:
    an act of which the form needs little loads little.

    `steps` are those the reader may take now, `rows` what hangs on the file by the name of its
    relation. `closing` is the weighed contract of a communicated file. `readings` is None for who
    may not see who read what.
    """

    def __init__(self, case: Complaint, actor: Actor, at: datetime) -> None:
        self.case, self.actor, self.at, self.facts = case, actor, at, facts(case)

    @property
    def ref(self) -> str:
        return self.case.ref

    @property
    def open(self) -> bool:
        """Whether the file is being worked on."""
        return self.facts.state in OPEN

    def can(self, step: Step | str) -> bool:
        """Whether the reader may take a step now."""
        return step in self.steps

    def came_with(self, line: Happened) -> tuple[Any, ...]:
        """The files that came with a line of the story."""
        digests = {line.facts.get("digest"), *line.facts.get("attachments", ())}
        message = line.facts.get("message")
        files = self.rows["attachments"]
        return tuple(one for one in files if one.digest in digests and one.message_id == message)

    def text_of(self, letter: Letter) -> Version | None:
        """The version that a letter was made with, or would be now; None for our own text."""
        if letter.text:
            return self.texts.get(letter.wording_id or 0)
        where = letter.called, wording.spoken(letter.language)
        stand = (one for one in self.texts.values() if one.stands)
        return next((one for one in stand if (one.kind, one.language) == where), None)

    def running(self) -> tuple[ClockOnCase, ...]:
        """The clocks that count or wait, the next one due first."""
        going = [clock for clock in self.clocks if clock.state in ("running", "held")]
        return tuple(
            sorted(going, key=lambda one: (one.due_at is None, one.due_at or one.started_at))
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return rules.open_to(self.facts, self.actor)

    @cached_property
    def whole(self) -> Complaint:
        """The file with what hangs on it."""
        _tree().hang_on(self.case)
        return self.as_seen()

    def as_seen(self) -> Complaint:
        """The file, loaded, as its reader may see it."""
        if self.masked:
            contacts.hide(self.case)
        return self.case

    @cached_property
    def masked(self) -> bool:
        """Whether numbers and addresses are masked for this reader."""
        return not contacts.seen_by(self.actor, self.case.unit_id)

    def withheld(self, file: Any) -> str:
        """The code that says why this reader does not get a file; empty for one that they get.

        A mail as it came has addresses at its head.
        """
        return "contacts-masked" if self.masked and file.kind == MAIL else ""

    @cached_property
    def rows(self) -> Mapping[str, tuple[Any, ...]]:
        return {name: tuple(getattr(self.whole, name).all()) for name in _ROWS}

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """What was found in each file that hangs here, by digest."""
        return inspection.standings(one.digest for one in self.rows["attachments"])

    @cached_property
    def timeline(self) -> tuple[Happened, ...]:
        return timeline(self.whole, masked=self.masked)

    @cached_property
    def names(self) -> Names:
        return Names.known()

    @cached_property
    def texts(self) -> Mapping[int, Version]:
        """The versions of the organisation's own texts of letters, by id."""
        return wording.known()

    @cached_property
    def closing(self) -> Contract | None:
        told = self.facts.state is State.COMMUNICATED
        return contract_of(self.whole, at=self.at) if told else None

    @cached_property
    def readings(self) -> tuple[ReadingOnCase, ...] | None:
        return _readings(self.case, self.actor, self.names)

    @cached_property
    def issues(self) -> tuple[IssueOnCase, ...]:
        return _issues(self.whole, self.rows["decisions"], _answers(self.timeline, self.case.stage))

    @held()
    def loaded(self) -> "CasePage":
        """Ask for everything now: nothing is asked while a page is drawn."""
        for name, each in vars(CasePage).items():
            if isinstance(each, cached_property):
                getattr(self, name)
        return self

    @cached_property
    def others(self) -> tuple[Line, ...]:
        """Open files of whoever is reached in the same way: perhaps the same matter.

        None for who may not see that way: the list would say of every other file whether it is
        the same.
        """
        people = [one.pk for one in (self.complainant, self.representative) if one]
        if not people or not self.open or self.masked:
            return ()
        return of_same_people(self.actor, self.case.pk, people)

    @property
    def complainant(self) -> Person | None:
        return self.whole.complainant

    @property
    def representative(self) -> Person | None:
        return self.whole.representative

    @cached_property
    def mandate(self) -> Mandate | None:
        """The leave in force by which whoever writes acts for the person concerned."""
        if not (self.complainant and self.representative):
            return None
        return people.mandate(self.complainant.pk, self.representative.pk, self.at)

    @property
    def complained_about(self) -> tuple[Staff, ...]:
        return tuple(one.staff for one in self.rows["complained_about"])

    @cached_property
    def clocks(self) -> tuple[ClockOnCase, ...]:
        return tuple(deadlines.clocks_on_case(self.rows["clocks"]))

    @cached_property
    def holds(self) -> tuple[HoldOnCase, ...]:
        return tuple(deadlines.holds_on_case(self.rows["holds"]))

    @cached_property
    def extensions(self) -> tuple[ExtensionOnCase, ...]:
        return tuple(deadlines.extensions_on_case(self.rows["extensions"]))


def case_page(actor: Actor, ref: str, *, at: datetime) -> CasePage:
    """The file of a reference for one who may see it; refuses as `complaint_for` does."""
    return CasePage(complaint_for(actor, ref), actor, at)


def read_case(actor: Actor, ref: str, *, what: str, at: datetime) -> CasePage:
    """Load a file and write down that it was read."""
    page = CasePage(complaint_for(actor, ref, tree=_tree()), actor, at)
    page.whole = page.as_seen()
    log_reading(page.loaded().case, what=what, by=actor, at=at)
    return page


#: What hangs on a file, and what the page needs beside each line of it. The tables of the
#: procedures are reached by name: their packages stand above this one.
_ROWS: trees.Names = {
    "messages": {},
    "notes": {"author": {}},
    "contacts": {"by": {}},
    "attachments": {},
    "remedies": {"kind": {}, "owner": {}, "issue": {}},
    "assessments": {"by": {}},
    "investigations": {"by": {}},
    "evidence": {"by": {}},
    "referrals": {"body": {}, "inquiries": {}},
    "significant_notices": {"staff": {}},
    "links": {"other": {}},
    "linked_from": {"complaint": {}},
    "ratings": {},
    "waivers": {"staff": {}},
    "letters": {"to": {}, "tellings": {}, "texts": {}},
    "decisions": {"findings": {"cause": {}}},
    "complained_about": {"staff": {}},
    "clocks": {},
    "holds": {},
    "extensions": {},
}
_FILE: trees.Names = {
    **_ROWS,
    "issues": {"category": {}, "moved_to": {}},
    "complainant": {"contact_points": {}},
    "representative": {"contact_points": {}},
    "unit": {},
    "handler": {},
    "product": {},
}


@cache
def _tree() -> trees.Branch:
    return trees.Branch(Complaint, _FILE)


def _answers(story: tuple[Happened, ...], stage: int) -> Mapping[int, str]:
    """What the complainant said last of single issues in a stage, by number."""
    given = [one.facts for one in story if one.event == "complaint.verdict_given"]
    last = next((facts for facts in reversed(given) if facts["stage"] == stage), {"issues": ()})
    return {said["issue"]: said["verdict"] for said in last["issues"]}


def _issues(
    case: Complaint, decisions: Iterable[Any], answers: Mapping[int, str]
) -> tuple[IssueOnCase, ...]:
    found: dict[int, list[FindingOnCase]] = {}
    for decision in decisions:
        for finding in decision.findings.all():
            line = FindingOnCase(
                decision.stage,
                finding.finding,
                finding.reasons,
                finding.cause.name if finding.cause else None,
                finding.others_affected,
                decision.reconsidered_at is None,
            )
            found.setdefault(finding.issue_id, []).append(line)
    return tuple(
        IssueOnCase(
            issue.pk,
            issue.number,
            issue.text,
            issue.category_id,
            issue.category.name if issue.category else None,
            issue.moved_to.ref if issue.moved_to else None,
            tuple(found.get(issue.pk, ())),
            answers.get(issue.number, ""),
        )
        for issue in case.issues.all()
    )


def _readings(case: Complaint, actor: Actor, names: Names) -> tuple[ReadingOnCase, ...] | None:
    if not actor.may("access_log.read", unit=case.unit_id):
        return None
    newest = Reading.objects.filter(complaint=case).order_by("-at", "-pk")[:READINGS]
    rows = list(newest.values_list("actor", "what", "at"))
    return tuple(ReadingOnCase(names.of(code), what, at) for code, what, at in rows)
