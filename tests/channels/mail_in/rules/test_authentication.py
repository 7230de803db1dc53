"""Who a sender is, as the trusted server found out."""

import pytest

from pasokh.channels.mail_in.known import Known
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules.authentication import (
    Result,
    checked,
    judge,
    results,
    verified,
)

TRUSTED = Known(trusted="mx.shop.example")
OURS = "Authentication-Results: mx.shop.example"


def mail(*lines: str) -> bytes:
    return "\n".join((*lines, "From: maryam@example.org", "", "hello")).encode()


def test_results_are_read_by_method() -> None:
    found = results(
        read(
            mail(
                f"{OURS} 1; spf=pass (it may) smtp.mailfrom=maryam@example.org;",
                " dkim=fail header.d=x.example; dkim=pass header.d=example.org;",
                " dmarc=pass header.from=example.org",
            )
        ),
        "mx.shop.example",
    )

    assert found == (
        Result("spf", "pass", "example.org"),
        Result("dkim", "pass", "example.org"),
        Result("dmarc", "pass", "example.org"),
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["Authentication-Results: mx.evil.example; dmarc=pass header.from=example.org"],
        [f"{OURS}.evil.example; dmarc=pass header.from=example.org"],
        [f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass header.from=example.org"],
        [f"{OURS}; dkim=pass header.d=org"],
        [f"{OURS}; spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example"],
        [f"{OURS}; none"],
        ["Subject: dmarc=pass"],
    ],
)
def test_what_anybody_can_write_verifies_nobody(lines: list[str]) -> None:
    assert verified(read(mail(*lines)), TRUSTED) is False


def test_the_trusted_word_verifies() -> None:
    assert verified(read(mail(f"{OURS}; dkim=pass header.d=example.org")), TRUSTED)
    assert verified(read(mail(f"{OURS}; dmarc=pass header.from=example.org")), TRUSTED)
    assert not verified(read(mail(f"{OURS}; dmarc=pass header.from=example.org")), Known())


def test_a_mail_that_its_senders_domain_disowns_is_held() -> None:
    verdict = judge(read(mail(f"{OURS}; dmarc=fail (p=reject) header.from=example.org")), TRUSTED)

    assert verdict is not None
    assert verdict.reason == "sender-disowned"
    assert judge(read(mail(f"{OURS}; dmarc=none")), TRUSTED) is None
    assert judge(read(mail("Authentication-Results: other; dmarc=fail")), TRUSTED) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"{OURS}; spf=pass smtp.mailfrom=maryam@example.org", "verified"),
        (f"{OURS}; spf=softfail smtp.mailfrom=example.org; dkim=none; dmarc=none", "unverified"),
        (f"{OURS}; dkim=pass header.d=evil.example", "unverified"),
        ("Authentication-Results: mx.evil.example; dmarc=pass", "unheard"),
        ("Subject: hello", "unheard"),
    ],
)
def test_what_is_found_is_told_only_where_a_server_is_trusted(line: str, found: str) -> None:
    assert checked(read(mail(line)), TRUSTED) == found
    assert checked(read(mail(line)), Known()) is None
