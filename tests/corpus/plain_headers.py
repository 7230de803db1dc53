"""Headers without any fault, as the standard library's strict policy reads them.

No expected values of these suites are at hand. Where the standard library finds no defect in
a header and no letter in it that it could not read, both readers must say the same.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from pasokh.channels.mail_in.headers import clean, one_line
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.reading import read


def compared(folder: Path) -> Iterator[dict[str, bool]]:
    """For each message, which of the headers that are without fault were read the same."""
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".eml", ".txt") and path.parent.name != "files":
            raw = path.read_bytes()
            yield dict(_same(message_from_bytes(raw, policy=default), read(raw)))


def _same(strict: Any, mail: Parsed) -> Iterator[tuple[str, bool]]:
    sender, subject, date = (_faultless(strict, name) for name in ("from", "subject", "date"))
    if sender and sender.addresses and sender.addresses[0].domain:
        first = sender.addresses[0]
        told = (mail.sender.name, mail.sender.address) if mail.sender else ()
        yield "sender", told == (one_line(first.display_name), clean(first.addr_spec))
    if subject:
        yield "subject", one_line(str(subject)) == mail.subject
    if date and date.datetime:
        yield (
            "date",
            mail.date is not None and mail.date.utctimetuple() == date.datetime.utctimetuple(),
        )


def _faultless(strict: Any, name: str) -> Any:
    value = strict[name]
    return None if value is None or value.defects or "\ufffd" in str(value) else value
