"""Every naughty string asked for instead of told: no address and no search answers with a fault."""

from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.test import Client
from tests.corpus.doors import at_desk
from tests.fixtures.pages import Page

pytestmark = pytest.mark.django_db

PARTS = 4
EACH_PART = pytest.mark.parametrize("part", range(PARTS))
#: Places beside the search, in turn.
ELSEWHERE = (
    "?text={0}&state=all&owner={0}&after={0}&before={0}",
    "calls/?number={0}",
    "complaints/{0}/",
    "complaints/{0}/form/",
    "complaints/{0}/files/{0}/",
    "complaints/{0}/{0}/",
)
#: What no page sends but anybody can: signs and bytes that no database takes for text.
BESIDES = [b"\0", b"a\0b", b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"%", b"\r\n"]


@EACH_PART
def test_the_desk_answers_whatever_is_looked_for(
    house: SimpleNamespace, naughty: list[str], part: int
) -> None:
    desk, language = at_desk(house), ("fa", "en")[part % 2]
    at = f"/{language}/desk"
    for number, asked in enumerate(_asked(naughty, part)):
        paths = (f"search/?q={asked}", ELSEWHERE[number % len(ELSEWHERE)].format(asked))
        answers = {path: desk.get(f"{at}/{path}").status_code for path in paths}
        assert set(answers.values()) <= {200, 302, 404}, answers


@EACH_PART
def test_the_portal_answers_whatever_is_typed_for_reference_and_code(
    house: SimpleNamespace, naughty: list[str], part: int
) -> None:
    language = ("fa", "en")[part % 2]
    at = f"/{language}/follow/"
    browser = Client()
    form = Page(browser.get(at)).form("ref")
    for said in _said(naughty, part):
        typed = form.post(browser, at, {"ref": said, "code": said})
        opened = browser.get(f"{at}complaint/{quote(said, safe='')}/")

        assert typed.status_code in (200, 429), said
        assert opened.status_code in (302, 404), said


def _said(naughty: list[str], part: int) -> list[bytes]:
    """One part of the strings."""
    return [each.encode() for each in naughty[part::PARTS] if each]


def _asked(naughty: list[str], part: int) -> list[str]:
    """One part of the strings, and each of the odd ones in every place."""
    besides = [each for each in BESIDES for _ in ELSEWHERE]
    return [quote(each, safe="") for each in (*_said(naughty, part), *besides)]
