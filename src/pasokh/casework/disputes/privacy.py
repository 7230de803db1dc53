"""What of referrals is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Referral.their_ref", "complainant", "to speak of the same matter", "case"),
    Personal("casework.Referral.ruling", "complainant", "to do as was ruled", "case"),
)
