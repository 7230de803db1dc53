"""The doors by which words come in, each gone through page by page with its own protections."""

import re
from types import SimpleNamespace
from typing import Any

from django.test import Client
from tests.fixtures.pages import Answers, Page

from pasokh.directory.organisation.models import User

_REF = re.compile(r"P-\d{6,}-\d")
NOBODY: Answers = {"anonymous": "on"}


class Portal:
    """The form, the page to check it, the receipt."""

    who: Answers = {"name": "مریم", "email": "maryam@example.org"}

    def __init__(self, language: str) -> None:
        self.client, self.at = Client(enforce_csrf_checks=True), f"/{language}/complain/"
        self.form = Page(self.client.get(self.at)).form("narrative")

    def file(self, said: str | bytes, who: Answers = NOBODY) -> str:
        """File a complaint, and return its words as they were shown before they were filed."""
        answers = {"narrative": said, "step": "check", **who}
        sent = self.form.post(self.client, self.at, answers)
        assert (sent.status_code, sent.headers.get("Location")) == (302, f"{self.at}check/"), said
        check = Page(self.client.get(f"{self.at}check/"))
        plain = next(form for form in check.forms if list(form.fields) == ["csrfmiddlewaretoken"])
        sent = plain.post(self.client, f"{self.at}check/", {})
        assert (sent.status_code, sent.headers.get("Location")) == (302, f"{self.at}receipt/"), said
        return check.texts("words")[0]

    def receipt(self) -> tuple[str, str]:
        """Reference and code of what was filed last."""
        page = Page(self.client.get(f"{self.at}receipt/"))
        return page.texts("#reference")[0], page.texts("#code")[0]

    def refuses(self, said: str | bytes) -> list[str]:
        """Try to file a complaint that says nothing, and return the sentences."""
        sent = self.form.post(self.client, self.at, {"narrative": said, "step": "check"})
        assert sent.status_code == 200
        return Page(sent).texts("field__error")


class Desk:
    """The form a colleague fills in, and the page that hands the code over."""

    who: Answers = {"name": "Mary Adams", "phone": "020 7946 0018", "read_back": "on"}

    def __init__(self, language: str, client: Client) -> None:
        self.client, self.at = client, f"/{language}/desk/complaints/new/"
        self.form = Page(self.client.get(self.at)).form("narrative")
        self.count = 0

    def file(self, said: str | bytes, who: Answers = NOBODY) -> str:
        self.count += 1
        once = f"{self.form.fields['once'][0]}-{self.count}"
        answers = {"narrative": said, "once": once, **who}
        self.last = self.form.post(self.client, self.at, answers)
        assert self.last.status_code == 200, said
        return said if isinstance(said, str) else ""

    def receipt(self) -> tuple[str, str]:
        page = Page(self.last)
        ref = next(found[0] for each in page.texts("keep") if (found := _REF.search(each)))
        return ref, page.texts("#tracking")[0]

    def refuses(self, said: str | bytes) -> list[str]:
        sent = self.form.post(self.client, self.at, {"narrative": said, **NOBODY})
        assert sent.status_code == 422
        return Page(sent).texts("field__error")


def at_desk(house: SimpleNamespace, name: str = "sara") -> Client:
    """A browser in which a colleague has signed in, and that must prove each form to be ours."""
    staff: Any = house.staff[name]
    if staff.user is None:
        staff.user = User.objects.create(email=f"{name}@example.org")
        staff.save()
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff.user)
    return client


def through(way: str, language: str, house: SimpleNamespace) -> Portal | Desk:
    """Stand before a door."""
    return Portal(language) if way == "portal" else Desk(language, at_desk(house))
