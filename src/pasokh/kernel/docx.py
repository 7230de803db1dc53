"""A letter as a Word file, from the data that its PDF is set from (`typeset/letter.typ`).

Whatever somebody wrote goes in as text, never as markup or as a field. Word turns each run as it is
told and not by the letters in it, so a text is told apart into runs of one direction.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pasokh.kernel.paper import kept_in_order
from pasokh.kernel.text import direction

Data = Mapping[str, Any]

_ACCENT, _SOFT, _TINT = RGBColor(0x0B, 0x5A, 0x52), RGBColor(0x59, 0x62, 0x5F), "F2F5F3"
#: Faces that an office has; where it has not, its Word takes another.
_FACES = {"fa": "Tahoma", "en": "Calibri"}
_SPOKEN = {"fa": "fa-IR", "en": "en-GB"}

_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
_FENCED = re.compile(f"([{_OPENS}][^{_OPENS}{_CLOSES}]*{_CLOSES})")
_PERSIAN = "\u0600-\u06ff\u0750-\u077f\u200c\ufb50-\ufdff\ufe70-\ufefe"
#: Words of the other direction in one line, from the first letter of them to the last.
_OTHERS = {
    "rtl": re.compile("([A-Za-z](?:[ -~]*[A-Za-z0-9/])?)"),
    "ltr": re.compile(f"([{_PERSIAN}](?:[{_PERSIAN} ]*[{_PERSIAN}])?)"),
}
#: They keep a number that was told apart in its order.
_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
#: The format has an order for what it says of a paragraph.
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
_AFTER_SHADE = ("w:tabs", "w:bidi", *_AFTER_BIDI)
#: What XML cannot hold, and signs that would turn the line.
_GONE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\u202a-\u202e]")


def letter(data: Data, *, at: datetime) -> bytes:
    """Return the letter as Office Open XML (ISO/IEC 29500), made at this moment.

    `data` is what `letter.typ` reads: head, title, salutation, blocks, signature, annex and foot.
    """
    paper = Document()
    _dress(paper, data, at)
    writer = _Writer(paper, "rtl" if data["language"] == "fa" else "ltr")
    writer.head(data["head"])
    writer.line(data["title"], style="Heading 1")
    writer.line(data["salutation"])
    writer.blocks(data["blocks"])
    writer.signed(data["valediction"], data["signature"])
    writer.blocks(data["annex"])
    _foot(paper.sections[0], writer, data)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


class _Writer:
    """Writes paragraph by paragraph, each in its direction."""

    def __init__(self, paper: Paper, own: str) -> None:
        self.paper, self.own = paper, own

    def line(
        self, *parts: str, style: str = "Normal", towards: str = "", bold: int = 0
    ) -> Paragraph:
        """Add a paragraph of these parts, the first `bold` ones of them bold."""
        made = self.paper.add_paragraph(style=style)
        self.fill(made, *parts, towards=towards, bold=bold)
        return made

    def fill(self, made: Paragraph, *parts: str, towards: str = "", bold: int = 0) -> None:
        """Write into a paragraph that is there."""
        own = towards if towards in _MARKS else self.own
        if own == "rtl":
            made._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for number, part in enumerate(parts):
            for said, way in _runs(part, own):
                run = made.add_run(said)
                run.font.rtl = way == "rtl" or None
                if number < bold:
                    _embolden(run)

    def head(self, head: Data) -> None:
        """Set the letterhead: whose letter it is, and beside it number, date and reference."""
        table = self.paper.add_table(1, 2)
        if self.own == "rtl":
            table.table_direction = WD_TABLE_DIRECTION.RTL
        whose, facts = table.rows[0].cells
        self.fill(whose.paragraphs[0], head["name"])
        whose.paragraphs[0].style = "Title"
        if head["unit"]:
            self.fill(whose.add_paragraph(style="Subtitle"), head["unit"])
        for number, row in enumerate(head["rows"]):
            place = facts.add_paragraph() if number else facts.paragraphs[0]
            place.paragraph_format.space_after = Pt(2)
            self.fill(place, f"{row['name']}: ", row["value"])
        _ruled(table)
        self.paper.add_paragraph()

    def signed(self, valediction: str, signature: Sequence[str]) -> None:
        """Close the letter; its signature stands with it on one page."""
        lines = [self.line(valediction)]
        lines[0].paragraph_format.space_before = Pt(24)
        lines += [
            self.line(said, bold=1 if number == 0 else 0) for number, said in enumerate(signature)
        ]
        for each in lines[:-1]:
            each.paragraph_format.keep_with_next = True

    def blocks(self, blocks: Sequence[Data]) -> None:
        """Write the blocks of a letter in their order."""
        for each in blocks:
            _KINDS[each["block"]](self, each)

    def heading(self, block: Data) -> None:
        self.line(block["text"], style="Heading 2")

    def paragraph(self, block: Data) -> None:
        self.line(block["text"])

    def facts(self, block: Data) -> None:
        for row in block["rows"]:
            self.line(f"{row['name']}: ", row["value"], bold=1)

    def points(self, block: Data) -> None:
        for each in block["items"]:
            self.line(each, style="List Bullet")

    def quote(self, block: Data) -> None:
        self.words(block["lines"], style="Quote")

    def words(self, lines: Sequence[Data], style: str = "Normal") -> None:
        """Write somebody's own lines, each in the direction in which it is read."""
        for each in lines:
            self.line(each["text"], style=style, towards=each["dir"])

    def issues(self, block: Data) -> None:
        for item in block["items"]:
            first, *others = item["lines"] or [{"text": "", "dir": "auto"}]
            self.line(f"{item['number']}. ", first["text"], bold=1)
            self.words(others)
            if item["finding"]:
                self.line(item["finding"], bold=1)
            self.words(item["reasons"], style="Quote")

    def link(self, block: Data) -> None:
        self.line(f"{block['text']}: ", f"\u2066{block['address']}\u2069", bold=1)

    def small(self, block: Data) -> None:
        self.line(block["title"], style="Caption", bold=1)
        for each in block["lines"]:
            self.line(each, style="Caption")


