"""Who may what, as one table: each right, its meaning in a word, and the roles that hold it.

Pure. A role says what its holder may do; a role assignment says where and from when to when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


def _(text: str) -> str:
    """Mark words for translation; they are translated where they are read."""
    return text


class Role(StrEnum):
    """What a colleague is in the handling of complaints (ISO 10002:2018, 5.4)."""

    ADMINISTRATOR = "administrator"
    FRONTLINE = "frontline"
    HANDLER = "handler"
    APPROVER = "approver"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    REPRESENTATIVE = "representative"
    TOP_MANAGEMENT = "top_management"
    AUDITOR = "auditor"
    PRIVACY_OFFICER = "privacy_officer"


NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.ADMINISTRATOR: _("Administrator"),
        Role.FRONTLINE: _("Front-line employee"),
        Role.HANDLER: _("Case officer"),
        Role.APPROVER: _("Approver"),
        Role.REVIEWER: _("Reviewer"),
        Role.MANAGER: _("Manager"),
        Role.REPRESENTATIVE: _("Complaints-handling representative"),
        Role.TOP_MANAGEMENT: _("Top management"),
        Role.AUDITOR: _("Auditor"),
        Role.PRIVACY_OFFICER: _("Privacy officer"),
    }
)

_LETTERS = {
    "A": Role.ADMINISTRATOR,
    "F": Role.FRONTLINE,
    "H": Role.HANDLER,
    "P": Role.APPROVER,
    "R": Role.REVIEWER,
    "M": Role.MANAGER,
    "C": Role.REPRESENTATIVE,
    "T": Role.TOP_MANAGEMENT,
    "U": Role.AUDITOR,
    "V": Role.PRIVACY_OFFICER,
}


@dataclass(frozen=True)
class Grant:
    """One line of the table: a right, what it lets one do, and the roles that hold it."""

    right: str
    meaning: str
    roles: frozenset[Role]


def _grant(right: str, meaning: str, letters: str) -> Grant:
    return Grant(right, meaning, frozenset(_LETTERS[letter] for letter in letters.split()))


TABLE: tuple[Grant, ...] = (
    _grant("complaint.read", _("read a file"), "F H P R M C T U V"),
    _grant("complaint.read_confidential", _("read a confidential file"), "C T U V"),
    _grant("complaint.read_contacts", _("see people's addresses and numbers"), "F H R M C V"),
    _grant("complaint.read_originals", _("take pictures as they came"), "F H P R M C T U V"),
    _grant("complaint.handle", _("be given a file to handle"), "H R"),
    _grant("complaint.review_independently", _("look again with fresh eyes"), "R C T"),
    _grant("complaint.receive", _("take in a complaint"), "F H M C"),
    _grant("complaint.import", _("take in complaints from a spreadsheet"), "M C"),
    _grant("complaint.record_history", _("record complaints that ended elsewhere"), "M C"),
    _grant("complaint.acknowledge", _("acknowledge it"), "F H R C"),
    _grant("complaint.unacknowledge", _("note that an acknowledgement came back"), "F H R C"),
    _grant("complaint.assess", _("assess how serious it is"), "H R M C"),
    _grant("complaint.investigate", _("investigate"), "H R"),
    _grant("complaint.gather", _("add evidence"), "F H R M C"),
    _grant("complaint.decide", _("decide"), "H P R T"),
    _grant("complaint.decline", _("decline to examine it"), "H P R T"),
    _grant("complaint.communicate", _("tell the decision"), "H R C"),
    _grant("complaint.undelivered", _("note that a decision came back"), "F H R C"),
    _grant("complaint.verdict", _("record what the complainant says of it"), "F H R C"),
    _grant("complaint.settle", _("settle at once"), "F H M"),
    _grant("complaint.reconsider", _("take a decision back before it is sent"), "H P R T"),
    _grant("complaint.trace", _("trace an upheld issue to its cause"), "H P R M C"),
    _grant("complaint.review", _("open the next stage"), "F H R M C T"),
    _grant("complaint.notice", _("give notice before closing"), "H R C"),
    _grant("complaint.close", _("close"), "H R M C"),
    _grant("complaint.reopen", _("open a closed file again"), "H R M C T"),
    _grant("complaint.withdraw", _("record a withdrawal"), "F H R C"),
    _grant("complaint.set_aside", _("set aside what is not a complaint"), "H M C"),
    _grant("complaint.ask", _("ask for information"), "H R"),
    _grant("complaint.hold", _("hold the clocks"), "H R M C"),
    _grant("complaint.resume", _("let the clocks run on"), "H R M C"),
    _grant("complaint.extend", _("extend a time limit"), "P M C T"),
    _grant("complaint.report_progress", _("report progress"), "F H R C"),
    _grant("complaint.assign", _("give a file to a colleague"), "M C T"),
    _grant("complaint.name", _("name a colleague as complained about"), "F H R M C T"),
    _grant("complaint.waive", _("let someone not independent act"), "C T"),
    _grant("complaint.log_contact", _("log a conversation"), "F H R M C"),
    _grant("complaint.write", _("write a letter to the complainant"), "F H R M C"),
    _grant("complaint.approve", _("approve a letter before it leaves"), "P M C T"),
    _grant("complaint.message", _("send a message to the complainant"), "F H R M C"),
    _grant("complaint.hear", _("record what the complainant adds"), "F H R M C"),
    _grant("complaint.note", _("write an internal note"), "F H P R M C T"),
    _grant("complaint.refer", _("refer to an outside body"), "H R M C"),
    _grant("complaint.end_referral", _("record what the outside body found"), "H R M C"),
    _grant("complaint.inquire", _("enter a letter from an authority"), "F H R M C"),
    _grant("complaint.answer_inquiry", _("answer an authority"), "H R M C T"),
    _grant("complaint.fulfil", _("record a remedy as done"), "H P R M"),
    _grant("complaint.rate", _("record how the handling was rated"), "F H R C"),
    _grant("complaint.correct", _("correct a file"), "F H R M C V"),
    _grant("complaint.join", _("join files"), "H M C"),
    _grant("complaint.add_issue", _("write down another issue"), "H R M C"),
    _grant("complaint.split", _("split a file"), "H R M C"),
    _grant("complaint.replace_code", _("give a lost tracking code anew"), "F H R C"),
    _grant("complaint.be_warned", _("be told at once of significant complaints"), "T"),
    _grant("file.release", _("release or delete files in quarantine"), "A C"),
    _grant("mail.sort", _("see to mail that waits for a person"), "F H M C"),
    _grant("organisation.configure", _("set up the organisation and its units"), "A"),
    _grant("taxonomy.configure", _("keep the lists of categories and causes"), "A C"),
    _grant("wording.configure", _("write the texts of letters and prepared replies"), "A C"),
    _grant("webhook.configure", _("say what other programs are told"), "A C"),
    _grant("staff.manage", _("keep the staff and their roles"), "A"),
    _grant("client.manage", _("keep the programs that speak to us, and their tokens"), "A"),
    _grant("calendar.configure", _("keep working weeks and holidays"), "A C"),
    _grant("ledger.verify", _("verify the record"), "A C T U V"),
    _grant("access_log.read", _("see who read what"), "U V"),
)

_RIGHTS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {role: frozenset(grant.right for grant in TABLE if role in grant.roles) for role in Role}
)
_HOLDERS: Mapping[str, frozenset[Role]] = MappingProxyType(
    {grant.right: grant.roles for grant in TABLE}
)


def rights_of(role: Role) -> frozenset[str]:
    """The rights a role gives."""
    return _RIGHTS[role]


def holders_of(right: str) -> frozenset[Role]:
    """The roles that give a right; KeyError for a right that does not exist."""
    return _HOLDERS[right]
