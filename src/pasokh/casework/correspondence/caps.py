"""How many mails may go to addresses that nobody has confirmed, so that no form annoys strangers.

Pure. Whoever files a complaint may write any address in it; what goes there is a fixed text, and
not many of them.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

#: Over how long the mails are counted, and how long one waits that is held.
WITHIN, WAIT = timedelta(hours=1), timedelta(minutes=10)


class Held(StrEnum):
    """Which cap holds a letter back."""

    ADDRESS = "address"
    DOMAIN = "domain"
    ALL = "all"


@dataclass(frozen=True)
class Caps:
    """The most mails in an hour to one address, to all addresses of a domain, and to all."""

    address: int
    domain: int
    all: int


@dataclass
class Noticed:
    """The mails of the last hour: how many to each folded address, and altogether."""

    addresses: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    all: int = 0

    def over(self, address: str, caps: Caps) -> Held | None:
        """Which cap one more mail to an address would be over, or None."""
        if self.addresses[folded(address)] >= caps.address:
            return Held.ADDRESS
        if self.domains[domain(address)] >= caps.domain:
            return Held.DOMAIN
        return Held.ALL if self.all >= caps.all else None

    def add(self, address: str) -> None:
        """Count one more mail."""
        self.addresses[folded(address)] += 1
        self.domains[domain(address)] += 1
        self.all += 1


def folded(address: str) -> str:
    """The mailbox behind an address: what follows a plus, dots and capitals make no other one."""
    local, _, where = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{where}"


def domain(address: str) -> str:
    """The domain of an address, in small letters."""
    return address.strip().lower().rpartition("@")[2]