_KINDS: Mapping[str, Callable[[_Writer, Data], None]] = {
    "heading": _Writer.heading,
    "paragraph": _Writer.paragraph,
    "facts": _Writer.facts,
    "points": _Writer.points,
    "quote": _Writer.quote,
    "issues": _Writer.issues,
    "link": _Writer.link,
    "small": _Writer.small,
}


def _runs(text: str, own: str) -> Iterator[tuple[str, str]]:
    """A text in pieces of one direction each, for a paragraph that goes its `own` way."""
    other = "ltr" if own == "rtl" else "rtl"
    for piece in _pieces(_GONE.sub("", text)):
        if _FENCED.fullmatch(piece):
            way = "rtl" if direction(piece[1:-1]) == "rtl" else "ltr"
            yield _marked(piece[1:-1], way), way
            continue
        for number, part in enumerate(_OTHERS[own].split(piece)):
            if part:
                yield (_marked(part, other), other) if number % 2 else (part, own)


def _pieces(text: str) -> Iterator[str]:
    """What is fenced off from its neighbours, and what stands between."""
    for piece in _FENCED.split(text):
        fenced = _FENCED.fullmatch(piece)
        yield from (piece,) if fenced else _FENCED.split(kept_in_order(piece))


def _marked(text: str, way: str) -> str:
    return f"{_MARKS[way]}{text}{_MARKS[way]}"


def _embolden(run: Run) -> None:
    run.bold = run.font.cs_bold = True


def _dress(paper: Paper, data: Data, at: datetime) -> None:
    """Set paper, faces and what the file says of itself."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(20), Mm(27)
    if data["language"] == "fa":
        section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:docGrid")
    about = paper.core_properties
    about.title, about.author = data["title"][:255], data["head"]["name"][:255]
    about.comments, about.language = "", _SPOKEN[data["language"]]
    about.created = about.modified = at
    about.last_modified_by = about.author
    # The picture of the library's own first page, that the empty file carries.
    (picture,) = [
        each.rId
        for each in paper.part.package.rels.values()
        if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]
    del paper.part.package.rels[picture]
    for name, size, colour, bold in _STYLES:
        _face(paper.styles[name], data["language"], size, colour, bold=bold)
    _tinted(paper.styles["Quote"])
    for name, tag in (("Title", "w:pBdr"), ("Footer", "w:tabs")):
        told = paper.styles[name].element.pPr
        told.remove(told.find(qn(tag)))


_STYLES = (
    ("Normal", 11, None, False),
    ("Title", 17, _ACCENT, True),
    ("Subtitle", 11, _SOFT, False),
    ("Heading 1", 14, None, True),
    ("Heading 2", 11, _ACCENT, True),
    ("Quote", 11, None, False),
    ("Caption", 9, _SOFT, False),
    ("Footer", 9, _SOFT, False),
)


def _face(style: Any, language: str, size: int, colour: RGBColor | None, *, bold: bool) -> None:
    """One face for both scripts: Word keeps what it calls complex scripts apart."""
    font, face = style.font, _FACES[language]
    font.name, font.size, font.bold, font.cs_bold = face, Pt(size), bold, bold
    font.italic = font.cs_italic = False
    font.color.rgb = colour or RGBColor(0x1D, 0x23, 0x21)
    told = style.element.get_or_add_rPr()
    faces = told.rFonts
    faces.attrib.clear()  # the theme's faces would win
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.set(qn(f"w:{name}"), face)
    _tell(told, "w:szCs", val=str(size * 2))
    _tell(told, "w:lang", val=_SPOKEN["en"], bidi=_SPOKEN["fa"])


def _tell(properties: Any, tag: str, **told: str) -> None:
    """Say something of letters last, where the format wants it."""
    if (old := properties.find(qn(tag))) is not None:
        properties.remove(old)
    properties.append(_element(tag, **told))


def _element(tag: str, **told: str) -> Any:
    made = OxmlElement(tag)
    for name, value in told.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _tinted(style: Any) -> None:
    """Lay a tint behind somebody's own words, line upon line."""
    told = style.element.get_or_add_pPr()
    shade = _element("w:shd", val="clear", color="auto", fill=_TINT)
    told.insert_element_before(shade, *_AFTER_SHADE)
    told.insert_element_before(OxmlElement("w:contextualSpacing"), "w:jc", "w:rPr")


def _ruled(table: Table) -> None:
    """A line under the letterhead instead of the template's under a title."""
    line = _element("w:bottom", val="single", sz="6", space="0", color=str(_ACCENT))
    borders = OxmlElement("w:tblBorders")
    borders.append(line)
    table._tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _foot(section: Section, writer: _Writer, data: Data) -> None:
    """How the office is reached, and which page of how many this is."""
    made = section.footer.paragraphs[0]
    made.paragraph_format.tab_stops.add_tab_stop(Mm(162), WD_TAB_ALIGNMENT.RIGHT)
    writer.fill(made, data["foot"], "\t")
    for part in re.split(r"(\{pages?\})", data["page"]):
        if part in ("{page}", "{pages}"):
            _counted(made, "PAGE" if part == "{page}" else "NUMPAGES")
        elif part:
            made.add_run(part)


def _counted(made: Paragraph, field: str) -> None:
    """A number that Word counts."""
    made._p.append(_element("w:fldSimple", instr=field))
