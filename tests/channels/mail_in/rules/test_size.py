"""Mail of which something was left unread."""

from pasokh.channels.mail_in.known import Known
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.rules.size import judge


def test_a_person_looks_at_what_was_not_read_whole() -> None:
    verdict = judge(Parsed(faults=("wrong-charset", "too-deep")), Known())

    assert verdict is not None
    assert (verdict.reason, verdict.facts) == ("beyond-limits", {"fault": "too-deep"})
    assert judge(Parsed(faults=("wrong-charset",)), Known()) is None
