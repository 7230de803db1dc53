"""Where Pasokh may speak to by HTTP: pages read strictly, machines judged by their address.

Somebody who sets up a receiver must not make this server ask machines that only it can reach.
Nothing is looked up here: `read` judges what was written, `allowed` what a name turned out to mean.
"""

import ipaddress
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pasokh.kernel.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
#: Below this number only the two ports of the web: a mail or a file server is no receiver.
FREE_PORTS = 1024

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*\Z")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z")
_PLAIN = re.compile(r"[!-~]+\Z")
_UNICAST = ipaddress.ip_network("2000::/3")
#: Public by their number and still nobody else's business: relays that lead anywhere, and the
#: machine that tells a cloud's guests their secrets.
_NEVER = tuple(
    ipaddress.ip_network(one)
    for one in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
    )
)


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """The networks among what an operator wrote; what is none opens nothing."""
    found = []
    for one in written:
        with suppress(ValueError):
            found.append(ipaddress.ip_network(one, strict=False))
    return tuple(found)


@dataclass(frozen=True)
class Target:
    """A page to speak to: `host` in ASCII as the name system has it, `path` with its question."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the header `Host` gives it: in brackets if need be, with an unusual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str) -> Target:
    """Read the address of a page. Refuses with `target-unreadable`, `-scheme`, `-secret`.

    Only one way of writing an address is taken: a number that merely could be one (`0x7f.1`,
    `2130706433`) is refused before anybody guesses what it means.
    """
    if len(url) > LONGEST or any(c.isspace() or ord(c) < 33 or c == "\\" for c in url):
        raise Refused("target-unreadable")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("target-unreadable") from None
    if parts.scheme not in PORTS:
        raise Refused("target-scheme")
    if "@" in parts.netloc:
        raise Refused("target-secret")
    host = _host(parts.hostname or "", bracketed="[" in parts.netloc)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if host is None or port == 0 or not _PLAIN.match(path):
        raise Refused("target-unreadable")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def _host(written: str, *, bracketed: bool) -> str | None:
    """A name or an address of a machine in its one form; None for what is neither."""
    if bracketed:
        try:
            return None if "%" in written else str(ipaddress.IPv6Address(written))
        except ValueError:
            return None
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return None
    if not _HOST.match(host):
        return None
    if _NUMBER.match(host.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            return None
    return host


def allowed(address: str, port: int, *, within: Iterable[Network] = ()) -> bool:
    """Whether a machine may be spoken to: it is public, or in a network the operator named.

    Public is what anybody could reach: no loopback, private, shared, link-local, documentation
    or multicast address, none that carries another one inside, and the ports of the web or free
    ones.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(found.version == one.version and found in one for one in within):
        return True
    return _public(found) and (port in PORTS.values() or port >= FREE_PORTS)


def _public(address: Address) -> bool:
    if address.version == 6 and address not in _UNICAST:
        return False
    if any(address.version == one.version and address in one for one in _NEVER):
        return False
    return address.is_global and not address.is_multicast
