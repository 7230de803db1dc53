"""Which fields of deadlines are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("casework.Hold.reason", "complainant", "to say why the clocks stood still", "case"),
    Personal("casework.Extension.reason", "complainant", "to say why it took longer", "case"),
    Personal("casework.Hold.by", "staff", "to say who held the clocks", "accountability"),
    Personal("casework.Extension.by", "staff", "to say who gave more time", "accountability"),
)
