"""Right to left first: stylesheets know start and end, never left and right."""

import re
from pathlib import Path

import pytest

SIDES = "left|right|top|bottom"
PHYSICAL = re.compile(
    rf"""(?:^|[;{{\s])(
        (?:margin|padding|scroll-margin|scroll-padding|inset)-(?:{SIDES})
      | border-(?:{SIDES})(?:-(?:width|style|color))?
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?:{SIDES})
    )\s*:""",
    re.X,
)
SIDED_VALUE = re.compile(r"(text-align|float|clear|caption-side)\s*:\s*(left|right)\b")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def faults(css: str) -> list[str]:
    """Name every physical property and value in a stylesheet."""
    plain = COMMENT.sub("", css)
    return PHYSICAL.findall(plain) + [found[0] for found in SIDED_VALUE.finditer(plain)]


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1px }",
        "a{padding-right:1px}",
        "a { color: red; left: 0 }",
        "a { border-left-color: red }",
        "a { border-top-left-radius: 1px }",
        "a { text-align: right }",
        "a { float:left }",
        "a { inset-top: 0 }",
    ],
)
def test_the_linter_sees_sides(css: str) -> None:
    assert len(faults(css)) == 1


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-inline-start: 1px; inset-block-start: 0 }",
        "a { border-inline-start: 1px solid; text-align: start }",
        "/* left: 0 */ a { transform-origin: center; --left: 1 }",
        "a:hover { border-start-start-radius: 1px }",
    ],
)
def test_the_linter_lets_logical_properties_be(css: str) -> None:
    assert faults(css) == []


def test_every_stylesheet_is_logical(root: Path) -> None:
    sheets = (root / "src").rglob("*.css")
    wrong = {sheet.name: found for sheet in sheets if (found := faults(sheet.read_text("utf-8")))}

    assert wrong == {}


def test_one_line_orders_the_cascade_layers(root: Path) -> None:
    orders = [
        line
        for sheet in (root / "src").rglob("*.css")
        for line in sheet.read_text("utf-8").splitlines()
        if re.match(r"@layer [\w, -]+;", line)
    ]

    assert len(orders) <= 1
