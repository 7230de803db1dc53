"""The facts a complaint leaves in the ledger, each with its sentence.

Ids, codes, numbers and instants only; what people wrote goes beside them, sealed.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("complaint.received", _("Complaint received: %(channel)s"))
class Received:
    channel: str
    language: str
    complainant: str
    anonymous: bool
    unit: int
    regime: str
    regime_digest: str
    issues: int
    attachments: tuple[str, ...]


@event("complaint.history_recorded", _("Recorded as ended elsewhere: %(channel)s"))
class HistoryRecorded(Received):
    ended_at: datetime
    outcome: str


@event("complaint.letter_written", _("Letter written: %(kind)s"))
class LetterWritten:
    stage: int
    kind: str
    letter: int
    language: str


@event("complaint.letter_told", _("Letter told: %(kind)s (%(way)s)"))
class LetterTold:
    stage: int
    kind: str
    letter: int
    way: str


@event("complaint.letter_numbered", _("Letter numbered by the secretariat: %(kind)s"))
class LetterNumbered:
    stage: int
    kind: str
    letter: int


@event("complaint.letter_queued_again", _("Letter put in the outbox once more: %(kind)s"))
class LetterQueuedAgain:
    stage: int
    kind: str
    letter: int


@event("complaint.letter_returned", _("Letter returned: %(kind)s"))
class LetterReturned:
    stage: int
    kind: str
    letter: int


@event("complaint.acknowledged", _("Receipt acknowledged (%(way)s)"))
class Acknowledged:
    stage: int
    way: str


@event("complaint.acknowledgement_undelivered", _("The acknowledgement did not arrive"))
class AcknowledgementUndelivered:
    stage: int
    letter: int


@event("complaint.assessed", _("Assessed: severity %(severity)s, priority %(priority)s"))
class Assessed:
    stage: int
    severity: int
    safety: bool
    complexity: int
    impact: int
    immediate_needed: bool
    immediate_possible: bool
    recurrent: bool
    priority: int
    computed_priority: int
    table: str


@event("complaint.investigation_started", _("Investigation started"))
class InvestigationStarted:
    stage: int


@event("complaint.evidence_gathered", _("Evidence added"))
class EvidenceGathered:
    stage: int
    digest: str | None


@event("complaint.decided", _("Decided: %(outcome)s"))
class Decided:
    stage: int
    outcome: str
    findings: tuple[dict[str, str | int], ...]
    remedies: tuple[dict[str, str | int], ...]
    waives_review: bool


@event("complaint.declined", _("Not examined: %(why)s"))
class Declined:
    stage: int
    why: str


@event("complaint.cause_traced", _("Cause of issue %(issue)s: %(cause)s"))
class CauseTraced:
    stage: int
    issue: int
    cause: int
    others_affected: str


@event("complaint.reconsidered", _("The decision was taken back before it was sent"))
class Reconsidered:
    stage: int


@event("complaint.communicated", _("The decision was communicated (%(way)s)"))
class Communicated:
    stage: int
    way: str


@event("complaint.undelivered", _("The decision did not arrive"))
class Undelivered:
    stage: int
    letter: int


@event("complaint.verdict_given", _("The complainant's answer: %(verdict)s"))
class VerdictGiven:
    stage: int
    verdict: str
    issues: tuple[dict[str, str | int], ...]


@event("complaint.settled", _("Settled at once"))
class Settled:
    accepted_at: datetime
    remedies: tuple[dict[str, str | int], ...]


@event("complaint.review_opened", _("Review opened: stage %(stage)s"))
class ReviewOpened:
    stage: int


@event("complaint.noticed", _("Notice before closing delivered (%(way)s)"))
class Noticed:
    stage: int
    way: str


@event("complaint.notice_undelivered", _("The notice before closing did not arrive"))
class NoticeUndelivered:
    stage: int
    letter: int


@event("complaint.closed", _("Closed: %(term)s"))
class Closed:
    stage: int
    term: str
    outcome: str
    verdict: str


@event("complaint.reopened", _("Reopened: %(why)s"))
class Reopened:
    stage: int
    why: str
    state: str


@event("complaint.withdrawn", _("Withdrawn"))
class Withdrawn:
    stage: int
    told_by: str


@event("complaint.set_aside", _("Set aside as not a complaint: %(kind)s"))
class SetAside:
    kind: str


@event("complaint.asked", _("Information requested from the complainant"), version=2)
class Asked:
    stage: int
    message: int
    letter: int
    attachments: tuple[str, ...]
    copies: int


@event("complaint.held", _("Clocks held: %(category)s"))
class Held:
    stage: int
    category: str


@event("complaint.resumed", _("Clocks resumed"))
class Resumed:
    stage: int


@event("complaint.extended", _("Deadline extended: %(clock)s, by %(amount)s %(unit)s"))
class Extended:
    stage: int
    clock: str
    amount: int
    unit: str


@event("complaint.progress_reported", _("Progress reported to the complainant (%(way)s)"))
class ProgressReported:
    stage: int
    way: str


@event("complaint.assigned", _("Assigned to colleague %(staff)s"))
class Assigned:
    staff: int
    before: int | None


@event("complaint.colleague_named", _("A colleague was named as complained about"))
class ColleagueNamed:
    staff: int


@event("complaint.independence_waived", _("Someone not independent was allowed to act"))
class IndependenceWaived:
    stage: int
    staff: int


@event("complaint.contact_logged", _("Conversation logged"))
class ContactLogged:
    incoming: bool
    reached: bool
    channel: str
    promised_by: datetime | None


@event("complaint.promise_kept", _("A promise made in a conversation was kept"))
class PromiseKept:
    contact: int


@event("complaint.message_heard", _("Message from the complainant"))
class MessageHeard:
    message: int
    channel: str
    attachments: tuple[str, ...]


@event("complaint.noted", _("Internal note"))
class Noted:
    note: int


@event("complaint.remedies_ordered", _("The outside body ordered what is to be done"))
class RemediesOrdered:
    referral: int
    remedies: tuple[dict[str, str | int], ...]


@event("complaint.remedy_fulfilled", _("Remedy carried out"))
class RemedyFulfilled:
    remedy: int
    done_on: str


@event("complaint.rated", _("The complainant rated the handling and the outcome"))
class Rated:
    stage: int
    handling: int | None
    outcome: int | None


@event("complaint.corrected", _("Corrected: %(field)s"))
class Corrected:
    field: str


@event("complaint.name_corrected", _("The complainant's name was corrected"))
class NameCorrected:
    pass


@event("complaint.contact_added", _("Added, to reach the complainant: %(way)s"))
class ContactAdded:
    way: str
    confirmed: bool


@event("complaint.contact_confirmed", _("Read back to the complainant and agreed: %(way)s"))
class ContactConfirmed:
    way: str


@event("complaint.contact_stopped", _("No longer used to reach the complainant: %(way)s"))
class ContactStopped:
    way: str


@event("complaint.mandate_given", _("Leave to act for the person concerned was written down"))
class MandateGiven:
    shown: bool


@event("complaint.mandate_ended", _("Leave to act for the person concerned has ended"))
class MandateEnded:
    pass


@event("complaint.particulars_added", _("The complainant told more about the matter"))
class ParticularsAdded:
    fields: tuple[str, ...]


@event("complaint.themselves_told", _("The complainant told more about themselves"))
class ThemselvesTold:
    fields: tuple[str, ...]


@event("complaint.kept_as_it_came", _("The text of the last entry was kept as it came"))
class KeptAsItCame:
    attachments: tuple[str, ...]


@event("complaint.recategorised", _("Categories given to the issues"))
class Recategorised:
    issues: tuple[dict[str, int], ...]


@event("complaint.issue_added", _("Issue %(issue)s written down"))
class IssueAdded:
    issue: int
    category: int | None


@event("complaint.joined", _("Shown together with %(other)s"))
class Joined:
    other: str


@event("complaint.unjoined", _("No longer shown together with %(other)s"))
class Unjoined:
    other: str


@event("complaint.split", _("Issue %(issue)s continues as %(other)s"))
class Split:
    issue: int
    other: str


@event("complaint.deadlines_redrawn", _("Deadlines moved: %(why)s"))
class DeadlinesRedrawn:
    why: str
    moves: tuple[dict[str, str], ...]


@event("complaint.deadline_near", _("Deadline near: %(clock)s"))
class DeadlineNear:
    clock: str
    stage: int
    due_at: datetime


@event("complaint.deadline_passed", _("Deadline passed: %(clock)s"))
class DeadlinePassed:
    clock: str
    stage: int
    due_at: datetime
