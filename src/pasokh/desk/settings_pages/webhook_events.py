"""The events that a program can be told, by what they concern."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from pasokh.casework.webhooks import queries

#: By what they concern, in the order of a complaint's life; an event is named without its family.
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (
        *("course", _("The course of a complaint")),
        (
            *("received", "acknowledged", "assessed", "assigned", "investigation_started"),
            *("evidence_gathered", "decided", "reconsidered", "declined", "communicated"),
            *("verdict_given", "review_opened", "settled", "withdrawn", "set_aside", "closed"),
            *("reopened", "rated", "history_recorded"),
        ),
    ),
    (
        *("redress", _("Causes, remedies and outside bodies")),
        (
            *("cause_traced", "remedy_fulfilled", "referred", "referral_ended"),
            *("remedies_ordered", "authority_asked", "authority_answer_written"),
            "authority_answered",
        ),
    ),
    (
        *("time", _("Deadlines and danger")),
        (
            *("deadline_near", "deadline_passed", "deadlines_redrawn", "extended", "held"),
            *("resumed", "significant_told", "significant_read"),
        ),
    ),
    (
        *("talk", _("What is said, and letters")),
        (
            *("message_heard", "message_sent", "asked", "progress_reported", "noticed"),
            *("contact_logged", "promise_kept", "noted", "letter_written", "letter_told"),
            *("letter_approved", "letter_sent_back", "letter_postponed", "letter_taken_back"),
            *("letter_numbered", "letter_queued_again", "letter_returned", "undelivered"),
            *("acknowledgement_undelivered", "notice_undelivered"),
        ),
    ),
    (
        *("file", _("The file and its people")),
        (
            *("corrected", "recategorised", "issue_added", "split", "joined", "unjoined"),
            *("particulars_added", "themselves_told", "name_corrected", "contact_added"),
            *("contact_confirmed", "contact_stopped", "texts_agreed", "texts_stopped"),
            *("texts_wanted", "address_confirmed", "address_denied", "code_replaced"),
            *("mandate_given", "mandate_ended"),
            *("sender_unverified", "mail_signed", "kept_as_it_came"),
        ),
    ),
)
_ALL = "all:"


def choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Every event under its heading, each heading with a line for all of its events."""
    named, found = queries.offered(), []
    for group, title, _codes in GROUPS:
        ours = [(name, named[name]) for name in _of(group)]
        found.append((title, [(f"{_ALL}{group}", _("All of these")), *ours]))
    return found


def chosen(told: Iterable[str]) -> Iterator[str]:
    """The events that were chosen, one by one or all of a group."""
    for one in told:
        yield from _of(one.removeprefix(_ALL)) if one.startswith(_ALL) else (one,)


def _of(group: str) -> tuple[str, ...]:
    """The events of a group, by their whole names; what nobody put anywhere is of the last."""
    known = queries.offered()
    ours = {name: [f"complaint.{code}" for code in codes] for name, _title, codes in GROUPS}
    placed = {name for names in ours.values() for name in names}
    if group == GROUPS[-1][0]:
        ours[group] += [name for name in known if name not in placed]
    return tuple(name for name in ours[group] if name in known)
