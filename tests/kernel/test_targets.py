"""Addresses of pages read one way only, and machines judged by what they are."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel import targets
from pasokh.kernel.errors import Refused
from pasokh.kernel.targets import Target


@pytest.mark.parametrize(
    ("url", "target", "authority"),
    [
        ("https://a.example", Target("https", "a.example", 443, "/"), "a.example"),
        ("http://A.Example./x?y=1#z", Target("http", "a.example", 80, "/x?y=1"), "a.example"),
        ("https://[2001:DB8::1]:8443/", Target("https", "2001:db8::1", 8443, "/"), None),
        ("http://192.0.2.7:80/", Target("http", "192.0.2.7", 80, "/"), "192.0.2.7"),
        ("https://پاسخ.example/", Target("https", "xn--mgboo21a.example", 443, "/"), None),
        # What a browser takes for digits is judged as digits.
        ("http://１２７.０.０.１/", Target("http", "127.0.0.1", 80, "/"), "127.0.0.1"),
    ],
)
def test_an_address_is_read_in_its_one_form(
    url: str, target: Target, authority: str | None
) -> None:
    assert targets.read(url) == target
    assert authority is None or target.authority == authority


def test_an_address_with_brackets_keeps_them_in_its_name() -> None:
    assert targets.read("https://[2001:db8::1]:8443/").authority == "[2001:db8::1]:8443"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "target-scheme"),
        ("file:///etc/passwd", "target-scheme"),
        ("//a.example/", "target-scheme"),
        ("https://user@a.example/", "target-secret"),
        ("https://user:word@a.example/", "target-secret"),
        ("https://@a.example/", "target-secret"),
        ("https:///path", "target-unreadable"),
        ("https://a.example:0/", "target-unreadable"),
        ("https://a.example:99999/", "target-unreadable"),
        ("https://a.example:8o/", "target-unreadable"),
        ("https://a..example/", "target-unreadable"),
        ("https://a.example../", "target-unreadable"),
        ("https://-a.example/", "target-unreadable"),
        ("https://a%2eexample/", "target-unreadable"),
        ("https://[::1/", "target-unreadable"),
        ("https://[127.0.0.1]/", "target-unreadable"),
        ("https://[fe80::1%25eth0]/", "target-unreadable"),
        ("https://a.example\\@b.example/", "target-unreadable"),
        ("https://a.example/\r\nX: y", "target-unreadable"),
        ("https://a.example/سلام", "target-unreadable"),
        (" https://a.example/", "target-unreadable"),
        ("https://a.example/" + "x" * targets.LONGEST, "target-unreadable"),
    ],
)
def test_what_is_no_plain_address_is_refused_by_what_is_wrong(url: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        targets.read(url)

    assert refused.value.code == code


def _forms(number: int) -> st.SearchStrategy[str]:
    """Ways in which a system's library would take a host for an IPv4 address, but its usual one."""
    a, b, c, d = number.to_bytes(4, "big")
    return st.sampled_from(
        [
            str(number),
            hex(number),
            f"0{number:o}",
            f"{a}.{number & 0xFFFFFF}",
            f"{a}.{b}.{number & 0xFFFF}",
            f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
            f"0{a:o}.{b}.{c}.0{d:o}",
            f"{a}.{b}.{c}.0{d:o}",
            f"{number:#X}",
        ]
    )


@given(st.integers(0, 2**32 - 1).flatmap(_forms))
def test_a_number_that_only_could_be_an_address_is_none(host: str) -> None:
    assert socket.inet_aton(host)
    with pytest.raises(Refused, match="target-unreadable"):
        targets.read(f"http://{host}/")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_what_was_read_reads_the_same(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}/x"):
        try:
            read = targets.read(url)
        except Refused:
            continue
        assert targets.read(f"{read.scheme}://{read.authority}{read.path}") == read


INSIDE = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15"),
    *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "192.88.99.0/24"),
    *("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32"),
    *("2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    *("168.63.129.16/32", "fd00:ec2::254/128", "100.100.100.200/32"),
]


@given(st.sampled_from(INSIDE).flatmap(lambda one: st.ip_addresses(network=one)))
def test_no_machine_that_the_public_cannot_reach_is_spoken_to(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert not targets.allowed(str(address), 443)
    everywhere = targets.networks(["0.0.0.0/0", "::/0"])
    assert targets.allowed(str(address), 25, within=everywhere)


@pytest.mark.parametrize("address", ["8.8.8.8", "185.143.233.1", "2606:4700::1111"])
def test_a_public_machine_is_spoken_to_by_the_ports_of_the_web_or_free_ones(address: str) -> None:
    found = {port for port in (22, 25, 80, 443, 587, 1024, 8443) if targets.allowed(address, port)}

    assert found == {80, 443, 1024, 8443}


def test_what_is_no_address_is_not_spoken_to_and_what_is_no_network_opens_nothing() -> None:
    assert not targets.allowed("fe80::1%eth0", 443)
    assert not targets.allowed("a.example", 443)
    assert targets.networks(["10.0.0.5/8", "all", "fd00::/8"]) == (
        ipaddress.ip_network("10.0.0.0/8"),
        ipaddress.ip_network("fd00::/8"),
    )
