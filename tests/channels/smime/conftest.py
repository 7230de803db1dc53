"""An authority, somebody whom it vouches for, and the office's own certificate."""

import pytest
from tests.channels.smime.people import OFFICE, Person, authority, person, rsa_key


@pytest.fixture(scope="session")
def root() -> Person:
    return authority()


@pytest.fixture(scope="session")
def maryam(root: Person) -> Person:
    return person(by=root, key=rsa_key(1))


@pytest.fixture(scope="session")
def office(root: Person) -> Person:
    return person(OFFICE, by=root, name="Khaneh Office", key=rsa_key(2))
