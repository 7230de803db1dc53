"""What somebody does in the portal, step by step."""

import re
from typing import Any

from django.test import Client, TestCase

from pasokh.casework.complaints.models import Complaint

PAGE = "/{}/follow/complaint/"
MARYAM = {"name": "مریم", "email": "maryam@example.org", "mobile": ""}


def complain(browser: Client, language: str = "fa", **answers: Any) -> Any:
    """Write the form and ask to check it."""
    given = {"narrative": "یخچال از روز اول خراب بود.", **MARYAM, "step": "check"} | answers
    return browser.post(f"/{language}/complain/", given)


def send(browser: Client, language: str = "fa") -> Any:
    """Send what was checked."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(f"/{language}/complain/check/")


def filed(browser: Client, language: str = "fa", **answers: Any) -> tuple[str, str]:
    """File a complaint and read reference and code from the receipt."""
    assert complain(browser, language, **answers).status_code == 302
    assert send(browser, language).url == f"/{language}/complain/receipt/"
    page = text(browser.get(f"/{language}/complain/receipt/"))
    ref = re.search(r"P-\d{6,}-\d", page)
    code = re.search(r'id="code">.*?([\d۰-۹]{4}(?:-[\d۰-۹]{4}){3})', page, re.S)
    assert ref
    assert code
    return ref[0], code[1]


def follow(browser: Client, ref: str, code: str, language: str = "fa") -> Any:
    return browser.post(f"/{language}/follow/", {"ref": ref, "code": code})


def followed(browser: Client, language: str = "fa", **answers: Any) -> Complaint:
    """File a complaint, and open its page."""
    ref, code = filed(browser, language, **answers)
    assert follow(browser, ref, code, language).status_code == 302
    return Complaint.objects.get(ref=ref)


def text(response: Any) -> str:
    page: str = response.content.decode()
    return page


def page(browser: Client, language: str = "en") -> str:
    """The page of the complaint that is followed."""
    return text(browser.get(PAGE.format(language)))
