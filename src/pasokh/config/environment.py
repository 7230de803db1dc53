"""What the surroundings say, read once. Knows neither Django nor the database."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

SHARED = Path("/var/lib/pasokh")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

#: Every variable that Pasokh reads; `docs/operations.md` explains each.
NAMES = (
    "DATABASE_URL",
    "PASOKH_ADDRESS",
    "PASOKH_DATA",
    "PASOKH_ENGINE",
    "PASOKH_HOSTS",
    "PASOKH_LANG",
    "PASOKH_MAIL_AUTHORITIES",
    "PASOKH_MAIL_FOLDER",
    "PASOKH_MAIL_LIMITS",
    "PASOKH_MAIL_LISTENER",
    "PASOKH_NOTICE_CAPS",
    "PASOKH_OUTGOING_NETWORKS",
    "PASOKH_PROXIES",
    "PASOKH_SCANNER",
    "PASOKH_REPLY_SEPARATOR",
    "PASOKH_SMTP_URL",
    "PASOKH_UNCHECKED",
)


@dataclass(frozen=True)
class Environment:
    """The settings an operator may give."""

    data: Path
    #: Where root keeps what the account of the database must reach; unused by other users.
    engine: Path = SHARED
    database_url: str | None = None
    #: The public address without a closing slash, such as `https://complaints.example.org`.
    address: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    #: Addresses and networks of reverse proxies whose forwarded headers are believed.
    proxies: tuple[str, ...] = ()
    #: Networks that are not public and may be spoken to by HTTP all the same.
    outgoing: tuple[str, ...] = ()
    #: The mail server, such as `smtp://user:password@mail.example.org:587`, or `smtps://…`.
    smtp_url: str | None = None
    #: Letters are written here as `.eml` files instead of being sent: for demo and tests.
    mail_folder: Path | None = None
    #: The certificates, in PEM, of those who may vouch for the signatures of mail (S/MIME).
    mail_authorities: Path | None = None
    #: What of a mail is taken in and read, and how many in an hour: those that differ from our own.
    mail_limits: Mapping[str, int] = field(default_factory=dict)
    #: Where mail is taken over from a mail server, such as `lmtp://127.0.0.1:2424`.
    mail_listener: str | None = None
    #: The virus scanner, clamd: `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`.
    scanner: str | None = None
    #: Whether a file that no scanner has found clean stays closed.
    unchecked_waits: bool = False
    #: What the mail server takes between a mailbox and what follows it; empty where it takes none.
    reply_separator: str = "+"
    #: The most mails in an hour to an unconfirmed address, to those of a domain, and to all.
    notice_caps: tuple[int, int, int] = (3, 200, 2000)

    @property
    def secrets(self) -> Path:
        return self.data / "secrets"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def demo_mail(self) -> Path:
        """Where a demonstration writes its letters."""
        return self.data / "demo-mail"

    @property
    def demo(self) -> bool:
        """Whether the record kept here says of itself that it is a demonstration's."""
        try:
            return (self.secrets / "ledger.origin").read_text("ascii").startswith("pasokh-demo/")
        except (OSError, ValueError):
            return False

    @property
    def https(self) -> bool:
        """Whether visitors come by TLS (through a proxy: Pasokh itself speaks plain HTTP)."""
        return (self.address or "").startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    address = environ.get("PASOKH_ADDRESS", "").strip().rstrip("/") or None
    own = urlsplit(address).hostname if address else None
    return Environment(
        data=_path(environ.get("PASOKH_DATA")) or default_data(),
        engine=_path(environ.get("PASOKH_ENGINE")) or SHARED,
        database_url=environ.get("DATABASE_URL") or None,
        address=address,
        hosts=tuple(
            dict.fromkeys((*_list(environ.get("PASOKH_HOSTS")), *([own] if own else ()), *LOOPBACK))
        ),
        proxies=_list(environ.get("PASOKH_PROXIES")),
        outgoing=_list(environ.get("PASOKH_OUTGOING_NETWORKS")),
        smtp_url=environ.get("PASOKH_SMTP_URL") or None,
        mail_folder=_path(environ.get("PASOKH_MAIL_FOLDER")),
        mail_authorities=_path(environ.get("PASOKH_MAIL_AUTHORITIES")),
        mail_limits=_limits(environ.get("PASOKH_MAIL_LIMITS")),
        mail_listener=environ.get("PASOKH_MAIL_LISTENER", "").strip() or None,
        scanner=environ.get("PASOKH_SCANNER") or None,
        unchecked_waits=environ.get("PASOKH_UNCHECKED", "").strip() == "wait",
        reply_separator=_separator(environ.get("PASOKH_REPLY_SEPARATOR")),
        notice_caps=_caps(environ.get("PASOKH_NOTICE_CAPS")),
    )


def default_data() -> Path:
    """`/var/lib/pasokh` for root, otherwise the user's own data folder."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return SHARED
    return user_data_path("pasokh")


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _separator(text: str | None) -> str:
    said = (text or Environment.reply_separator).strip()
    if said not in (*"+-=_", "none"):
        raise ValueError("PASOKH_REPLY_SEPARATOR is one of + - = _, or none")
    return "" if said == "none" else said


def _caps(text: str | None) -> tuple[int, int, int]:
    said = _list(text) or tuple(map(str, Environment.notice_caps))
    if len(said) != 3 or not all(one.isdecimal() and int(one) for one in said):
        raise ValueError("PASOKH_NOTICE_CAPS are three numbers, such as 3 200 2000")
    address, domain, most = map(int, said)
    return address, domain, most


#: The most that each limit of mail may be set to: beyond it no machine would answer in time.
_MOST = {"megabytes": 60, "parts": 10_000, "depth": 50, "address": 100_000, "domain": 1_000_000}


def _limits(text: str | None) -> dict[str, int]:
    found = {}
    for one in _list(text):
        name, _, number = one.partition("=")
        if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= _MOST.get(name, 0)):
            known = ", ".join(f"{each} up to {most}" for each, most in _MOST.items())
            raise ValueError(f"PASOKH_MAIL_LIMITS are like parts=500 depth=12; {known}")
        found[name] = int(number)
    return found


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").replace(",", " ").split() if part)
