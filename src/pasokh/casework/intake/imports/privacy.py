"""What of imports is personal, whose it is, why it is needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Import.by", "staff", "to know who imported what", "case"),
    Personal("casework.Import.found", "complainant", "to be looked at before filing", "draft"),
    Personal("casework.Import.reading", "complainant", "to say what values stand for", "case"),
    Personal("casework.ImportLayout.reading", "complainant", "to ask it only once", "case"),
    Personal("casework.ImportRow.facts", "complainant", "to say why a row is refused", "case"),
    Personal("casework.ImportRow.key", "complainant", "to file no row twice", "case"),
    Personal("casework.ImportLayout.by", "staff", "to know who said what columns mean", "case"),
)
