"""The words a complaint is coded in: who complains, what was found, how it was received. Pure.

Each list is closed because rules or the ledger read it; lists an organisation may edit
(categories, causes, remedies, channels) live in `policy.taxonomy`.
"""

from collections.abc import Iterable
from enum import StrEnum

#: The clocks whose time is the complainant's.
THEIRS = frozenset({"verdict", "silence", "internal", "standing"})
#: The channel of what civic apps file, under ids that begin with the program's code.
OPEN311 = "open311"


class Complainant(StrEnum):
    """Who complains: an outside customer, or a colleague served by another unit."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"


class Finding(StrEnum):
    """What was found about one issue (ISO 10002:2018, 7.6)."""

    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"
    SETTLED = "settled"


class Outcome(StrEnum):
    """What became of the whole complaint: the roll-up of its findings, or a decline."""

    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    UNDETERMINED = "undetermined"
    SETTLED = "settled"
    DECLINED = "declined"


class Verdict(StrEnum):
    """What the complainant said of the decision. Silence is neither acceptance nor satisfaction."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"


class Affected(StrEnum):
    """Whether others suffered the same without complaining (ISO 10002:2018, 7.7)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Decline(StrEnum):
    """Why a complaint is not examined on its merits."""

    OUT_OF_SCOPE = "out_of_scope"
    TOO_LATE = "too_late"
    BEFORE_A_COURT = "before_a_court"
    ALREADY_ANSWERED = "already_answered"


class NotAComplaint(StrEnum):
    """What a message is when it is not a complaint (ISO 10002:2018, 3)."""

    ENQUIRY = "enquiry"
    SERVICE_REQUEST = "service_request"
    FEEDBACK = "feedback"


class Reopening(StrEnum):
    """Why an ended file is taken up again."""

    LATE_ANSWER = "late_answer"
    NEW_FACT = "new_fact"
    WITHDRAWAL_UNDONE = "withdrawal_undone"
    OBJECTION = "objection"
    LETTER_RETURNED = "letter_returned"


class Closing(StrEnum):
    """By which term of the closing contract a file was closed (ISO 10002:2018, 7.9)."""

    ACCEPTED = "accepted"
    SILENCE = "silence"
    ROUTES_EXHAUSTED = "routes_exhausted"
    STOOD_ANONYMOUS = "stood_anonymous"
    SETTLED = "settled"
    ELSEWHERE = "elsewhere"


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """Roll the findings of a complaint's issues up into one outcome.

    All alike gives that finding; any upheld or partly upheld among others gives *partly*; the
    rest is *not upheld* as soon as one is, otherwise *undetermined*, otherwise *settled*.
    """
    found = set(findings)
    if not found:
        raise ValueError("a complaint has at least one issue")
    if len(found) == 1:
        return Outcome(found.pop())
    if found & {Finding.UPHELD, Finding.PARTLY}:
        return Outcome.PARTLY
    if Finding.NOT_UPHELD in found:
        return Outcome.NOT_UPHELD
    return Outcome.UNDETERMINED
