"""The words and the files of a mail, gathered part by part; each part is decoded once.

What is wrapped in S/MIME is read in place of its wrapping; the signature itself is no file.
"""

import html as markup
import mimetypes
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pasokh.channels.mail_in import (
    decoding,
    fields,
    flowed,
    headers,
    html_text,
    reports,
    tnef,
    transfer,
)
from pasokh.channels.mail_in.fields import Fields
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Enclosed, Signed, Status
from pasokh.channels.mail_in.structure import Part, Structure
from pasokh.kernel import files as stored
from pasokh.kernel.text import visible

#: Characters of a mail's text and of its HTML; the rest is left out.
LONGEST_TEXT, LONGEST_HTML = 400_000, 1_000_000
#: Messages inside each other whose words are read when the outer one has none.
NESTED = 3
#: S/MIME wrappings of one mail that are opened.
MOST_WRAPPED = 4

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.I)
_MESSAGES = ("message/rfc822", "message/global", "message/news")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_WRAPPED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_EXTENSIONS = {
    **dict.fromkeys(_MESSAGES, ".eml"),
    "message/delivery-status": ".txt",
    "text/rfc822-headers": ".txt",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "application/octet-stream": ".bin",
}


#: The keys that open encrypted mail, `smime.opening.Key` each.
Keys = Callable[[], Iterable[Any]]


class _Told(NamedTuple):
    """What a part's fields tell of it."""

    charset: str
    flowed: bool
    joined: bool  # flowed text in which the blank at a line's end is no word's
    name: str
    attached: bool


class _Piece(NamedTuple):
    """A stretch of the mail's words: plain, in HTML, or both."""

    plain: str
    html: str

    def text(self) -> str:
        return self.plain if self.plain.strip() or not self.html else html_text.text(self.html)

    def markup(self) -> str:
        return self.html or f"<pre>{markup.escape(self.plain)}</pre>"


