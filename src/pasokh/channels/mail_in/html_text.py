"""The text of an HTML mail, read in one pass with bounded memory. Pure.

It loads no library and builds no tree, so depth costs nothing. What mail programs put around the
words of others (`blockquote`) becomes lines that begin with `>`, which `quoting` folds away.
"""

import re
from html import unescape

#: Characters of HTML that are read, and quotations inside each other that are told apart.
LONGEST, MOST_OPEN = 1_000_000, 8

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>"'<]{0,40})((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>|<[!?/a-zA-Z][^<>]*+>"""
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HREF = re.compile(r"""\bhref\s*=\s*["']?\s*([^"'\s>]+)""", re.I)
_EMPTY_LINES = re.compile(r"\n{3,}")

_SILENT = ("script", "style", "head", "title", "template", "noscript")
_LINE = frozenset(
    (
        *("div", "tr", "li", "dt", "dd", "address", "article", "aside", "section", "header"),
        *("footer", "main", "nav", "form", "fieldset", "table", "center", "figure", "details"),
    )
)
_BLOCK = frozenset(("p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"))
#: What a person who indents their own words makes of them in Gmail and Outlook.
_INDENT = re.compile(r"margin:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+40px")


def text(html: str) -> str:
    """The words of the HTML in lines; quotations begin with `>`."""
    reader = _Reader()
    reader.read(_without_silence(html[:LONGEST]))
    return reader.result()


def _without_silence(html: str) -> str:
    """The HTML without comments and without elements that nobody sees."""
    html = _cut(html, html.find("<!--"), "<!--", "-->")
    lower = html.lower()
    if len(lower) != len(html):  # a letter that grows when it is made small
        lower = html
    for name in _SILENT:
        if (first := lower.find(f"<{name}")) >= 0:
            html = _cut(html, first, f"<{name}", f"</{name}")
            lower = html.lower() if len(html.lower()) == len(html) else html
    return html


def _cut(html: str, first: int, opens: str, closes: str) -> str:
    """Cut out each stretch between two marks; one that is never closed is left as it is."""
    if first < 0:
        return html
    lower, kept, at = html.lower(), [], 0
    if len(lower) != len(html):
        lower = html
    while (start := lower.find(opens, at)) >= 0:
        name_ends = lower[start + len(opens) : start + len(opens) + 1]
        if opens != "<!--" and name_ends.isalnum():  # <header> is no <head>
            kept.append(html[at : start + len(opens)])
            at = start + len(opens)
            continue
        end = lower.find(closes, start + len(opens))
        if end < 0:
            break
        kept.append(html[at:start])
        at = end + len(closes)
        if opens != "<!--":
            at = html.find(">", at) + 1 or len(html)
    kept.append(html[at:])
    return "".join(kept)


class _Reader:
    """Writes lines while it meets tags and words."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0  # of quotation
        self.open: list[bool] = []  # block quotations, and whether each is one of others' words
        self.pre = 0
        self.href = ""
        self.linked = 0

    def read(self, html: str) -> None:
        at = 0
        for tag in _TAG.finditer(html):
            if tag.start() > at:
                self._words(html[at : tag.start()])
            at = tag.end()
            if tag[2]:
                self._tag(tag[2].lower(), bool(tag[1]), tag[3])
        self._words(html[at:])
        self._break()

    def result(self) -> str:
        return _EMPTY_LINES.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def _words(self, words: str) -> None:
        words = unescape(words) if "&" in words else words
        if self.pre:
            first, *more = words.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for each in more:
                self._break()
                self.line.append(each)
            return
        words = _SPACE.sub(" ", words)
        if not self.line or self.line[-1].endswith(" "):
            words = words.removeprefix(" ")
        if words:
            self.line.append(words)

    def _tag(self, name: str, closing: bool, rest: str) -> None:
        if name == "br":
            self._break(even_empty=True)
        elif name in _LINE:
            self._break()
        elif name in _BLOCK:
            self._gap()
        elif name in ("td", "th"):
            self.line.append("\t" if self.line and not closing else "")
        elif name == "hr":
            self._break()
            self.line.append("_" * 30)
            self._break()
        elif name == "a":
            self._link(closing, rest)
        if name == "li" and not closing:
            self.line.append("- ")
        if name == "pre":
            self.pre = max(0, self.pre + (-1 if closing else 1))
        if name == "blockquote":
            self._quotation(closing, rest)

    def _quotation(self, closing: bool, rest: str) -> None:
        """Keep account of the block quotations that are open."""
        if not closing and len(self.open) < MOST_OPEN:
            self.open.append(not _INDENT.search(rest))
            self.depth += self.open[-1]
        elif closing and self.open:
            self.depth -= self.open.pop()

    def _link(self, closing: bool, rest: str) -> None:
        """Tell where a link leads, where its words do not."""
        if not closing:
            found = _HREF.search(rest)
            self.href, self.linked = unescape(found[1]) if found else "", len(self.line)
            return
        words = "".join(self.line[self.linked :]).strip()
        if words and self.href.startswith(("http://", "https://")) and words not in self.href:
            self.line.append(f" <{self.href[:500]}>")
        self.href = ""

    def _break(self, *, even_empty: bool = False) -> None:
        line = "".join(self.line).rstrip()
        if line or even_empty:
            self.lines.append(f"{'> ' * self.depth}{line}".rstrip() if self.depth else line)
        self.line.clear()

    def _gap(self) -> None:
        """End the line, and leave one empty."""
        self._break()
        mark = ("> " * self.depth).rstrip()
        if self.lines and self.lines[-1] != mark:
            self.lines.append(mark)
