"""Everything a colleague does to a file, by address."""

from pasokh.desk.acts import by_name
from pasokh.desk.forms import (
    answering,
    approving,
    authorities,
    judging,
    keeping,
    letters,
    persons,
    talking,
    writing,
)

ACTS = by_name(
    letters.ACTS,
    judging.ACTS,
    answering.ACTS,
    writing.ACTS,
    approving.ACTS,
    talking.ACTS,
    persons.ACTS,
    keeping.ACTS,
    authorities.ACTS,
)
