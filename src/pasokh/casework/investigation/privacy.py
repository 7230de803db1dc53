"""What of investigations is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Investigation.plan", "complainant", "to handle the complaint", "case"),
    Personal("casework.Investigation.by", "staff", "to say who investigated", "accountability"),
    Personal("casework.Evidence.description", "third-party", "to decide on evidence", "case"),
    Personal("casework.Evidence.source", "third-party", "to say where it came from", "case"),
    Personal("casework.Evidence.digest", "third-party", "to find the piece of evidence", "case"),
    Personal("casework.Evidence.by", "staff", "to say who obtained it", "accountability"),
)
