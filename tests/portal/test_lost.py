"""A lost tracking code: replaced through a confirmed address, and by nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.portal.post import Post, link, mailed, work
from tests.portal.steps import PAGE, complain, filed, follow, followed, send, text
from tests.portal.test_follow import later

from pasokh.casework.complaints.models import Complaint
from pasokh.kernel.ledger.models import Entry
from pasokh.portal import lost

__all__ = ["mailed"]

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
HERE = "/{}/follow/lost/"


def asked(browser: Client, ref: str, email: str, language: str = "fa") -> Any:
    answer = browser.post(HERE.format(language), {"ref": ref, "email": email}, follow=True)
    work()
    return answer


def confirmed(browser: Client, mailed: Post, language: str = "fa", **answers: Any) -> Complaint:
    """A complaint whose address is confirmed; it is followed in this browser."""
    case = followed(browser, language, **answers)
    Client().post(link(mailed.one(), "confirm"))
    mailed.send()
    return case


def shown(page: str) -> str:
    found = re.search(r'id="code">.*?([\d۰-۹]{4}(?:-[\d۰-۹]{4}){3})', page, re.S)
    assert found
    return found[1]


@LANGUAGES
def test_a_new_code_is_shown_behind_the_link_and_the_old_one_opens_nothing(
    browser: Client, mailed: Post, language: str
) -> None:
    ref, old = filed(browser, language)
    follow(browser, ref, old, language)
    Client().post(link(mailed.one(), "confirm"))
    mailed.send()
    visitor = Client()
    assert asked(visitor, ref.lower(), "MARYAM@example.org", language).status_code == 200
    assert mailed.send() == []
    asked(visitor, ref, " maryam@EXAMPLE.org ", language)
    mail = mailed.one()
    assert re.search(r"[\d۰-۹]{4}-[\d۰-۹]{4}-", mail) is None

    there = link(mail, "follow/lost/link")
    assert visitor.get(there).status_code == 200
    assert browser.get(PAGE.format(language)).status_code == 200
    given = visitor.post(there, follow=True)
    code = shown(text(given))
    assert (ref in text(given), code == old) == (True, False)
    assert browser.get(PAGE.format(language)).status_code == 302
    assert follow(Client(), ref, old, language).status_code == 200
    assert follow(Client(), ref, code, language).status_code == 302
    events = list(Entry.objects.filter(subject=f"complaint:{ref}").values_list("event", flat=True))
    assert [events.count(f"complaint.code_{each}") for each in ("asked", "replaced")] == [1, 1]


def test_the_answer_is_the_same_whoever_asks_and_whatever_is_there(
    browser: Client, mailed: Post
) -> None:
    case = confirmed(browser, mailed)
    other = followed(Client(), email="sara@example.org")
    nameless = followed(Client(), anonymous="on", name="", email="")
    mailed.send()
    tries = [
        (case.ref, "maryam@example.org"),
        (case.ref, "thief@example.org"),
        (other.ref, "sara@example.org"),
        (nameless.ref, "maryam@example.org"),
        ("P-999999-9", "maryam@example.org"),
        ("nonsense", "maryam@example.org"),
    ]
    answers, mails = [], []
    for number, (ref, email) in enumerate(tries):
        visitor = Client(REMOTE_ADDR=f"198.51.100.{number}")
        answer = asked(visitor, ref, email)
        answers.append((answer.status_code, answer.redirect_chain, text(answer)))
        mails.append(len(mailed.send()))

    assert all(each == answers[0] for each in answers)
    assert mails == [1, 0, 0, 0, 0, 0]


def test_what_waits_for_the_worker_holds_no_address(browser: Client, mailed: Post) -> None:
    case = confirmed(browser, mailed)
    Client().post(HERE.format("fa"), {"ref": case.ref, "email": "maryam@example.org"})
    (job,) = ProcrastinateJob.objects.filter(task_name="offer-code")

    assert sorted(job.args) == ["address", "ref"]
    assert re.fullmatch("[0-9a-f]{64}", job.args["address"])


def test_a_mailbox_is_not_flooded_and_asking_is_slowed(
    browser: Client, mailed: Post, still: None
) -> None:
    case = confirmed(browser, mailed)
    answers = [asked(Client(), case.ref, "maryam@example.org") for _ in range(lost.FREE + 2)]

    assert [each.status_code for each in answers] == [200] * (lost.FREE + 1) + [429]
    assert case.ref in text(answers[-1])
    assert len(mailed.send()) == 1
    with later(timedelta(hours=1)):
        asked(Client(REMOTE_ADDR="203.0.113.5"), case.ref, "maryam@example.org")
        assert len(mailed.send()) == 1


def test_opening_the_link_changes_nothing_and_pressing_twice_gives_one_code(
    browser: Client, mailed: Post
) -> None:
    case = confirmed(browser, mailed)
    asked(browser, case.ref, "maryam@example.org")
    there = link(mailed.one(), "follow/lost/link")
    for _ in range(2):
        assert Client().get(there).status_code == 200
    assert browser.get(PAGE.format("fa")).status_code == 200

    visitor = Client()
    visitor.get(there)
    pages = [text(visitor.post(there, follow=True)) for _ in range(2)]
    assert shown(pages[0]) == shown(pages[1])
    assert visitor.get(there).url == "/fa/follow/lost/code/"
    replaced = Entry.objects.filter(event="complaint.code_replaced")
    assert replaced.count() == 1


def test_a_link_that_is_used_old_or_wrong_gives_no_code(browser: Client, mailed: Post) -> None:
    case = confirmed(browser, mailed)
    asked(browser, case.ref, "maryam@example.org")
    used = link(mailed.one(), "follow/lost/link")
    Client().post(used)
    with later(timedelta(hours=1)):
        asked(Client(REMOTE_ADDR="203.0.113.5"), case.ref, "maryam@example.org")
        old = link(mailed.one(), "follow/lost/link")
    answers = []
    with later(timedelta(hours=3)):
        for address in (used, old, f"/fa/follow/lost/link/{'x' * 32}/"):
            for way in (Client().get, Client().post):
                answer = way(address)
                answers.append((answer.status_code, re.sub(r"link/[\w-]+/", "", text(answer))))

    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_a_link_that_confirms_an_address_gives_no_code_and_the_other_way_round(
    browser: Client, mailed: Post
) -> None:
    case = followed(browser)
    token = link(mailed.one(), "confirm").split("/")[-2]
    assert Client().post(f"/fa/follow/lost/link/{token}/").status_code == 404
    Client().post(f"/fa/confirm/{token}/")
    mailed.send()
    asked(browser, case.ref, "maryam@example.org")
    token = link(mailed.one(), "follow/lost/link").split("/")[-2]

    assert Client().post(f"/fa/confirm/{token}/").status_code == 404


def test_the_new_code_stands_for_an_hour_in_the_browser_that_asked(
    browser: Client, mailed: Post
) -> None:
    case = confirmed(browser, mailed)
    asked(browser, case.ref, "maryam@example.org")
    visitor = Client()
    there = link(mailed.one(), "follow/lost/link")
    visitor.get(there)
    visitor.post(there)
    paper = visitor.get("/fa/follow/lost/code/receipt.pdf")

    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")
    assert Client().get("/fa/follow/lost/code/").url == "/fa/follow/"
    assert Client().get("/fa/follow/lost/code/receipt.pdf").url == "/fa/follow/"
    with later(timedelta(hours=1)):
        assert visitor.get("/fa/follow/lost/code/").url == "/fa/follow/"


@LANGUAGES
def test_without_mail_the_page_says_whom_to_ask(browser: Client, language: str) -> None:
    page = text(browser.get(HERE.format(language)))

    assert "id_email" not in page
    assert "021" in page or "۰۲۱" in page


def test_an_anonymous_person_is_told_before_and_after_that_nobody_can_replace_the_code(
    browser: Client,
) -> None:
    nameless = {"anonymous": "on", "name": "", "email": ""}
    said = "it cannot be replaced"
    asked_first = text(browser.get("/en/complain/"))
    complain(browser, "en", **nameless)
    checked = text(browser.get("/en/complain/check/"))
    send(browser, "en")
    receipt = text(browser.get("/en/complain/receipt/"))
    assert [said in page for page in (asked_first, checked, receipt)] == [True] * 3

    filed(named := Client(), "en")
    assert said not in text(named.get("/en/complain/receipt/"))


def test_what_is_written_is_kept_when_it_is_no_address(browser: Client, mailed: Post) -> None:
    answer = browser.post(HERE.format("en"), {"ref": "P-1", "email": "no address"})

    assert list(answer.context["form"].errors) == ["email"]
    assert 'value="P-1"' in text(answer)
    assert ProcrastinateJob.objects.filter(task_name="offer-code").count() == 0
