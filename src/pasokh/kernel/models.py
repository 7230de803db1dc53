"""The tables of this app, each in the `models.py` of its context."""

from pasokh.kernel.ledger.models import Checkpoint as Checkpoint
from pasokh.kernel.ledger.models import Cursor as Cursor
from pasokh.kernel.ledger.models import Entry as Entry
from pasokh.kernel.ledger.models import Node as Node
from pasokh.kernel.ledger.models import Pending as Pending
from pasokh.kernel.ledger.models import Sealed as Sealed
from pasokh.kernel.ledger.models import Sequenced as Sequenced
