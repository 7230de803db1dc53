"""A matter that goes on by itself: whoever complained learns where, and their code opens it."""

from types import SimpleNamespace

import pytest
from django.test import Client
from tests.portal.post import Post, link, mailed
from tests.portal.steps import filed, follow, page

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.models import AccessCode
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.ledger.models import Entry

__all__ = ["mailed"]

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.4")]

SAID = {
    "en": "This matter was part of your complaint",
    "fa": "این موضوع بخشی از شکایت شما با شمارهٔ",
}


def parted(ref: str, by: Actor) -> Complaint:
    """A second matter of a file, split off."""
    actions.add_issue(ref, text="The invoice is wrong, too.", by=by, at=now())
    return intake.split(ref, issue=2, by=by, at=now())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_they_learn_of_the_new_reference_by_letter_and_their_code_opens_it(
    browser: Client, portal: SimpleNamespace, mailed: Post, language: str
) -> None:
    ref, code = filed(browser, language)
    Client().post(link(mailed.one(), "confirm"))
    mailed.send()

    other = parted(ref, portal.reza)

    (mail,) = mailed.send()
    assert SAID[language] in mail
    assert other.ref in mail
    assert ref in mail
    assert code not in mail
    letter = Letter.objects.get(complaint=other)
    assert (letter.kind, letter.language) == ("acknowledgement", language)
    other.refresh_from_db()
    assert "acknowledged" in str(other.milestones)
    assert follow(browser, other.ref, code, language).status_code == 302
    assert "The invoice is wrong, too." in page(browser, language)
    assert follow(Client(), ref, code, language).status_code == 302


def test_nobody_without_a_name_loses_sight_of_a_matter(
    browser: Client, portal: SimpleNamespace
) -> None:
    ref, code = filed(browser, "en", name="", email="", anonymous="on")
    other = parted(ref, portal.reza)

    follow(browser, ref, code, "en")
    assert other.ref in page(browser)
    assert follow(browser, other.ref, code, "en").status_code == 302
    assert "The invoice is wrong, too." in page(browser)


def test_a_code_that_is_replaced_opens_neither_any_more(
    browser: Client, portal: SimpleNamespace
) -> None:
    ref, old = filed(browser, "en")
    other = parted(ref, portal.reza)

    new = intake.replace_code(other.ref, proof="x", by=portal.reza, at=now())

    for one in (ref, other.ref):
        assert follow(Client(), one, old, "en").status_code != 302
        assert follow(Client(), one, new, "en").status_code == 302
        assert Entry.objects.filter(
            subject=Complaint.objects.get(ref=one).subject, event="complaint.code_replaced"
        ).exists()
    strangers, code = filed(Client(), "en")
    intake.replace_code(ref, proof="x", by=portal.reza, at=now())
    assert follow(Client(), strangers, code, "en").status_code == 302


def test_a_file_that_has_no_code_gives_none(browser: Client, portal: SimpleNamespace) -> None:
    ref, _code = filed(browser, "en")
    AccessCode.objects.all().delete()

    parted(ref, portal.reza)

    assert not AccessCode.objects.exists()
