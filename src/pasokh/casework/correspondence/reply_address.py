"""The keyed address at which an answer to a letter of one file arrives. Pure.

`complaints@example.org` answers for file P-000042-7 at
`complaints+p-000042-7.q3zy…@example.org`: the tag is a keyed hash of the reference, so nobody can
make up the address of another's file. It says only which file is meant; who may add to it is
judged by the sender.
"""

import base64
import re

from pasokh.kernel import codes, refs

_TAG_BYTES = 10  # 80 bits in 16 letters
_LONGEST_LOCAL = 64  # octets, RFC 5321, 4.5.3.1.1
#: Whatever stands between mailbox and reference: mail servers differ in what they cut at.
_SAID = re.compile(r"(p-[0-9]+-[0-9])\.([a-z2-7]{16})$", re.IGNORECASE | re.ASCII)


def made(mailbox: str, ref: str, key: bytes, separator: str = "+") -> str:
    """The reply address of a file; the bare mailbox when its name leaves no room for a tag, or
    when nothing separates it from the mailbox.
    """
    local, _, domain = mailbox.rpartition("@")
    tagged = f"{local}{separator}{ref.lower()}.{_tag(ref, key)}"
    room = len(tagged.encode()) <= _LONGEST_LOCAL
    return f"{tagged}@{domain}" if separator and room else mailbox


def read(address: str, key: bytes) -> str | None:
    """The reference that an address speaks for, or None when it is no reply address of ours."""
    local = address.strip().rpartition("@")[0]
    if len(local) > _LONGEST_LOCAL or not (said := _SAID.search(local)):
        return None
    ref, tag = refs.read(said[1]), said[2].lower()
    return ref if ref and codes.same(tag.encode(), _tag(ref, key).encode()) else None


def _tag(ref: str, key: bytes) -> str:
    keyed = codes.keyed_hash("reply-address", ref, key)[:_TAG_BYTES]
    return base64.b32encode(keyed).decode("ascii").lower()
