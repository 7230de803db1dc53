"""Mail made to break a reader: something is read, within limits, and nothing is raised."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.channels.mail_in.mails import mail

from pasokh.channels.mail_in import bodies, decoding, fields, html_text, quoting, tnef
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.reading import read

HEAD = b"From: a@b.example\nSubject: x\n"
HTML = HEAD + b"Content-Type: text/html\n\n"


def multipart(parts: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * parts


def deep(levels: int) -> bytes:
    inner = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (each, each)
        for each in range(levels)
    )
    return HEAD + inner + b"Content-Type: text/plain\n\nhi\n"


def wrapped(levels: int) -> bytes:
    content = b"Subject: x\n\nhello"
    for _ in range(levels):
        content = (
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(content)
        )
    return content


#: Bytes, and the fault that tells of the limit they run into.
BEYOND: dict[str, tuple[bytes, str]] = {
    "ten thousand parts": (multipart(10_000), "too-many-parts"),
    "two hundred levels": (deep(200), "too-deep"),
    "a header of a megabyte": (HEAD + b"X-A: " + b"a" * 1_000_000 + b"\n\nhi", "headers-cut"),
    "endless headers": (HEAD + b"X-A: b\n" * 100_000 + b"\nhi", "headers-cut"),
    "an endless fold": (HEAD + b"X-A:" + b"\n a" * 400_000 + b"\n\nhi", "headers-cut"),
    "an endless text": (HEAD + b"\n" + b"word " * 200_000, "text-cut"),
    "no boundary": (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\nhi", "no-boundary"),
}
#: Bytes that make searches go back on their steps, where those are not written with care.
LABYRINTHS: dict[str, bytes] = {
    "messages in messages": HEAD + b"Content-Type: message/rfc822\n\n" * 1000 + b"hi",
    "base64 in base64": wrapped(12),
    "quotes": HEAD + b"To: " + b'"\\' * 15_000 + b"\n\n",
    "angles": HEAD + b"To: " + b"<" * 30_000 + b"\n\n",
    "comments": HEAD + b"To: " + b"(" * 30_000 + b"\n\n",
    "encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a" * 3000 + b"\n\n",
    "parameters": HEAD + b"Content-Type: text/plain; " + b'a*0*="' * 4000 + b"\n\n",
    "comments in HTML": HTML + b"<!--" * 200_000,
    "elements nobody closes": HTML + b"<div>" * 200_000,
    "quotations": HTML + b"<blockquote>" * 50_000 + b"</blockquote>" * 50_000,
    "heads that are none": HTML + b"<header>" * 100_000 + b"</header",
    "attributions": HEAD + b"\n" + b"On a b c d e f:\n" * 20_000,
    "addresses": HEAD + b"\n" + (b"<a@" * 100 + b":\n") * 1300,
    "soft lines": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 100_000,
    "uuencoded files": HEAD + b"\n" + b"begin 644 a\nMMM\n" * 50_000,
    "boundaries in a line": multipart(1) + b"--b" * 300_000,
    "a server's words": b"From: MAILER-DAEMON@x.y\n" + deep(3000),
    "zeros": b"\0" * 500_000,
}


def bounded(read_mail: Parsed, content: bytes) -> None:
    """Nothing that was read is more than its limit, and all of it can be stored."""
    assert len(read_mail.text) <= bodies.LONGEST_TEXT
    assert len(read_mail.html) <= bodies.LONGEST_HTML
    assert len(read_mail.files) <= Limits().parts + tnef.MOST_FILES
    assert sum(len(values) for values in read_mail.headers.values()) <= fields.MOST_FIELDS
    assert sum(len(each.content) for each in read_mail.files) <= 2 * len(content)
    for said in (
        read_mail.text,
        read_mail.html,
        read_mail.subject,
        read_mail.new,
        read_mail.folded,
    ):
        assert "\0" not in said
        said.encode("utf-8")
    assert "unreadable" not in read_mail.faults


@pytest.mark.parametrize(("content", "fault"), BEYOND.values(), ids=BEYOND)
def test_what_is_beyond_a_limit_is_told(content: bytes, fault: str) -> None:
    found = read(content)

    bounded(found, content)
    assert fault in found.faults
    assert found.sender is not None


@pytest.mark.parametrize("content", LABYRINTHS.values(), ids=LABYRINTHS)
def test_labyrinths_are_left_again(content: bytes) -> None:
    bounded(read(content), content)


def test_names_of_files_turn_nothing_round_and_lead_nowhere() -> None:
    given = {
        "utf-8''photo%E2%80%AEgpj.exe": "photogpj.exe",
        "utf-8''..%2F..%2Fetc%2Fpasswd": "passwd",
        "utf-8''C%3A%5Cwindows%5Cx.dll": "x.dll",
        "utf-8''%E2%80%8B.htaccess": "htaccess",
        "utf-8''a%00b.txt": "ab.txt",
        "utf-8''": "file-1.bin",
    }
    for written, name in given.items():
        content = f"Content-Disposition: attachment; filename*={written}\nContent-Type: a/b\n\nx"
        assert [each.name for each in read(content.encode()).files] == [name]


def test_surrogates_and_zeros_are_shown_as_missing() -> None:
    html = read(HTML + b"<p>a&#xD800;b&#0;c</p>").text
    seven = read(HEAD + b"Content-Type: text/plain; charset=utf-7\n\na+2AA-b")

    assert html == "a\ufffdb\ufffdc"
    assert seven.text.encode() == "a\ufffdb".encode()
    assert read(HEAD + b"\na\0b").text == "a\ufffdb"


def test_charsets_that_are_none_are_not_called() -> None:
    for claimed in ("idna", "punycode", "unicode_escape", "rot13", "base64", "hex", "../x", "\0"):
        assert decoding.text(b"x\\u0041" * 3 + b"\xe9", claimed)[0].startswith("x\\u0041")


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=600))
@example(content=b"")
@example(content=b"\xff\xfe\0")
def test_any_bytes_are_read(content: bytes) -> None:
    bounded(read(content), content)
    bounded(read(HEAD + content), HEAD + content)


GOOD = mail(files=(("عکس.png", b"\x89PNG" * 20),))
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                b"\n",
                b"\r\n",
                b"\n\n",
                b"--b\n",
                b"--b--\n",
                b" ",
                b"; ",
                b"=?utf-8?b?2Yc?=",
                b"<a@b>",
            ),
            *(b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"Return-Path: <>\n"),
            *(b"multipart/mixed; boundary=b", b"multipart/alternative; boundary=b", b"text/html"),
            *(b"message/rfc822", b"message/delivery-status", b"text/plain; charset=", b"utf-16"),
            *(
                b"Content-Transfer-Encoding: ",
                b"base64",
                b"quoted-printable",
                b"x-uuencode",
                b"=D8",
            ),
            *(
                b"application/ms-tnef",
                b"\x78\x9f\x3e\x22\1\0",
                b"filename*0*=",
                b"utf-8''%D8",
                b"\xd8",
            ),
            *(
                b"> ",
                b"-- \n",
                b"wrote:\n",
                b"begin 644 a\nM",
                b"<blockquote>",
                b"<!--",
                b"&#xD800;",
            ),
        ]
    ),
    max_size=40,
).map(b"".join)


@settings(max_examples=100, deadline=None)
@given(content=PIECES)
def test_pieces_of_mail_in_any_order_are_read(content: bytes) -> None:
    bounded(read(content), content)


@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=4)), min_size=1, max_size=8))
def test_a_good_mail_with_bytes_changed_is_read(cuts: list[tuple[int, bytes]]) -> None:
    content = bytearray(GOOD)
    for at, put in cuts:
        content[at : at + len(put)] = put
    bounded(read(bytes(content)), bytes(content))


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.sampled_from("a> :-\n*<@1ن" + chr(0x202E)), max_size=200))
def test_new_words_and_folded_ones_are_all_words(text: str) -> None:
    new, folded = quoting.parted(text)
    assert sorted(f"{new}\n{folded}".split()) == sorted(text.split())


@pytest.mark.parametrize("reader", [html_text.text, lambda text: tnef.read(text.encode())])
@settings(max_examples=100, deadline=None)
@given(text=st.text(st.sampled_from("<>/abp \"'=&#;x-!\n"), max_size=120))
def test_the_small_readers_take_anything(reader: Callable[[str], object], text: str) -> None:
    reader(text)
    reader("\x78\u009f\x3e\x22" + text)
