"""A message's bytes, read as well as they can be: never an exception, never without end.

Which bytes are which part is found by `structure`, what the parts say by `bodies`. Limits are those
of the modules that do the work and of this one; what was beyond one is told in `faults`, and the
bytes themselves are kept by the caller, so every message can be read again by a better reader.
"""

import logging
from dataclasses import replace

from pasokh.channels.mail_in import (
    bodies,
    bounced,
    dates,
    decoding,
    fields,
    headers,
    quoting,
    reports,
)
from pasokh.channels.mail_in.bodies import Body, Keys
from pasokh.channels.mail_in.fields import Fields
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Address, Parsed
from pasokh.channels.mail_in.rules import language
from pasokh.channels.mail_in.structure import Part, Structure
from pasokh.kernel.text import visible

#: Bytes of one message that are looked at.
LARGEST = 64_000_000

_RECIPIENT = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")

logger = logging.getLogger(__name__)


def read(content: bytes, limits: Limits | None = None, keys: Keys = tuple) -> Parsed:
    """Read a message; what cannot be read is told in `faults`, and nothing is raised.

    `keys` are asked for only when something is encrypted.
    """
    try:
        return _read(content, limits or Limits(), keys)
    except Exception:
        logger.exception("a message could not be read")
        text = visible(decoding.text(content[: bodies.LONGEST_TEXT], "")[0]).text
        return Parsed(text=text, new=text, faults=("unreadable",))


def _read(content: bytes, limits: Limits, keys: Keys) -> Parsed:
    cut = len(content) > LARGEST
    content = _begun(content[:LARGEST] if cut else content)
    found = Structure(content, limits)
    body = Body(content, dict.fromkeys(["too-large"] if cut else []) | found.faults, limits=limits)
    body.keys = keys
    body.take(found.root, whole=True)
    hint = _hint(found.root)
    text, html = body.text(), body.html()
    mail = _headers(found.root.fields, hint, body.subject)
    new, folded = quoting.parted(text, mail.sender.name if mail.sender else "")
    mail = replace(
        mail,
        text=text,
        html=html,
        new=new,
        folded=folded,
        language=language.of(new or text),
        files=tuple(body.files),
        faults=tuple(body.faults),
        statuses=tuple(body.statuses),
        feedback=body.feedback,
        signed=body.signed,
        returned=tuple(dict.fromkeys([*body.returned, *reports.returned(text)])),
    )
    if not mail.statuses and not mail.feedback and bounced.looks_so(mail):
        return replace(mail, statuses=bounced.statuses(content, mail))
    return mail


def _begun(content: bytes) -> bytes:
    """The bytes from their first field on, with line ends that can be found."""
    if b"\n" not in content[:2000] and b"\r" in content[:2000]:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content.lstrip(b"\r\n \t\0") if content[:1] in b"\r\n \t\0" else content


def _hint(root: Part) -> str:
    """The charset that raw letters in headers are likely in: the one of the text."""
    for part in (root, *root.parts[:3]):
        if said := fields.params(part.fields.raw("content-type")).get("charset"):
            return said
    return ""


def _headers(found: Fields, hint: str, enclosed: str) -> Parsed:
    decoded: dict[str, list[str]] = {}
    for name, value in found.all:
        said = decoding.header(value, hint)
        said = said if said.isprintable() else visible(said).text
        decoded.setdefault(name.decode("ascii"), []).append(said)
    senders = headers.addresses(found.raw("from"), hint)
    senders = senders or headers.addresses(found.raw("sender"), hint)
    path = found.raw("return-path")
    return Parsed(
        message_id=next(iter(headers.ids([found.raw("message-id")])), ""),
        in_reply_to=headers.ids(found.every("in-reply-to")),
        references=headers.ids(found.every("references")),
        sender=senders[0] if senders else None,
        reply_to=_addresses(found, "reply-to", hint),
        to=_addresses(found, "to", hint),
        cc=_addresses(found, "cc", hint),
        delivered_to=tuple(
            dict.fromkeys(
                each.address for name in _RECIPIENT for each in _addresses(found, name, hint)
            )
        ),
        return_path=headers.clean(path.strip(b"<> ").decode("latin-1")) if path else None,
        subject=headers.one_line(decoded.get("subject", [""])[0]) or enclosed,
        date=dates.date(found.raw("date")),
        headers={name: tuple(values) for name, values in decoded.items()},
    )


def _addresses(found: Fields, name: str, hint: str) -> tuple[Address, ...]:
    values = b",".join(found.every(name))
    return headers.addresses(values[: fields.LONGEST_FIELD], hint) if values else ()
