"""What of referrals and inquiries is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Referral.their_ref", "complainant", "to speak of the same matter", "case"),
    Personal("casework.Referral.ruling", "complainant", "to do as was ruled", "case"),
    Personal("casework.Inquiry.number", "complainant", "to answer that very letter", "case"),
    Personal("casework.Inquiry.officer", "third-party", "to know whom to answer", "case"),
    Personal("casework.Inquiry.asks", "complainant", "to answer what was asked", "case"),
    Personal("casework.Inquiry.answer", "complainant", "to show what was answered", "case"),
    Personal("casework.Inquiry.proof", "third-party", "to show that the answer left", "case"),
    Personal("casework.Inquiry.number_in", "complainant", "to find the letter again", "case"),
    Personal("casework.Inquiry.number_out", "complainant", "to find the answer again", "case"),
)
