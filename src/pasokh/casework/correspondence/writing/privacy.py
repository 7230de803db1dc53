"""What of writings is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Writing.content", "complainant", "to go on where one stopped", "case"),
    Personal("casework.Writing.staff", "staff", "to say who is writing", "case"),
)
