"""All rules together: what is said of a mail can be told to a person."""

import ast
from pathlib import Path

from pasokh.casework.intake.mailroom.labels import REASONS
from pasokh.channels.mail_in.known import Known
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules import automatic, order


def test_every_reason_has_a_sentence() -> None:
    given: set[str] = {"mailing-list", "automatic-reply", "letter-returned", "nothing-of-ours"}
    for path in Path(automatic.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Verdict":
                reason = node.args[1]
                given |= {reason.value} if isinstance(reason, ast.Constant) else set()

    assert len(given) > 10
    assert given - set(REASONS) == set()


def test_what_programs_wrote_is_never_a_complaint() -> None:
    away = read(b"From: a@b.example\nAuto-Submitted: auto-replied\nSubject: Re: x\n\nI am away.")
    person = read(b"From: a@b.example\nSubject: x\n\nI am not pleased.")

    assert order.judge(away, Known()).disposition == "automatic"
    assert order.judge(person, Known()).disposition == "complaint"
