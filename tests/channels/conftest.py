"""The shop of casework, an office with a mailbox, and a mail server that really speaks SMTP."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from tests.casework.conftest import acts, shop, terms
from tests.casework.correspondence.correspondents import describe_office
from tests.channels.postbox import Postbox, postbox

__all__ = ["acts", "shop", "terms"]


@pytest.fixture
def box(shop: Any) -> Iterator[Postbox]:
    """A mail server that Pasokh is set to, and the office described."""
    describe_office()
    with (
        postbox() as server,
        override_settings(
            SMTP_URL=server.url, MAIL_FOLDER=None, PUBLIC_ADDRESS="https://p.example"
        ),
    ):
        yield server
