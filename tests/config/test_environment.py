from pathlib import Path

import pytest

from pasokh.config import environment


def test_an_ordinary_machine_needs_no_setting_and_answers_on_the_loopback_alone():
    found = environment.read({})

    assert found.database_url is None
    assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert found.proxies == ()
    assert not found.https


def test_a_path_is_made_absolute_and_its_folders_follow():
    found = environment.read({"PASOKH_DATA": "~/pasokh"})

    assert found.data == Path.home() / "pasokh"
    assert found.secrets == Path.home() / "pasokh" / "secrets"


def test_the_public_address_is_one_of_the_hosts_and_tells_whether_visitors_come_by_tls():
    found = environment.read(
        {"PASOKH_ADDRESS": "https://Shekayat.example.ir/", "PASOKH_HOSTS": "a.example, b.example"}
    )

    assert found.address == "https://Shekayat.example.ir"
    assert found.hosts[:3] == ("a.example", "b.example", "shekayat.example.ir")
    assert found.https


def test_an_empty_variable_is_as_good_as_none():
    assert environment.read({"DATABASE_URL": "", "PASOKH_DATA": ""}) == environment.read({})


def test_proxies_are_addresses_and_networks():
    found = environment.read({"PASOKH_PROXIES": "127.0.0.1 10.0.0.0/8"})

    assert found.proxies == ("127.0.0.1", "10.0.0.0/8")


def test_answers_and_notices_have_defaults_that_can_be_changed():
    assert environment.read({}).reply_separator == "+"
    assert environment.read({"PASOKH_REPLY_SEPARATOR": "none"}).reply_separator == ""
    assert environment.read({}).notice_caps == (3, 200, 2000)
    assert environment.read({"PASOKH_NOTICE_CAPS": "1, 20 300"}).notice_caps == (1, 20, 300)
    limits = environment.read({"PASOKH_MAIL_LIMITS": "parts=9, domain=5"}).mail_limits
    assert limits == {"parts": 9, "domain": 5}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("NOTICE_CAPS", "3"),
        ("NOTICE_CAPS", "0 1 1"),
        ("REPLY_SEPARATOR", "p-"),
        ("MAIL_LIMITS", "megabytes=90"),
        ("MAIL_LIMITS", "9"),
    ],
)
def test_what_cannot_be_understood_is_named(name, said):
    with pytest.raises(ValueError, match=f"PASOKH_{name}"):
        environment.read({f"PASOKH_{name}": said})
