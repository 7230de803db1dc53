"""Every verb of a complaint. Nothing else writes one."""

from pasokh.casework.complaints.actions.adding import (
    add_particulars,
    drop_number,
    give_contact,
)
from pasokh.casework.complaints.actions.answering import (
    close,
    rate,
    reopen,
    review,
    set_aside,
    verdict,
    waive,
    withdraw,
)
from pasokh.casework.complaints.actions.bouncing import bounced
from pasokh.casework.complaints.actions.bracket import unchanged
from pasokh.casework.complaints.actions.clocks import extend, hold, redraw_for_calendar, resume
from pasokh.casework.complaints.actions.filing import (
    add_issue,
    assign,
    correct,
    join,
    name,
    open_file,
    open_history,
    recategorise,
    receive,
    record_history,
    split,
)
from pasokh.casework.complaints.actions.judging import (
    assess,
    decide,
    decline,
    gather,
    investigate,
    reconsider,
    settle,
    trace,
)
from pasokh.casework.complaints.actions.lettering import number_letter, send_letter_again
from pasokh.casework.complaints.actions.persons import (
    add_contact,
    confirm_contact,
    correct_name,
    stop_contact,
)
from pasokh.casework.complaints.actions.reading import log_reading, log_readings
from pasokh.casework.complaints.actions.remedying import (
    answer_inquiry,
    end_referral,
    fulfil,
    inquire,
    order,
    refer,
)
from pasokh.casework.complaints.actions.talking import (
    hear,
    keep_as_it_came,
    keep_promise,
    log_contact,
    note,
)
from pasokh.casework.complaints.actions.telling import returned, told, write
from pasokh.casework.complaints.actions.texts import (
    stop_all_texts,
    stop_texts,
    want_all_texts,
    want_texts,
)
from pasokh.casework.complaints.actions.writing import ask, message, postpone, take_back

__all__ = [
    "add_contact",
    "add_issue",
    "add_particulars",
    "answer_inquiry",
    "ask",
    "assess",
    "assign",
    "bounced",
    "close",
    "confirm_contact",
    "correct",
    "correct_name",
    "decide",
    "decline",
    "drop_number",
    "end_referral",
    "extend",
    "fulfil",
    "gather",
    "give_contact",
    "hear",
    "hold",
    "inquire",
    "investigate",
    "join",
    "keep_as_it_came",
    "keep_promise",
    "log_contact",
    "log_reading",
    "log_readings",
    "message",
    "name",
    "note",
    "number_letter",
    "open_file",
    "open_history",
    "order",
    "postpone",
    "rate",
    "recategorise",
    "receive",
    "reconsider",
    "record_history",
    "redraw_for_calendar",
    "refer",
    "reopen",
    "resume",
    "returned",
    "review",
    "send_letter_again",
    "set_aside",
    "settle",
    "split",
    "stop_all_texts",
    "stop_contact",
    "stop_texts",
    "take_back",
    "told",
    "trace",
    "unchanged",
    "verdict",
    "waive",
    "want_all_texts",
    "want_texts",
    "withdraw",
    "write",
]
