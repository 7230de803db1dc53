"""What of the tracking codes is personal, whose it is, and how long it is kept."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal(
        "casework.AccessCode.code_hash", "complainant", "to let them follow their file", "case"
    ),
)
