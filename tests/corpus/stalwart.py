"""What a mail parser of others expects of 64 messages, in our values.

Its JSON tells the parts with their headers and which of them are words and which files. Senders,
subjects and dates are compared as they are, words without regard to blanks, files by their names
made safe and their content without regard to line ends. Where that parser leaves a uuencoded file
undone, the file itself is expected; where it could not read a letter and put a sign in its place,
any letter is right.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pasokh.channels.mail_in import decoding, transfer
from pasokh.channels.mail_in.parsed import Enclosed, Parsed
from pasokh.kernel.files import clean_name

Part = Mapping[str, Any]


def messages(corpus: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Each message and what is expected of it."""
    for path in sorted((corpus / "mail/stalwart/resources/eml").rglob("*.eml")):
        yield path, json.loads(path.with_suffix(".json").read_text("utf-8"))


def checked(raw: bytes, expected: Mapping[str, Any], mail: Parsed) -> dict[str, bool]:
    """For each thing expected, whether it was read."""
    root = expected["parts"][0]
    found: dict[str, bool] = {}
    if senders := _addresses(_value(root, "from")):
        found["sender"] = mail.sender is not None and senders[0] == (
            mail.sender.name,
            mail.sender.address,
        )
    if subject := _value(root, "subject").get("Text"):
        found["subject"] = _alike(subject, mail.subject)
    if date := _value(root, "date").get("DateTime"):
        found["date"] = mail.date == _date(date)
    if words := [expected["parts"][each] for each in expected["text_body"]]:
        found["body"] = _words_read(words, mail)
    found["files"] = _files_read(
        raw, [expected["parts"][each] for each in expected["attachments"]], mail.files
    )
    return found


def _value(part: Part, name: str) -> Mapping[str, Any]:
    """The first value of a header; empty when it is missing or was not understood."""
    values = [each["value"] for each in part["headers"] if each["name"] == name]
    return values[0] if values and isinstance(values[0], dict) else {}


def _addresses(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = value.get("Address", {})
    people = told.get("List") or [
        each for group in told.get("Group", []) for each in group["addresses"]
    ]
    return [
        (" ".join((each["name"] or "").split()), _domain_small(each["address"]))
        for each in people
        if each["address"] and "@" in each["address"]
    ]


def _domain_small(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def _date(told: Mapping[str, Any]) -> datetime | None:
    zone = timedelta(hours=told["tz_hour"], minutes=told["tz_minute"])
    sign = -1 if told["tz_before_gmt"] else 1
    names = ("year", "month", "day", "hour", "minute", "second")
    return datetime(*(told[name] for name in names), tzinfo=timezone(sign * zone))


def _words_read(parts: list[Part], mail: Parsed) -> bool:
    """Whether all words are there: texts in the text, HTML in the HTML."""
    texts = [each["body"]["Text"] for each in parts if "Text" in each["body"]]
    markup = [_bare(each["body"]["Html"]) for each in parts if "Html" in each["body"]]
    if texts and not markup:
        return _alike("".join(texts), mail.text)
    shown = _bare(mail.text), _bare(mail.html)
    return all(_bare(each) in shown[0] for each in texts) and all(
        each in shown[1] for each in markup
    )


def _files_read(raw: bytes, parts: list[Part], files: tuple[Enclosed, ...]) -> bool:
    if len(parts) != len(files):
        return False
    return all(_same(raw, part, file) for part, file in zip(parts, files, strict=True))


def _same(raw: bytes, part: Part, file: Enclosed) -> bool:
    name = _name(part)
    if name and not _alike(clean_name(name), file.name):
        return False
    uuencoded = "uuencode" in _value(part, "content_transfer_encoding").get("Text", "")
    match part["body"]:
        case {"Binary": content} | {"InlineBinary": content}:
            undone = transfer.undone(bytes(content), b"x-uuencode")[0] if uuencoded else content
            return _lines(bytes(undone)) == _lines(file.content)
        case {"Text": text} | {"Html": text}:
            if uuencoded:
                return transfer.undone(text.encode("utf-8"), b"x-uuencode")[0] == file.content
            charset = _attributes(part, "content_type").get("charset", "")
            return _alike(text, decoding.text(file.content, charset)[0])
        case {"Message": _}:
            how = _value(part, "content_transfer_encoding").get("Text", "").encode()
            own = transfer.undone(raw[part["offset_body"] : part["offset_end"]], how)[0]
            return _lines(own).strip() == _lines(file.content).strip()
    return False


def _name(part: Part) -> str:
    disposed = _attributes(part, "content_disposition").get("filename")
    return disposed or _attributes(part, "content_type").get("name", "")


def _attributes(part: Part, header: str) -> dict[str, str]:
    told = _value(part, header).get("ContentType", {}).get("attributes") or []
    return {each["name"]: each["value"] for each in told}


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _alike(expected: str, read: str) -> bool:
    pattern = re.escape(_bare(expected)).replace("\ufffd", ".{1,3}")
    return re.fullmatch(pattern, _bare(read), re.S) is not None


def _bare(text: str) -> str:
    return "".join(text.split())
