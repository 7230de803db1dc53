"""Reads what one letter has to tell from the file it belongs to, in its reader's words."""

from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from pasokh.casework.complaints.actions.bracket import pack_of
from pasokh.casework.complaints.lifecycle import OPEN
from pasokh.casework.complaints.milestones import Milestone, times
from pasokh.casework.complaints.models import (
    Complaint,
    Decision,
    IssueFinding,
    Message,
    Waiver,
)
from pasokh.casework.complaints.queries.along import along
from pasokh.casework.correspondence import texts
from pasokh.casework.correspondence.composed import Office
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.story import (
    Days,
    Decided,
    Matter,
    Outside,
    Promised,
    Story,
)
from pasokh.casework.deadlines import queries as deadlines
from pasokh.casework.deadlines.due import due
from pasokh.casework.deadlines.models import Extension
from pasokh.casework.deadlines.queries import ClockOnCase
from pasokh.casework.deadlines.sentences import sentences
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger import reading
from pasokh.kernel.money import Money
from pasokh.kernel.trees import Branch, Names
from pasokh.policy.taxonomy import queries as taxonomy

#: The most of an issue's text that is repeated in a letter; the whole stands in the file.
LONGEST = 1500

#: Clocks by whose deadline a decision is promised, and by which a word is.
DECIDING, UPDATING = ("decide", "respond"), ("update",)

_BODIES = frozenset({LetterKind.DECISION, LetterKind.NOTICE, LetterKind.CLOSING})
_FOUND = frozenset({LetterKind.DECISION, LetterKind.CLOSING, LetterKind.SETTLED})
_CLOCKED = frozenset(
    {
        *(LetterKind.ACKNOWLEDGEMENT, LetterKind.PROGRESS, LetterKind.REVIEW),
        *(LetterKind.EXTENSION, LetterKind.MESSAGE, LetterKind.REQUEST),
    }
)
_ISSUES = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.DECISION})


@cache
def _tree(kind: LetterKind) -> Branch:
    """What a kind of letter tells, hanging on the letter."""
    on_file: dict[str, Names] = {"unit": {}, "complainant": {}, "representative": {}}
    if kind in _CLOCKED:
        on_file["clocks"] = {}
    if kind in _ISSUES:
        on_file["issues"] = {}
    if kind in _FOUND:
        on_file |= {"decisions": {"findings": {}}, "remedies": {"kind": {}, "issue": {}}}
        on_file["waivers"] = {}
    return Branch(Letter, {"complaint": on_file})


def office(case: Complaint, language: str) -> Office:
    """Whose letters a file's letters are, in a language."""
    return _office(organisation.organisation(), case.unit.name, language)


def own_office(language: str) -> tuple[Office, tuple[str, ...]]:
    """The organisation's own letterhead, of no unit, and who signs."""
    own = organisation.organisation()
    office = _office(own, Bilingual("", ""), language)
    return office, _signature(own, language) if own else ()


def tracking_page(language: str) -> str:
    """The address of the tracking page; empty while no public address is set."""
    if not settings.PUBLIC_ADDRESS:
        return ""
    with override(language):
        return settings.PUBLIC_ADDRESS + reverse(settings.TRACKING_PAGE)


def _office(own: Any, unit: Bilingual, language: str) -> Office:
    def said(text: Bilingual) -> str:
        return text.in_(language)

    if own is None:
        return Office(name=said(unit))
    return Office(
        name=said(own.name),
        unit=said(unit),
        address=said(own.address),
        telephone=dates.numerals(own.telephone, language),
        hours=said(own.opening_hours),
        mailbox=own.mailbox,
    )


def _signature(own: Any, language: str) -> tuple[str, ...]:
    lines = (own.signatory_name, own.signatory_post, own.name)
    return tuple(said for line in lines if (said := line.in_(language)))


