"""What the desk's forms offer to choose from."""

from pasokh.casework.complaints.queries import CasePage
from pasokh.desk.fields import Choices
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.queries import Colleague
from pasokh.kernel.clock import now
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

#: How a list shows that an entry stands under another.
_INDENT = "\u2003"


def terms(kind: Kind) -> Choices:
    """The terms in use of a list by id, set in under those above them."""
    return [(one.id, _INDENT * one.depth + str(one.name)) for one in taxonomy.terms(kind)]


def channels() -> Choices:
    """The channels in use by code."""
    return [(one.code, one.name) for one in taxonomy.terms(Kind.CHANNEL)]


def units() -> Choices:
    """The units in use by id."""
    return [(one.pk, one.name) for one in organisation.units() if one.retired_at is None]


def colleagues() -> Choices:
    """Every active colleague by id."""
    return named(organisation.colleagues(now()))


def free(page: CasePage, right: str) -> Choices:
    """Those who are free to take a file: present, holding the right, and not complained about."""
    barred = page.facts.complained_about | (page.facts.earlier_judges - page.facts.waived)
    return named(organisation.staff_free_to_take(right, page.case.unit_id, now(), barred))


def bodies() -> Choices:
    """The outside bodies by id."""
    return [(one.pk, one.name) for one in taxonomy.outside_bodies()]


def issues(page: CasePage) -> Choices:
    """The issues that are still in a file, by number."""
    return [
        (issue.number, f"{issue.number}. {_short(issue.text)}")
        for issue in page.issues
        if issue.moved_to is None
    ]


def named(found: list[Colleague]) -> Choices:
    """Colleagues by id, each with their post."""
    return [
        (one.id, f"{one.name} · {one.post}" if str(one.post) else str(one.name)) for one in found
    ]


def _short(text: str, most: int = 80) -> str:
    told = " ".join(text.split())
    return told if len(told) <= most else told[:most].rsplit(" ", 1)[0] + "…"
