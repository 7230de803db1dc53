"""Set-up: the form on own pages, posters and cards, tablets on the counter."""

import html
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import zxingcpp
from django.test import Client
from pypdfium2 import PdfDocument
from tests.desk.test_settings_steps import SET_UP, do, faults, pair

from pasokh.casework.intake.entrances import queries
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.kernel.clock import now

pytestmark = pytest.mark.django_db

PAGE = "entrances/"


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


def opened(browser: Client, page: str) -> str:
    return html.unescape(browser.get(SET_UP + page).content.decode())


def test_a_page_of_ones_own_gets_a_line_and_a_key(browser: Client, settings: object) -> None:
    given = pair("name", "فروشگاه", "The shop")
    leads = do(browser, PAGE, "add-site", origins="https://shop.example", **given).url
    one = Entrance.objects.get()
    [key] = re.findall(r"pform_[\w-]+", browser.get(leads).content.decode())

    assert queries.key_of(one) == key
    assert (one.origins, one.unit) == (["https://shop.example"], None)
    assert "pform_" not in browser.get(leads).content.decode()
    page = opened(browser, f"{PAGE}{one.pk}/")
    assert f'<script src="http://testserver/form.js" data-form="{one.code}" async></script>' in page
    assert f"http://testserver/fa/form/{one.code}/" in page

    do(browser, f"{PAGE}{one.pk}/", "renew")
    assert "pform_" in opened(browser, f"{PAGE}{one.pk}/")
    wrong = do(browser, f"{PAGE}{one.pk}/", "change", origins="shop", **given)
    assert "is not the address of a site" in faults(wrong)
    do(browser, f"{PAGE}{one.pk}/", "change", origins="", **given)
    one.refresh_from_db()
    assert one.origins == []
    do(browser, f"{PAGE}{one.pk}/", "end")
    assert browser.get(f"{SET_UP}{PAGE}{one.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("sheet", "language", "size"),
    [
        ("poster-a4", "fa", (595, 842)),
        ("poster-a3", "en", (842, 1191)),
        ("card-a6", "fa", (298, 420)),
        ("card-a6", "en", (298, 420)),
    ],
)
def test_what_is_printed_for_a_place_is_one_page_whose_code_leads_there(
    browser: Client,
    shop: SimpleNamespace,
    sheet: str,
    language: str,
    size: tuple[int, int],
) -> None:
    given = {**pair("name", "شعبهٔ خیابان زند", "Zand Street branch")}
    do(browser, PAGE, "add-place", unit=shop.units["shiraz"].pk, **given)
    one = Entrance.objects.get()
    answer = browser.get(f"{SET_UP}{PAGE}{one.pk}/{sheet}/{language}/")
    assert answer["Content-Type"] == "application/pdf"

    [page] = PdfDocument(answer.content)
    assert tuple(map(round, page.get_size())) == size
    [read] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert read.text == f"http://testserver/{language}/at/{one.code}/"


def test_a_tablet_is_paired_by_a_link_that_is_shown_once(browser: Client) -> None:
    given = pair("name", "پیشخوان", "Counter")
    leads = do(browser, PAGE, "add-kiosk", **given).url
    [token] = re.findall(r"/en/kiosk/pair/([\w-]+)/", browser.get(leads).content.decode())
    one = Entrance.objects.get()

    assert queries.pairing(token, now()) == one
    assert "Not paired yet" in opened(browser, PAGE)
    assert token not in opened(browser, PAGE)
    for page in ("x", "poster-a4/fa/", "site"):
        assert browser.get(f"{SET_UP}{PAGE}{one.pk}/{page}").status_code == 404
