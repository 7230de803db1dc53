import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from tests.channels.smime.people import authority

from pasokh.config import check, environment
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable


@pytest.fixture
def surroundings(tmp_path: Path) -> Environment:
    (tmp_path / "secrets").mkdir(mode=0o700)
    return Environment(data=tmp_path, database_url=os.environ["DATABASE_URL"])


@pytest.mark.django_db
def test_an_installation_in_order_is_told_sentence_by_sentence(surroundings: Environment) -> None:
    found = list(check.examine(surroundings))

    assert [right for right, _ in found] == [True] * len(check.CHECKS)
    assert [sentence for _, sentence in found][1:4] == [
        f"The data folder {surroundings.data} can be written to.",
        "The secrets can be read by their owner alone.",
        "The database is the one that DATABASE_URL names.",
    ]
    assert [sentence for _, sentence in found][-3:] == [
        "The tables are up to date.",
        "No mail server is set, so letters by e-mail wait.",
        "Trusted certificate authorities for mail: 0.",
    ]
    assert [path.name for path in surroundings.data.iterdir()] == ["secrets"]


@pytest.mark.django_db
def test_a_secret_that_others_may_read_is_named_with_the_remedy(surroundings: Environment) -> None:
    secret = surroundings.secrets / "django.key"
    secret.write_text("x")
    secret.chmod(0o644)

    assert wrong(surroundings)[0] == (
        f"Others may read the secret {secret}. Run: chmod 600 “{secret}”."
    )


def test_an_https_address_without_its_proxy_is_noticed(surroundings: Environment) -> None:
    public = environment.read(
        {
            "PASOKH_DATA": str(surroundings.data),
            "DATABASE_URL": "postgresql://127.0.0.1:1/none",
            "PASOKH_ADDRESS": "https://a.example",
        }
    )

    assert wrong(public)[0].startswith("PASOKH_ADDRESS begins with https, but PASOKH_PROXIES")


def test_what_is_no_network_is_named_and_opens_nothing(surroundings: Environment) -> None:
    told = environment.read(
        {
            "PASOKH_DATA": str(surroundings.data),
            "DATABASE_URL": "postgresql://127.0.0.1:1/none",
            "PASOKH_OUTGOING_NETWORKS": "10.0.0.0/8, everywhere",
        }
    )

    assert wrong(told)[0].startswith("PASOKH_OUTGOING_NETWORKS names everywhere, which is no")


def test_without_serve_the_embedded_database_is_missing_and_nothing_is_asked_of_it(
    surroundings: Environment,
) -> None:
    found = list(check.examine(Environment(data=surroundings.data)))

    assert [right for right, _ in found] == [True, True, True, False, False]
    assert found[3][1].startswith("“pasokh serve” is not running")


def test_a_data_folder_that_is_not_there_yet_is_told(tmp_path: Path) -> None:
    nowhere = Environment(data=tmp_path / "none", database_url="host=127.0.0.1 port=1")

    assert wrong(nowhere)[0] == (
        f"The data folder {nowhere.data} is not there yet. “pasokh serve” makes it."
    )


@pytest.mark.django_db
def test_missing_changes_to_the_tables_are_counted(surroundings: Environment) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    assert wrong(surroundings) == ["Changes to the tables are missing (1). Run “pasokh migrate”."]


def wrong(surroundings: Environment) -> list[str]:
    return [sentence for right, sentence in check.examine(surroundings) if not right]


def test_a_scanner_elsewhere_or_silent_is_named(surroundings: Environment) -> None:
    elsewhere = replace(surroundings, scanner="tcp://192.0.2.1:3310")
    silent = replace(surroundings, scanner=f"unix:{surroundings.data}/clamd.ctl")

    for told, said in ((elsewhere, "names no scanner"), (silent, "does not answer")):
        with pytest.raises(Unable) as unable:
            check._scanner(told)
        assert said in str(unable.value)
    assert "not checked" in check._scanner(surroundings)
    assert check._drawing(surroundings).startswith("Pictures of files are drawn by a process")


@pytest.mark.django_db
def test_a_file_of_authorities_that_holds_none_is_told(surroundings: Environment) -> None:
    place = surroundings.data / "authorities.pem"
    place.write_text("no certificates")
    for path in (place, surroundings.data / "nowhere.pem"):
        told = wrong(replace(surroundings, mail_authorities=path))
        assert told == [
            f"PASOKH_MAIL_AUTHORITIES names {path}, which holds no certificates in PEM, so no "
            "signature of a mail can be judged."
        ]
    place.write_bytes(authority().pem)
    found = list(check.examine(replace(surroundings, mail_authorities=place)))
    assert found[-1] == (True, "Trusted certificate authorities for mail: 1.")
