"""One mail out of its bytes, whatever state those are in."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pasokh.channels.mail_in.parsed import Address
from pasokh.channels.mail_in.reading import read

COMPLAINT = "سلام، یخچالی که خریدم سرد نمی‌کند و کسی پاسخ نمی‌دهد."


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_a_plain_mail_is_read_whole() -> None:
    mail = read(
        crlf(
            "Return-Path: <maryam@example.org>\n"
            "Delivered-To: help+p-1@shop.example\n"
            "From: =?utf-8?B?2YXYsduM2YU=?= <maryam@Example.ORG>\n"
            "To: Help <help@shop.example>, second@shop.example\n"
            "Subject: =?utf-8?q?=DB=8C=D8=AE=DA=86=D8?=\n =?utf-8?q?=A7=D9=84?=\n"
            "Date: Sat, 4 May 2024 10:20:30 +0330\n"
            "Message-ID: <one@example.org>\n"
            "References: <a@x>\n\t<b@x>\n"
            "Content-Type: text/plain; charset=utf-8\n\n" + COMPLAINT + "\n"
        )
    )

    assert mail.sender == Address("maryam@example.org", "مریم")
    assert mail.subject == "یخچال"
    assert [each.address for each in mail.to] == ["help@shop.example", "second@shop.example"]
    assert (mail.delivered_to, mail.return_path) == (
        ("help+p-1@shop.example",),
        "maryam@example.org",
    )
    assert mail.date == datetime(2024, 5, 4, 10, 20, 30, tzinfo=timezone(timedelta(hours=3.5)))
    assert (mail.message_id, mail.references) == ("one@example.org", ("a@x", "b@x"))
    assert (mail.text.strip(), mail.new, mail.folded) == (COMPLAINT, COMPLAINT, "")
    assert (mail.language, mail.files, mail.faults) == ("fa", (), ())


@pytest.mark.parametrize(
    ("written", "claimed"),
    [
        ("windows-1256", "windows-1256"),
        ("windows-1256", "iso-8859-1"),
        ("windows-1256", "us-ascii"),
        ("windows-1256", "utf-8"),
        ("windows-1256", "x-nobody-knows"),
        ("windows-1256", "iso-8859-6"),
        ("utf-8", "windows-1256"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", ""),
        ("utf-8", "utf-16"),
    ],
)
def test_text_that_lies_about_its_charset_is_read_by_evidence(written: str, claimed: str) -> None:
    said = "سلام. يخچالي که خريدم سرد نمي‌کند و کسي پاسخ نمي‌دهد. لطفا رسيدگي کنيد."
    said = said.replace("ي", "ی") if written == "utf-8" else said
    kind = f"Content-Type: text/plain; charset={claimed}\n\n" if claimed else "\n"

    mail = read(b"From: a@b.example\n" + kind.encode() + said.encode(written))

    assert mail.text == said


def test_a_mail_of_several_parts_gives_one_text_and_its_files() -> None:
    photo = base64.b64encode(b"\xff\xd8photo").decode()
    mail = read(
        crlf(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n"
            "--m\nContent-Type: multipart/alternative; boundary=a\n\n"
            "--a\nContent-Type: text/plain\n\nThe fridge is warm.\n"
            "--a\nContent-Type: text/html\n\n<p>The fridge is <b>warm</b>.</p>\n--a--\n"
            "--m\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n"
            "Content-Disposition: attachment;\n filename*0*=utf-8''%D8%B9%DA%A9;\n"
            " filename*1*=%D8%B3.jpg\n\n"
            f"{photo}\n--m--\n"
        )
    )

    assert mail.text == "The fridge is warm."
    assert mail.html == "<p>The fridge is <b>warm</b>.</p>"
    assert [(each.name, each.kind, each.content) for each in mail.files] == [
        ("عکس.jpg", "image/jpeg", b"\xff\xd8photo")
    ]


def test_whatever_bytes_come_something_is_read() -> None:
    assert read(b"").text == ""
    assert read(b"\0\xff" * 9).faults != ("unreadable",)
    assert read(b"just words").text == "just words"
    assert read(b"From: a@b.example\nDate: x\n\nwords").date is None
    assert read(b"From: a@b.example\nDate: 1 Jan 99 25:00\n\n").date is None
    assert read(b"Date: Mon, 1 Jan 2024 00:00:00\n\n").date == datetime(2024, 1, 1, tzinfo=UTC)
