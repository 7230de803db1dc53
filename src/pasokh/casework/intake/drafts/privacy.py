"""Which fields of drafts are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Draft.sealed", "complainant", "to lose nothing that was typed", "draft"),
    Personal("casework.Draft.address", "complainant", "to share the room for files", "draft"),
    Personal("casework.Knocks.who", "complainant", "to slow guessing and floods", "draft"),
)
