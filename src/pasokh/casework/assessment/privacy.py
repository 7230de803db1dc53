"""What of assessments is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal(
        "casework.Assessment.immediate_action",
        "complainant",
        "to show what was done at once",
        "case",
    ),
    Personal(
        "casework.Assessment.lines", "complainant", "to show how the priority came about", "case"
    ),
    Personal(
        "casework.Assessment.override_reason",
        "complainant",
        "to say why the priority was changed",
        "case",
    ),
    Personal("casework.Assessment.by", "staff", "to say who assessed it", "accountability"),
    Personal("casework.SignificantNotice.staff", "staff", "to show who was told", "accountability"),
)
