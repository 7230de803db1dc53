"""The tables of this app, each in the `models.py` of its context."""

from pasokh.policy.taxonomy.models import OutsideBody as OutsideBody
from pasokh.policy.taxonomy.models import Term as Term
