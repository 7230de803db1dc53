"""What a file is, judged by how it begins; its name and what a browser says count for nothing."""

import puremagic

#: As much of a file as is looked at.
HEAD = 64 * 1024
UNKNOWN = "application/octet-stream"
PROGRAM = "application/x-executable"

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"#!")


def kind_of(head: bytes) -> str:
    """Return the media type of a file that begins so; never fails."""
    head = head[:HEAD]
    if head.startswith(_PROGRAMS):
        return PROGRAM
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    return found[:100] or ("text/plain" if _is_text(head) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    try:
        text = head[: HEAD - 4].decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # a letter cut in two at the end is no fault
            return False
        text = head[: error.start].decode()
    return bool(text) and "\0" not in text
