"""No list names a person."""

from pasokh.kernel.personal import Personal

PERSONAL: tuple[Personal, ...] = ()
