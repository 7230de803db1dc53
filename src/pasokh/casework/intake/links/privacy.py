"""What of mailed links is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.MailedLink.to", "complainant", "to know which address is theirs", "draft"),
)
