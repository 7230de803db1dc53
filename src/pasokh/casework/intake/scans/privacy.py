"""What of scans is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Scan.digest", "complainant", "to find the letter they wrote", "case"),
    Personal("casework.Scan.name", "complainant", "to show the letter they wrote", "case"),
    Personal("casework.Scan.reason", "staff", "to explain why it was not filed", "case"),
    Personal("casework.Scan.dropped_by", "staff", "to file it in their name", "case"),
    Personal("casework.Scan.settled_by", "staff", "to know who filed it", "case"),
    Personal("casework.Sheet.printed_by", "staff", "to know who printed it", "case"),
)
