"""A composed letter and a receipt as the data that the typesetter's templates read. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pasokh.casework.correspondence.composed import (
    Block,
    Composed,
    Issues,
    Office,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.casework.correspondence.texts import Say, speaker
from pasokh.kernel.text import direction

#: Where somebody will write a number by hand.
BLANK = "…………………"


def letter_sheet(letter: Composed, *, number: str = "", enclosures: str = "") -> dict[str, Any]:
    """The data of `letter.typ`. `number` is the secretariat's; a Persian letter has room for it."""
    say = speaker(letter.language)
    rows = [("reference", letter.reference), ("date", letter.dated)]
    if letter.language == "fa":
        rows = [("number", number or BLANK), ("date", letter.dated)]
        rows += [("enclosures", enclosures or say("letter.none")), ("reference", letter.reference)]
    else:
        rows += [("number", number), ("enclosures", enclosures)]
    said, annexed = letter.parts
    return {
        **_frame(letter.language, letter.subject, letter.office, say),
        "salutation": letter.salutation,
        "valediction": letter.valediction,
        "signature": list(letter.signature),
        "blocks": [_block(each) for each in said],
        "annex": [_block(each) for each in annexed],
        "head": {
            "name": letter.office.name,
            "unit": letter.office.unit,
            "rows": [
                {"name": say(f"letter.{name}"), "value": value} for name, value in rows if value
            ],
        },
    }


@dataclass(frozen=True)
class Filed:
    """What a receipt tells: when it was received, what comes next, whose log it is in.

    `groups` are the tracking code's, already in the reader's digits; they are kept nowhere.
    """

    reference: str
    language: str
    received: str
    groups: tuple[str, ...]
    next: tuple[str, ...]
    anonymous: bool
    fingerprint: str
    file: str
    office: Office
    page: str = ""


def receipt_sheet(filed: Filed) -> dict[str, Any]:
    """The data of `receipt.typ`."""
    say = speaker(filed.language)
    keep = "receipt.keep_anonymous" if filed.anonymous else "receipt.keep"
    shown = [
        {"name": say("letter.reference"), "groups": [filed.reference]},
        {"name": say("receipt.code"), "groups": list(filed.groups)},
    ]
    return {
        **_frame(filed.language, say("receipt.title"), filed.office, say),
        "head": {"name": filed.office.name, "unit": filed.office.unit, "rows": []},
        "blocks": [
            _block(Paragraph(say("receipt.opening", received=filed.received))),
            {"block": "code", "rows": [row for row in shown if row["groups"]]},
            _block(Paragraph(say(keep))),
            *(
                [{"block": "link", "text": say("letter.tracking"), "address": filed.page}]
                if filed.page
                else []
            ),
            {"block": "heading", "text": say("receipt.dates")},
            _block(Points(filed.next or (say("acknowledgement.open"),))),
            _block(Paragraph(say("letter.free"))),
            *_reach(filed.office, say),
            _block(
                Small(
                    say("receipt.fingerprint"),
                    (say.fenced(filed.fingerprint), say("receipt.attached", file=filed.file)),
                )
            ),
        ],
    }


def _reach(office: Office, say: Say) -> list[Mapping[str, Any]]:
    if office.telephone and office.hours:
        said = say("letter.call_hours", telephone=office.telephone, hours=office.hours)
    elif office.telephone:
        said = say("letter.call", telephone=office.telephone)
    else:
        return []
    heading = {"block": "heading", "text": say("letter.call_heading")}
    return [heading, _block(Paragraph(said))]


def _frame(language: str, title: str, office: Office, say: Say) -> dict[str, Any]:
    between = " · "
    reached = (
        office.address,
        say.fenced(office.telephone) if office.telephone else "",
        say.fenced(office.mailbox) if office.mailbox else "",
    )
    foot = between.join(each for each in reached if each)
    return {
        "language": language,
        "title": title,
        "foot": foot or office.name,
        "page": say("letter.page", page="{page}", pages="{pages}"),
        "missing": say("letter.missing"),
    }


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"block": type(block).__name__.lower()}
    match block:
        case Quote(text):
            return data | {"lines": _lines(text)}
        case Issues(items):
            return data | {
                "items": [
                    {
                        "number": each.number,
                        "lines": _lines(each.text),
                        "finding": each.finding,
                        "reasons": _lines(each.reasons) if each.reasons else [],
                    }
                    for each in items
                ]
            }
    told = asdict(block)
    if "rows" in told:
        told["rows"] = [{"name": name, "value": value} for name, value in told["rows"]]
    return data | told


def _lines(text: str) -> Sequence[dict[str, str]]:
    return [{"text": line.strip(), "dir": direction(line)} for line in text.splitlines()]
