import pytest

from pasokh.casework.intake.drafts.kinds import HEAD, PROGRAM, UNKNOWN, kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 50, "image/jpeg"),
        (b"%PDF-1.7\n" + b"a" * 50, "application/pdf"),
        ("رسید خرید".encode(), "text/plain"),
        (("آ" * HEAD).encode(), "text/plain"),
        (b"\x00\x01\x02\x03", UNKNOWN),
        (b"", UNKNOWN),
        (b"MZ\x90\x00" + b"\0" * 50, PROGRAM),
        (b"\x7fELF\x02\x01\x01", PROGRAM),
        (b"#!/bin/sh\necho", PROGRAM),
    ],
)
def test_a_file_is_what_it_begins_with(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
