"""One letter as one mail, headers and all. Knows neither server nor database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.rendering import html, text
from pasokh.casework.correspondence.texts import speaker
from pasokh.kernel import files

#: Headers that are mostly the same on every letter of an office. To break a Persian name into
#: lines takes longer than everything else about a mail.
_ALIKE = frozenset({"From", "Reply-To"})
#: Headers of Message-IDs: each stands whole on a line, while the library would encode a long one.
_SIGNS = frozenset({"In-Reply-To", "References"})


class _Policy(EmailPolicy):
    def fold_binary(self, name: str, value: Any) -> bytes:
        if name in _SIGNS:
            return b"%s: %s\r\n" % (name.encode(), b"\r\n ".join(value.encode("ascii").split()))
        return _folded(self, name, value) if name in _ALIKE else super().fold_binary(name, value)


@lru_cache(maxsize=20)
def _folded(policy: EmailPolicy, name: str, value: Any) -> bytes:
    return EmailPolicy.fold_binary(policy, name, value)


#: Lines are short and in ASCII, whatever servers lie on the way, unless an address is not.
POLICY = _Policy(linesep="\r\n", cte_type="7bit", max_line_length=76)
_UTF8 = POLICY.clone(utf8=True)


@dataclass(frozen=True)
class Answerable:
    """How a mail is answered: the address for answers, and the mails that it follows, oldest first.

    Identifiers without brackets; ours may lack the domain.
    """

    reply_to: str
    follows: Sequence[str] = ()


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a mail."""

    name: str
    content: bytes


def mail(
    letter: Composed,
    *,
    to: str,
    mailbox: str,
    message_id: str,
    at: datetime,
    answerable: Answerable | None = None,
    enclosed: Sequence[Enclosed] = (),
) -> EmailMessage:
    """A letter as a mail from the office's own mailbox; ValueError for what is not an address.

    It says that a program sent it (RFC 3834), so that no other program answers. One that can be
    answered begins with the line above which the answer is looked for.
    """
    sender = _address(mailbox, letter.office.name)
    message = EmailMessage(policy=POLICY if to.isascii() else _UTF8)
    message["From"] = sender
    message["To"] = _address(to)
    message["Reply-To"] = _address(answerable.reply_to) if answerable else sender
    for name, value in _follows(answerable, sender.domain):
        message[name] = value
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    above = speaker(letter.language)("mail.write_above") if answerable else ""
    message.set_content(text(letter, above=above), cte="base64")
    message.add_alternative(html(letter, above=above), subtype="html", cte="base64")
    for file in enclosed:
        _enclose(message, file)
    message["Content-Language"] = letter.language  # last: setting the content clears its headers
    return message


#: Kinds under which a file goes out, by its name; any other goes as plain bytes.
_KINDS = {
    ".pdf": ("application", "pdf"),
    ".jpg": ("image", "jpeg"),
    ".jpeg": ("image", "jpeg"),
    ".png": ("image", "png"),
}


def _enclose(message: EmailMessage, file: Enclosed) -> None:
    name = files.clean_name(file.name)
    main, sub = _KINDS.get(PurePosixPath(name).suffix.lower(), ("application", "octet-stream"))
    message.add_attachment(file.content, maintype=main, subtype=sub, filename=name)


def _follows(answerable: Answerable | None, domain: str) -> Iterator[tuple[str, str]]:
    if answerable and answerable.follows:
        named = [f"<{one if '@' in one else f'{one}@{domain}'}>" for one in answerable.follows]
        yield "In-Reply-To", named[-1]
        yield "References", " ".join(named)


def _address(given: str, name: str = "") -> Address:
    """An address with its domain as the domain name system has it."""
    local, at, domain = given.strip().rpartition("@")
    if not (local and at and domain) or any(c.isspace() or ord(c) < 33 for c in local + domain):
        raise ValueError("not an address")
    ascii_domain = domain.encode("idna").decode("ascii")
    return Address(display_name=_one_line(name), username=local, domain=ascii_domain)


def _one_line(name: str) -> str:
    return " ".join(name.split())
