"""The keyed address at which an answer to a letter of one file arrives. Pure.

`complaints@example.org` answers for file P-000042-7 at
`complaints+p-000042-7.q3zy…@example.org`: the tag is a keyed hash of the reference, so nobody can
make up the address of another's file. It says only which file is meant; who may add to it is
judged by the sender.
"""

import base64

from pasokh.kernel import codes, refs

_TAG_BYTES = 10  # 80 bits in 16 letters
_LONGEST_LOCAL = 64  # octets, RFC 5321, 4.5.3.1.1


def made(mailbox: str, ref: str, key: bytes) -> str:
    """The reply address of a file; the bare mailbox when its name leaves no room for a tag."""
    local, _, domain = mailbox.rpartition("@")
    tagged = f"{local}+{ref.lower()}.{_tag(ref, key)}"
    return f"{tagged}@{domain}" if len(tagged.encode()) <= _LONGEST_LOCAL else mailbox


def read(address: str, key: bytes) -> str | None:
    """The reference that an address speaks for, or None when it is no reply address of ours."""
    local = address.strip().rpartition("@")[0]
    said, _, tag = local.rpartition("+")[2].rpartition(".")
    ref = refs.read(said)
    if ref is None or not codes.same(tag.lower().encode(), _tag(ref, key).encode()):
        return None
    return ref


def _tag(ref: str, key: bytes) -> str:
    keyed = codes.keyed_hash("reply-address", ref, key)[:_TAG_BYTES]
    return base64.b32encode(keyed).decode("ascii").lower()
