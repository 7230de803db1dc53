"""What mail servers tell in a form for programs: delivery and feedback reports. Pure."""

import re
from collections.abc import Iterator, Mapping

from pasokh.channels.mail_in import decoding, fields, headers
from pasokh.channels.mail_in.parsed import Status

#: Recipients of one report and fields of one feedback report; the rest is left out.
MOST_RECIPIENTS, MOST_FIELDS = 100, 50
#: Characters of a text in which Message-IDs of returned letters are looked for, and their number.
SEARCHED, MOST_RETURNED = 200_000, 20

_GAP = re.compile(rb"(?:\r?\n){2,}")
_CODE = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY = re.compile(r"\b([45])\d\d[ -]")
_ID_LINE = re.compile(r"^[>|\s]{0,10}Message-I[dD]:[ \t]*(?:\r?\n[ \t]+)?<([^<>\s]{1,400})>", re.M)


def statuses(raw: bytes) -> Iterator[Status]:
    """What a `message/delivery-status` tells of each recipient (RFC 3464, 2.3)."""
    for block in _GAP.split(raw.strip(), maxsplit=MOST_RECIPIENTS + 1)[: MOST_RECIPIENTS + 1]:
        told = fields.read(block.lstrip(b"\r\n") + b"\r\n\r\n", 0, len(block) + 4)[0]
        if found := _status(told):
            yield found


def _status(told: fields.Fields) -> Status | None:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        recipient = _address(told.raw(name))
        if recipient:
            break
    else:
        return None
    said = decoding.header(told.raw("diagnostic-code"))[:1000]
    status = _CODE.search(decoding.header(told.raw("status")))
    action = decoding.header(told.raw("action")).strip().lower()
    return Status(
        recipient,
        permanent(action, status[1] if status else "", said),
        status[0] if status else "",
        said,
    )


def permanent(action: str, first: str, said: str) -> bool | None:
    """Whether a recipient is unreachable for good, by action, status and words.

    A `failed` whose status begins with 4 was tried until the server gave up: that is temporary,
    for the address exists as far as anybody knows.
    """
    if action in ("delivered", "relayed", "expanded"):
        return None
    if action == "delayed":
        return False
    if not first:
        reply = _REPLY.search(said)
        first = reply[1] if reply else ""
    return first != "4"


def _address(raw: bytes) -> str:
    """The address in `rfc822; who@where`."""
    said = decoding.header(raw)
    kind, parted, address = said.partition(";")
    found = headers.addresses((address if parted else kind).strip().encode("utf-8", "replace"))
    return found[0].address if found else ""


def feedback(raw: bytes) -> Mapping[str, str]:
    """The fields of a `message/feedback-report`, the first of each name."""
    told = fields.read(raw.strip() + b"\r\n\r\n", 0, len(raw.strip()) + 4)[0].all[:MOST_FIELDS]
    return {name.decode("ascii"): decoding.header(value)[:1000] for name, value in reversed(told)}


def returned(text: str) -> tuple[str, ...]:
    """Message-IDs in headers that a server copied into its words."""
    found = _ID_LINE.finditer(text[:SEARCHED])
    return tuple(dict.fromkeys(each[1] for each in found))[:MOST_RETURNED]