class Gathering:
    """Reads one file for one letter; what a kind of letter does not tell is not read."""

    def __init__(self, letter: Letter) -> None:
        self.letter, self.kind = letter, LetterKind(letter.kind)
        if letter.pk:  # a letter that is only previewed brings its file
            _tree(self.kind).hang_on(letter)
        self.case: Complaint = letter.complaint
        self.language = letter.language
        self.own = organisation.organisation()
        self.zone = ZoneInfo(self.own.time_zone if self.own else "UTC")
        self.calendar = organisation.calendar_for(self.case.unit_id)
        self.pack = pack_of(self.case)
        self.clocks = self._clocks() if self.kind in _CLOCKED else {}

    def story(self) -> Story:
        """Everything the letter may tell, in its reader's words."""
        case, kind = self.case, self.kind
        person = case.representative or case.complainant
        return Story(
            kind=str(kind),
            language=self.language,
            added=str(self.letter.facts.get("added", "")),
            reference=case.ref,
            dated=self.day(self.letter.leaves_at),
            office=_office(self.own, case.unit.name, self.language),
            name=person.name.strip() if person else "",
            signature=self._signature(),
            page=tracking_page(self.language),
            anonymous=case.anonymous,
            stage=self.letter.stage,
            stage_of=self._stage_of(),
            state=case.state if case.state in OPEN else "communicated",
            unit=case.unit.name.in_(self.language),
            part_of=str(self.letter.facts.get("part_of", "")),
            issues=self._issues() if kind in _ISSUES else (),
            wanted=case.remedy_wanted if kind is LetterKind.ACKNOWLEDGEMENT else "",
            words=self._words(),
            **along(self.letter, self.case, self.day),
            coded=self._coded(),
            person=self._person(),
            working=self._working(),
            days=self._days(),
            decision=self._decision() if kind in _FOUND else Decided(),
            outside=self._outside() if self._names_outside() else (),
        )

    def _prescribes(self, content: str) -> bool:
        """Whether the rules ask that a letter of this kind says something."""
        return content in self.pack.letters.get(str(self.kind), ())

    def _names_outside(self) -> bool:
        return self.kind in _BODIES or self._prescribes("outside_routes")

    def _stage_of(self) -> str:
        """The stage, for a reader to whom the rules ask that it be said."""
        if not self._prescribes("stage"):
            return ""
        numbers = {"stage": self.letter.stage, "stages": self.pack.stages}
        told = {name: dates.numerals(one, self.language) for name, one in numbers.items()}
        return texts.speaker(self.language)("letter.stage_of", **told)

    def day(self, at: datetime | None) -> str:
        """A day as the reader's calendar writes it; nothing for none."""
        return dates.as_date(at, self.language, self.zone) if at else ""

    def last_day(self, until: datetime | None) -> str:
        """The last day of a time limit: one that ends at midnight ends with the day before."""
        return self.day(until - timedelta(microseconds=1)) if until else ""

    def _until(self, name: str, since: datetime | None) -> datetime | None:
        """When a published period ends that would begin at an instant; None where there is none."""
        rule = self.pack.clock(name, self.letter.stage) or self.pack.periods.get(name)
        if rule is None or since is None:
            return None
        return due(rule, dict.fromkeys(rule.starts, since), (), self.calendar).at

    def _signature(self) -> tuple[str, ...]:
        if self.own is None:
            return (self.case.unit.name.in_(self.language),)
        return _signature(self.own, self.language)

    def _clocks(self) -> dict[str, ClockOnCase]:
        """The last round of each clock of this letter's stage."""
        found = deadlines.clocks_on_case(self.case.clocks.all())
        return {clock.name: clock for clock in found if clock.stage == self.letter.stage}

    def _clock(self, names: tuple[str, ...]) -> ClockOnCase | None:
        running = (self.clocks.get(name) for name in names)
        return next((one for one in running if one and one.due_at and not one.stopped_at), None)

    def _due(self, names: tuple[str, ...]) -> str:
        clock = self._clock(names)
        return self.last_day(clock.due_at) if clock else ""

    def _working(self) -> tuple[str, ...]:
        if self.kind is LetterKind.EXTENSION:
            clock = self.clocks.get(str(self.letter.facts.get("clock")))
        elif self.kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.REVIEW):
            clock = self._clock(DECIDING)
        else:
            return ()
        return tuple(sentences(clock.answer.working, self.language)) if clock else ()

    def _days(self) -> Days:
        done = times(self.case.milestones, self.letter.stage)
        sent = self.letter.leaves_at
        closes = self._until("standing" if self.case.anonymous else "silence", sent)
        noticed = self.kind is LetterKind.NOTICE
        return Days(
            received=self.day(done.get(str(Milestone.RECEIVED)) or self.case.received_at),
            decide=self._due(DECIDING),
            update=self._due(UPDATING),
            new=self.last_day(self._extended_to()),
            communicated=self.day(done.get(str(Milestone.COMMUNICATED))),
            closed=self.day(sent),
            answer_until=self.last_day(self._until("verdict", sent)),
            review_until=self.last_day(self._until("internal", sent)),
            closes=self.last_day(closes),
            reopen_until=self.last_day(self._until("reopen", closes if noticed else sent)),
            undo_until=self.last_day(self._until("withdraw_undo", sent)),
        )

    def _extended_to(self) -> datetime | None:
        """The date that an extension gave when it was granted, whatever moved it since."""
        if until := self.letter.facts.get("until"):
            return datetime.fromisoformat(str(until))
        extended = self.clocks.get(str(self.letter.facts.get("clock")))
        return extended.due_at if extended else None

    def _issues(self) -> tuple[Matter, ...]:
        found = self._findings() if self.kind is LetterKind.DECISION else {}
        return tuple(
            Matter(
                number=dates.numerals(row.number, self.language),
                text=_brief(row.text),
                finding=found[row.pk].finding if row.pk in found else "",
                reasons=found[row.pk].reasons if row.pk in found else "",
            )
            for row in self.case.issues.all()
            if row.moved_to_id is None
        )

    @property
    def decided(self) -> Decision | None:
        """The decision of this letter's stage that stands."""
        stage = self.letter.stage
        made = (row for row in self.case.decisions.all() if row.stage == stage)
        return next((row for row in made if row.reconsidered_at is None), None)

    def _findings(self) -> dict[int, IssueFinding]:
        return {row.issue_id: row for row in self.decided.findings.all()} if self.decided else {}

    def _decision(self) -> Decided:
        stage, row = self.letter.stage, self.decided
        if row is None:
            return Decided()
        promised = [one for one in self.case.remedies.all() if one.stage == stage]
        return Decided(
            outcome=row.outcome,
            declined_for=row.declined_for,
            reasons=row.reasons,
            remedies=tuple(
                self._promised(one)
                for one in sorted(promised, key=lambda one: (one.due_on, one.pk))
                if one.dropped_at is None
            ),
            waives_review=row.waives_review,
            further_stage=stage < self.pack.stages,
            by_leave=any(
                (one.stage, one.staff_id) == (stage, row.decided_by_id)
                for one in self.case.waivers.all()
            ),
        )

    def _promised(self, remedy: Remedy) -> Promised:
        amount = ""
        if remedy.amount is not None:
            amount = Money(remedy.amount, remedy.currency).text(self.language)
        said = (remedy.kind.name.in_(self.language), remedy.description.strip(" ."), amount)
        return Promised(
            what=tuple(each for each in said if each),
            due=dates.as_date(remedy.due_on, self.language, self.zone),
            done=dates.as_date(remedy.done_on, self.language, self.zone) if remedy.done_on else "",
            issue=dates.numerals(remedy.issue.number, self.language) if remedy.issue else "",
        )

    def _outside(self) -> tuple[Outside, ...]:
        return tuple(
            Outside(
                name=body.name.in_(self.language),
                what_for=body.what_for.in_(self.language),
                address=body.url,
                telephone=dates.numerals(body.telephone, self.language),
                time=body.time_limit.in_(self.language),
                note=body.note.in_(self.language),
                doubtful=body.doubtful,
            )
            for body in taxonomy.outside_bodies()
        )

    def _coded(self) -> str:
        """The code in the letter's own facts on which its sentences turn."""
        name = {
            LetterKind.EXTENSION: "clock",
            LetterKind.CLOSING: "term",
            LetterKind.SET_ASIDE: "kind",
        }.get(self.kind, "")
        known = {**_CODES, LetterKind.CLOSING: self.case.closing}
        return str(self.letter.facts.get(name) or known.get(self.kind, ""))

    def _words(self) -> str:
        """What somebody wrote for this very letter."""
        facts = self.letter.facts
        match self.kind:
            case LetterKind.REQUEST | LetterKind.MESSAGE if "words" not in facts:
                rows = Message.objects.filter(complaint=self.case, pk=facts.get("message"))
                return rows.values_list("text", flat=True).first() or ""
            case LetterKind.EXTENSION:
                granted = Extension.objects.filter(
                    complaint=self.case, clock=facts.get("clock"), stage=self.letter.stage
                )
                upto = granted.filter(at__lte=self.letter.queued_at).order_by("at")
                return upto.values_list("reason", flat=True).last() or ""
            case LetterKind.WAIVER:
                return self.waiver.reason if self.waiver else ""
            case LetterKind.SET_ASIDE:
                return self._sealed("complaint.set_aside", "reason")
        return str(facts.get("words", ""))

    @cached_property
    def waiver(self) -> Waiver | None:
        """The leave that a letter about independence tells of."""
        return (
            Waiver.objects.filter(
                complaint=self.case,
                stage=self.letter.stage,
                staff=self.letter.facts.get("staff"),
            )
            .select_related("staff")
            .last()
        )

    def _person(self) -> str:
        if self.kind is not LetterKind.WAIVER or self.waiver is None:
            return ""
        staff = self.waiver.staff
        said = (staff.name.in_(self.language), staff.post.in_(self.language))
        between = "، " if self.language == "fa" else ", "
        return between.join(each for each in said if each)

    def _sealed(self, event: str, name: str) -> str:
        """A text that stands only in the ledger, unless it was erased."""
        last = reading.last(self.case.subject, event)
        private = last.private if last else None
        return str(private.get(name, "")) if private else ""


#: What a letter says that was written without the fact it turns on.
_CODES = {LetterKind.EXTENSION: "decide", LetterKind.SET_ASIDE: "enquiry"}


def _brief(text: str) -> str:
    said = text.strip()
    return said if len(said) <= LONGEST else said[:LONGEST].rstrip() + " …"
