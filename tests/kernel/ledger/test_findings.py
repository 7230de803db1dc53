from django.utils.translation import override
from tests.kernel.ledger.conftest import Tamper

from pasokh.kernel.ledger import findings, verify
from pasokh.kernel.ledger.models import Entry


def test_every_finding_has_its_sentence_in_words() -> None:
    names = {
        *("subject", "number", "columns", "entry", "index", "level", "size", "before"),
        *("start", "stop", "other", "file", "fingerprint"),
    }
    facts = dict.fromkeys(sorted(names), "7")
    for code, what in findings.SENTENCES:
        sentence = findings.finding(code, what, **facts).sentence
        assert "%" not in sentence
        assert sentence.endswith((".", ")", "checked."))


def test_sentences_are_in_the_readers_language(history: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_entry WHERE id = %s", history[6].pk)
    (finding,) = verify.whole_log()
    with override("en"):
        assert str(finding) == "Removed: the entry at place 6 of the log."
