"""Outlook's own wrapping, written here byte by byte as its specification has it."""

import struct

from pasokh.channels.mail_in import rtf, tnef
from pasokh.channels.mail_in.reading import read

#: A rich text packed with references into the window (MS-OXRTFCP).
PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 0, len(value)) + value + b"\0\0"


def properties(*told: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(told))
    for name, kind, value in told:
        out += struct.pack("<HHII", kind, name, 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def wrapping(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


FILE = attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x8010, b"RECEIP~1.PDF\0")
WRAPPED = wrapping(
    attribute(1, 0x9007, struct.pack("<Q", 1256)),
    attribute(1, 0x8004, "شكايت".encode("cp1256") + b"\0"),
    attribute(1, 0x9003, properties((0x1000, 0x1F, "یخچال سرد نیست".encode("utf-16-le")))),
    FILE,
    attribute(2, 0x800F, b"%PDF-1.7"),
    attribute(
        2,
        0x9005,
        properties(
            (0x3707, 0x1F, "رسید خرید.pdf\0".encode("utf-16-le")),
            (0x370E, 0x1E, b"application/pdf\0"),
        ),
    ),
)


def test_words_subject_and_files_come_out_of_the_wrapping() -> None:
    found = tnef.read(WRAPPED)

    assert found is not None
    assert (found.subject, found.text, found.fault) == ("شكايت", "یخچال سرد نیست", "")
    assert [(each.name, each.kind, each.content) for each in found.files] == [
        ("رسید خرید.pdf", "application/pdf", b"%PDF-1.7")
    ]


def test_a_mail_that_holds_a_wrapping_is_read_as_if_there_were_none() -> None:
    mail = read(b"From: a@b.example\nContent-Type: application/ms-tnef\n\n" + WRAPPED)

    assert (mail.subject, mail.text) == ("شكايت", "یخچال سرد نیست")
    assert [each.name for each in mail.files] == ["رسید خرید.pdf"]
    assert mail.faults == ()


def test_a_wrapping_cut_anywhere_gives_what_it_still_has() -> None:
    for end in range(6, len(WRAPPED)):
        found = tnef.read(WRAPPED[:end])
        assert found is not None
        assert found.text in ("", "یخچال سرد نیست")
    assert tnef.read(b"\x89PNG") is None


def test_what_is_no_wrapping_stays_a_file() -> None:
    mail = read(b"Content-Disposition: attachment; filename=winmail.dat\n\n\x89PNG")

    assert [each.name for each in mail.files] == ["winmail.dat"]
    assert mail.faults == ("broken-tnef",)


def test_rich_text_is_unpacked_and_its_words_are_read() -> None:
    rich = rtf.unpacked(PACKED)

    assert rich == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf.text(rich) == "hello world"
    assert rtf.text(rb"{\rtf1\ansi\ansicpg1256{\fonttbl{\f0 Tahoma;}}\'d3\'e1\'c7\'e3\par b}") == (
        "سلام\nb"
    )
    assert rtf.text(rb"{\rtf1 \u1587?\u1604?{\*\htmltag <b>}\htmlrtf x\htmlrtf0 y}") == "سلy"
    packed = wrapping(attribute(1, 0x9003, properties((0x1009, 0x102, PACKED))))
    assert read(b"Content-Type: application/ms-tnef\n\n" + packed).text == "hello world"


def test_packed_text_that_refers_to_nothing_ends() -> None:
    for end in range(len(PACKED)):
        rtf.text(rtf.unpacked(PACKED[:end]))
        rtf.text(rtf.unpacked(PACKED[:end] + b"\xff" * 40))
    assert len(rtf.unpacked(struct.pack("<II", 9, 2**32 - 1) + b"LZFu" + b"\0" * 50)) < 60
