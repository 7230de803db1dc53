"""Which fields of programs are personal: none, a program is nobody."""

from pasokh.kernel.personal import Personal

PERSONAL: tuple[Personal, ...] = ()
