"""What of inspections is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Inspection.digest", "complainant", "to find the file they gave", "case"),
    Personal("casework.Inspection.reason", "staff", "to explain what became of it", "case"),
    Personal("casework.Inspection.settled_by", "staff", "to know who decided", "case"),
    Personal("casework.Picture.digest", "complainant", "to find the picture of a file", "case"),
)
