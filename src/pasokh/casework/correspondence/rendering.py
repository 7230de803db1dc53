"""A composed letter as plain text and as HTML mail. Pure.

The HTML is for mail programs: inline styles, no tables, no pictures, nothing fetched; every text
is escaped, and each of a stranger's finds its own direction.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from pasokh.casework.correspondence.composed import (
    Block,
    Composed,
    Facts,
    Heading,
    Issues,
    Link,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.kernel.text import direction

_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
_WIDTH = 72


def text(letter: Composed, *, above: str = "") -> str:
    """The letter as plain text: one blank line between blocks, quotations set off by a bar.

    `above` is the line over which an answer is written.
    """
    said, annexed = letter.parts
    parts = [above, letter.salutation, *(_PLAIN[type(each)](each) for each in said)]
    signed = [letter.valediction, *letter.signature]
    parts.append("\n".join(dict.fromkeys(line for line in signed if line)))
    parts += [*(_PLAIN[type(each)](each) for each in annexed), _foot(letter)]
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(_marked(line, letter.direction) for line in lines) + "\n"


def _marked(line: str, wanted: str) -> str:
    """A line that begins in the wrong direction gets the mark that sets it right."""
    left = not line or line.startswith((_BAR, "http"))
    return line if left or direction(line) == wanted else _MARKS[wanted] + line


_BAR = "│ "


def _foot(letter: Composed) -> str:
    office = letter.office
    between = "، " if letter.direction == "rtl" else ", "
    return "—\n" + between.join(each for each in (office.name, office.address) if each)


def _plain_issues(block: Issues) -> str:
    return "\n".join(
        "\n".join(
            part
            for part in (
                f"{each.number}. {_one_line(each.text)}",
                f"   {each.finding}" if each.finding else "",
                _barred(each.reasons) if each.reasons else "",
            )
            if part
        )
        for each in block.items
    )


def _barred(said: str) -> str:
    return "\n".join(_BAR + line for line in said.splitlines())


def _one_line(said: str) -> str:
    return " ".join(said.split())


_PLAIN: dict[type, Callable[[Any], str]] = {
    Paragraph: lambda b: b.text,
    Heading: lambda b: f"{b.text}\n{'-' * min(len(b.text), _WIDTH)}",
    Facts: lambda b: "\n".join(f"{name}: {value}" for name, value in b.rows),
    Points: lambda b: "\n".join(f"• {each}" for each in b.items),
    Quote: lambda b: _barred(b.text),
    Issues: _plain_issues,
    Link: lambda b: f"{b.text}:\n{b.address}",
    Small: lambda b: "\n".join([f"{b.title}:", *(f"– {line}" for line in b.lines)]),
}

_BODY = (
    "margin:0;padding:24px 12px;background:#f6f5f2;color:#1d2321;"
    "font-family:Vazirmatn,Tahoma,'Segoe UI',Arial,sans-serif;font-size:16px;line-height:1.8"
)
_PAGE = "max-width:640px;margin:0 auto;padding:24px;background:#ffffff"
_TITLE = "margin:0 0 20px;font-size:20px;line-height:1.5;font-weight:700"
_HEADING = "margin:24px 0 6px;font-size:16px;font-weight:700;color:#0b5a52"
_TEXT = "margin:0 0 12px"
_QUOTE = (
    "margin:0 0 12px;padding:8px 14px;background:#f1f4f2;"
    "white-space:pre-wrap;unicode-bidi:plaintext"
)
_LIST = "margin:0 0 12px;padding-inline-start:22px"
_ABOVE = "max-width:640px;margin:0 auto 12px;color:#59625f;font-size:14px"
_SOFT = "color:#59625f;font-size:14px"


def html(letter: Composed, *, above: str = "") -> str:
    """The letter as one HTML page for mail programs; `above` as in `text`."""
    said, annexed = ("\n".join(_HTML[type(each)](each) for each in part) for part in letter.parts)
    signed = dict.fromkeys(line for line in (letter.valediction, *letter.signature) if line)
    office = letter.office
    foot = " · ".join(_isolated(each) for each in (office.name, office.address) if each)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{letter.language}" dir="{letter.direction}">',
            f'<head><meta charset="utf-8"><title>{escape(letter.subject)}</title></head>',
            f'<body dir="{letter.direction}" style="{_BODY}">',
            *([f'<p style="{_ABOVE}">{escape(above)}</p>'] if above else []),
            f'<div style="{_PAGE}">',
            f'<h1 style="{_TITLE}">{escape(letter.subject)}</h1>',
            _said(letter.salutation),
            said,
            f'<p style="margin:28px 0">{"<br>".join(map(escape, signed))}</p>',
            annexed,
            f'<p style="margin:28px 0 0;{_SOFT}">{foot}</p>',
            "</div></body></html>",
            "",
        ]
    )


def _isolated(said: str) -> str:
    return f"<bdi>{escape(said)}</bdi>"


def _said(said: str) -> str:
    return f'<p style="{_TEXT}">{escape(said)}</p>'


def _quoted(said: str) -> str:
    return f'<div dir="auto" style="{_QUOTE}">{escape(said)}</div>'


def _listed(tag: str, items: Iterator[str]) -> str:
    return f'<{tag} style="{_LIST}">{"".join(f"<li>{each}</li>" for each in items)}</{tag}>'


def _facts(block: Facts) -> str:
    rows = "".join(
        f'<div style="margin:0 0 6px"><strong>{escape(name)}:</strong> {_isolated(value)}</div>'
        for name, value in block.rows
    )
    return f'<div style="{_TEXT}">{rows}</div>'


def _issues(block: Issues) -> str:
    return "".join(
        f'<div style="margin:0 0 16px"><div><strong>{escape(each.number)}.</strong> '
        f"{_isolated(each.text)}</div>"
        + (f"<div><strong>{escape(each.finding)}</strong></div>" if each.finding else "")
        + (_quoted(each.reasons) if each.reasons else "")
        + "</div>"
        for each in block.items
    )


def _link(block: Link) -> str:
    address = escape(block.address)
    return (
        f'<p style="{_TEXT}"><a href="{address}" style="color:#0b5a52;font-weight:700">'
        f'{escape(block.text)}</a><br><bdi dir="ltr" style="{_SOFT}">{address}</bdi></p>'
    )


def _small(block: Small) -> str:
    lines = "<br>".join(map(escape, block.lines))
    return f'<p style="{_TEXT};{_SOFT}"><strong>{escape(block.title)}</strong><br>{lines}</p>'


_HTML: dict[type[Block], Callable[[Any], str]] = {
    Paragraph: lambda b: _said(b.text),
    Heading: lambda b: f'<h2 style="{_HEADING}">{escape(b.text)}</h2>',
    Facts: _facts,
    Points: lambda b: _listed("ul", map(escape, b.items)),
    Quote: lambda b: _quoted(b.text),
    Issues: _issues,
    Link: _link,
    Small: _small,
}
