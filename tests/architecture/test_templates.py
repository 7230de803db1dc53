"""Templates: every word goes through gettext, nothing is inline."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

#: Names that are the same in every language.
NAMES = re.compile(r"\b(Pasokh|PDF|JSON|ISO|©)\b")
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
#: What nobody reads as a sentence: translated already, a comment, or a block for a class.
BLOCKS = {
    "blocktranslate": "endblocktranslate",
    "comment": "endcomment",
    "block shell": "endblock",
}


def without_tags(template: str) -> str:
    """The template as text: tags and variables gone, and all that is translated with them."""
    kept, until = [], ""
    for token in Lexer(template).tokenize():
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK and words:
            if not until:
                name = " ".join(words[:2]) if words[0] == "block" else words[0]
                until = BLOCKS.get(name, "")
            elif words[0] == until:
                until = ""
        elif token.token_type == TokenType.TEXT and not until:
            kept.append(token.contents)
    return "".join(kept)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline {tag}")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name}")
            button = name == "value" and given.get("type") in ("submit", "button")
            if (name in SPOKEN or button) and _bare(value or ""):
                self.faults.append(f"bare {name}: {value}")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent and _bare(data):
            self.faults.append(f"bare: {data.strip()}")


def _bare(text: str) -> bool:
    return any(char.isalpha() for char in NAMES.sub("", text))


def faults(template: str) -> list[str]:
    reader = _Reader()
    reader.feed(without_tags(template))
    reader.close()
    return reader.faults


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>{{ name }} سلام</p>",
        '<img alt="A cat">',
        '<input type="submit" value="Send">',
        '<p style="color: red"></p>',
        '<p onclick="x()"></p>',
        '<script type="module">1</script>',
        "{% if a %}Yes{% endif %}",
        "{% blocktranslate %}fine{% endblocktranslate %} not fine",
    ],
)
def test_the_linter_sees_bare_words_and_inline_code(template: str) -> None:
    assert len(faults(template)) == 1


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% translate 'Hello' %} {{ name }} – 1</p>",
        "{% blocktranslate trimmed with a=b|c %}Hello {{ a }}{% plural %}x{% endblocktranslate %}",
        '<img alt="{% translate "A cat" %}"><input value="{{ value }}" name="given-name">',
        "{% block shell %}desk{% endblock %}{% block page %}{% endblock %}",
        '{# a note #}{% comment "why" %}words{% endcomment %}<!-- words -->',
        '<script src="{% static "a.js" %}" type="module"></script><b>Pasokh</b>',
    ],
)
def test_the_linter_lets_translated_templates_be(template: str) -> None:
    assert faults(template) == []


def test_every_template_is_translated_and_has_nothing_inline(root: Path) -> None:
    pages = [path for path in (root / "src").rglob("*.html") if "templates" in path.parts]
    wrong = {page.name: found for page in pages if (found := faults(page.read_text("utf-8")))}

    assert wrong == {}
