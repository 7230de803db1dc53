"""Programs that read files keep what they saw when seeing addresses became a right of its own."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from tests.casework.conftest import START, both

from pasokh.directory.clients.models import Client, ClientToken

pytestmark = pytest.mark.django_db

MIGRATION = import_module("pasokh.directory.migrations.0010_read_contacts")
READ, CONTACTS = "complaint.read", "complaint.read_contacts"


def test_programs_and_tokens_that_read_keep_what_they_saw_and_go_back() -> None:
    reads = Client.objects.create(name=both("x"), grants=[READ, "complaint.note"], made_at=START)
    files = Client.objects.create(name=both("y"), grants=["complaint.receive"], made_at=START)
    key = ClientToken.objects.create(client=reads, purpose="key", token_hash=b"k", made_at=START)
    got = {"got_for": key, "expires_at": START + timedelta(hours=1), "purpose": "access"}
    narrow = ClientToken.objects.create(
        client=reads, grants=[READ], token_hash=b"a", made_at=START, **got
    )

    def grants() -> list[list[str] | None]:
        for one in (found := [reads, files, key, narrow]):
            one.refresh_from_db()
        return [one.grants for one in found]

    before = grants()
    with connection.schema_editor() as editor:
        MIGRATION.keep(apps, editor)
        MIGRATION.keep(apps, editor)
    assert grants() == [[READ, "complaint.note", CONTACTS], ["complaint.receive"], None, [READ, CONTACTS]]
    with connection.schema_editor() as editor:
        MIGRATION.take_back(apps, editor)
    assert grants() == before
