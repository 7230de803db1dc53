"""Nobody can have Pasokh flood a stranger's mailbox, a server or the world, whatever they file."""

import pytest
from django.test import override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.correspondence.correspondents import WORDS, complain, written
from tests.channels.postbox import Postbox

from pasokh.casework.complaints import actions
from pasokh.casework.correspondence import queries
from pasokh.casework.correspondence.caps import WAIT
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.channels.mail_out import send_letters

NOW = START + DAY
VICTIM = "victim@example.com"

pytestmark = pytest.mark.django_db


def filed(acts: Acts, *addresses: str, at=START) -> None:
    for address in addresses:
        case = complain(acts.shop, "en", address=address, confirmed=False, at=at)
        actions.write(case.ref, kind=LetterKind.ACKNOWLEDGEMENT, facts={}, by=acts.shop.reza, at=at)


def recipients(box: Postbox) -> list[str]:
    return [to for _sender, to, _raw in box.mails]


@pytest.mark.clause("10002:7.4")
@override_settings(NOTICE_CAPS=(3, 200, 2000))
def test_a_stranger_gets_three_mails_an_hour_however_their_address_is_written(
    box: Postbox, acts: Acts
) -> None:
    spelled = [VICTIM, "victim+shop@example.com", "Vic.Tim@Example.com", "victim+2@example.com"]
    filed(acts, *spelled, "other@example.com")
    send_letters(NOW)

    assert recipients(box) == [*spelled[:3], "other@example.com"]
    kept = Letter.objects.exclude(held="").get()
    assert (kept.state, kept.held, kept.attempts) == (LetterState.QUEUED, "address", 0)
    assert queries.outbox().held == 1
    said = "".join(str(mail) for mail in box.letters)
    assert [each for each in (WORDS["en"].narrative, *WORDS["en"].issues) if each in said] == []

    send_letters(NOW + WAIT)  # still within the hour
    assert len(box.mails) == 4

    send_letters(NOW + HOUR + 2 * WAIT)
    assert recipients(box)[4:] == ["victim+2@example.com"]
    assert queries.outbox().held == 0


@override_settings(NOTICE_CAPS=(3, 2, 3))
def test_a_domain_and_an_hour_have_their_caps_and_nothing_is_lost(box: Postbox, acts: Acts) -> None:
    addresses = ["a@one.example", "b@one.example", "c@one.example", "d@two.example", "e@x.example"]
    filed(acts, *addresses)
    send_letters(NOW)
    assert sorted(recipients(box)) == ["a@one.example", "b@one.example", "d@two.example"]
    assert sorted(Letter.objects.exclude(held="").values_list("held", flat=True)) == [
        "all",
        "domain",
    ]

    send_letters(NOW + HOUR + 2 * WAIT)
    assert sorted(recipients(box)) == addresses


@override_settings(NOTICE_CAPS=(1, 1, 1))
def test_letters_to_confirmed_addresses_know_no_caps(box: Postbox, acts: Acts) -> None:
    for _ in range(3):
        written(LetterKind.MESSAGE, "en", acts)
    send_letters(NOW)

    assert len(box.mails) == 3


@override_settings(NOTICE_CAPS=(1, 200, 2000))
def test_an_address_confirmed_meanwhile_gets_what_was_held_back(box: Postbox, acts: Acts) -> None:
    filed(acts, VICTIM, VICTIM)
    send_letters(NOW)
    point = Letter.objects.exclude(held="").get().to
    assert point is not None
    actions.confirm_contact(
        Letter.objects.exclude(held="").get().complaint.ref,
        point=point.pk,
        by=acts.shop.reza,
        at=NOW,
    )
    send_letters(NOW + WAIT)

    assert len(box.mails) == 2
    assert queries.outbox().held == 0
