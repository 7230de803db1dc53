"""Which fields of webhooks are personal, whose, why they are needed, and for how long."""

from pasokh.kernel.personal import Personal

PERSONAL = (
    # A receiver may answer with what it was told.
    Personal("casework.Delivery.said", "complainant", "to see why it was refused", "deliveries"),
)
