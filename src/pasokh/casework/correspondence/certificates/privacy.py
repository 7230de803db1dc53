"""What of certificates is personal: one may be in the name of whoever signs."""

from pasokh.kernel.personal import Personal

_FOR = "accountability"

PERSONAL = (
    Personal("casework.MailCertificate.name", "staff", "to say who signs letters", _FOR),
    Personal("casework.MailCertificate.addresses", "staff", "to know which mail it signs", _FOR),
)
