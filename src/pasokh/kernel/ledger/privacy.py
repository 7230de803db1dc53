"""What of the ledger is personal: the sealed part, which can be erased, and who acted."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    Personal("kernel.Sealed.json", "complainant", "to prove what was done and said", "case"),
    Personal("kernel.Entry.actor", "staff", "to say who acted", "accountability"),
)
