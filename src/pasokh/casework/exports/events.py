"""The facts that exports leave in the ledger: who took which list out, and who fetched it."""

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("export.made", _("A list was exported: %(rows)s files as %(format)s"))
class Made:
    format: str
    rows: int
    digest: str
    state: str
    clock: str
    unit: int | None
    owner: str
    category: int | None
    language: str
    channel: str
    overdue: bool
    with_words: bool


@event("export.list_made", _("A list was exported: %(list)s, %(rows)s lines as %(format)s"))
class ListMade:
    list: str
    narrowed: tuple[str, ...]
    format: str
    rows: int
    digest: str


@event("export.fetched", _("An exported list was downloaded"))
class Fetched:
    digest: str
