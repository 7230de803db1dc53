"""Whether a deadline may be extended: a refusal code, or None. Pure."""

from collections.abc import Sequence
from datetime import datetime

from pasokh.policy.regimes.pack import ClockRule


def extension_refusal(
    rule: ClockRule | None,
    *,
    granted: Sequence[int],
    amount: int,
    due_at: datetime | None,
    at: datetime,
) -> str | None:
    """Say why a clock may not be extended by an amount in the unit of its regime's limit.

    `granted` are the amounts of the extensions this stage already had; together with them the
    new one may not pass the limit. `due_at` is the present deadline.
    """
    if rule is None:
        return "no-such-clock"
    limit = rule.extension
    if limit is None:
        return "extension-not-in-regime"
    if due_at is None:
        return "clock-not-running"
    if limit.before_due and at > due_at:
        return "extension-too-late"
    if amount < 1:
        return "extension-without-length"
    if len(granted) >= limit.times:
        return "extensions-used-up"
    if sum(granted) + amount > limit.most.amount:
        return "extension-too-long"
    return None
