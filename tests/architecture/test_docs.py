"""What the documents point to is there: files, headings, commands, settings."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from pasokh.config import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
#: Names of a place in the checkout, as they stand in running text.
_PLACE = re.compile(
    r"(?<![\w./])(?:bin|docs|src|tests|requirements|\.ci)/[\w./-]*[\w/]|[A-Z]{3,}\.md"
)
_COMMAND = re.compile(r"(?:^|[\s/`“])pasokh ([a-z][a-z-]+)(?![\w-]| \d)")
_BLOCK = re.compile(r"(?m)^ {4}.+$|^```.*?^```", re.S | re.M)


def plain(page: Path) -> str:
    return page.read_text("utf-8")


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"(?m)^#+ +(.+)$", plain(page))
    return {re.sub(r"[^\w\s-]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def broken(page: Path) -> Iterator[str]:
    """Links of a page that lead nowhere; those to the outside are let be."""
    for link in _LINK.findall(plain(page)):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


def places(text: str) -> list[str]:
    """What a page names of the checkout: in code marks, and first on a line of commands."""
    spans = _CODE.findall(text) + _BLOCK.findall(text)
    return sorted({place for span in spans for place in _PLACE.findall(span)})


def there(place: str, page: Path) -> bool:
    if re.fullmatch(r"docs/decisions/\d{4}", place):  # a decision may be named by its number
        return any(ROOT.glob(f"{place}-*.md"))
    return any((base / place).exists() for base in (ROOT, page.parent, ROOT / "src" / "pasokh"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(broken(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_that_is_named_is_there(page: Path) -> None:
    assert [place for place in places(plain(page)) if not there(place, page)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_is_named_exists(page: Path) -> None:
    spans = _CODE.findall(plain(page)) + _BLOCK.findall(plain(page))
    named = {name for span in spans for name in _COMMAND.findall(span)}

    assert sorted(named - set(cli.COMMANDS)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", plain(page))

    assert [each for each in named if f"def {each[1]}(" not in plain(ROOT / each[0])] == []


def test_the_linter_finds_what_is_not_there(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One two\n\n[a](page.md#one-two) [b](gone.md) [c](#three) `bin/gone x`\n")

    assert list(broken(page)) == ["gone.md", "#three"]
    assert places(plain(page)) == ["bin/gone"]
    assert not there("bin/gone", page)


def test_every_page_of_the_documents_is_reached_from_the_front(root: Path) -> None:
    reached, waiting = set(), [root / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        text = plain(page)
        named = [page.parent / link.partition("#")[0] for link in _LINK.findall(text)]
        named += [base / place for place in places(text) for base in (root, page.parent)]
        waiting += [each.resolve() for each in named if each.suffix == ".md"]
    lost = {page for page in PAGES if "decisions" not in page.parts} - reached
    assert sorted(page.relative_to(root).as_posix() for page in lost) == []


@pytest.mark.parametrize("name", ["README.md", "README.fa.md"])
def test_the_first_ten_minutes_name_what_stands_on_the_screen(name: str, root: Path) -> None:
    catalogue = polib.pofile(str(root / "src/pasokh/locale/fa/LC_MESSAGES/django.po"))
    persian = name.endswith(".fa.md")
    labels = {entry.msgstr if persian else entry.msgid for entry in catalogue}
    walk = plain(root / name).split("\n## ")[2]

    bold = {" ".join(each.split()) for each in re.findall(r"\*\*([^*]+)\*\*", walk)}
    pressed = {each for each in bold if not each.endswith(".")}
    assert len(pressed) > 15
    assert sorted(pressed - labels) == []
