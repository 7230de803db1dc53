"""The facts that the places leave in the ledger from which messages come."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("conversations.source_added", _("A source of messages was added (%(kind)s)"))
class SourceAdded:
    source: int
    kind: str


@event("conversations.source_ended", _("A source of messages was ended (%(kind)s)"))
class SourceEnded:
    source: int
    kind: str
