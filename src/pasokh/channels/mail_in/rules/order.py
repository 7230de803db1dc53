"""All rules, in the order in which they are asked; the first that says anything is heard.

What we wrote ourselves and what is here already goes first, so that nothing is done twice. What
programs wrote comes before what people wrote. Only then is a mail looked for its file.
"""

from collections.abc import Callable

from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.rules import (
    authentication,
    automatic,
    bounce,
    closed,
    duplicate,
    feedback,
    loop,
    person,
    size,
    spam,
    thread,
)

Rule = Callable[[Parsed, Known], Verdict | None]

RULES: tuple[Rule, ...] = (
    duplicate.judge,
    loop.own,
    bounce.judge,
    feedback.judge,
    automatic.judge,
    loop.too_often,
    closed.judge,
    size.judge,
    authentication.judge,
    thread.judge,
    spam.judge,
    person.judge,
)


def judge(mail: Parsed, known: Known) -> Verdict:
    """What becomes of a mail."""
    said = (rule(mail, known) for rule in RULES)
    return next(verdict for verdict in said if verdict is not None)
