"""What of remedies is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal(
        "casework.Remedy.description", "complainant", "to carry out what was promised", "case"
    ),
    Personal("casework.Remedy.owner", "staff", "to say who carries it out", "accountability"),
    Personal("casework.Remedy.proof", "complainant", "to show that it was carried out", "case"),
    Personal(
        "casework.Remedy.proof_digest", "complainant", "to show that it was carried out", "case"
    ),
)