@dataclass
class Body:
    """Gathers what the parts of one message say."""

    content: bytes
    faults: dict[str, None]
    nested: int = NESTED
    limits: Limits = field(default_factory=Limits)
    files: list[Enclosed] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    returned: list[str] = field(default_factory=list)
    subject: str = ""
    signed: Signed | None = None
    keys: Keys = tuple
    _wrapped: int = 0
    _pieces: list[_Piece] = field(default_factory=list)
    _inner: list[bytes] = field(default_factory=list)
    _room: int = LONGEST_TEXT + LONGEST_HTML

    def take(self, part: Part, *, whole: bool = False) -> None:
        """Take in one part with all that it holds; `whole` if it is all of the mail."""
        if part.kind == "multipart/alternative":
            self._choose(part)
        elif part.kind == "multipart/signed" and self._is_signed(part):
            self._note_signature(part, whole=whole)
            for each in (part.parts[0], *part.parts[2:]):
                self.take(each)
        elif part.parts:
            for each in part.parts:
                self.take(each)
        elif not part.kind.startswith("multipart/"):
            self._leaf(part, whole=whole)

    def text(self) -> str:
        """All words as one text; those of an enclosed message when there are no others."""
        text = "\n\n".join(filter(None, (each.text().strip("\n") for each in self._pieces)))
        if not text.strip() and self._inner and self.nested:
            inner = Structure(self._inner[0], self.limits)
            body = Body(self._inner[0], {}, self.nested - 1, self.limits)
            body.take(inner.root)
            text = body.text()
        return visible(self._cut(text, LONGEST_TEXT)).text

    def html(self) -> str:
        """All words as HTML, uncleaned; empty where none came in HTML."""
        if not any(each.html for each in self._pieces):
            return ""
        html = "\n".join(each.markup() for each in self._pieces)
        return visible(self._cut(html, LONGEST_HTML)).text

    def _cut(self, words: str, most: int) -> str:
        if len(words) > most:
            self._blame("text-cut")
        return words[:most]

    def _blame(self, fault: str) -> None:
        if fault:
            self.faults[fault] = None

    def _choose(self, part: Part) -> None:
        """Take the ways in which the same is said as one piece."""
        before, self._pieces = self._pieces, []
        for each in part.parts:
            self.take(each)
        plain, html = (
            ("".join(filter(None, each)) for each in zip(*self._pieces, strict=True))
            if self._pieces
            else ("", "")
        )
        self._pieces = [*before, _Piece(plain, html)] if plain or html else before

    def _leaf(self, part: Part, *, whole: bool) -> None:
        content = self._undone(part)
        told = _told(part.fields)
        if part.kind in ("text/plain", "text/html") and not told.attached:
            self._words(content, told, html=part.kind == "text/html")
        elif part.kind in _TNEF or told.name.lower() == "winmail.dat":
            self._winmail(part, content, told)
        elif _is_wrapping(part, told.name.lower()):
            self._unwrap(part, content, told, whole=whole)
        else:
            self._file(part, content, told)

    def _undone(self, part: Part) -> bytes:
        content, fault = transfer.undone(
            self.content[part.start : part.end], part.fields.raw("content-transfer-encoding")
        )
        self._blame(fault)
        return content

    def _is_signed(self, part: Part) -> bool:
        return len(part.parts) > 1 and part.parts[1].kind in _SIGNATURES

    def _note_signature(self, part: Part, *, whole: bool) -> None:
        """Note the outermost signature; it says nothing of parts that stand behind it."""
        said, by = part.parts[:2]
        beside, whole = self.content[said.begins : said.end], whole and len(part.parts) == 2
        self.signed = self.signed or Signed(self._undone(by), beside, whole)

    def _unwrap(self, part: Part, content: bytes, told: _Told, *, whole: bool) -> None:
        """Take what stands in an S/MIME wrapping instead of it, if it can be opened."""
        from pasokh.channels.smime import opening  # noqa: PLC0415  slow import

        self._wrapped += 1
        if self._wrapped > MOST_WRAPPED:
            self._blame("too-deep")
            self._file(part, content, told)
            return
        try:
            inner, signed = opening.read(content, self.keys)
        except opening.UNREAD as error:
            self._blame(opening.fault(error))
            self._file(part, content, told)
            return
        if signed:
            self.signed = self.signed or Signed(content, None, whole)
        self._take_inner(inner, whole=whole and not signed)

    def _take_inner(self, inner: bytes, *, whole: bool) -> None:
        found = Structure(inner, self.limits)
        self.faults.update(found.faults)
        outer, self.content = self.content, inner
        self.take(found.root, whole=whole)
        self.content = outer

    def _words(self, content: bytes, told: _Told, *, html: bool) -> None:
        if self._room <= 0:
            self._blame("text-cut")
            return
        charset = told.charset
        if html and not charset and (meta := _META.search(content[:3000])):
            charset = meta[1].decode("ascii")
        words, fault = decoding.text(content[: 4 * self._room], charset)
        self._blame(fault)
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        self._room -= len(words)
        if html:
            self._pieces.append(_Piece("", words))
        else:
            words, enclosed = transfer.inline(words) if "\nbegin " in f"\n{words}" else (words, [])
            self.files += [
                Enclosed(stored.clean_name(n), "application/octet-stream", c) for n, c in enclosed
            ]
            self._pieces.append(
                _Piece(flowed.unfolded(words, joined=told.joined) if told.flowed else words, "")
            )

    def _file(self, part: Part, content: bytes, told: _Told) -> None:
        subject = ""
        if part.kind in _MESSAGES or part.kind == "text/rfc822-headers":
            inner = fields.read(content, 0, len(content))[0]
            self.returned += headers.ids([inner.raw("message-id")])[:1]
            subject = headers.one_line(decoding.header(inner.raw("subject")))
            self._inner += [content] if part.kind in _MESSAGES else []
        elif part.kind in ("message/delivery-status", "message/global-delivery-status"):
            self.statuses += reports.statuses(content)
        elif part.kind == "message/feedback-report":
            self.feedback |= reports.feedback(content)
        self.files.append(
            Enclosed(
                _name(told.name, subject, part.kind, len(self.files) + 1),
                part.kind,
                content,
                decoding.header(part.fields.raw("content-id")).strip("<> "),
            )
        )

    def _winmail(self, part: Part, content: bytes, told: _Told) -> None:
        """Take what stands in Outlook's own wrapping (TNEF) instead of it."""
        wrapped = tnef.read(content)
        if wrapped is None:
            self._blame("broken-tnef")
            self._file(part, content, told)
            return
        self._blame(wrapped.fault)
        self.subject = self.subject or headers.one_line(wrapped.subject)
        if not any(each.plain.strip() or each.html.strip() for each in self._pieces):
            self._pieces.append(_Piece(wrapped.text, wrapped.html))
        self.files += [
            Enclosed(_name(each.name, "", each.kind, number), each.kind, each.content, each.cid)
            for number, each in enumerate(wrapped.files, start=len(self.files) + 1)
        ]


def _is_wrapping(part: Part, name: str) -> bool:
    """Whether a part is a mail in S/MIME; a document that somebody signed is a file with its name,
    and so are certificates alone.
    """
    if part.kind not in _WRAPPED:
        return name == "smime.p7m"
    return name in ("", "smime.p7m") and b"certs-only" not in part.fields.raw("content-type")


def _told(found: Fields) -> _Told:
    kind = fields.params(found.raw("content-type"))
    disposed = found.raw("content-disposition")
    disposition = fields.params(disposed)
    name = disposition.get("filename") or disposition.get("name") or kind.get("name", "")
    first = disposed.partition(b";")[0].strip().lower()
    return _Told(
        charset=kind.get("charset", ""),
        flowed=kind.get("format", "").lower() == "flowed",
        joined=kind.get("delsp", "").lower() == "yes",
        name=name,
        attached=bool(name) or first == b"attachment",
    )


def _name(given: str, subject: str, kind: str, number: int) -> str:
    """A file's name as it may be shown; one is made where none was given."""
    if given:
        return stored.clean_name(given)
    extension = _EXTENSIONS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
    return stored.clean_name(f"{subject[:80] or f'file-{number}'}{extension}")
