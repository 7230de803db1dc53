"""The rules in their order, and that each reason they give can be read by people."""

import ast
from pathlib import Path

from pasokh.casework.intake.mailroom.labels import DISPOSITIONS, REASONS
from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in import rules
from pasokh.channels.mail_in.known import Known, OurLetter
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.parsed import Address, Parsed
from pasokh.channels.mail_in.rules import loop, order, person, spam, thread

FOLDER = Path(rules.__path__[0])
LIMITS = Limits()
MARYAM = Address("maryam@example.org", "Maryam")


def reasons() -> set[str]:
    """Every text that a rule gives as its reason, or may."""
    found: set[str] = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Verdict":
                given = node.args[1]
                texts = ast.walk(given) if not isinstance(given, ast.Name) else []
                found |= {
                    one.value
                    for one in texts
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return found - {"by-"}


def test_each_reason_and_each_disposition_has_its_words() -> None:
    assert reasons() - set(REASONS) == set()
    assert set(DISPOSITIONS) == set(Disposition)
    assert {"by-address", "by-thread"} <= set(REASONS)


def test_what_is_here_already_and_what_we_wrote_goes_before_all_else() -> None:
    mail = Parsed(message_id="x@ours.example", sender=MARYAM, new="words")
    ours = {"x@ours.example": OurLetter(7, "P-000001-7", "")}

    assert order.judge(mail, Known(letters=ours, copy_of=3)).reason == "duplicate"
    assert order.judge(mail, Known(letters=ours)).disposition is Disposition.LOOP
    assert order.judge(mail, Known()).disposition is Disposition.COMPLAINT


def test_our_own_mailboxes_and_endless_roads_are_loops() -> None:
    own = Parsed(sender=Address("Office@ours.example"), new="x")
    far = Parsed(sender=MARYAM, new="x", headers={"received": ("hop",) * (loop.HOPS + 1)})

    first = loop.own(own, Known(mailboxes=frozenset({"office@ours.example"})))
    assert first is not None
    assert first.reason == "from-ourselves"
    assert loop.own(own, Known()) is None
    second = loop.own(far, Known())
    assert second is not None
    assert second.reason == "too-many-servers"


def test_what_comes_faster_than_people_write_is_held() -> None:
    mail = Parsed(sender=MARYAM, new="x")
    address = loop.too_often(mail, Known(of_sender=LIMITS.address))
    domain = loop.too_often(mail, Known(of_sender=1, of_domain=LIMITS.domain))

    assert address is not None
    assert domain is not None
    assert (address.reason, domain.reason) == ("address-too-often", "domain-too-often")
    assert loop.too_often(mail, Known(of_sender=LIMITS.address - 1)) is None
    more = Known(of_sender=LIMITS.address, limits=Limits(address=99))
    assert loop.too_often(mail, more) is None


def test_the_nearest_file_of_which_the_sender_is_a_party_is_answered() -> None:
    mail = Parsed(sender=MARYAM, new="x")
    both = Known(keyed="P-1", threads=("P-2", "P-3"), party_of=frozenset({"P-3"}))

    answer = thread.judge(mail, both)
    assert answer is not None
    assert (answer.disposition, answer.reason, answer.facts) == (
        *(Disposition.ANSWER, "by-thread", {"ref": "P-3"}),
    )
    stranger = thread.judge(mail, Known(keyed="P-1", threads=("P-2",)))
    assert stranger is not None
    assert (stranger.disposition, stranger.facts) == (Disposition.HELD, {"ref": "P-1"})
    assert thread.judge(mail, Known()) is None


def test_who_cannot_be_verified_is_no_party_by_the_address_alone() -> None:
    mail = Parsed(sender=MARYAM, new="x")
    party = {"party_of": frozenset({"P-1"}), "trusted": "mx.ours.example"}

    held = thread.judge(mail, Known(threads=("P-1",), **party))
    assert held is not None
    assert (held.disposition, held.reason, held.facts) == (
        *(Disposition.HELD, "sender-unverified", {"ref": "P-1"}),
    )
    keyed = thread.judge(mail, Known(keyed="P-1", **party))
    assert keyed is not None
    assert keyed.reason == "by-address"
    signed = {"authentication-results": ("mx.ours.example; dkim=pass header.d=example.org",)}
    proven = thread.judge(Parsed(sender=MARYAM, headers=signed), Known(threads=("P-1",), **party))
    assert proven is not None
    assert proven.reason == "by-thread"


def test_what_a_server_marked_is_spam_unless_a_party_answers() -> None:
    marked = Parsed(sender=MARYAM, new="x", headers={"x-spam-flag": ("YES",)})
    party = Known(keyed="P-1", party_of=frozenset({"P-1"}))

    assert order.judge(marked, Known()).disposition is Disposition.SPAM
    assert order.judge(marked, party).disposition is Disposition.ANSWER
    assert spam.judge(Parsed(headers={"x-spam-status": ("No, score=1",)}), Known()) is None


def test_who_names_no_address_or_says_nothing_waits_for_a_person() -> None:
    assert person.judge(Parsed(new="x"), Known()).reason == "no-sender"
    assert person.judge(Parsed(sender=MARYAM), Known()).reason == "nothing-said"
    assert person.judge(Parsed(sender=MARYAM, subject="x"), Known(givers=2)).reason == (
        "known-address"
    )
