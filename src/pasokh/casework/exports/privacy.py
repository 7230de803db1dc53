"""What of exports is personal, whose it is, why it is needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Export.by", "staff", "to know who took what out", "case"),
    Personal("casework.Export.filters", "complainant", "to know what was taken out", "case"),
)
