"""Everything a program may do to a file, as one table: a name, a step of the lifecycle, a verb.

The body of each operation is made from its verb (`bodies`), so a verb that asks for something new
asks for it here as well. What reads `page` is fitted to how programs say it; the rest are the very
verbs of the domain. Which step leads where is said by the lifecycle alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pasokh.api.v1 import authorities, fitted, lettering, writing
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.intake import actions as intake
from pasokh.casework.investigation import actions as investigation


@dataclass(frozen=True)
class Verb:
    """One line of the table. `steps` are those it may take, the first being the usual one.

    `adds` says that it only adds words, so that nobody's work is lost whatever was seen before;
    `optional` are values of fields that need not be sent.
    """

    name: str
    steps: tuple[Step, ...]
    do: Callable[..., Any]
    adds: bool = False
    optional: Mapping[str, Any] | None = None


_NO_REASON = {"reason": ""}
VERBS: tuple[Verb, ...] = (
    Verb("acknowledge", (Step.ACKNOWLEDGE,), lettering.acknowledge),
    Verb("assess", (Step.ASSESS,), fitted.assess),
    Verb("investigate", (Step.INVESTIGATE,), investigation.investigate),
    Verb("gather", (Step.GATHER,), fitted.gather, adds=True),
    Verb(
        "decide", (Step.DECIDE,), actions.decide, optional={"waives_review": False, "promises": []}
    ),
    Verb("decline", (Step.DECLINE,), actions.decline),
    Verb("reconsider", (Step.RECONSIDER,), actions.reconsider),
    Verb("communicate", (Step.COMMUNICATE,), lettering.communicate),
    Verb("settle", (Step.SETTLE,), fitted.settle),
    Verb("verdict", (Step.VERDICT,), fitted.verdict),
    Verb("rate", (Step.RATE,), actions.rate, optional={"comment": ""}),
    Verb("trace", (Step.TRACE,), actions.trace),
    Verb("review", (Step.REVIEW,), actions.review, optional=_NO_REASON),
    Verb("waive", (Step.WAIVE,), actions.waive),
    Verb("notice", (Step.NOTICE,), lettering.notice),
    Verb("close", (Step.CLOSE,), actions.close),
    Verb("reopen", (Step.REOPEN,), actions.reopen, optional=_NO_REASON),
    Verb("withdraw", (Step.WITHDRAW,), actions.withdraw, optional=_NO_REASON),
    Verb("set_aside", (Step.SET_ASIDE,), actions.set_aside),
    Verb("ask", (Step.ASK,), writing.ask),
    Verb("hold", (Step.HOLD,), actions.hold),
    Verb("resume", (Step.RESUME,), actions.resume),
    Verb("extend", (Step.EXTEND,), actions.extend),
    Verb("report_progress", (Step.REPORT_PROGRESS,), lettering.report_progress),
    Verb("assign", (Step.ASSIGN,), actions.assign),
    Verb("name", (Step.NAME,), actions.name),
    Verb("message", (Step.MESSAGE,), writing.message, adds=True),
    Verb("hear", (Step.HEAR,), fitted.hear, adds=True),
    Verb("note", (Step.NOTE,), actions.note, adds=True),
    Verb("log_contact", (Step.LOG_CONTACT,), fitted.log_contact, adds=True),
    Verb("keep_promise", (Step.LOG_CONTACT,), actions.keep_promise),
    Verb("write", (Step.WRITE,), lettering.write),
    Verb("told", (Step.WRITE, Step.ACKNOWLEDGE, Step.COMMUNICATE, Step.NOTICE), lettering.told),
    Verb("returned", (Step.WRITE, Step.UNACKNOWLEDGE, Step.UNDELIVERED), actions.returned),
    Verb("take_back", (Step.WRITE,), actions.take_back),
    Verb("postpone", (Step.WRITE,), actions.postpone),
    Verb("number_letter", (Step.WRITE,), actions.number_letter),
    Verb("send_letter_again", (Step.WRITE,), actions.send_letter_again),
    Verb("refer", (Step.REFER,), disputes.refer, optional={"their_ref": ""}),
    Verb(
        "end_referral",
        (Step.END_REFERRAL,),
        disputes.end_referral,
        optional={"ruling": "", "orders": []},
    ),
    Verb("inquire", (Step.INQUIRE,), authorities.inquire),
    Verb("answer_inquiry", (Step.ANSWER_INQUIRY,), disputes.write_answer),
    Verb("inquiry_answered", (Step.ANSWER_INQUIRY,), authorities.answered),
    Verb("fulfil", (Step.FULFIL,), actions.fulfil),
    Verb("correct", (Step.CORRECT,), fitted.correct),
    Verb("categorise", (Step.CORRECT,), fitted.categorise),
    Verb("correct_name", (Step.CORRECT,), actions.correct_name),
    Verb("add_contact", (Step.CORRECT,), actions.add_contact, optional={"read_back": False}),
    Verb("confirm_contact", (Step.CORRECT,), actions.confirm_contact),
    Verb("stop_contact", (Step.CORRECT,), actions.stop_contact),
    Verb("join", (Step.JOIN,), fitted.join),
    Verb("unjoin", (Step.JOIN,), fitted.unjoin),
    Verb("add_issue", (Step.ADD_ISSUE,), actions.add_issue),
    Verb("split", (Step.SPLIT,), intake.split),
)
