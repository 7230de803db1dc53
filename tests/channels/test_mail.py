"""One letter as one mail: its headers are broken into lines once and for all."""

from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from tests.casework.conftest import START

from pasokh.casework.correspondence.composed import Composed, Office
from pasokh.channels.mail import POLICY, mail

LONG = "امور مشتریان فروشگاه زنجیره‌ای لوازم خانگی هیرمند در شهر تهران"


def letter(**changes: Any) -> Composed:
    given = {
        "kind": "progress",
        "language": "fa",
        "subject": "شکایت P-000012-3: گزارش پیشرفت کار و تاریخ پاسخ",
        "reference": "P-000012-3",
        "dated": "۱ آذر ۱۴۰۵",
        "office": Office(name=LONG),
        "salutation": "",
        "blocks": (),
        "valediction": "",
        "signature": (),
    }
    return Composed(**(given | changes))


@pytest.mark.parametrize("address", ["a@b.example", "مریم@b.example"])
def test_headers_read_the_same_the_second_time_and_lines_stay_short(address: str) -> None:
    first, second = (
        mail(letter(), to=address, mailbox="o@h.example", message_id="m", at=START).as_bytes()
        for _ in range(2)
    )

    assert first.partition(b"\r\n\r\n")[0] == second.partition(b"\r\n\r\n")[0].replace(
        boundary(second), boundary(first)
    )
    assert max(map(len, first.split(b"\r\n"))) <= 2 * (POLICY.max_line_length or 0)


@pytest.mark.parametrize("name", [LONG, "فروشگاه اینترنتی", "Hirmand, Ltd. – Head Office"])
def test_each_office_stands_by_its_own_name(name: str) -> None:
    sent = mail(
        letter(office=Office(name=name)),
        to="a@b.example",
        mailbox="o@h.example",
        message_id="m",
        at=START,
    )
    read = message_from_bytes(sent.as_bytes())
    said = {which: str(make_header(decode_header(read[which]))) for which in ("From", "Reply-To")}

    assert said["From"] == said["Reply-To"]
    assert said["From"].replace('"', "") == f"{name} <o@h.example>"


def boundary(sent: bytes) -> bytes:
    return sent.partition(b'boundary="')[2].partition(b'"')[0]
