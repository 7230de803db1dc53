"""Texts and bytes that nobody thought of, through both doors."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.corpus.doors import Desk, Portal, through

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.kernel import files
from pasokh.kernel.text import visible

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300).map(str.encode)
BYTES = st.binary(min_size=1, max_size=60)


@pytest.fixture(params=[("portal", "fa"), ("desk", "en")], ids="-".join)
def door(house: SimpleNamespace, request: pytest.FixtureRequest) -> Portal | Desk:
    way, language = request.param
    return through(way, language, house)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(came=TEXTS | BYTES)
@example(came=b"\r\n")
@example(came=b"\0")
@example(came=b"a\r\nb\rc\n")
@example(came="\u00a0\u3000\u2028".encode())
def test_whatever_is_sent_is_filed_to_the_letter_or_answered_with_a_sentence(
    door: Portal | Desk, came: bytes
) -> None:
    shown = visible(came.decode(errors="surrogateescape"))
    if not shown.text.strip():
        assert door.refuses(came) != []
        return
    door.file(came)
    case = Complaint.objects.latest("id")

    assert case.narrative == shown.text
    kept = [_content(one.digest) for one in Attachment.objects.filter(complaint=case)]
    assert kept == ([came] if shown.removed else [])


def _content(digest: str) -> bytes:
    with files.open(digest) as stored:
        return stored.read()
