"""Which fields of mail are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

_WHOSE = "complainant"

PERSONAL = (
    Personal("casework.Mail.digest", _WHOSE, "to read it again as it came", "case"),
    Personal("casework.Mail.sent_from", _WHOSE, "to tell bounces and loops", "case"),
    Personal("casework.Mail.sent_to", _WHOSE, "to know which file is answered", "case"),
    Personal("casework.Mail.sender", _WHOSE, "to know who wrote", "case"),
    Personal("casework.Mail.sender_name", _WHOSE, "to know who wrote", "case"),
    Personal("casework.Mail.domain", _WHOSE, "to slow floods", "case"),
    Personal("casework.Mail.heading", _WHOSE, "to show what was written", "case"),
    Personal("casework.Mail.message_id", _WHOSE, "to find the thread", "case"),
    Personal("casework.Mail.likeness", _WHOSE, "to know a copy", "case"),
    Personal("casework.Mail.language", _WHOSE, "to answer in their language", "case"),
    Personal("casework.Mail.words", _WHOSE, "to show what was written", "case"),
    Personal("casework.Mail.rest", _WHOSE, "to show what was written", "case"),
    Personal("casework.Mail.files", _WHOSE, "to find the files they gave", "case"),
    Personal("casework.Mail.facts", _WHOSE, "to explain what became of it", "case"),
    Personal("casework.MailReading.actor", "staff", "to show who read a mail", "accountability"),
    Personal("casework.Mail.sorted_by", "staff", "to say who decided", "accountability"),
)
